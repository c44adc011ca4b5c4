//! Money that comes in otherwise than planned: unidentified, in another currency, less the bank's charges; on every
//! database.
#![allow(clippy::unwrap_used)]

use crate::support::grants::because;
use crate::support::money::{
    balance, command, donor, field_key as key, finance_with_rates, other_held, other_money, pledge, receipt,
};
use crate::support::{World, on_both};
use backend::contributions::statements::AlikeMoney;
use backend::contributions::{self, HeldState, queries, unidentified_queries};
use backend::page::PageRequest;
use backend::{audit, donors, ledger};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{PledgeId, UnidentifiedId};
use domain::ledger::{Account, Event};
use domain::matching::Reason;
use domain::roles::Role;

fn held(amount: &str, currency: &str, date: &str) -> Typed {
    receipt(amount, currency, date).with("payer", "KINGDOM OF NORWAY").with("remittance", "contribution 2026")
}

fn identify(pledge: PledgeId) -> Typed {
    Typed::default()
        .with("pledge", pledge.to_string())
        .with("reason", "The ministry wrote")
        .with("command_id", command())
}

async fn available(world: &World) -> i64 {
    ledger::queries::position(&world.services.database).await.unwrap().available
}

#[tokio::test]
async fn money_that_nobody_knows_is_held_and_cannot_be_committed() {
    on_both(|world| async move {
        let (finance, _) = finance_with_rates(&world).await;
        let typed = held("1000", "EUR", "2026-04-10");
        let id = contributions::hold(&finance, &typed).await.unwrap();
        assert_eq!(contributions::hold(&finance, &typed).await.unwrap(), id);
        assert_eq!(balance(&world, Account::Cash).await, 125_000);
        assert_eq!(balance(&world, Account::ReceiptsUnidentified).await, -125_000);
        assert_eq!(available(&world).await, 0);
        let queue = unidentified_queries::list(&finance, &PageRequest::default()).await.unwrap();
        assert_eq!((queue.total, queue.rows[0].id, queue.rows[0].state), (1, id, HeldState::Held));
        let trail = audit::of(&world.staff(Role::Auditor).await, audit::Kind::Unidentified, id.0).await.unwrap().rows;
        assert_eq!(trail[0].action, "audit-receipt-held");
        let mut again = held("5", "EUR", "2026-04-10");
        again.set("bank_reference", typed.get("bank_reference"));
        assert_eq!(key(contributions::hold(&finance, &again).await, "bank_reference"), "error-bank-reference-used");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn held_money_settles_a_pledge_at_the_rate_at_which_it_came() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let held_id = contributions::hold(&finance, &held("1000", "EUR", "2026-04-10")).await.unwrap();
        let form = identify(id);
        let receipt_id = contributions::identify(&finance, held_id, &form).await.unwrap();
        assert_eq!(contributions::identify(&finance, held_id, &form).await.unwrap(), receipt_id);
        // 1,000 EUR were 1,111.11 USD when pledged and 1,250.00 when they came; June's rate does not count.
        assert_eq!(balance(&world, Account::ReceiptsUnidentified).await, 0);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        assert_eq!(balance(&world, Account::ExchangeDifferences).await, 111_111 - 125_000);
        assert_eq!(balance(&world, Account::ProgrammeSupportSetAside).await, -16_250);
        assert_eq!(available(&world).await, 125_000 - 16_250);
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!(view.receipts[0].date.to_string(), "2026-04-10");
        assert_eq!(view.receipts[0].booked_on.to_string(), "2026-06-01");
        let view = unidentified_queries::get(&finance, held_id).await.unwrap();
        assert_eq!((view.state, view.receipt), (HeldState::Identified, Some((id, receipt_id))));
        let entries = unidentified_queries::entries(&finance, &view).await.unwrap();
        let events: Vec<Event> = entries.iter().map(|entry| entry.event).collect();
        assert_eq!(events, [Event::ReceiptUnidentified, Event::ReceiptIdentified]);
        let again = contributions::identify(&finance, held_id, &identify(id)).await;
        assert_eq!(key(again, ""), "refused-receipt-decided");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn held_money_is_bound_from_the_day_on_which_it_is_identified() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let mut typed = pledge(donor, "1000", "EUR");
        typed.set("earmark", "region-africa");
        let id = contributions::pledge(&finance, &typed).await.unwrap();
        let held_id = contributions::hold(&finance, &held("1000", "EUR", "2026-04-10")).await.unwrap();
        contributions::identify(&finance, held_id, &identify(id)).await.unwrap();
        let day = |text: &str| text.parse().unwrap();
        for (day, expected) in [(day("2026-05-31"), vec![0, 0]), (day("2026-06-01"), vec![0, 125_000 - 16_250])] {
            let found = backend::grants::available::at(&finance, day).await.unwrap();
            let of =
                |earmark| found.rows.iter().find(|row| row.earmark == earmark).map_or(0, |row| row.position.available);
            assert_eq!(vec![of(Earmark::None), of(Earmark::Africa)], expected, "{day}");
            assert_eq!(found.total.available, expected[1], "{day}");
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn held_money_is_suggested_for_the_pledge_that_fits() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let fits = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::pledge(&finance, &pledge(donor, "900", "EUR")).await.unwrap();
        let held_id = contributions::hold(&finance, &held("1000", "EUR", "2026-04-10")).await.unwrap();
        let view = unidentified_queries::get(&finance, held_id).await.unwrap();
        let open = unidentified_queries::open_pledges(&finance).await.unwrap();
        assert_eq!(open.len(), 2);
        let found = unidentified_queries::suggestions(&view, &open);
        // The Kingdom of Norway holds the donor's word, which a hotel of that name does too.
        assert_eq!((found[0].pledge, found[0].sure), (fits, false));
        assert_eq!(found[0].reasons[..2], [Reason::NamesDonor, Reason::InstalmentAmount]);
        let mut whole = held("1000", "EUR", "2026-04-11");
        whole.set("payer", "NORWAY");
        let whole = contributions::hold(&finance, &other_held(&finance, whole).await).await.unwrap();
        let view = unidentified_queries::get(&finance, whole).await.unwrap();
        let found = unidentified_queries::suggestions(&view, &open);
        assert_eq!((found[0].pledge, found[0].sure), (fits, true));
        assert_eq!(found[0].reasons[..2], [Reason::PayerIsDonor, Reason::InstalmentAmount]);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn held_money_is_sent_back_once_with_a_reason() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::hold(&finance, &held("1000", "EUR", "2026-04-10")).await.unwrap();
        let back =
            |date: &str| Typed::default().with("date", date).with("reason", "Paid twice").with("command_id", command());
        assert_eq!(
            key(contributions::send_back(&finance, id, &back("2026-04-09")).await, "date"),
            "error-sent-back-before"
        );
        let form = back("2026-05-02");
        contributions::send_back(&finance, id, &form).await.unwrap();
        contributions::send_back(&finance, id, &form).await.unwrap();
        assert_eq!(
            (balance(&world, Account::Cash).await, balance(&world, Account::ReceiptsUnidentified).await),
            (0, 0)
        );
        let pledge_id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let late = contributions::identify(&finance, id, &identify(pledge_id)).await;
        assert_eq!(key(late, ""), "refused-receipt-decided");
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let forbidden = contributions::send_back(&officer, id, &back("2026-05-02")).await.unwrap_err();
        assert!(matches!(AppError::from(forbidden), AppError::Forbidden(_)));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn held_money_is_decided_once_even_at_the_same_moment() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let held_id = contributions::hold(&finance, &held("1000", "EUR", "2026-04-10")).await.unwrap();
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let finance = finance.clone();
                tokio::spawn(async move { contributions::identify(&finance, held_id, &identify(id)).await.is_ok() })
            })
            .collect();
        let mut identified = 0;
        for task in tasks {
            identified += usize::from(task.await.unwrap());
        }
        assert_eq!(identified, 1);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_bank_kept_is_an_expense_and_the_donor_has_paid_it() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let direct = receipt("380", "EUR", "2026-04-10").with("bank_charge", "20");
        contributions::receive(&finance, id, &direct).await.unwrap();
        let held_id =
            contributions::hold(&finance, &held("585", "EUR", "2026-04-12").with("bank_charge", "15")).await.unwrap();
        contributions::identify(&finance, held_id, &identify(id)).await.unwrap();
        assert_eq!(balance(&world, Account::BankCharges).await, 2_500 + 1_875);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!((view.row.standing.received.minor, view.row.standing.outstanding.minor), (100_000, 0));
        let large = receipt("10", "EUR", "2026-04-10").with("bank_charge", "20");
        assert_eq!(key(contributions::receive(&finance, id, &large).await, "bank_charge"), "error-bank-charge-large");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_in_another_currency_settles_what_it_is_worth_or_what_finance_says() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "CHF")).await.unwrap();
        // EUR 500 at 0.80 are USD 625 and at 0.88 CHF 550.
        contributions::receive(&finance, id, &receipt("500", "EUR", "2026-04-10")).await.unwrap();
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!((view.receipts[0].credited.minor, view.row.standing.outstanding.minor), (55_000, 45_000));
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 111_111 - 61_111);
        let more = receipt("400", "EUR", "2026-04-11").with("settled", "450.01");
        assert_eq!(key(contributions::receive(&finance, id, &more).await, "settled"), "error-settled-outstanding");
        let same = receipt("400", "CHF", "2026-04-11").with("settled", "400");
        assert_eq!(key(contributions::receive(&finance, id, &same).await, "settled"), "error-settled-same-currency");
        let rest = receipt("400", "EUR", "2026-04-11").with("settled", "450.00");
        contributions::receive(&finance, id, &rest).await.unwrap();
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        assert_eq!(balance(&world, Account::Cash).await, 62_500 + 50_000);
        assert_eq!(balance(&world, Account::ExchangeDifferences).await, 111_111 - 112_500);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn yen_settle_dinars_and_what_goes_beyond_is_revenue() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "30.000", "KWD")).await.unwrap();
        contributions::receive(&finance, id, &receipt("32000", "JPY", "2026-04-10")).await.unwrap();
        // 32,000 JPY at 160 are USD 200, at 0.32 KWD 64; KWD 30 were pledged, so KWD 34 go beyond.
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!((view.receipts[0].credited.minor, view.row.standing.outstanding.minor), (64_000, 0));
        assert_eq!(balance(&world, Account::ContributionRevenue).await, -10_000 - 10_625);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_proof_finds_a_pledge_that_says_something_else_than_the_books() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let held_id: UnidentifiedId = contributions::hold(&finance, &held("5", "EUR", "2026-04-10")).await.unwrap();
        world.sql(&format!("UPDATE pledges SET written_down_usd_minor = 5 WHERE id = {id}")).await;
        world.sql(&format!("UPDATE unidentified_receipts SET state = 'sent-back' WHERE id = {held_id}")).await;
        let findings = ledger::check::check_books(&world.services.database).await.unwrap();
        assert!(findings.iter().any(|finding| finding.contains(&format!("pledge {id}: 111106"))), "{findings:?}");
        assert!(findings.iter().any(|finding| finding.starts_with(&format!("held receipt {held_id}"))), "{findings:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_entered_by_hand_is_entered_again_only_when_somebody_says_that_it_is_other_money() {
    on_both(|world| async move {
        let (finance, norway) = finance_with_rates(&world).await;
        let mut france = donor();
        france.set("name", "France");
        let france = donors::create(&finance, &france).await.unwrap();
        let first = contributions::pledge(&finance, &pledge(norway, "9000", "EUR")).await.unwrap();
        let second = contributions::pledge(&finance, &pledge(norway, "3000", "EUR")).await.unwrap();
        let other = contributions::pledge(&finance, &pledge(france, "3000", "EUR")).await.unwrap();
        let entered = contributions::receive(&finance, first, &receipt("1000", "EUR", "2026-04-10")).await.unwrap();
        // For either pledge of the donor, less what a bank kept, and as money of which nobody says whose it is.
        let less = receipt("990", "EUR", "2026-04-05").with("bank_charge", "10");
        for (pledge, typed) in [(first, receipt("1000", "EUR", "2026-04-01")), (second, less.clone())] {
            let told = contributions::told_of_receipt(&finance, pledge, &typed).await.unwrap();
            let what: Vec<AlikeMoney> = told.iter().map(|alike| alike.what).collect();
            assert_eq!(what, [AlikeMoney::Receipt(first, entered)]);
            let asked = contributions::receive(&finance, pledge, &typed).await;
            assert_eq!(key(asked, "other_money"), "error-perhaps-entered");
        }
        let asked = contributions::hold(&finance, &held("1000", "EUR", "2026-04-12")).await;
        assert_eq!(key(asked, "other_money"), "error-perhaps-entered");
        assert_eq!(balance(&world, Account::Cash).await, 125_000);
        // No question: another donor, amount, currency, or long after. Said to be other money, it is entered once.
        for (pledge, typed) in [
            (other, receipt("1000", "EUR", "2026-04-10")),
            (first, receipt("1000.01", "EUR", "2026-04-10")),
            (first, receipt("1000", "CHF", "2026-04-10")),
            (first, receipt("1000", "EUR", "2026-04-21")),
            (second, other_money(&finance, second, less).await),
        ] {
            let id = contributions::receive(&finance, pledge, &typed).await.unwrap();
            assert_eq!(contributions::receive(&finance, pledge, &typed).await.unwrap(), id, "the same form");
        }
        // A receipt that was taken back is held money, which waits to be identified.
        contributions::undo(&finance, first, entered, &because("Entered twice")).await.unwrap();
        let told =
            contributions::told_of_receipt(&finance, first, &receipt("1000", "EUR", "2026-04-11")).await.unwrap();
        assert!(told.iter().any(|alike| matches!(alike.what, AlikeMoney::Held(_))), "{told:?}");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn held_money_is_held_again_only_when_somebody_says_that_it_is_other_money() {
    on_both(|world| async move {
        let (finance, norway) = finance_with_rates(&world).await;
        let promised = contributions::pledge(&finance, &pledge(norway, "3000", "EUR")).await.unwrap();
        let first = contributions::hold(&finance, &held("1000", "EUR", "2026-04-10")).await.unwrap();
        let of = |payer: &str| receipt("1000", "EUR", "2026-04-11").with("payer", payer);
        for payer in ["Kingdom of Norway", "Norway", ""] {
            let told = contributions::told_of_held(&finance, &of(payer)).await.unwrap();
            assert_eq!(told.iter().map(|alike| alike.what).collect::<Vec<_>>(), [AlikeMoney::Held(first)], "{payer}");
            let asked = contributions::hold(&finance, &of(payer)).await;
            assert_eq!(key(asked, "other_money"), "error-perhaps-entered");
        }
        // Whose held money is, nobody knows: it may be what came for the pledge.
        let typed = receipt("1000", "EUR", "2026-04-11");
        let asked = contributions::receive(&finance, promised, &typed).await;
        assert_eq!(key(asked, "other_money"), "error-perhaps-entered");
        assert_eq!(balance(&world, Account::Cash).await, 125_000);
        contributions::hold(&finance, &of("Kari Nordmann")).await.unwrap();
        contributions::receive(&finance, promised, &other_money(&finance, promised, typed).await).await.unwrap();
        assert_eq!(balance(&world, Account::Cash).await, 375_000);
        world.assert_books().await;
    })
    .await;
}
