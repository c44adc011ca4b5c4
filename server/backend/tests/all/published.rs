//! The figures for everybody: what is kept as reports are accepted and money moves equals what it was made of.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::visitor;
use crate::support::grants::{Case, awarded, because, on, paid, report_form, signed};
use crate::support::{World, later, noon, on_both};
use backend::grants::recoveries::receive;
use backend::grants::terminate;
use backend::ledger::check::check_books;
use backend::ledger::queries::position;
use backend::published::{PeopleFigures, figures, summary};
use backend::reports::{accept, save, submit};
use chrono::{DateTime, Utc};
use domain::forms::Typed;
use domain::help::{AgeGroup, Sex};
use domain::ids::RecoveryId;
use domain::published::PublishedCell::{Shown, Suppressed};

/// The people of a report: sex, age and number, all helped alike.
fn people(rows: &[(&str, &str, i64)]) -> Typed {
    let mut form = report_form([0, 0, 0]);
    for line in 0..3 {
        form.set(&format!("expenditure.{line}.explanation"), "Nothing was spent");
    }
    for (row, (sex, age, count)) in rows.iter().enumerate() {
        for (field, value) in [
            ("sex", *sex),
            ("age", *age),
            ("movement", "internal"),
            ("returnee", "no"),
            ("exploitation", "not-stated"),
            ("help", "social"),
        ] {
            form.set(&format!("people.{row}.{field}"), value);
        }
        form.set(&format!("people.{row}.count"), count.to_string());
    }
    form
}

/// Sends a report and accepts it on a day.
async fn accepted(case: &Case, number: i64, form: &Typed, day: DateTime<Utc>) {
    let id = case.report(number).await;
    save(&later(&case.editor, day), id, form).await.unwrap();
    submit(&later(&case.signatory, day), id, &signed()).await.unwrap();
    accept(&later(&case.officer, day), id, &Typed::default()).await.unwrap();
}

/// What everybody sees on a day.
async fn seen(world: &World, day: DateTime<Utc>) -> PeopleFigures {
    let visitor = later(&visitor(world), day);
    let (people, short) = (figures(&visitor).await.unwrap().people, summary(&visitor).await.unwrap());
    assert_eq!(short.helped, people.by_sex_and_age.grand_total);
    assert_eq!(people.lists.total, people.by_sex_and_age.grand_total);
    people
}

#[tokio::test]
async fn people_helped_are_those_of_accepted_reports() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let nobody = seen(&case.world, noon()).await;
        assert_eq!(nobody.by_sex_and_age.grand_total, Shown(0));
        let form = people(&[("male", "adult", 8), ("female", "adult", 20)]);
        let id = case.report(1).await;
        save(&case.editor, id, &form).await.unwrap();
        submit(&case.signatory, id, &signed()).await.unwrap();
        assert_eq!(seen(&case.world, noon()).await, nobody, "submitted is not accepted");
        accept(&case.officer, id, &Typed::default()).await.unwrap();
        assert_eq!(seen(&case.world, noon()).await.by_sex_and_age.grand_total, Shown(28));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_with_few_people_in_a_group_changes_no_figure_by_so_few() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        accepted(&case, 1, &people(&[("male", "child", 41), ("female", "adult", 20)]), noon()).await;
        let before = seen(&case.world, noon()).await;
        assert_eq!(before.by_sex_and_age.grand_total, Shown(61));
        // One boy more: nobody can tell on the day of the acceptance, nor at the end of the quarter.
        accepted(&case, 2, &people(&[("male", "child", 1)]), on("2027-07-15")).await;
        assert_eq!(seen(&case.world, on("2027-09-30")).await, before);
        let after = seen(&case.world, on("2027-10-01")).await;
        let boys = |people: &PeopleFigures| {
            let row = Sex::ALL.iter().position(|sex| *sex == Sex::Male).unwrap();
            let column = AgeGroup::ALL.iter().position(|age| *age == AgeGroup::Child).unwrap();
            people.by_sex_and_age.cells[row][column]
        };
        assert_eq!((boys(&before), boys(&after)), (Shown(41), Suppressed));
        assert_eq!((after.by_sex_and_age.grand_total, after.lists.total), (Suppressed, Suppressed));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn grants_by_country_and_theme_follow_whatever_happens_to_a_grant() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let grant = case.grant;
        for (change, expected) in [
            (String::new(), vec![("NP", 1, 5_000_001)]),
            (format!("UPDATE grants SET award_usd_minor = 7000000 WHERE id = {grant}"), vec![("NP", 1, 7_000_000)]),
            (format!("UPDATE grants SET country = 'KE' WHERE id = {grant}"), vec![("KE", 1, 7_000_000)]),
            (format!("UPDATE grants SET state = 'terminated' WHERE id = {grant}"), vec![]),
            (format!("UPDATE grants SET award_usd_minor = 1 WHERE id = {grant}"), vec![]),
            (format!("UPDATE grants SET state = 'preparing' WHERE id = {grant}"), vec![("KE", 1, 1)]),
        ] {
            if !change.is_empty() {
                case.world.sql(&change).await;
            }
            let figures = figures(&visitor(&case.world)).await.unwrap();
            let short = summary(&visitor(&case.world)).await.unwrap();
            assert_eq!((&short.years, &short.themes), (&figures.years, &figures.themes), "{change}");
            assert_eq!(usize::try_from(short.countries).unwrap(), figures.countries.len(), "{change}");
            let countries: Vec<(&str, i64, i64)> =
                figures.countries.iter().map(|(code, row)| (code.as_str(), row.grants, row.awarded)).collect();
            assert_eq!(countries, expected, "{}: {change}", case.world.kind);
            let themes = figures.themes.values().map(|row| (row.grants, row.awarded)).collect::<Vec<_>>();
            assert_eq!(themes, expected.iter().map(|row| (row.1, row.2)).collect::<Vec<_>>());
            let findings = check_books(&case.world.services.database).await.unwrap();
            assert!(findings.iter().all(|finding| !finding.contains("grants in")), "{findings:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn money_by_year_is_what_came_in_and_what_the_bank_paid() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let years = figures(&visitor(&case.world)).await.unwrap().years;
        let year = years[&2026];
        let confirmed = "SELECT CAST(SUM(usd_minor) AS BIGINT) AS value FROM disbursements WHERE state = 'confirmed'";
        assert_eq!((years.len(), year.received), (1, 20_000_000));
        assert!(year.disbursed > 0);
        assert_eq!(year.disbursed, case.world.number(confirmed).await);

        let day = on("2027-01-10");
        terminate(&later(&case.director, day), case.grant, &because("The office was closed")).await.unwrap();
        let recovery = RecoveryId(case.world.number("SELECT id AS value FROM recoveries").await);
        let part = paid("2027-01-10").with("amount", "1234.56").with("date", "2027-01-10");
        receive(&later(&case.finance, day), recovery, &part).await.unwrap();
        let years = figures(&visitor(&case.world)).await.unwrap().years;
        assert_eq!(years[&2027].disbursed, -123_456, "what is paid back was not disbursed");
        let position = position(&case.world.services.database).await.unwrap();
        let sums = years.values().fold((0, 0), |sums, year| (sums.0 + year.received, sums.1 + year.disbursed));
        assert_eq!(sums, (position.received, position.disbursed), "everybody reads the figures of the books");
    })
    .await;
}
