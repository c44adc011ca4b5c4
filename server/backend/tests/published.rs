//! The figures for everybody: what is kept as reports are accepted and money moves equals what it was made of.
#![allow(clippy::unwrap_used)]

mod support;

use backend::ledger::check::check_books;
use backend::published::{figures, summary};
use backend::reports::{accept, save, submit};
use domain::forms::Typed;
use domain::published::PublishedCell;
use sea_orm::{ConnectionTrait as _, Statement};
use support::accounts::visitor;
use support::grants::{awarded, on, report_form, signed};
use support::{World, later, noon, on_both};

const GROUPS: &str = "sex, age, movement, returnee, exploitation, help";

/// Each group with its number of people, in order.
async fn groups(world: &World, sql: &str) -> Vec<(String, i64)> {
    let statement = Statement::from_string(world.services.database.get_database_backend(), sql);
    let rows = world.services.database.query_all_raw(statement).await.unwrap();
    let mut groups: Vec<(String, i64)> = rows
        .iter()
        .map(|row| {
            let names: Vec<String> = GROUPS.split(", ").map(|column| row.try_get("", column).unwrap()).collect();
            (names.join("/"), row.try_get("", "people").unwrap())
        })
        .collect();
    groups.sort();
    groups
}

#[tokio::test]
async fn people_helped_equal_the_sum_over_accepted_reports_after_several_acceptances() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let none = figures(&visitor(&case.world)).await.unwrap();
        assert_eq!(none.people.by_sex_and_age.grand_total, PublishedCell::Shown(0));
        let mut shown = Vec::new();
        for (number, day, spent) in [(1, noon(), [0, 0, 0]), (2, on("2027-07-01"), [2_000_000, 2_500_001, 500_000])] {
            let id = case.report(number).await;
            let mut form = report_form(spent);
            for (row, sex, count) in [("1", "male", 8 * number), ("2", "female", 20)] {
                for (field, value) in [
                    ("sex", sex),
                    ("age", "adult"),
                    ("movement", "internal"),
                    ("returnee", "no"),
                    ("exploitation", "not-stated"),
                    ("help", "social"),
                ] {
                    form.set(&format!("people.{row}.{field}"), value);
                }
                form.set(&format!("people.{row}.count"), count.to_string());
            }
            save(&later(&case.editor, day), id, &form).await.unwrap();
            submit(&later(&case.signatory, day), id, &signed()).await.unwrap();
            // Submitted is not accepted: nothing is counted yet.
            let kept = groups(&case.world, &format!("SELECT {GROUPS}, people FROM people_totals")).await;
            assert_eq!(kept.iter().map(|(_, people)| people).sum::<i64>(), shown.last().copied().unwrap_or(0));
            accept(&later(&case.officer, day), id, &Typed::default()).await.unwrap();
            let kept = groups(&case.world, &format!("SELECT {GROUPS}, people FROM people_totals")).await;
            let summed = format!(
                "SELECT {GROUPS}, CAST(SUM(people) AS BIGINT) AS people FROM report_people \
                 JOIN reports ON reports.id = report_id WHERE state = 'accepted' GROUP BY {GROUPS}"
            );
            assert_eq!(kept, groups(&case.world, &summed).await, "{}", case.world.kind);
            let published = figures(&visitor(&case.world)).await.unwrap();
            let total = published.people.by_sex_and_age.grand_total.shown().unwrap();
            assert_eq!(total, kept.iter().map(|(_, people)| people).sum::<i64>());
            assert_eq!(summary(&visitor(&case.world)).await.unwrap().helped, PublishedCell::Shown(total));
            shown.push(total);
        }
        assert!(shown[1] > shown[0], "{shown:?}");
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
        let paid = "SELECT CAST(SUM(usd_minor) AS BIGINT) AS value FROM disbursements WHERE state = 'confirmed'";
        assert_eq!((years.len(), year.received), (1, 20_000_000));
        assert!(year.disbursed > 0);
        assert_eq!(year.disbursed, case.world.number(paid).await);
    })
    .await;
}
