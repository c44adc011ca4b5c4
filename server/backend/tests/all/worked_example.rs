//! The grant in figures of ARCHITECTURE.md, done step by step: the document and the program give the same.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{Case, account_verified, commanded, on, report_form, signed};
use crate::support::money::{command, donor, pledge, receipt};
use crate::support::{World, decide, later, noon, on_both};
use backend::ledger::{queries, transfer_programme_support};
use backend::page::PageRequest;
use backend::{board, contributions, donors};
use domain::forms::Typed;
use domain::ids::{ApplicationId, GrantId, OrganisationId};
use domain::ledger::{Account, Event};
use domain::roles::Role;

const DOCUMENT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md"));

/// The figures in a row of the document's table, in US cents.
fn documented(step: &str) -> Vec<i64> {
    let row = DOCUMENT.lines().find(|line| line.starts_with(&format!("| {step} |"))).unwrap();
    row.split('|')
        .skip(2)
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .map(|cell| cell.replace([',', '.'], "").parse().unwrap())
        .collect()
}

async fn compare(world: &World, step: &str) {
    let database = &world.services.database;
    let balances = queries::balances(database).await.unwrap();
    let of = |wanted| balances.iter().find(|(account, _)| *account == wanted).map_or(0, |(_, balance)| *balance);
    let accounts = [
        Account::Cash,
        Account::ContributionsReceivable,
        Account::CommitmentsOpen,
        Account::AdvancesToPartners,
        Account::GrantExpenditure,
    ];
    let mut figures: Vec<i64> = accounts.map(of).to_vec();
    figures.push(queries::position(database).await.unwrap().available);
    assert_eq!(figures, documented(step), "{} {step}", world.kind);
    world.assert_books().await;
}

/// The Board recommends, the executive director approves.
async fn award(world: &World, organisation: OrganisationId) -> GrantId {
    let call = decide::call(world).await;
    let application: ApplicationId = decide::reviewed(world, call, organisation, 4_000_000, 80).await;
    let officer = world.staff(Role::ProgrammeOfficer).await;
    let typed = Typed::default().with("call", call.to_string()).with("title", "June").with("date", "2026-06-01");
    let session = board::create(&officer, &typed).await.unwrap();
    board::start(&officer, session).await.unwrap();
    let item = board::agenda::agenda(&officer, session, &PageRequest::default()).await.unwrap().rows[0].id;
    for _ in 0..3 {
        let member = world.staff(Role::BoardMember).await;
        board::vote(&member, item, &Typed::default().with("vote", "approve")).await.unwrap();
    }
    board::record(&officer, item, &Typed::default()).await.unwrap();
    let director = world.staff(Role::ExecutiveDirector).await;
    let typed = Typed::default().with("note", "Agreed").with("command_id", command());
    board::approve(&director, application, &typed).await.unwrap()
}

async fn report(case: &Case, number: i64, spent: i64, day: &str) {
    let id = case.report(number).await;
    let mut typed = report_form([spent, 0, 0]);
    for row in [1, 2] {
        typed.0.remove(&format!("expenditure.{row}.line"));
        typed.0.remove(&format!("expenditure.{row}.spent"));
    }
    backend::reports::save(&later(&case.editor, on(day)), id, &typed).await.unwrap();
    backend::reports::submit(&later(&case.signatory, on(day)), id, &signed()).await.unwrap();
    backend::reports::accept(&later(&case.officer, on(day)), id, &Typed::default()).await.unwrap();
}

/// The grant that was awarded, with everybody who has to do with it.
async fn case(world: World, organisation: OrganisationId, grant: GrantId) -> Case {
    let officer = world.staff(Role::ProgrammeOfficer).await;
    let verifier = world.staff(Role::FinanceOfficer).await;
    let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
    account_verified(&signatory, &verifier, organisation, "NP00123", on("2026-01-05")).await;
    Case {
        grant,
        organisation,
        officer,
        director: world.staff(Role::ExecutiveDirector).await,
        certifier: world.staff(Role::CertifyingOfficer).await,
        approver: world.staff(Role::ApprovingOfficer).await,
        finance: world.staff(Role::FinanceOfficer).await,
        editor: world.person(Role::OrganisationEditor, Some(organisation), None).await,
        signatory,
        world,
    }
}

#[tokio::test]
async fn one_grant_in_figures_is_what_the_document_says() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        for (from, rate) in [("2026-03-01", "0.92"), ("2026-05-01", "0.90")] {
            let typed = Typed::default().with("currency", "EUR").with("from", from).with("units_per_usd", rate);
            contributions::record_rate(&finance, &typed).await.unwrap();
        }
        let giver = donors::create(&finance, &donor()).await.unwrap();
        let promised = contributions::pledge(&finance, &pledge(giver, "46000", "EUR")).await.unwrap();
        compare(&world, "1 pledge").await;
        contributions::receive(&finance, promised, &receipt("46000", "EUR", "2026-05-04")).await.unwrap();
        compare(&world, "2 receipt").await;
        let organisation = decide::organisation(&world, "vetted").await;
        let grant = award(&world, organisation).await;
        compare(&world, "3 award").await;
        let case = case(world, organisation, grant).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        compare(&case.world, "4 first instalment").await;
        report(&case, 1, 1_850_000, "2026-12-10").await;
        compare(&case.world, "5 interim report").await;
        let second = case.request(2, on("2026-12-11")).await.unwrap();
        case.pay(second, on("2026-12-11")).await;
        compare(&case.world, "6 second instalment").await;
        report(&case, 2, 2_150_000, "2027-07-01").await;
        compare(&case.world, "7 final report").await;
        let third = case.request(3, on("2027-07-02")).await.unwrap();
        case.pay(third, on("2027-07-02")).await;
        compare(&case.world, "8 third instalment").await;
        let typed = Typed::default()
            .with("amount", "6644.44")
            .with("date", "2027-07-05")
            .with("bank_reference", "PSC-1")
            .with("command_id", command());
        transfer_programme_support(&later(&case.finance, on("2027-07-05")), &typed).await.unwrap();
        compare(&case.world, "9 support costs").await;
        backend::grants::close(&later(&case.officer, on("2027-07-06")), case.grant, &commanded()).await.unwrap();
        compare(&case.world, "10 grant closed").await;
    })
    .await;
}

#[test]
fn every_event_and_account_is_in_the_tables_of_the_document() {
    for event in Event::ALL {
        let row = DOCUMENT.lines().find(|line| line.starts_with("| `") && line.contains(&format!("`{event}`")));
        assert!(row.is_some(), "{event} is missing");
    }
    for account in Account::ALL {
        let row = DOCUMENT.lines().find(|line| line.starts_with("| ") && line.contains(account.code()));
        assert!(row.is_some(), "{account} is missing");
    }
}
