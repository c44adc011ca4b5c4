//! Payments that the bank sends back, in part or twice, and who may read the bank's files. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::grants::because;
use crate::support::on_both;
use crate::support::payments::{approved, camt, gathered, import, of, refusal, state};
use crate::support::statements::{key, lines, list_account};
use backend::Context;
use backend::contributions::statements::{self, LineState};
use backend::disbursements::{
    bank_file, batch, batch_file, bounce, cancel_batch, candidates, create_batch, delegate, import_bank_file, may_pay,
};
use domain::disbursements::{BankOutcome, DisbursementState};
use domain::forms::Typed;
use domain::roles::Role;

const NONE: &str = "";

/// The file with another reference of the bank, and another day.
fn with(file: &[u8], reference: &str, day: &str) -> Vec<u8> {
    let text = String::from_utf8(file.to_vec()).unwrap();
    let (before, rest) = text.split_once("<AcctSvcrRef>").unwrap();
    let (_, after) = rest.split_once("</AcctSvcrRef>").unwrap();
    format!("{before}<AcctSvcrRef>{reference}</AcctSvcrRef>{after}").replace("2026-06-01", day).into_bytes()
}

/// Why the transactions of a file were refused.
async fn why(finance: &Context, file: &[u8]) -> Vec<Option<String>> {
    let id = import_bank_file(finance, "bank.xml", file).await.unwrap();
    let outcomes = bank_file(finance, id).await.unwrap().outcomes;
    outcomes.into_iter().map(|outcome| outcome.why.map(|message| message.key)).collect()
}

#[tokio::test]
async fn a_payment_that_came_back_is_no_contribution_in_the_statement_that_tells_of_it() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        let before = case.balance("1000").await;
        import(&case, &camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE)).await;
        let returned = camt("camt.053", "CRDT", &end_to_end, "25000.01", NONE);
        let none = Typed::default();
        let statement = statements::import(&case.finance, &none, "june.xml", &returned).await.unwrap();
        let line = lines(&case.finance, statement).await.remove(0);
        assert_eq!(line.state, LineState::Returned);
        assert_eq!(line.payment.as_ref().map(|(payment, _, instalment)| (*payment, *instalment)), Some((id, 1)));
        assert!(line.suggestions.is_empty() && !line.state.waits());
        assert_eq!(key(statements::hold_line(&case.finance, line.id).await, ""), "refused-line-taken");
        assert_eq!(statements::match_sure(&case.finance, statement).await.unwrap(), 0);
        assert_eq!(statements::hold_rest(&case.finance, statement).await.unwrap(), 0);
        assert_eq!(import(&case, &returned).await, [BankOutcome::Bounced]);
        assert_eq!(case.balance("1000").await, before, "the money is there once");
        assert_eq!(case.balance("2200").await, 0);
        // A table has the identification in its text only, and what arrived may be less.
        let table =
            format!("date;amount;currency;payer;text\n2026-06-01;24,975.01;USD;Bank;RETURN {end_to_end}. AC04\n");
        list_account(&case.world, "DE0001", "USD").await;
        let account = Typed::default().with("account", "DE0001").with("decimal_sign", "point");
        let second = statements::import(&case.finance, &account, "june.csv", table.as_bytes()).await.unwrap();
        let line = lines(&case.finance, second).await.remove(0);
        assert_eq!((line.state, line.payment.map(|(payment, _, _)| payment)), (LineState::Returned, Some(id)));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_less_fees_is_not_booked_as_if_all_of_it_were_there() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        let paid = camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE);
        assert_eq!(import(&case, &paid).await, [BankOutcome::Confirmed]);
        let (entries, cash) = (case.entries().await, case.balance("1000").await);
        let ordered = "<AmtDtls><InstdAmt><Amt Ccy=\"USD\">25000.01</Amt></InstdAmt></AmtDtls>";
        let less = camt("camt.053", "CRDT", &end_to_end, "24975.01", ordered);
        assert_eq!(why(&case.finance, &less).await, [Some("refused-bank-file-less".to_owned())]);
        // Two of a sum that says something else: how much of each arrived is not clear.
        let other = "</TxDtls><TxDtls><Amt Ccy=\"USD\">5.00</Amt>";
        let parts = format!("<Amt Ccy=\"USD\">25000.01</Amt>{other}");
        let unclear = camt("camt.054", "CRDT", &end_to_end, "24980.01", &parts);
        assert_eq!(why(&case.finance, &unclear).await, [Some("refused-bank-file-unclear".to_owned())]);
        assert_eq!((case.entries().await, case.balance("1000").await), (entries, cash));
        assert_eq!(state(&case, id).await, DisbursementState::Confirmed);
        // The bank adds the difference, and finance records it.
        bounce(&case.finance, id, &because("The bank gave its fee back").with("bounced_on", "2026-06-01"))
            .await
            .unwrap();
        assert_eq!(import(&case, &less).await, [BankOutcome::Known], "the same file again");
        assert_eq!(case.balance("1000").await, cash + 2_500_001);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_sum_of_payments_that_came_back_bounces_each_by_what_arrived_of_it() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        import(&case, &camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE)).await;
        let parts = "<Amt Ccy=\"USD\">25000.01</Amt></TxDtls><TxDtls><Amt Ccy=\"USD\">5.00</Amt>";
        let sum = camt("camt.053", "CRDT", &end_to_end, "25005.01", parts);
        assert_eq!(import(&case, &sum).await, [BankOutcome::Bounced]);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_comes_again_tries_what_was_refused_and_nothing_else() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        // The payment, and its return less fees.
        let paid = String::from_utf8(camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE)).unwrap();
        let back = String::from_utf8(camt("camt.053", "CRDT", &end_to_end, "24000.00", NONE)).unwrap();
        let entry = |text: &str| text[text.find("<Ntry>").unwrap()..text.find("</Stmt>").unwrap()].to_owned();
        let file = paid.replace("</Stmt>", &format!("{}</Stmt>", entry(&back))).into_bytes();
        let tie = case.tie(&case.finance).await;
        let first = import_bank_file(&case.finance, "bank.xml", &file).await.unwrap();
        let outcomes = async || -> Vec<BankOutcome> {
            let outcomes = bank_file(&case.finance, first).await.unwrap().outcomes;
            outcomes.into_iter().map(|outcome| outcome.outcome).collect()
        };
        assert_eq!(outcomes().await, [BankOutcome::Refused, BankOutcome::Refused], "a tie");
        assert_eq!(state(&case, id).await, DisbursementState::Released);
        case.untie(&case.finance, tie).await;
        let again = async || import_bank_file(&case.finance, "again.xml", &file).await.unwrap();
        assert_eq!(again().await, first);
        assert_eq!(outcomes().await, [BankOutcome::Confirmed, BankOutcome::Refused]);
        let entries = case.entries().await;
        assert_eq!(again().await, first);
        assert_eq!(outcomes().await, [BankOutcome::Confirmed, BankOutcome::Refused]);
        assert_eq!(case.entries().await, entries, "what was done is not done again");
        bounce(&case.finance, id, &because("All of it is there").with("bounced_on", "2026-06-01")).await.unwrap();
        let entries = case.entries().await;
        for _ in 0..2 {
            assert_eq!(again().await, first);
            assert_eq!(outcomes().await, [BankOutcome::Confirmed, BankOutcome::Known]);
        }
        assert_eq!(case.entries().await, entries);
        let trail = "SELECT COUNT(*) AS value FROM audit WHERE action = 'audit-bank-file-retried'";
        assert_eq!(case.world.number(trail).await, 2, "each time that something became of it");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_leaves_once_more_after_it_came_back_is_for_somebody_to_look_at() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        let paid = camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE);
        import(&case, &paid).await;
        import(&case, &camt("camt.053", "CRDT", &end_to_end, "25000.01", NONE)).await;
        let entries = case.entries().await;
        let notice = camt("camt.054", "DBIT", &end_to_end, "25000.01", NONE);
        assert_eq!(import(&case, &notice).await, [BankOutcome::Known], "the payment itself, told once more");
        let before = with(&paid, "OTHER", "2026-05-30");
        assert_eq!(import(&case, &before).await, [BankOutcome::Known], "it left before it came back");
        let left = Some("refused-bank-file-left-again".to_owned());
        let again = with(&paid, "OTHER", "2026-06-01");
        assert_eq!(why(&case.finance, &again).await, std::slice::from_ref(&left));
        let text = String::from_utf8(paid).unwrap();
        let reversal = text.replace("</CdtDbtInd>", "</CdtDbtInd><RvslInd>true</RvslInd>").into_bytes();
        assert_eq!(why(&case.finance, &reversal).await, [left]);
        assert_eq!((case.entries().await, state(&case, id).await), (entries, DisbursementState::Bounced));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn who_stands_in_makes_batches_and_reads_the_banks_files_under_the_same_rules() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let deputy = case.world.staff(Role::CertifyingOfficer).await;
        assert!(!may_pay(&deputy).await.unwrap());
        assert_eq!(refusal(create_batch(&deputy, &of(&[id])).await), "forbidden-role");
        for to in [&deputy, &case.certifier] {
            let typed = Typed::default()
                .with("delegate", to.actor.user.unwrap().to_string())
                .with("starts_on", "2026-06-01")
                .with("ends_on", "2026-06-30")
                .with("reason", "Leave");
            delegate(&case.finance, &typed).await.unwrap();
            assert!(may_pay(to).await.unwrap());
        }
        // Who certified the payment does not pay it, nor is it offered.
        let offered = candidates(&case.certifier).await.unwrap();
        assert_eq!((offered.payable.len(), offered.for_colleagues.len()), (0, 1));
        assert_eq!(refusal(create_batch(&case.certifier, &of(&[id])).await), "refused-same-person");
        // A tie of who is absent counts as much as one of who stands in.
        let tie = case.tie(&case.finance).await;
        assert_eq!(candidates(&deputy).await.unwrap().payable.len(), 0);
        assert_eq!(refusal(create_batch(&deputy, &of(&[id])).await), "refused-tie");
        case.untie(&case.finance, tie).await;
        assert_eq!(candidates(&deputy).await.unwrap().payable.len(), 1);
        let cancelled = create_batch(&deputy, &of(&[id])).await.unwrap();
        cancel_batch(&deputy, cancelled, &because("Wrong day")).await.unwrap();
        let tie = case.tie(&case.finance).await;
        assert_eq!(refusal(create_batch(&deputy, &of(&[id])).await), "refused-tie", "also of what is released");
        case.untie(&case.finance, tie).await;
        let made = create_batch(&deputy, &of(&[id])).await.unwrap();
        assert!(batch_file(&deputy, made).await.unwrap().1.contains("25000.01"));
        let end_to_end = batch(&deputy, made).await.unwrap().payments[0].end_to_end_id.clone();
        let paid = camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE);
        assert_eq!(why(&case.certifier, &paid).await, [Some("refused-same-person".to_owned())]);
        assert_eq!(why(&deputy, &paid).await, [None], "the same file in other hands");
        assert_eq!(state(&case, id).await, DisbursementState::Confirmed);
        let stands_for =
            "SELECT COUNT(*) AS value FROM disbursement_steps WHERE step = 'confirm' AND stands_for_id IS NOT NULL";
        assert_eq!(case.world.number(stands_for).await, 1);
        case.world.assert_books().await;
    })
    .await;
}

/// How many lines the home page says are to be decided.
async fn waiting(finance: &Context) -> u64 {
    let waits = backend::home::waits(finance).await.unwrap();
    waits.iter().find(|waits| waits.key == "waits-bank-lines").map_or(0, |waits| waits.count)
}

#[tokio::test]
async fn what_nobody_ordered_waits_for_a_person() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        list_account(&case.world, "DE0001", "USD").await;
        let account = Typed::default().with("account", "DE0001").with("decimal_sign", "point");
        let table = async |name: &str, rows: &[String]| {
            let text = format!("date;amount;currency;payer;text\n{}\n", rows.join("\n"));
            let id = statements::import(&case.finance, &account, name, text.as_bytes()).await.unwrap();
            let mut found = lines(&case.finance, id).await;
            found.sort_by_key(|line| line.number);
            found
        };
        let paid = format!("2026-06-01;-25000.01;USD;Casa Aurora;{end_to_end}");
        let rows = ["-50000.00;USD;Stranger;", "-12.50;USD;Bank;Charges", "-25000.02;USD;Bank;UNVTF"];
        let mut rows: Vec<String> = rows.iter().map(|row| format!("2026-06-01;{row}")).collect();
        rows.push(paid.clone());
        let found = table("june.csv", &rows).await;
        let states: Vec<LineState> = found.iter().map(|line| line.state).collect();
        use LineState::{Paid, Unordered};
        assert_eq!(states, [Unordered, Unordered, Unordered, Paid]);
        assert_eq!(found[3].payment.as_ref().map(|(payment, ..)| *payment), Some(id));
        assert_eq!(waiting(&case.finance).await, 3);
        // A second payment of the same may be one too many.
        let again = table("again.csv", &[String::from("2026-05-31;-1.00;USD;x;"), paid]).await;
        assert_eq!(again[1].state, Unordered);
        for line in [&found[0], &found[1], &found[2], &again[0], &again[1]] {
            assert!(line.waits);
            statements::set_aside(&case.finance, line.id, &because("Asked the bank")).await.unwrap();
        }
        assert_eq!(waiting(&case.finance).await, 0);
        // A return that is not recorded of its payment waits until it is.
        import(&case, &camt("camt.053", "DBIT", &end_to_end, "25000.01", NONE)).await;
        let back = [format!("2026-06-01;25000.01;USD;Bank;RETURN {end_to_end}")];
        assert_eq!(table("back.csv", &back).await[0].state, LineState::Returned);
        assert_eq!(waiting(&case.finance).await, 1);
        import(&case, &camt("camt.053", "CRDT", &end_to_end, "25000.01", NONE)).await;
        assert_eq!(waiting(&case.finance).await, 0);
        // Money that came because a debit was taken back.
        let reversed = camt("camt.053", "CRDT", "OTHER-1", "5.00", NONE);
        let text = String::from_utf8(reversed).unwrap().replace("<Sts>", "<RvslInd>true</RvslInd><Sts>");
        let id = statements::import(&case.finance, &Typed::default(), "r.xml", text.as_bytes()).await.unwrap();
        assert_eq!(lines(&case.finance, id).await[0].state, Unordered);
        assert_eq!(waiting(&case.finance).await, 1);
        case.world.assert_books().await;
    })
    .await;
}
