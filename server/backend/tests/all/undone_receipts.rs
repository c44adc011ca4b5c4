//! Receipts that were entered for the wrong pledge are taken back, and their money goes to the right one.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::visitor;
use crate::support::grants::{awarded, because};
use crate::support::money::{balance, command, donor, other_money, pledge, receipt, received};
use crate::support::statements::list_account;
use crate::support::{World, on_both};
use backend::contributions::{self, HeldState, letters, queries, statements, unidentified_queries};
use backend::ledger::{queries as books, transfer_programme_support};
use backend::page::PageRequest;
use backend::{Context, donors};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId, ReceiptId, UnidentifiedId};
use domain::ledger::Account;
use domain::roles::Role;

/// A finance officer, a donor, and two pledges of 1,000 USD of it.
async fn two_pledges(world: &World) -> (Context, DonorId, PledgeId, PledgeId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    let donor = donors::create(&finance, &donor()).await.unwrap();
    let wrong = contributions::pledge(&finance, &pledge(donor, "1000", "USD")).await.unwrap();
    let right = contributions::pledge(&finance, &pledge(donor, "1000", "USD")).await.unwrap();
    (finance, donor, wrong, right)
}

fn identify(pledge: PledgeId) -> Typed {
    because("The ministry wrote").with("pledge", pledge.to_string())
}

fn refusal<T: std::fmt::Debug>(outcome: backend::Result<T>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) => message.key,
        other => format!("{other:?}"),
    }
}

/// What is still to come of a pledge, in cents.
async fn outstanding(finance: &Context, id: PledgeId) -> i64 {
    queries::get(finance, id).await.unwrap().row.standing.outstanding.minor
}

async fn available(world: &World) -> i64 {
    books::position(&world.services.database).await.unwrap().available
}

async fn state(finance: &Context, id: UnidentifiedId) -> HeldState {
    unidentified_queries::get(finance, id).await.unwrap().state
}

#[tokio::test]
async fn the_money_of_a_receipt_for_the_wrong_pledge_goes_to_the_right_one() {
    on_both(|world| async move {
        let (finance, _, wrong, right) = two_pledges(&world).await;
        let entered = receipt("990", "USD", "2026-04-10").with("bank_charge", "10");
        let id = contributions::receive(&finance, wrong, &entered).await.unwrap();
        let number = letters::issue(&finance, id).await.unwrap();
        let form = because("It was the other pledge");
        let held = contributions::undo(&finance, wrong, id, &form).await.unwrap();
        assert_eq!(contributions::undo(&finance, wrong, id, &form).await.unwrap(), held, "a repeated command");
        assert_eq!(outstanding(&finance, wrong).await, 100_000);
        assert_eq!((available(&world).await, balance(&world, Account::Cash).await), (0, 99_000));
        assert_eq!(balance(&world, Account::ReceiptsUnidentified).await, -99_000);
        assert_eq!(balance(&world, Account::ProgrammeSupportSetAside).await, 0);
        assert!(contributions::sources(&world.services.database).await.unwrap().is_empty(), "nothing to commit from");
        let found = unidentified_queries::get(&finance, held).await.unwrap();
        assert_eq!((found.state, found.payer.as_str()), (HeldState::Held, "Norway"));
        world.assert_books().await;
        let second = contributions::identify(&finance, held, &identify(right)).await.unwrap();
        assert_eq!(contributions::receive(&finance, wrong, &entered).await.unwrap(), id, "the first form, late");
        assert_eq!((outstanding(&finance, wrong).await, outstanding(&finance, right).await), (100_000, 0));
        assert_eq!(available(&world).await, 99_000 - 12_870);
        assert_eq!(balance(&world, Account::BankCharges).await, 1_000);
        let view = queries::get(&finance, right).await.unwrap();
        assert_eq!(view.receipts[0].bank_reference, entered.get("bank_reference"), "the bank's reference is its own");
        let [before, opposite] = &queries::get(&finance, wrong).await.unwrap().receipts[..] else { panic!() };
        assert!(before.undone && opposite.undoes == Some(before.id));
        // The letter that was sent stays as it is; the receipt gets no other, nor does the one that takes it back.
        assert_eq!(letters::download(&finance, id).await.unwrap().number, number);
        assert_eq!(refusal(letters::issue(&finance, opposite.id).await), "refused-receipt-undone");
        assert_ne!(letters::issue(&finance, second).await.unwrap(), number);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_is_taken_back_once_by_finance_for_its_own_pledge() {
    on_both(|world| async move {
        let (finance, _, wrong, right) = two_pledges(&world).await;
        let entered = receipt("1000", "USD", "2026-04-10");
        let id = contributions::receive(&finance, wrong, &entered).await.unwrap();
        let undo =
            |context, pledge, id: ReceiptId, form| async move { contributions::undo(context, pledge, id, &form).await };
        assert!(matches!(
            undo(&finance, right, id, because("x")).await.map_err(AppError::from),
            Err(AppError::NotFound)
        ));
        let used = Typed::default().with("reason", "x").with("command_id", entered.get("command_id"));
        assert_eq!(refusal(undo(&finance, wrong, id, used).await), "refused-command-used");
        let officer = world.staff(Role::ProgrammeOfficer).await;
        assert!(matches!(
            undo(&officer, wrong, id, because("x")).await.map_err(AppError::from),
            Err(AppError::Forbidden(_))
        ));
        let unsaid = Typed::default().with("command_id", command());
        assert!(matches!(undo(&finance, wrong, id, unsaid).await.map_err(AppError::from), Err(AppError::Invalid(_))));
        let (form, other) = (because("The other pledge"), because("Once more"));
        let (first, second) =
            tokio::join!(undo(&finance, wrong, id, form.clone()), undo(&finance, wrong, id, other.clone()));
        assert_eq!(first.is_ok(), second.is_err(), "one of two at the same moment");
        assert_eq!(refusal(first.and(second)), "refused-receipt-undone");
        let opposite = queries::get(&finance, wrong).await.unwrap().receipts[1].id;
        assert_eq!(refusal(undo(&finance, wrong, opposite, because("Back again")).await), "refused-receipt-undone");
        assert_eq!(balance(&world, Account::ReceiptsUnidentified).await, -100_000);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_was_held_before_is_held_again() {
    on_both(|world| async move {
        let (finance, _, wrong, right) = two_pledges(&world).await;
        let arrived = receipt("400", "USD", "2026-04-10").with("payer", "KINGDOM").with("remittance", "2026");
        let held = contributions::hold(&finance, &arrived).await.unwrap();
        let first = contributions::identify(&finance, held, &identify(wrong)).await.unwrap();
        assert_eq!(contributions::undo(&finance, wrong, first, &because("Wrong")).await.unwrap(), held);
        assert_eq!(state(&finance, held).await, HeldState::Held);
        world.assert_books().await;
        let second = contributions::identify(&finance, held, &identify(right)).await.unwrap();
        assert_eq!((outstanding(&finance, wrong).await, outstanding(&finance, right).await), (100_000, 60_000));
        // What was taken back twice is sent back in the end.
        assert_eq!(contributions::undo(&finance, right, second, &because("Wrong too")).await.unwrap(), held);
        let form = because("Not for the Fund").with("date", "2026-06-01");
        contributions::send_back(&finance, held, &form).await.unwrap();
        assert_eq!((balance(&world, Account::Cash).await, available(&world).await), (0, 0));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_line_of_a_bank_statement_is_held_with_its_money() {
    on_both(|world| async move {
        let (finance, _, wrong, right) = two_pledges(&world).await;
        let table = "date;amount;currency;payer;text\n2026-04-02;250.00;USD;Kingdom of Norway;contribution\n";
        list_account(&world, "AT0001", "USD").await;
        let account = Typed::default().with("account", "AT0001");
        let statement = statements::import(&finance, &account, "a.csv", table.as_bytes()).await.unwrap();
        let lines = || async {
            let open = unidentified_queries::open_pledges(&finance).await.unwrap();
            statements::queries::lines(&finance, statement, &PageRequest::default(), &open).await.unwrap().rows
        };
        let line = lines().await[0].id;
        let to = Typed::default().with("pledge", wrong.to_string());
        statements::match_line(&finance, line, &to).await.unwrap();
        let id = queries::get(&finance, wrong).await.unwrap().receipts[0].id;
        let held = contributions::undo(&finance, wrong, id, &because("The other one")).await.unwrap();
        let after = &lines().await[0];
        assert_eq!((after.state, after.pledge), (statements::LineState::Held, None));
        let found = unidentified_queries::get(&finance, held).await.unwrap();
        assert_eq!((found.payer.as_str(), found.remittance.as_str()), ("Kingdom of Norway", "contribution"));
        contributions::identify(&finance, held, &identify(right)).await.unwrap();
        assert_eq!((outstanding(&finance, wrong).await, outstanding(&finance, right).await), (100_000, 75_000));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_went_beyond_the_pledge_is_taken_back_before_what_paid_it() {
    on_both(|world| async move {
        let (finance, _, wrong, right) = two_pledges(&world).await;
        let mistaken = contributions::receive(&finance, wrong, &receipt("1000", "USD", "2026-04-10")).await.unwrap();
        let typed = other_money(&finance, wrong, receipt("1000", "USD", "2026-04-11")).await;
        let real = contributions::receive(&finance, wrong, &typed).await.unwrap();
        let outcome = contributions::undo(&finance, wrong, mistaken, &because("x")).await;
        assert_eq!(refusal(outcome), "refused-undo-beyond");
        let held = contributions::undo(&finance, wrong, real, &because("To be entered again")).await.unwrap();
        let other = contributions::undo(&finance, wrong, mistaken, &because("The other pledge")).await.unwrap();
        contributions::identify(&finance, held, &identify(wrong)).await.unwrap();
        contributions::identify(&finance, other, &identify(right)).await.unwrap();
        assert_eq!((outstanding(&finance, wrong).await, outstanding(&finance, right).await), (0, 0));
        assert_eq!(balance(&world, Account::ContributionRevenue).await, -200_000, "nothing beyond the pledges");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_keeps_the_rate_at_which_it_came_and_goes_back_no_earlier_than_it_is_held() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let rate = |from: &str, units: &str| {
            Typed::default().with("currency", "EUR").with("from", from).with("units_per_usd", units)
        };
        for from in ["2026-03-01", "2026-04-01"] {
            contributions::record_rate(&finance, &rate(from, "0.92")).await.unwrap();
        }
        let donor = donors::create(&finance, &donor()).await.unwrap();
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let received = contributions::receive(&finance, id, &receipt("1000", "EUR", "2026-04-20")).await.unwrap();
        let cash = balance(&world, Account::Cash).await;
        contributions::record_rate(&finance, &rate("2026-04-15", "0.5").with("confirmed", "yes")).await.unwrap();
        let held = contributions::undo(&finance, id, received, &because("Not theirs")).await.unwrap();
        assert_eq!(balance(&world, Account::Cash).await, cash);
        let back = |day: &str| because("Sent to us by mistake").with("date", day);
        let early = contributions::send_back(&finance, held, &back("2026-05-31")).await.map_err(AppError::from);
        assert!(matches!(early, Err(AppError::Invalid(_))), "{early:?}");
        contributions::send_back(&finance, held, &back("2026-06-01")).await.unwrap();
        assert_eq!(balance(&world, Account::Cash).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_pays_for_a_grant_or_was_paid_over_stays() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let of_grant = "SELECT MIN(receipt_id) AS value FROM grant_funding";
        let id = case.world.number(of_grant).await;
        let pledge = case.world.number(&format!("SELECT pledge_id AS value FROM receipts WHERE id = {id}")).await;
        let outcome = contributions::undo(&case.finance, PledgeId(pledge), ReceiptId(id), &because("x")).await;
        assert_eq!(refusal(outcome), "refused-undo-committed");
        case.world.assert_books().await;
    })
    .await;
    on_both(|world| async move {
        let (_, id) = received(&world, 100_000, domain::contributions::Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let paid = Typed::default()
            .with("amount", "0.01")
            .with("date", "2026-05-04")
            .with("bank_reference", "PSC-1")
            .with("command_id", command());
        transfer_programme_support(&finance, &paid).await.unwrap();
        let receipt = queries::get(&finance, id).await.unwrap().receipts[0].id;
        let outcome = contributions::undo(&finance, id, receipt, &because("x")).await;
        assert_eq!(refusal(outcome), "refused-undo-psc");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn figures_for_everybody_count_money_when_it_is_known_for_what_it_came() {
    on_both(|world| async move {
        let (finance, _, wrong, right) = two_pledges(&world).await;
        let public = visitor(&world);
        let figures = || async { backend::published::figures(&public).await.unwrap() };
        let year = || async { figures().await.years.get(&2026).map_or(0, |year| year.received) };
        let arrived = receipt("400", "USD", "2026-04-10").with("payer", "KINGDOM").with("remittance", "2026");
        let held = contributions::hold(&finance, &arrived).await.unwrap();
        assert_eq!(year().await, 0);
        contributions::identify(&finance, held, &identify(right)).await.unwrap();
        assert_eq!(year().await, 40_000);
        let id = contributions::receive(&finance, wrong, &receipt("1000", "USD", "2026-04-10")).await.unwrap();
        assert_eq!(year().await, 140_000);
        contributions::undo(&finance, wrong, id, &because("Wrong")).await.unwrap();
        assert_eq!(year().await, 40_000);
    })
    .await;
}
