//! Lines of bank statements that are no contributions, that the bank took back, or that others share a reference with.
//! On every database.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{awarded, because, commanded, on};
use crate::support::money::{balance, command, pledge, receipt};
use crate::support::statements::{counts, finance_with_accounts, key, lines, list_account};
use crate::support::{World, later, noon, on_both};
use backend::contributions::statements::queries::LineView;
use backend::contributions::statements::{self, LineState};
use backend::contributions::{self, unidentified_queries};
use backend::grants::recoveries::receive;
use backend::grants::terminate;
use backend::ledger::periods;
use backend::page::PageRequest;
use backend::{Context, audit};
use domain::forms::Typed;
use domain::ids::{PledgeId, RecoveryId, StatementId};
use domain::ledger::Account;
use domain::money::Money;
use domain::periods::{Period, PeriodCheck};

/// A booked entry of a camt.053 in euros: `CRDT`, `DBIT`, or with `!` where it takes back an earlier one.
fn entry(way: &str, reference: &str, end_to_end: &str, amount: &str, day: &str) -> String {
    let reversal = if way.ends_with('!') { "<RvslInd>true</RvslInd>" } else { "" };
    let way = way.trim_end_matches('!');
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{reversal}<Sts><Cd>BOOK</Cd></Sts>\
         <ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs>\
         <EndToEndId>{end_to_end}</EndToEndId></Refs><RltdPties><Dbtr><Nm>Norway</Nm></Dbtr></RltdPties></TxDtls>\
         </NtryDtls></Ntry>"
    )
}

/// Imports a camt.053 with these entries.
async fn camt(finance: &Context, entries: &[String]) -> StatementId {
    let text = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt><Id>{}</Id>\
         <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>{}</Stmt></BkToCstmrStmt></Document>",
        command(),
        entries.concat()
    );
    statements::import(finance, &Typed::default(), "month.xml", text.as_bytes()).await.unwrap()
}

/// Imports a table of an account with these lines.
async fn table(finance: &Context, account: &str, rows: &[&str]) -> StatementId {
    let account = Typed::default().with("account", account).with("decimal_sign", "point");
    let table = format!("date;amount;currency;payer;reference\n{}\n", rows.join("\n"));
    statements::import(finance, &account, "table.csv", table.as_bytes()).await.unwrap()
}

/// A line by its number in the file.
async fn line(finance: &Context, id: StatementId, number: i64) -> LineView {
    lines(finance, id).await.into_iter().find(|line| line.number == number).unwrap()
}

/// How many lines the home page says are to be decided.
async fn waiting(finance: &Context) -> u64 {
    let waits = backend::home::waits(finance).await.unwrap();
    waits.iter().find(|waits| waits.key == "waits-bank-lines").map_or(0, |waits| waits.count)
}

/// A pledge of 1,000 EUR of Norway.
async fn promised(world: &World) -> (Context, PledgeId) {
    let (finance, donor) = finance_with_accounts(world).await;
    let norway = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
    (finance, norway)
}

#[tokio::test]
async fn neither_money_that_the_bank_took_back_nor_its_reversal_is_entered() {
    on_both(|world| async move {
        let (finance, norway) = promised(&world).await;
        let came = |day: &str| entry("CRDT", "R1", "E1", "1000.00", day);
        // In one file, whichever of the two stands first.
        let both = camt(&finance, &[entry("DBIT!", "R2", "E1", "1000.00", "2026-04-07"), came("2026-04-05")]).await;
        assert_eq!(statements::match_sure(&finance, both).await.unwrap(), 0);
        assert_eq!(statements::hold_rest(&finance, both).await.unwrap(), 0);
        let (reversal, original) = (line(&finance, both, 1).await, line(&finance, both, 2).await);
        assert_eq!((reversal.state, original.state), (LineState::Reversed, LineState::Reversed));
        assert_eq!((reversal.counterpart, original.counterpart), (Some((both, 2)), Some((both, 1))));
        let typed = Typed::default().with("pledge", norway.to_string());
        assert_eq!(key(statements::match_line(&finance, original.id, &typed).await, ""), "refused-line-taken");
        assert_eq!(waiting(&finance).await, 0);
        // A line of an earlier file that still waits; another amount is another matter.
        let first = camt(&finance, &[entry("CRDT", "R3", "E3", "500.00", "2026-04-10")]).await;
        assert_eq!(waiting(&finance).await, 1);
        let second = camt(&finance, &[entry("DBIT!", "R3", "", "499.00", "2026-04-11")]).await;
        assert_eq!(line(&finance, first, 1).await.state, LineState::New);
        assert_eq!((line(&finance, second, 1).await.state, waiting(&finance).await), (LineState::Reversal, 2));
        let third = camt(&finance, &[entry("DBIT!", "R3", "", "500.00", "2026-04-11")]).await;
        assert_eq!(line(&finance, first, 1).await.state, LineState::Reversed);
        assert_eq!(line(&finance, third, 1).await.counterpart, Some((first, 1)));
        // Taken back as an import, the reversal leaves the money as it was; the original, the reversal.
        statements::discard(&finance, third).await.unwrap();
        assert_eq!(line(&finance, first, 1).await.state, LineState::New);
        // A reversal that comes before what it takes back.
        let late = camt(&finance, &[entry("CRDT", "R3", "E4", "499.00", "2026-04-11")]).await;
        assert_eq!(line(&finance, late, 1).await.state, LineState::Reversed);
        assert_eq!(line(&finance, second, 1).await.state, LineState::Reversed);
        statements::discard(&finance, late).await.unwrap();
        assert_eq!(line(&finance, second, 1).await.state, LineState::Reversal);
        assert_eq!(balance(&world, Account::Cash).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_reversal_of_money_in_the_books_waits_until_the_money_has_left_them() {
    on_both(|world| async move {
        let (finance, norway) = promised(&world).await;
        let first = camt(&finance, &[entry("CRDT", "R1", "E1", "1000.00", "2026-04-05")]).await;
        assert_eq!(statements::match_sure(&finance, first).await.unwrap(), 1);
        let second = camt(&finance, &[entry("DBIT!", "R1", "E1", "1000.00", "2026-04-07")]).await;
        let reversal = line(&finance, second, 1).await;
        assert_eq!((reversal.state, reversal.counterpart), (LineState::Reversal, Some((first, 1))));
        assert_eq!(waiting(&finance).await, 1);
        assert_eq!(statements::hold_rest(&finance, second).await.unwrap(), 0, "it is no money that came in");
        assert_eq!(key(statements::hold_line(&finance, reversal.id).await, ""), "refused-line-taken");
        let june = later(&finance, on("2026-06-01"));
        let april: Period = "2026-04".parse().unwrap();
        let open = |view: periods::PeriodView| {
            view.checklist.into_iter().find(|item| item.check == PeriodCheck::BankLines).unwrap().open
        };
        assert!(open(periods::get(&june, april).await.unwrap()).is_some());
        let receipt = contributions::queries::get(&finance, norway).await.unwrap().receipts[0].id;
        let held = contributions::undo(&finance, norway, receipt, &because("The bank took it back")).await.unwrap();
        assert_eq!(waiting(&finance).await, 1, "it is still in the books");
        let day = finance.today().to_string();
        let typed = because("Taken back by the bank").with("date", day);
        contributions::send_back(&finance, held, &typed).await.unwrap();
        assert_eq!(line(&finance, second, 1).await.state, LineState::Reversed);
        assert_eq!((waiting(&finance).await, balance(&world, Account::Cash).await), (0, 0));
        assert!(open(periods::get(&june, april).await.unwrap()).is_none());
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn two_lines_that_wait_under_one_reference_are_both_taken_and_each_once() {
    on_both(|world| async move {
        let (finance, norway) = promised(&world).await;
        let first = table(&finance, "DE0001", &["2026-04-03;600.00;EUR;Norway;YEARLY"]).await;
        let second = table(&finance, "DE0002", &["2026-04-20;400.00;EUR;Norway;YEARLY"]).await;
        let third = table(&finance, "DE0003", &["2026-04-03;600.00;EUR;Kingdom of Norway;YEARLY"]).await;
        let typed = Typed::default().with("pledge", norway.to_string());
        statements::match_line(&finance, line(&finance, first, 1).await.id, &typed).await.unwrap();
        // Other money, and what may be the same money, is for somebody to decide.
        let doubtful = line(&finance, second, 1).await;
        assert_eq!(doubtful.state, LineState::Doubtful);
        assert!(doubtful.bank_reference.starts_with("YEARLY/"), "{}", doubtful.bank_reference);
        let same = line(&finance, third, 1).await;
        assert_eq!((same.state, same.perhaps.len()), (LineState::Doubtful, 1));
        statements::say_same(&finance, same.id, &Typed::default().with("what", same.perhaps[0].what.key()))
            .await
            .unwrap();
        assert_eq!(line(&finance, third, 1).await.state, LineState::Known);
        assert_eq!(statements::hold_rest(&finance, second).await.unwrap(), 0, "by hand only");
        let seen = Typed::default().with("seen", doubtful.perhaps[0].what.key());
        statements::say_other(&finance, doubtful.id, &seen).await.unwrap();
        statements::match_line(&finance, doubtful.id, &typed).await.unwrap();
        assert_eq!(contributions::queries::get(&finance, norway).await.unwrap().row.standing.outstanding.minor, 0);
        assert_eq!(waiting(&finance).await, 0);
        // Money that a person enters under the reference of a line that waits is that line's, or makes it doubtful.
        let rows = ["2026-04-21;70.00;EUR;Kari;HAND", "2026-04-21;80.00;EUR;Kari;HAND-2"];
        let fourth = table(&finance, "DE0004", &rows).await;
        for (amount, reference) in [("70", "HAND"), ("81", "HAND-2")] {
            let mut typed = receipt(amount, "EUR", "2026-04-22");
            typed.set("bank_reference", reference);
            for told in contributions::told_of_held(&finance, &typed).await.unwrap() {
                typed.push("other_money", told.what.key());
            }
            contributions::hold(&finance, &typed).await.unwrap();
        }
        assert_eq!(line(&finance, fourth, 1).await.state, LineState::Known);
        assert_eq!(line(&finance, fourth, 2).await.state, LineState::Doubtful);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_line_that_was_stuck_before_is_judged_anew_when_it_is_taken() {
    on_both(|world| async move {
        let (finance, _) = promised(&world).await;
        let first = table(&finance, "DE0001", &["2026-04-03;600.00;EUR;Norway;YEARLY"]).await;
        statements::hold_line(&finance, line(&finance, first, 1).await.id).await.unwrap();
        let second = table(&finance, "DE0002", &["2026-04-20;400.00;EUR;Norway;YEARLY"]).await;
        // As an earlier program left it.
        world.sql("UPDATE bank_lines SET state = 'new', bank_reference = 'YEARLY' WHERE state = 'doubtful'").await;
        let stuck = line(&finance, second, 1).await;
        assert_eq!(key(statements::hold_line(&finance, stuck.id).await, ""), "refused-line-entered");
        let stuck = line(&finance, second, 1).await;
        assert_eq!(stuck.state, LineState::Doubtful, "somebody looks at it");
        let seen = Typed::default().with("seen", stuck.perhaps[0].what.key());
        statements::say_other(&finance, stuck.id, &seen).await.unwrap();
        statements::hold_line(&finance, stuck.id).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_line_that_is_no_contribution_is_set_aside_with_a_reason_and_can_be_taken_up_again() {
    on_both(|world| async move {
        let (finance, _) = promised(&world).await;
        let id =
            table(&finance, "DE0001", &["2026-04-03;12.34;EUR;Bank;INTEREST", "2026-04-03;5.00;EUR;Kari;GIFT"]).await;
        let interest = line(&finance, id, 1).await.id;
        let reason = because("Interest of the account");
        assert_eq!(key(statements::set_aside(&finance, interest, &Typed::default()).await, "reason"), "error-required");
        let officer = world.staff(domain::roles::Role::ProgrammeOfficer).await;
        assert!(statements::set_aside(&officer, interest, &reason).await.is_err());
        assert!(statements::take_up(&officer, interest).await.is_err());
        let april: Period = "2026-04".parse().unwrap();
        let june = later(&finance, on("2026-06-01"));
        let open = async || {
            let view = periods::get(&june, april).await.unwrap();
            let check = view.checklist.iter().find(|item| item.check == PeriodCheck::BankLines).unwrap().clone();
            (check.open.is_some(), view.needs_reason(), view.may_be_closed())
        };
        assert!(open().await.0);
        assert!(!open().await.2 || open().await.1, "closing needs a reason");
        statements::set_aside(&finance, interest, &reason).await.unwrap();
        statements::set_aside(&finance, interest, &reason).await.unwrap();
        let view = line(&finance, id, 1).await;
        assert_eq!((view.state, view.set_aside.as_deref()), (LineState::SetAside, Some("Interest of the account")));
        assert_eq!(waiting(&finance).await, 1);
        assert_eq!(statements::hold_rest(&finance, id).await.unwrap(), 1, "only the other one is left");
        assert_eq!(waiting(&finance).await, 0);
        assert!(!open().await.0);
        assert_eq!(key(statements::hold_line(&finance, interest).await, ""), "refused-line-taken");
        let gift = line(&finance, id, 2).await.id;
        assert_eq!(key(statements::set_aside(&finance, gift, &reason).await, ""), "refused-line-taken");
        assert_eq!(key(statements::take_up(&finance, gift).await, ""), "refused-line-taken");
        statements::take_up(&finance, interest).await.unwrap();
        statements::take_up(&finance, interest).await.unwrap();
        let view = line(&finance, id, 1).await;
        assert_eq!((view.state, view.set_aside, waiting(&finance).await), (LineState::New, None, 1));
        statements::hold_line(&finance, interest).await.unwrap();
        let administrator = world.staff(domain::roles::Role::Administrator).await;
        let trail = audit::of(&administrator, audit::Kind::BankStatement, id.0).await.unwrap();
        let actions: Vec<&str> = trail.rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(
            actions,
            ["audit-line-taken-up", "audit-statement-held", "audit-line-set-aside", "audit-statement-imported"]
        );
        let kept = trail.rows[2].changes.iter().find(|(column, _, _)| column == "reason").unwrap();
        assert_eq!(kept.2, "Interest of the account");
        let request = PageRequest { page: 1, ..PageRequest::default() };
        assert_eq!(unidentified_queries::list(&finance, &request).await.unwrap().total, 2);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_an_organisation_paid_back_is_no_contribution_whichever_is_entered_first() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        case.reported(1, [1_000_000, 0, 0], on("2026-12-10")).await;
        let day = on("2027-01-10");
        terminate(&later(&case.director, day), case.grant, &because("Ended")).await.unwrap();
        let id = RecoveryId(case.world.number("SELECT id AS value FROM recoveries").await);
        let finance = later(&case.finance, on("2027-01-20"));
        let back = async |amount: i64, reference: &str| {
            let typed = commanded()
                .with("amount", Money::usd(amount).to_decimal().to_string())
                .with("date", "2027-01-15")
                .with("bank_reference", reference);
            receive(&finance, id, &typed).await.unwrap();
        };
        back(100_000, "BACK-1").await;
        for number in ["DE0001", "DE0002"] {
            list_account(&case.world, number, "USD").await;
        }
        let rows = [
            "2027-01-14;1000.00;USD;Casa Aurora;BACK-1",
            "2027-01-15;2000.00;USD;Casa Aurora;BACK-2",
            "2027-01-15;33.00;USD;Casa Aurora;BACK-1",
        ];
        let statement = table(&finance, "DE0001", &rows).await;
        let recovered = line(&finance, statement, 1).await;
        assert_eq!(recovered.state, LineState::Recovered);
        assert_eq!(recovered.recovery.map(|(recovery, _)| recovery), Some(id));
        let other = table(&finance, "DE0002", &["2027-01-15;33.00;USD;Casa Aurora;BACK-1"]).await;
        assert_eq!(line(&finance, other, 1).await.state, LineState::Doubtful, "other money under the reference");
        assert_eq!(line(&finance, statement, 2).await.state, LineState::New);
        back(200_000, "BACK-2").await;
        assert_eq!(line(&finance, statement, 2).await.state, LineState::Recovered, "its line waited");
        let cash = balance(&case.world, Account::Cash).await;
        assert_eq!(statements::hold_rest(&finance, statement).await.unwrap(), 1, "the third only");
        assert_eq!(balance(&case.world, Account::Cash).await, cash + 3_300);
        assert_eq!(counts(&finance, statement).await, [0, 0, 1, 0, 0]);
        case.world.assert_books().await;
    })
    .await;
}
