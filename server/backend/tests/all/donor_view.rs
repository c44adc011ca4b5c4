//! What a donor sees of its money, and what nobody may see of the people it helped.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::support::grants::{awarded, because, kept, on};
use crate::support::money::{pledge, received};
use crate::support::{World, later, noon, on_both};
use backend::contributions;
use backend::contributions::donor_view::{DonorStatement, statement};
use backend::grants::recoveries::receive;
use backend::grants::terminate;
use backend::ledger::check::check_books;
use backend::ledger::{NewEntry, post};
use backend::page::PageRequest;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ids::{DonorId, GrantId, RecoveryId};
use domain::ledger::{Event, Posting, commitment, disbursement};
use domain::published::PublishedCell;
use domain::roles::Role;

const THEN: &str = "'2026-01-01 00:00:00+00:00'";

/// Two grants of 100.00 and 50.01 USD; the first is paid for by the receipts 1 and 2 in the proportion 2 to 1, the
/// second by receipt 2 alone. Of the first 60.00 and 30.01 are paid in two years, and one payment failed.
/// The quarter from which the people of [`grants`] count.
const QUARTER: &str = "2026-01-01";

async fn grants(world: &World) {
    let sql = [
        format!(
            "INSERT INTO calls (id, title, objectives, themes, priority_groups, regions, smallest_usd_minor, largest_usd_minor, shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES (1, 'c', '', '', '', '', 1, 2, 12, 24, {THEN}, {THEN}, 'decided', {THEN})"
        ),
        format!(
            "INSERT INTO organisations (id, legal_name, country, registration_number, kind, yearly_income_usd_minor, address, contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, created_at) VALUES (1, 'Casa Aurora', 'PE', '1', 'ngo', 1, '', '', '', '', '', TRUE, 'vetted', '', {THEN})"
        ),
    ];
    for statement in sql {
        world.sql(&statement).await;
    }
    for (id, award) in [(1, 10_000), (2, 5_001)] {
        world.sql(&format!("INSERT INTO applications (id, number, call_id, organisation_id, state, title, theme, country, duration_months, requested_usd_minor, clarification, updated_at, created_at) VALUES ({id}, 'A{id}', 1, 1, 'awarded', 'Safe return', 'trafficking', 'PE', 12, {award}, '', {THEN}, {THEN})")).await;
        world.sql(&format!("INSERT INTO grants (id, number, application_id, call_id, organisation_id, title, theme, country, award_usd_minor, state, conditions, months, created_at) VALUES ({id}, 'G-{id}', {id}, 1, 1, 'Safe return', 'trafficking', 'PE', {award}, 'active', '', 12, {THEN})")).await;
        world.sql(&format!("INSERT INTO reports (id, grant_id, number, kind, period_start, period_end, due, state, typed, comments, people_from) VALUES ({id}, {id}, 1, 'interim', '2026-01-01', '2026-06-30', '2026-07-30', 'accepted', '{{}}', '', '{QUARTER}')")).await;
    }
    for (grant, award, shares) in [(1, 10_000, vec![(1, 6_667), (2, 3_333)]), (2, 5_001, vec![(2, 5_001)])] {
        fund(world, grant, award, &shares).await;
    }
    for (number, state, minor, paid, shares) in [
        (1, "confirmed", 6_000, "2025-11-01", [4_000, 2_000]),
        (2, "confirmed", 3_001, "2026-02-01", [2_001, 1_000]),
        (3, "failed", 999, "2026-03-01", [0, 0]),
    ] {
        world.sql(&format!("INSERT INTO instalments (id, grant_id, number, usd_minor, condition) VALUES ({number}, 1, {number}, {minor}, 'signature')")).await;
        world.sql(&format!("INSERT INTO disbursements (grant_id, instalment_id, usd_minor, state, note, reason, requested_at, paid_on, command_id) VALUES (1, {number}, {minor}, '{state}', '', '', {THEN}, '{paid}', 'd{number}')")).await;
        if state == "confirmed" {
            let postings = disbursement(Event::DisbursementConfirmed, &[(Earmark::None, minor)]);
            let entry = enter_on(world, paid.parse().unwrap(), Event::DisbursementConfirmed, 1, postings).await;
            for (receipt, share) in (1..).zip(shares) {
                world.sql(&format!("INSERT INTO money_uses (grant_id, receipt_id, entry_id, stage, usd_minor) VALUES (1, {receipt}, {entry}, 'paid', {share})")).await;
            }
        }
    }
    for grant in [1, 2] {
        kept(world, grant).await;
    }
}

/// Posts an entry of a grant on a day.
async fn enter_on(world: &World, date: NaiveDate, event: Event, grant: i64, postings: Vec<Posting>) -> i64 {
    let context = world.system();
    let work = context.begin_money().await.unwrap();
    let command_id = uuid::Uuid::now_v7().to_string();
    let entry = NewEntry {
        event,
        date,
        source_kind: "grant",
        source_id: grant,
        donor: None,
        grant: Some(GrantId(grant)),
        command_id: &command_id,
        reverses: None,
        postings,
    };
    let id = post(&work, entry).await.unwrap();
    work.commit().await.unwrap();
    id.into()
}

/// Commits an award to a grant, with the parts of its receipts.
async fn fund(world: &World, grant: i64, award: i64, shares: &[(i64, i64)]) {
    let date = NaiveDate::from_ymd_opt(2025, 10, 1).unwrap();
    let entry = enter_on(world, date, Event::Commitment, grant, commitment(&[(Earmark::None, award)])).await;
    for (receipt, share) in shares {
        let columns = "grant_id, receipt_id, entry_id, usd_minor";
        world
            .sql(&format!("INSERT INTO grant_funding ({columns}) VALUES ({grant}, {receipt}, {entry}, {share})"))
            .await;
    }
}

/// A group of a report; where that is accepted, with what its acceptance would have kept.
async fn helped(world: &World, report: i64, help: &str, sex: &str, people: i64) {
    world.sql(&format!("INSERT INTO report_people (report_id, sex, age, movement, returnee, exploitation, help, people) VALUES ({report}, '{sex}', 'adult', 'internal', 'no', 'not-stated', '{help}', {people})")).await;
    if report != 9 {
        let groups = [
            ("sex-age", format!("{sex}/adult")),
            ("movement", "internal".to_owned()),
            ("returnee", "no".to_owned()),
            ("exploitation", "not-stated".to_owned()),
            ("help", help.to_owned()),
            ("help-sex", format!("{help}/{sex}")),
        ];
        for (grouping, code) in groups {
            world.sql(&format!("INSERT INTO people_counts (grouping, code, people_from, people) VALUES ('{grouping}', '{code}', '{QUARTER}', {people}) ON CONFLICT (grouping, code, people_from) DO UPDATE SET people = people_counts.people + excluded.people")).await;
        }
        kept(world, report).await;
    }
}

async fn seen_by_its_representative(world: &World, donor: DonorId) -> DonorStatement {
    seen_on(world, donor, noon()).await
}

async fn seen_on(world: &World, donor: DonorId, day: DateTime<Utc>) -> DonorStatement {
    let representative = world.person(Role::DonorRepresentative, None, Some(donor)).await;
    statement(&later(&representative, day), donor, &PageRequest::default()).await.unwrap()
}

#[tokio::test]
async fn a_donor_sees_its_share_of_what_was_committed_and_disbursed() {
    on_both(|world| async move {
        let (one, _) = received(&world, 100_000, Earmark::None).await;
        let (two, _) = received(&world, 200_000, Earmark::None).await;
        world.assert_books().await;
        // Entered as rows alone, without entries in the books.
        grants(&world).await;
        let first = seen_by_its_representative(&world, one).await;
        let second = seen_by_its_representative(&world, two).await;
        assert_eq!((first.figures.pledged, first.figures.received, first.figures.psc), (100_000, 100_000, 13_000));
        assert_eq!((first.figures.committed, first.figures.available), (6_667, 80_333));
        assert_eq!(second.figures.committed, 3_333 + 5_001);
        assert_eq!(first.figures.disbursed + second.figures.disbursed, 9_001, "every cent paid is somebody's");
        assert_eq!(first.figures.disbursed, 6_001);
        assert_eq!(first.years, [(2025, 0, 4_000), (2026, 100_000, 2_001)]);
        assert_eq!(first.grants.rows.len(), 1);
        assert_eq!(
            (first.grants.rows[0].organisation.as_str(), first.grants.rows[0].country.as_str()),
            ("Casa Aurora", "PE")
        );
        assert_eq!(second.grants.rows.iter().map(|grant| grant.disbursed).collect::<Vec<_>>(), [0, 3_000]);
    })
    .await;
}

#[tokio::test]
async fn outstanding_and_overdue_are_shown_in_usd_and_by_currency() {
    on_both(|world| async move {
        let (donor, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        contributions::import_rates(&finance, &domain::forms::Typed::default().with("csv", "EUR,2026-03-01,0.5"))
            .await
            .unwrap();
        let typed = pledge(donor, "300", "EUR")
            .with("instalments.0.due", "2026-04-01")
            .with("instalments.0.amount", "100")
            .with("instalments.1.due", "2026-09-01")
            .with("instalments.1.amount", "200");
        contributions::pledge(&finance, &typed).await.unwrap();
        let seen = seen_by_its_representative(&world, donor).await;
        assert_eq!((seen.figures.pledged, seen.figures.outstanding, seen.figures.overdue), (160_000, 60_000, 20_000));
        let euro = &seen.currencies[0];
        assert_eq!((euro.pledged.currency.code(), euro.outstanding.minor, euro.overdue.minor), ("EUR", 30_000, 10_000));
        assert_eq!(seen.currencies[1].received.minor, 100_000);
        assert_eq!(seen.pledges.rows.len(), 2);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_newest_pledges_are_shown_and_the_sums_are_of_all() {
    on_both(|world| async move {
        let (donor, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        for _ in 0..26 {
            contributions::pledge(&finance, &pledge(donor, "10", "USD")).await.unwrap();
        }
        let seen = seen_by_its_representative(&world, donor).await;
        assert_eq!((seen.pledges.rows.len(), seen.pledges.total, seen.pledges.pages()), (25, 27, 2));
        assert_eq!((seen.figures.pledged, seen.figures.outstanding), (126_000, 26_000));
        assert_eq!(seen.currencies[0].pledged.minor, 126_000);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn no_small_count_of_people_reaches_a_donor_or_can_be_worked_out() {
    on_both(|world| async move {
        let (one, _) = received(&world, 100_000, Earmark::None).await;
        let (two, _) = received(&world, 200_000, Earmark::None).await;
        world.assert_books().await;
        // Entered as rows alone, without entries in the books.
        grants(&world).await;
        helped(&world, 1, "physical", "female", 40).await;
        helped(&world, 1, "physical", "male", 3).await;
        helped(&world, 1, "social", "female", 12).await;
        world.sql("INSERT INTO reports (id, grant_id, number, kind, period_start, period_end, due, state, typed, comments) VALUES (9, 1, 2, 'final', '2026-07-01', '2026-12-31', '2027-03-01', 'submitted', '{}', '')").await;
        helped(&world, 9, "physical", "female", 1000).await;

        let first = seen_by_its_representative(&world, one).await;
        assert_eq!(first.people, PublishedCell::Shown(55), "a report that is not accepted does not count");
        let physical = &first.helped[0];
        assert_eq!(physical.by_sex[1], PublishedCell::Suppressed);
        assert_eq!(physical.total, PublishedCell::Suppressed);
        let hidden = first.helped.iter().flat_map(|row| &row.by_sex).filter(|cell| **cell == PublishedCell::Suppressed).count();
        assert!(hidden >= 2, "one hidden count alone is the total less the others: {:?}", first.helped);

        helped(&world, 2, "social", "female", 2).await;
        let first = seen_by_its_representative(&world, one).await;
        assert_eq!(first.people, PublishedCell::Suppressed, "the public total less 55 are the two whom others helped");
        assert_eq!(first.helped[2].by_sex[0], PublishedCell::Suppressed, "so are the public figures by help");
        assert_eq!(first.grants.rows[0].people, Some(PublishedCell::Suppressed), "a single grant is the total");

        let second = seen_by_its_representative(&world, two).await;
        let small = second.grants.rows.iter().find(|grant| grant.number == "G-2").unwrap();
        let large = second.grants.rows.iter().find(|grant| grant.number == "G-1").unwrap();
        assert_eq!(small.people, Some(PublishedCell::Suppressed));
        let known = large.people.and_then(|people| people.shown()).is_some() && second.people.shown().is_some();
        assert!(!known, "the total less the other grant is the hidden count");
    })
    .await;
}

#[tokio::test]
async fn payments_and_reports_reach_every_donor_of_the_grant_to_the_cent() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let (mut paid, mut years) = (0, BTreeMap::new());
        for (instalment, spent, day) in
            [(1, [1_300_000, 500_001, 0], "2026-06-20"), (2, [700_000, 2_000_000, 500_000], "2027-07-01")]
        {
            let id = case.request(instalment, on(day)).await.unwrap();
            case.pay(id, on(day)).await;
            case.reported(instalment, spent, on(day)).await;
            let confirmed =
                "SELECT CAST(SUM(usd_minor) AS BIGINT) AS value FROM disbursements WHERE state = 'confirmed'";
            let now = case.world.number(confirmed).await;
            years.insert(on(day).year(), now - paid);
            paid = now;
        }
        let donors = [
            seen_on(&case.world, DonorId(1), on("2027-07-02")).await,
            seen_on(&case.world, DonorId(2), on("2027-07-02")).await,
        ];
        assert!(donors.iter().all(|donor| donor.grants.rows.len() == 1 && donor.grants.total == 1));
        assert_eq!(donors.iter().map(|donor| donor.figures.committed).sum::<i64>(), 5_000_001);
        assert_eq!(donors.iter().map(|donor| donor.figures.disbursed).sum::<i64>(), paid, "every cent is somebody's");
        for donor in &donors {
            let part = donor.figures.committed * paid / 5_000_001;
            assert!((donor.figures.disbursed - part).abs() <= 1, "{:?}", donor.figures);
            assert_eq!(donor.grants.rows[0].disbursed, donor.figures.disbursed);
            assert_eq!(donor.people, PublishedCell::Shown(24), "of two accepted reports");
        }
        for (year, minor) in years {
            let sum: i64 =
                donors.iter().flat_map(|donor| &donor.years).filter(|row| row.0 == year).map(|row| row.2).sum();
            assert_eq!(sum, minor, "{year}");
        }
        case.world.assert_books().await;
        for (change, finding) in [
            (
                "UPDATE donor_figures SET amount = amount + 1 WHERE donor_id = 1 AND figure = 'committed'",
                "donor 1, committed: kept 1666668 in sum, the records say 1666667",
            ),
            (
                "DELETE FROM donor_grant_figures WHERE donor_id = 1 AND figure = 'grants'",
                "donor 1, grant 1, grants: kept 0, the records say 1",
            ),
            ("UPDATE grant_totals SET number = 0", "grants in NP, trafficking: kept 0 grants, the grants add up to 1"),
            ("UPDATE people_counts SET people = people + 1", "the accepted reports add up to"),
        ] {
            case.world.sql(change).await;
            let findings = check_books(&case.world.services.database).await.unwrap();
            assert!(findings.iter().any(|found| found.contains(finding)), "{finding}: {findings:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn figures_follow_a_grant_that_ends_and_what_comes_back_to_the_cent() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, on("2026-06-20")).await.unwrap();
        case.pay(id, on("2026-06-20")).await;
        let world = &case.world;
        let director = later(&case.director, on("2026-07-01"));
        terminate(&director, case.grant, &because("Ended")).await.unwrap();
        let figures = || async {
            let first = seen_by_its_representative(world, DonorId(1)).await;
            let second = seen_by_its_representative(world, DonorId(2)).await;
            [first, second]
        };
        for donor in figures().await {
            assert_eq!(donor.figures.committed, donor.figures.disbursed, "what was not paid is not committed any more");
        }
        let recovery = RecoveryId(world.number("SELECT id AS value FROM recoveries").await);
        let finance = later(&case.finance, on("2027-01-10"));
        for amount in ["3333.34", "21666.67"] {
            let typed = because("").with("amount", amount).with("date", "2027-01-05").with("bank_reference", amount);
            receive(&finance, recovery, &typed).await.unwrap();
            for donor in figures().await {
                assert_eq!(donor.figures.committed, donor.figures.disbursed, "after {amount}");
            }
            world.assert_books().await;
        }
        for donor in figures().await {
            assert_eq!((donor.figures.committed, donor.figures.disbursed), (0, 0));
            assert_eq!(donor.grants.total, 1, "its money was paid, also when it came back");
            assert_eq!(donor.years.iter().map(|year| year.2).sum::<i64>(), 0);
            assert!(donor.years.iter().any(|year| year.0 == 2026 && year.2 > 0));
        }
    })
    .await;
}

#[tokio::test]
async fn a_terminated_grant_is_nobodys() {
    on_both(|world| async move {
        let case = awarded(world).await;
        assert_eq!(seen_by_its_representative(&case.world, DonorId(1)).await.grants.total, 1);
        let typed = domain::forms::Typed::default()
            .with("reason", "The organisation was dissolved")
            .with("command_id", uuid::Uuid::now_v7().to_string());
        terminate(&case.officer, case.grant, &typed).await.unwrap();
        let seen = seen_by_its_representative(&case.world, DonorId(1)).await;
        assert_eq!((seen.figures.committed, seen.grants.total, seen.grants.rows.len()), (0, 0, 0));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_list_of_grants_comes_in_pages_and_without_people_of_each() {
    on_both(|world| async move {
        let (donor, _) = received(&world, 100_000, Earmark::None).await;
        received(&world, 100_000, Earmark::None).await;
        grants(&world).await;
        helped(&world, 1, "physical", "female", 40).await;
        let auditor = world.staff(Role::Auditor).await;
        let page = |page: u64| PageRequest { page, ..PageRequest::default() };
        for (until, total) in [(101, 100), (102, 101)] {
            for id in (if total == 100 { 3 } else { 102 })..=until {
                world.sql(&format!("INSERT INTO applications (id, number, call_id, organisation_id, state, title, theme, country, duration_months, requested_usd_minor, clarification, updated_at, created_at) VALUES ({id}, 'A{id}', 1, 1, 'awarded', 'Safe return', 'trafficking', 'PE', 12, 1, '', {THEN}, {THEN})")).await;
                world.sql(&format!("INSERT INTO grants (id, number, application_id, call_id, organisation_id, title, theme, country, award_usd_minor, state, conditions, months, created_at) VALUES ({id}, 'G-{id}', {id}, 1, 1, 'Safe return', 'trafficking', 'PE', 1, 'active', '', 12, {THEN})")).await;
                fund(&world, id, 1, &[(1, 1)]).await;
                kept(&world, id).await;
            }
            let first = statement(&auditor, donor, &page(1)).await.unwrap();
            let last = statement(&auditor, donor, &page(first.grants.pages())).await.unwrap();
            assert_eq!((first.grants.total, first.grants.rows.len()), (total, 25));
            assert_eq!(first.grants.rows[0].number, format!("G-{until}"));
            let oldest = last.grants.rows.last().unwrap();
            assert_eq!(oldest.number, "G-1");
            assert_eq!(first.figures, last.figures, "figures are of all pages");
            assert_eq!(first.figures.committed, 6_667 + i64::try_from(total).unwrap() - 1);
            assert_eq!(first.people, PublishedCell::Shown(40));
            assert_eq!(first.people_by_grant, total == 100);
            assert_eq!(oldest.people, (total == 100).then_some(PublishedCell::Shown(40)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_donor_sees_no_other_donors_statement() {
    on_both(|world| async move {
        let (one, _) = received(&world, 100_000, Earmark::None).await;
        let (two, _) = received(&world, 200_000, Earmark::None).await;
        let representative = world.person(Role::DonorRepresentative, None, Some(one)).await;
        assert_eq!(
            AppError::from(statement(&representative, two, &PageRequest::default()).await.unwrap_err()),
            AppError::NotFound
        );
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        assert!(matches!(
            AppError::from(statement(&reviewer, one, &PageRequest::default()).await.unwrap_err()),
            AppError::Forbidden(_)
        ));
        world.assert_books().await;
    })
    .await;
}
