//! Lines of bank statements of which the program cannot know by itself what they are. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::grants::because;
use crate::support::money::{balance, command, pledge, receipt};
use crate::support::on_both;
use crate::support::statements::{counts, file, finance_with_accounts, key, lines, list_account};
use backend::contributions::statements::queries::{self, LineView};
use backend::contributions::statements::{self, Alike, AlikeMoney, LineState};
use backend::{Context, contributions};
use domain::forms::Typed;
use domain::ids::{PledgeId, StatementId};
use domain::ledger::Account;
use domain::matching::payment_reference;

#[tokio::test]
async fn other_money_under_a_reference_of_the_books_is_taken_by_hand_and_never_lost() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway: PledgeId = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let mut typed = receipt("100", "EUR", "2026-04-02");
        typed.set("bank_reference", "YEARLY");
        contributions::hold(&finance, &typed).await.unwrap();
        // The same money; another amount; another day; another currency; and no reference at all.
        let table = "date;amount;currency;payer;reference\n2026-04-03;100.00;EUR;Norway;YEARLY\n\
                     2026-04-03;1000.00;EUR;Norway;YEARLY\n2026-04-20;100.00;EUR;Norway;NONREF\n";
        let account = |name: &str| Typed::default().with("account", name);
        let first = statements::import(&finance, &account("DE0001"), "a.csv", table.as_bytes()).await.unwrap();
        assert_eq!(counts(&finance, first).await, [2, 0, 0, 1, 0]);
        let other = "date;amount;currency;payer;reference\n2026-04-20;1000.00;EUR;Norway;YEARLY\n";
        let second = statements::import(&finance, &account("DE0002"), "b.csv", other.as_bytes()).await.unwrap();
        let doubtful = lines(&finance, second).await.pop().unwrap();
        assert_eq!(doubtful.state, LineState::Doubtful);
        assert!(doubtful.bank_reference.starts_with("YEARLY/"), "{}", doubtful.bank_reference);
        assert_eq!(doubtful.suggestions[0].pledge, norway);
        assert_eq!(statements::match_sure(&finance, second).await.unwrap(), 0, "somebody has to look at it");
        assert_eq!(statements::hold_rest(&finance, second).await.unwrap(), 0);
        let typed = Typed::default().with("pledge", norway.to_string());
        assert_eq!(
            key(statements::match_line(&finance, doubtful.id, &typed).await, ""),
            "refused-line-perhaps-entered"
        );
        statements::say_other(&finance, doubtful.id, &seen(&doubtful)).await.unwrap();
        statements::match_line(&finance, doubtful.id, &typed).await.unwrap();
        assert_eq!(key(statements::hold_line(&finance, doubtful.id).await, ""), "refused-line-taken");
        assert_eq!(contributions::queries::get(&finance, norway).await.unwrap().row.standing.outstanding.minor, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_the_bank_took_back_is_shown_as_such() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let text = String::from_utf8(file("statement-camt.053.001.08.xml")).unwrap();
        let credit = "985.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>";
        assert_eq!(text.matches(credit).count(), 1);
        let reversed = text.replace(credit, "985.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>");
        let id = statements::import(&finance, &Typed::default(), "r.xml", reversed.as_bytes()).await.unwrap();
        let line = lines(&finance, id).await.into_iter().find(|line| line.number == 1).unwrap();
        assert_eq!((line.state, line.credit), (LineState::Reversal, false));
        assert_eq!(key(statements::hold_line(&finance, line.id).await, ""), "refused-line-taken");
    })
    .await;
}
/// A table of an account with these lines.
async fn table(finance: &Context, account: &str, rows: &[&str]) -> StatementId {
    let account = Typed::default().with("account", account).with("decimal_sign", "point");
    let table = format!("date;amount;currency;payer;text;reference\n{}\n", rows.join("\n"));
    statements::import(finance, &account, &format!("{}.csv", command()), table.as_bytes()).await.unwrap()
}

/// A camt.053 of the account of these entries: reference of the bank, identification, amount, day, payer with text.
fn camt(id: &str, entries: &[[&str; 5]]) -> String {
    let entries: String = entries
        .iter()
        .map(|[own, end_to_end, amount, day, payer]| {
            let (payer, text) = payer.split_once('|').unwrap_or((payer, ""));
            let own = if own.is_empty() { String::new() } else { format!("<AcctSvcrRef>{own}</AcctSvcrRef>") };
            format!(
                "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
                 <BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>{own}<NtryDtls><TxDtls><Refs>\
                 <EndToEndId>{end_to_end}</EndToEndId></Refs><RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>\
                 <RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
            )
        })
        .collect();
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt><Id>{id}</Id>\
         <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
    )
}

async fn bring(finance: &Context, id: &str, entries: &[[&str; 5]]) -> StatementId {
    statements::import(finance, &Typed::default(), "month.xml", camt(id, entries).as_bytes()).await.unwrap()
}

async fn line(finance: &Context, id: StatementId, number: i64) -> LineView {
    lines(finance, id).await.into_iter().find(|line| line.number == number).unwrap()
}

fn what(line: &LineView) -> Typed {
    Typed::default().with("what", line.perhaps[0].what.key())
}

/// All that is shown beside a line, looked at.
fn seen(line: &LineView) -> Typed {
    let keys: Vec<String> = line.perhaps.iter().map(|alike| alike.what.key()).collect();
    Typed::default().with("seen", keys.join(" "))
}

#[tokio::test]
async fn money_that_is_perhaps_entered_is_never_sure_and_a_person_says_whether_it_is_the_same() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway = contributions::pledge(&finance, &pledge(donor, "3000", "EUR")).await.unwrap();
        // By hand with the payer's identification; then by camt with the bank's own reference.
        let mut typed = receipt("1000", "EUR", "2026-04-02");
        typed.set("bank_reference", "E2E-77");
        contributions::receive(&finance, norway, &typed).await.unwrap();
        let sure = format!("Norway|{}", payment_reference(norway));
        let first = bring(&finance, "1", &[["BANK-1", "E2E-77", "1000.00", "2026-04-05", "Norway"]]).await;
        let told = line(&finance, first, 1).await;
        assert_eq!((told.state, told.perhaps.len()), (LineState::New, 1));
        assert!(matches!(told.perhaps[0].what, AlikeMoney::Receipt(pledge, _) if pledge == norway));
        for taken in [statements::match_sure(&finance, first).await, statements::hold_rest(&finance, first).await] {
            assert_eq!(taken.unwrap(), 0, "somebody has to look at it");
        }
        assert_eq!(key(statements::hold_line(&finance, told.id).await, ""), "refused-line-perhaps-entered");
        let cash = balance(&world, Account::Cash).await;
        statements::say_same(&finance, told.id, &what(&told)).await.unwrap();
        statements::say_same(&finance, told.id, &what(&told)).await.unwrap();
        let told = line(&finance, first, 1).await;
        assert_eq!((told.state, told.pledge), (LineState::Known, Some(norway)));
        assert_eq!(balance(&world, Account::Cash).await, cash, "nothing is booked");
        // By donor, amount and currency within ten days, under other references; not after more days.
        let rows = [["BANK-2", "X", "1000.00", "2026-04-12", &sure], ["BANK-3", "X", "1000.00", "2026-04-13", &sure]];
        let second = bring(&finance, "2", &rows).await;
        assert_eq!(line(&finance, second, 1).await.perhaps.len(), 1);
        assert_eq!(line(&finance, second, 2).await.perhaps.len(), 0);
        assert_eq!(statements::match_sure(&finance, second).await.unwrap(), 0, "amounts do not fit the pledge");
        let other = line(&finance, second, 1).await;
        let nothing = Typed::default().with("seen", "receipt-999");
        assert_eq!(key(statements::say_other(&finance, other.id, &nothing).await, ""), "refused-line-look-again");
        statements::say_other(&finance, other.id, &seen(&other)).await.unwrap();
        let to = Typed::default().with("pledge", norway.to_string());
        statements::match_line(&finance, other.id, &to).await.unwrap();
        assert_eq!(balance(&world, Account::Cash).await, cash * 2);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_table_first_and_camt_afterwards_enter_the_same_money_once() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let other = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let text = payment_reference(norway);
        let csv = table(&finance, "DE0001", &[&format!("2026-04-05;1000.00;EUR;Norway;{text};")]).await;
        assert_eq!(statements::match_sure(&finance, csv).await.unwrap(), 1);
        let payer = format!("Norway|{}", payment_reference(other));
        let camt = bring(&finance, "1", &[["BANK-1", "X", "1000.00", "2026-04-06", &payer]]).await;
        assert_eq!(statements::match_sure(&finance, camt).await.unwrap(), 0);
        let told = line(&finance, camt, 1).await;
        statements::say_same(&finance, told.id, &what(&told)).await.unwrap();
        assert_eq!(balance(&world, Account::Cash).await, 125_000);
        // A mistake is taken back, and the question stands again.
        statements::take_up(&finance, told.id).await.unwrap();
        assert_eq!(line(&finance, camt, 1).await.perhaps.len(), 1);
        // Taken back, the receipt is held money, which the line may be as well.
        let receipt = contributions::queries::get(&finance, norway).await.unwrap().receipts[0].id;
        contributions::undo(&finance, norway, receipt, &because("Another pledge")).await.unwrap();
        let told = line(&finance, camt, 1).await;
        assert!(matches!(told.perhaps[0].what, AlikeMoney::Held(_)), "{:?}", told.perhaps);
        statements::say_same(&finance, told.id, &what(&told)).await.unwrap();
        assert!(line(&finance, camt, 1).await.held.is_some());
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn entering_by_hand_what_a_line_tells_of_asks_first() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway = contributions::pledge(&finance, &pledge(donor, "3000", "EUR")).await.unwrap();
        let id = bring(&finance, "1", &[["BANK-1", "E2E-1", "1000.00", "2026-04-05", "Norway"]]).await;
        // Waiting, and then taken.
        for taken in [false, true] {
            if taken {
                statements::hold_line(&finance, line(&finance, id, 1).await.id).await.unwrap();
            }
            let typed = receipt("1000", "EUR", "2026-04-08");
            let asked = contributions::receive(&finance, norway, &typed).await;
            assert_eq!(key(asked, "other_money"), "error-perhaps-told");
            let asked = contributions::hold(&finance, &typed.clone().with("payer", "Norway")).await;
            assert_eq!(key(asked, "other_money"), "error-perhaps-told");
            let told = contributions::told_of_receipt(&finance, norway, &typed).await.unwrap();
            assert!(matches!(told[..], [Alike { what: AlikeMoney::Line(_, of, 1), .. }] if of == id), "{told:?}");
        }
        assert_eq!(balance(&world, Account::Cash).await, 125_000);
        // Other money is entered; another amount, or long after, is no question.
        let told =
            contributions::told_of_receipt(&finance, norway, &receipt("1000", "EUR", "2026-04-08")).await.unwrap();
        let ticked = receipt("1000", "EUR", "2026-04-08").with("other_money", told[0].what.key());
        contributions::receive(&finance, norway, &ticked).await.unwrap();
        contributions::receive(&finance, norway, &receipt("999", "EUR", "2026-04-08")).await.unwrap();
        contributions::receive(&finance, norway, &receipt("1000", "EUR", "2026-04-20")).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_statement_that_is_discarded_takes_only_what_no_other_one_told_of() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let gift = ["BANK-1", "E-1", "11111.00", "2026-04-05", "Kari"];
        let first = bring(&finance, "1", &[gift, ["BANK-2", "E-2", "2.00", "2026-04-05", "Ola"]]).await;
        let second = bring(&finance, "2", &[["BANK-3", "E-3", "3.00", "2026-04-06", "Per"], gift]).await;
        let told = line(&finance, second, 2).await;
        assert_eq!((told.state, told.told_first, told.amount.minor), (LineState::New, Some((first, 1)), 1_111_100));
        let row = queries::get(&finance, second).await.unwrap();
        assert_eq!((row.lines, row.known_lines, counts(&finance, second).await), (2, 1, [2, 0, 0, 0, 0]));
        statements::discard(&finance, first).await.unwrap();
        let kept = line(&finance, second, 2).await;
        assert_eq!((kept.state, kept.told_first), (LineState::New, None));
        assert!(lines(&finance, first).await.is_empty());
        // Importing the first again restores what is gone, and takes nothing twice.
        let again = bring(&finance, "1", &[gift, ["BANK-2", "E-2", "2.00", "2026-04-05", "Ola"]]).await;
        assert_eq!(lines(&finance, again).await.len(), 2);
        assert_eq!(line(&finance, again, 1).await.told_first, Some((second, 2)));
        assert_eq!(statements::hold_rest(&finance, again).await.unwrap(), 2);
        assert_eq!(statements::hold_rest(&finance, second).await.unwrap(), 1);
        assert_eq!(key(statements::discard(&finance, second).await, ""), "refused-statement-taken");
        // A file that came before this was kept brings back what is missing.
        world.sql("DELETE FROM bank_statement_lines WHERE line_id IN (SELECT id FROM bank_lines WHERE own_reference = 'BANK-3')").await;
        world.sql("DELETE FROM bank_lines WHERE own_reference = 'BANK-3'").await;
        bring(&finance, "2", &[["BANK-3", "E-3", "3.00", "2026-04-06", "Per"], gift]).await;
        assert_eq!(lines(&finance, second).await.len(), 2);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn gifts_that_are_alike_are_neither_dropped_nor_counted_without_a_question() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let gift = |payer, day| ["", "DONATION", "50.00", day, payer];
        let first = bring(&finance, "1", &[gift("Kari", "2026-04-05")]).await;
        // The same file's line once more; another day; another payer; another place.
        let again = bring(&finance, "2", &[gift("Kari", "2026-04-05")]).await;
        assert_eq!(line(&finance, again, 1).await.told_first, Some((first, 1)));
        let other_day = bring(&finance, "3", &[gift("Kari", "2026-04-06")]).await;
        assert_eq!(line(&finance, other_day, 1).await.state, LineState::New);
        let others = [gift("Ola", "2026-04-05"), gift("Kari", "2026-04-05")];
        let third = bring(&finance, "4", &others).await;
        let found = [line(&finance, third, 1).await, line(&finance, third, 2).await];
        assert_eq!(found.each_ref().map(|line| line.state), [LineState::Doubtful, LineState::Doubtful]);
        assert!(matches!(found[1].perhaps[0].what, AlikeMoney::Line(_, statement, 1) if statement == first));
        assert_eq!(statements::hold_rest(&finance, third).await.unwrap(), 0, "a person is asked");
        assert_eq!(statements::say_all_same(&finance, third).await.unwrap(), 1, "only what agrees but for its place");
        assert_eq!(line(&finance, third, 2).await.same_as, Some((first, 1)));
        statements::say_other(&finance, found[0].id, &seen(&found[0])).await.unwrap();
        statements::hold_line(&finance, found[0].id).await.unwrap();
        // One reference twice in a file: both stand, and the second is asked about.
        let twice = [["BANK-9", "A", "7.00", "2026-04-07", "Per"], ["BANK-9", "B", "7.00", "2026-04-09", "Pål"]];
        let fourth = bring(&finance, "5", &twice).await;
        let second = line(&finance, fourth, 2).await;
        assert_eq!((line(&finance, fourth, 1).await.state, second.state), (LineState::New, LineState::Doubtful));
        assert!(matches!(second.perhaps[0].what, AlikeMoney::Line(_, statement, 1) if statement == fourth));
        assert_eq!(statements::hold_rest(&finance, fourth).await.unwrap(), 1);
        statements::say_other(&finance, second.id, &seen(&line(&finance, fourth, 2).await)).await.unwrap();
        statements::hold_line(&finance, second.id).await.unwrap();
        // The first goes, and the line that was said to be the same waits again.
        statements::discard(&finance, again).await.unwrap();
        statements::discard(&finance, first).await.unwrap();
        assert_eq!(line(&finance, third, 2).await.state, LineState::New);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_entered_by_hand_is_one_line_only() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let mut typed = receipt("50", "EUR", "2026-04-05").with("payer", "Kari");
        typed.set("bank_reference", "DONATION");
        contributions::hold(&finance, &typed).await.unwrap();
        let rows = ["2026-04-05;50.00;EUR;Kari;;DONATION", "2026-04-06;50.00;EUR;Ola;;DONATION"];
        let id = table(&finance, "DE0001", &rows).await;
        let found = [line(&finance, id, 1).await, line(&finance, id, 2).await];
        assert_eq!(found.each_ref().map(|line| line.state), [LineState::Known, LineState::Doubtful]);
        let next = table(&finance, "DE0002", &["2026-04-06;50.00;EUR;Per;;DONATION"]).await;
        assert_eq!(line(&finance, next, 1).await.state, LineState::Doubtful, "the receipt has its line");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_books_go_by_the_booking_day_and_the_value_day_is_kept() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let text = camt("1", &[["BANK-1", "E-1", "50.00", "2026-04-02", "Kari"]]);
        let text = text.replace("<ValDt><Dt>2026-04-02", "<ValDt><Dt>2026-03-31");
        let id = statements::import(&finance, &Typed::default(), "a.xml", text.as_bytes()).await.unwrap();
        crate::support::books::close(&finance, "2026-03".parse().unwrap(), &because("The month is over"))
            .await
            .unwrap();
        let told = line(&finance, id, 1).await;
        assert_eq!(
            (told.date.to_string(), told.valued.map(|day| day.to_string())),
            ("2026-04-02".to_owned(), Some("2026-03-31".to_owned()))
        );
        statements::hold_line(&finance, told.id).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_payer_ordered_decides_what_of_the_pledge_is_settled() {
    on_both(|world| async move {
        const DOLLARS: &str = "AT483200000012345864";
        let (finance, donor) = finance_with_accounts(&world).await;
        list_account(&world, DOLLARS, "USD").await;
        let ordered = |own: &str, credited: &str, ordered: &str| {
            let text = camt(own, &[[own, own, "1.00", "2026-04-05", "Norway"]]);
            let text = text.replace("<Amt Ccy=\"EUR\">1.00", &format!("<Amt Ccy={credited}"));
            let dollars = credited.starts_with("\"USD\"");
            let text = if dollars { text.replace("DE89370400440532013000", DOLLARS) } else { text };
            text.replace("</Refs>", &format!("</Refs><AmtDtls><InstdAmt><Amt Ccy={ordered}</Amt></InstdAmt></AmtDtls>"))
        };
        let bring = async |text: String| {
            let id = statements::import(&finance, &Typed::default(), "a.xml", text.as_bytes()).await.unwrap();
            (id, line(&finance, id, 1).await)
        };
        let standing = async |pledge: PledgeId| {
            let standing = contributions::queries::get(&finance, pledge).await.unwrap().row.standing;
            (standing.received.minor, standing.outstanding.minor)
        };
        // Ordered in the pledge's currency, credited in dollars at the bank's rate: the difference is exchange.
        let first = contributions::pledge(&finance, &pledge(donor, "500000", "EUR")).await.unwrap();
        let (id, told) = bring(ordered("B-1", "\"USD\">560000.00", "\"EUR\">500000.00")).await;
        assert_eq!(told.ordered.map(|money| money.minor), Some(50_000_000));
        assert_eq!(statements::match_sure(&finance, id).await.unwrap(), 1);
        assert_eq!(standing(first).await, (50_000_000, 0));
        assert_eq!(balance(&world, Account::Cash).await, 56_000_000);
        // Held first, and identified afterwards.
        let second = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let (id, told) = bring(ordered("B-2", "\"USD\">1100.00", "\"EUR\">1000.00")).await;
        statements::hold_line(&finance, told.id).await.unwrap();
        let held = line(&finance, id, 1).await.held.unwrap();
        let typed = because("The donor wrote").with("pledge", second.to_string());
        contributions::identify(&finance, held, &typed).await.unwrap();
        assert_eq!(standing(second).await, (100_000, 0));
        // In the same currency what is missing is what banks kept, whatever the file says of charges.
        let third = contributions::pledge(&finance, &pledge(donor, "2000", "EUR")).await.unwrap();
        let (id, told) = bring(ordered("B-3", "\"EUR\">1985.00", "\"EUR\">2000.00")).await;
        assert_eq!((told.charge.minor, told.ordered), (1_500, None));
        assert_eq!(statements::match_sure(&finance, id).await.unwrap(), 1);
        assert_eq!(standing(third).await, (200_000, 0));
        assert_eq!(balance(&world, Account::BankCharges).await, 1_875);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn rows_and_entries_without_an_amount_are_named_and_not_passed_over_in_silence() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let rows = [
            "2026-04-05;;EUR;Kari;the bank forgot the amount;",
            "2026-04-05;5.00;EUR;Kari;;",
            "2026-04-06;0.00;EUR;Balance;;",
        ];
        let id = table(&finance, "DE0001", &rows).await;
        let row = queries::get(&finance, id).await.unwrap();
        assert_eq!((row.lines, row.left_out.as_str()), (1, "2, 4"), "by their numbers in the file");
        let whole = table(&finance, "DE0001", &rows[1..2]).await;
        assert_eq!(queries::get(&finance, whole).await.unwrap().left_out, "");
        // Entries of zero of a camt file are named by their places in it.
        let entry = |own: &'static str, amount: &'static str| [own, "", amount, "2026-04-07", "Kari"];
        let id = bring(&finance, "1", &[entry("A", "0.00"), entry("B", "7.00"), entry("C", "0.00")]).await;
        let row = queries::get(&finance, id).await.unwrap();
        assert_eq!((row.lines, row.left_out.as_str()), (1, "1, 3"));
    })
    .await;
}
