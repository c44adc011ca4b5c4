//! What people open daily costs the same however many years the Fund has worked: nothing that grows is read from end to
//! end, and what is kept beside the records for that says what they say.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::support::{World, noon, on_both};
use backend::bench_data::{Seeded, Sizes, seed};
use backend::page::PageRequest;
use backend::{Context, Services, applications, board, contributions, disbursements, grants, home, reports, reviews};
use domain::disbursements::DisbursementState;
use domain::ids::{DonorId, UserId};
use domain::roles::{Actor, Role};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};

const SIZES: Sizes = Sizes { applications: 600, postings: 0, pledges_a_year: 5 };

/// Tables that grow, of which no page reads every row.
const GROWING: [&str; 12] = [
    "applications",
    "reviews",
    "reports",
    "instalments",
    "disbursements",
    "grant_indicators",
    "grant_funding",
    "pledges",
    "pledge_instalments",
    "receipts",
    "postings",
    "journal_entries",
];

/// Indexes that hold what waits and little else, and those in the order of a list, which is read until its page is full.
const USED: [&str; 10] = [
    "applications_reviewers",
    "pledges_open",
    "pledge_instalments_open",
    "instalments_ready",
    "grant_indicators_unconfirmed",
    "reports_awaited",
    "reports_by_due",
    "reviews_in_order",
    "applications_clarification",
    "organisations_by_vetting",
];

async fn number(world: &World, sql: &str) -> i64 {
    let database = &world.services.database;
    let row =
        database.query_one_raw(Statement::from_string(database.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// The first person of a role in the data.
async fn person(world: &World, services: &Arc<Services>, role: Role) -> Context {
    let id = number(world, &format!("SELECT MIN(id) FROM users WHERE role = '{role}'")).await;
    let actor = Actor {
        user: Some(UserId(id)),
        role: Some(role),
        organisation: None,
        donor: (role == Role::DonorRepresentative).then_some(DonorId(1)),
        name: format!("Person {id}"),
        system: false,
    };
    Context::new(services.clone(), actor, noon(), "test")
}

/// Opens what each role opens daily.
async fn open_everything(world: &World, services: &Arc<Services>, seeded: &Seeded) {
    let first = PageRequest::default();
    let filtered = |filter: &str| PageRequest { filter: filter.to_owned(), ..PageRequest::default() };
    for role in [
        Role::ProgrammeOfficer,
        Role::FinanceOfficer,
        Role::CertifyingOfficer,
        Role::ApprovingOfficer,
        Role::ExecutiveDirector,
        Role::BoardMember,
        Role::TechnicalReviewer,
        Role::DonorRepresentative,
    ] {
        home::waits(&person(world, services, role).await).await.unwrap();
    }
    let officer = person(world, services, Role::ProgrammeOfficer).await;
    home::overdue_lists(&officer).await.unwrap();
    home::overdue(&officer).await.unwrap();
    home::pipeline(&officer).await.unwrap();
    applications::queries::list(&officer, &first).await.unwrap();
    applications::queries::list(&officer, &filtered("lacks-reviewers")).await.unwrap();
    reports::queries::list(&officer, &first).await.unwrap();
    reports::queries::list(&officer, &filtered("late")).await.unwrap();
    grants::queries::list(&officer, &filtered("instalment-due")).await.unwrap();
    reviews::ranking(&officer, seeded.call, &first).await.unwrap();
    let reviewer = person(world, services, Role::TechnicalReviewer).await;
    reviews::queries::mine(&reviewer, &first).await.unwrap();
    let director = person(world, services, Role::ExecutiveDirector).await;
    board::waiting(&director, &first).await.unwrap();
    board::queries::sessions(&director, &first).await.unwrap();
    board::agenda::agenda(&director, seeded.session, &first).await.unwrap();
    let finance = person(world, services, Role::FinanceOfficer).await;
    disbursements::queries::list(&finance, &first).await.unwrap();
    contributions::queries::list(&finance, &first).await.unwrap();
    contributions::queries::list(&finance, &filtered("overdue")).await.unwrap();
    contributions::reminders::list(&finance, &first).await.unwrap();
    contributions::donor_view::statement(&finance, seeded.donor, &first).await.unwrap();
}

#[tokio::test]
async fn nothing_that_grows_is_read_from_end_to_end_for_home_pages_and_lists() {
    let world = World::fast().await;
    let seeded = seed(&world.system(), SIZES).await.unwrap();
    let asked = Arc::new(Mutex::new(BTreeSet::<String>::new()));
    let mut services = Services::clone(&world.services);
    let told = asked.clone();
    services.database.set_metric_callback(move |info| {
        told.lock().unwrap().insert(info.statement.sql.clone());
    });
    open_everything(&world, &Arc::new(services), &seeded).await;
    let statements = asked.lock().unwrap().clone();
    assert!(statements.len() > 50, "{} statements were seen", statements.len());
    let (mut scans, mut used) = (Vec::new(), BTreeSet::new());
    for sql in statements.iter().filter(|sql| sql.starts_with("SELECT")) {
        let plan = Statement::from_string(DatabaseBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
        for row in world.services.database.query_all_raw(plan).await.unwrap() {
            let step: String = row.try_get("", "detail").unwrap();
            used.extend(USED.iter().filter(|index| step.contains(&format!(" {index}"))));
            // Of a list that is empty nothing is read, and one in the order of its numbers is read until its page is full.
            let ends = |table: &str| {
                sql.contains("WHERE ? = ?")
                    || sql.ends_with(&format!("ORDER BY \"{table}\".\"id\" DESC LIMIT ? OFFSET ?"))
            };
            if GROWING.iter().any(|table| step == format!("SCAN {table}") && !ends(table)) {
                scans.push(format!("{step}: {sql}"));
            }
        }
    }
    assert!(scans.is_empty(), "{scans:#?}");
    assert_eq!(used.into_iter().copied().collect::<BTreeSet<_>>(), BTreeSet::from(USED));
}

#[tokio::test]
async fn data_to_measure_with_is_complete_and_its_books_are_proved() {
    on_both(|world| async move {
        let seeded = seed(&world.system(), SIZES).await.unwrap();
        world.assert_books().await;
        let officer = person(&world, &world.services, Role::ProgrammeOfficer).await;
        let waits = home::waits(&officer).await.unwrap();
        for key in
            ["waits-more-reviewers", "waits-instalments", "waits-indicators", "waits-vetting", "waits-late-reports"]
        {
            assert!(waits.iter().any(|wait| wait.key == key), "{}: nothing is {key}: {waits:?}", world.kind);
        }
        let ranking = reviews::ranking(&officer, seeded.call, &PageRequest::default()).await.unwrap();
        assert!(ranking.ranked.total > 20 && ranking.not_recommendable.total == 0, "{}: {ranking:?}", world.kind);
        let most = number(
            &world,
            "SELECT MAX(applications) FROM (SELECT COUNT(*) AS applications FROM applications \
                                   GROUP BY call_id) AS counted",
        )
        .await;
        assert!(most <= 300, "a call has {most} applications");
    })
    .await;
}

#[tokio::test]
async fn payments_that_wait_come_first_and_every_payment_is_listed_once() {
    on_both(|world| async move {
        seed(&world.system(), SIZES).await.unwrap();
        let finance = person(&world, &world.services, Role::FinanceOfficer).await;
        let (mut shown, mut page) = (Vec::new(), 1);
        loop {
            let request = PageRequest { page, ..PageRequest::default() };
            let found = disbursements::queries::list(&finance, &request).await.unwrap();
            let more = found.has_next();
            shown.extend(found.rows);
            if !more {
                assert_eq!(found.total, u64::try_from(shown.len()).unwrap());
                break;
            }
            page += 1;
        }
        let waits: Vec<bool> = shown
            .iter()
            .map(|row| matches!(row.state, DisbursementState::Approved | DisbursementState::Released))
            .collect();
        assert!(waits[0] && !waits[waits.len() - 1] && waits.is_sorted_by(|one, other| one >= other), "{waits:?}");
        let numbers: BTreeSet<i64> = shown.iter().map(|row| row.id.0).collect();
        assert_eq!(numbers.len(), shown.len());
        let all = number(&world, "SELECT COUNT(*) FROM disbursements").await;
        assert_eq!(i64::try_from(shown.len()).unwrap(), all);
    })
    .await;
}
