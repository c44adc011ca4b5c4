//! What a donor sees of its money, and what nobody may see of the people it helped.
#![allow(clippy::unwrap_used)]

mod support;

use backend::contributions;
use backend::contributions::donor_view::{DonorStatement, statement};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::published::PublishedCell;
use domain::roles::Role;
use support::money::{pledge, received};
use support::{World, on_both};

const THEN: &str = "'2026-01-01 00:00:00+00:00'";

/// Two grants of 100.00 and 50.01 USD; the first is paid for by the receipts 1 and 2 in the proportion 2 to 1, the
/// second by receipt 2 alone. Of the first 60.00 and 30.01 are paid in two years, and one payment failed.
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
        world.sql(&format!("INSERT INTO reports (id, grant_id, number, kind, period_start, period_end, due, state, typed, comments) VALUES ({id}, {id}, 1, 'interim', '2026-01-01', '2026-06-30', '2026-07-30', 'accepted', '{{}}', '')")).await;
    }
    for (grant, receipt, share) in [(1, 1, 6_667), (1, 2, 3_333), (2, 2, 5_001)] {
        world
            .sql(&format!(
                "INSERT INTO grant_funding (grant_id, receipt_id, usd_minor) VALUES ({grant}, {receipt}, {share})"
            ))
            .await;
    }
    for (number, state, minor, paid) in
        [(1, "confirmed", 6_000, "2025-11-01"), (2, "confirmed", 3_001, "2026-02-01"), (3, "failed", 999, "2026-03-01")]
    {
        world.sql(&format!("INSERT INTO instalments (id, grant_id, number, usd_minor, condition) VALUES ({number}, 1, {number}, {minor}, 'signature')")).await;
        world.sql(&format!("INSERT INTO disbursements (grant_id, instalment_id, usd_minor, state, note, reason, requested_at, paid_on, command_id) VALUES (1, {number}, {minor}, '{state}', '', '', {THEN}, '{paid}', 'd{number}')")).await;
    }
}

async fn helped(world: &World, report: i64, help: &str, sex: &str, people: i64) {
    world.sql(&format!("INSERT INTO report_people (report_id, sex, age, movement, returnee, exploitation, help, people) VALUES ({report}, '{sex}', 'adult', 'internal', 'no', 'not-stated', '{help}', {people})")).await;
}

async fn seen_by_its_representative(world: &World, donor: DonorId) -> DonorStatement {
    let representative = world.person(Role::DonorRepresentative, None, Some(donor)).await;
    statement(&representative, donor).await.unwrap()
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
        assert_eq!(first.grants.len(), 1);
        assert_eq!((first.grants[0].organisation.as_str(), first.grants[0].country.as_str()), ("Casa Aurora", "PE"));
        assert_eq!(second.grants.iter().map(|grant| grant.disbursed).collect::<Vec<_>>(), [0, 3_000]);
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
        assert_eq!(seen.pledges.len(), 2);
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
        assert_eq!(first.grants[0].people, PublishedCell::Suppressed, "a single grant is the total");

        let second = seen_by_its_representative(&world, two).await;
        let small = second.grants.iter().find(|grant| grant.number == "G-2").unwrap();
        let large = second.grants.iter().find(|grant| grant.number == "G-1").unwrap();
        assert_eq!(small.people, PublishedCell::Suppressed);
        let known = large.people.shown().is_some() && second.people.shown().is_some();
        assert!(!known, "the total less the other grant is the hidden count");
    })
    .await;
}

#[tokio::test]
async fn a_donor_sees_no_other_donors_statement() {
    on_both(|world| async move {
        let (one, _) = received(&world, 100_000, Earmark::None).await;
        let (two, _) = received(&world, 200_000, Earmark::None).await;
        let representative = world.person(Role::DonorRepresentative, None, Some(one)).await;
        assert_eq!(AppError::from(statement(&representative, two).await.unwrap_err()), AppError::NotFound);
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        assert!(matches!(AppError::from(statement(&reviewer, one).await.unwrap_err()), AppError::Forbidden(_)));
        world.assert_books().await;
    })
    .await;
}
