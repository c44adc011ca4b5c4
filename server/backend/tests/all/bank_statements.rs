//! Bank statements: read, kept once, and taken line by line. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::money::{balance, pledge, rate, receipt};
use crate::support::on_both;
use crate::support::statements::{counts, file, finance_with_accounts, import, key, lines};
use backend::audit;
use backend::contributions::statements::{self, LineState, queries};
use backend::contributions::{self, unidentified_queries};
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::PledgeId;
use domain::ledger::Account;
use domain::matching::payment_reference;
use domain::message::Message;
use domain::periods::Period;
use domain::roles::Role;

#[tokio::test]
async fn every_version_of_camt_053_reads_the_same_and_each_line_once() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let none = Typed::default();
        let first = import(&finance, "statement-camt.053.001.02.xml", &none).await.unwrap();
        let found = lines(&finance, first).await;
        let seen: Vec<(i64, i64, bool, LineState, &str)> = found
            .iter()
            .map(|line| (line.amount.minor, line.charge.minor, line.credit, line.state, line.bank_reference.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                (98_500, 1_500, true, LineState::New, "BANK-0001"),
                (10_000, 0, true, LineState::New, "BANK-0002"),
                (20_000, 0, true, LineState::New, "BANK-0002#2"),
                (2_000_000, 0, false, LineState::Unordered, "BANK-0003"),
            ]
        );
        assert_eq!(found[0].remittance.trim(), "Contribution 2026 First & second half");
        assert_eq!(found[1].payer, "Élise Müller");
        let row = queries::get(&finance, first).await.unwrap();
        assert_eq!((row.account.as_str(), row.lines, row.pending_lines), ("…3201", 4, 1));
        for version in ["04", "08"] {
            let other = import(&finance, &format!("statement-camt.053.001.{version}.xml"), &none).await.unwrap();
            assert_ne!(other, first);
            assert_eq!(queries::get(&finance, other).await.unwrap().known_lines, 4, "{version}");
            let told = lines(&finance, other).await;
            let first_told: Vec<_> = told.iter().map(|line| line.told_first).collect();
            assert_eq!(first_told, [1, 2, 3, 4].map(|number| Some((first, number))), "it says which lines it repeats");
        }
        assert_eq!(import(&finance, "statement-camt.053.001.02.xml", &none).await.unwrap(), first);
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 3);
        assert_eq!(balance(&world, Account::Cash).await, 0, "importing moves no money");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn hostile_and_broken_files_are_refused_and_leave_nothing() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        for (name, expected) in [
            ("statement-hostile-entity.xml", "error-bank-file-hostile"),
            ("statement-hostile-reference.xml", "error-bank-file-hostile"),
            ("statement-cut-off.xml", "error-bank-file-broken"),
            ("statement-camt.053.001.12.xml", "error-statement-version"),
        ] {
            assert_eq!(key(import(&finance, name, &Typed::default()).await, "file"), expected, "{name}");
        }
        let document = |message: &str, inside: &str| {
            format!("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{message}\">{inside}</Document>")
        };
        let deep = document("camt.053.001.08", &format!("<BkToCstmrStmt>{}", "<a>".repeat(100_000)));
        let notification = document("camt.054.001.08", "<BkToCstmrDbtCdtNtfctn></BkToCstmrDbtCdtNtfctn>");
        for (text, expected) in [
            (deep.as_str(), "error-bank-file-hostile"),
            (&notification, "error-statement-not-camt"),
            (&document("camt.053.001.08", "<Other/>"), "error-bank-file-kind"),
            ("<html></html>", "error-bank-file-kind"),
        ] {
            let found = statements::import(&finance, &Typed::default(), "other.xml", text.as_bytes()).await;
            assert_eq!(key(found, "file"), expected);
        }
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 0);
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let forbidden = import(&officer, "statement-camt.053.001.08.xml", &Typed::default()).await.unwrap_err();
        assert!(matches!(AppError::from(forbidden), AppError::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn the_columns_of_a_table_are_remembered_for_the_account() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let name = "statement-own-columns.csv";
        assert_eq!(key(import(&finance, name, &Typed::default()).await, "account"), "error-statement-account");
        let account = Typed::default().with("account", "CH93 0076 2011 6238 5295 7");
        assert_eq!(key(import(&finance, name, &account).await, "column_date"), "error-statement-columns");
        let said = account
            .clone()
            .with("column_date", "When")
            .with("column_amount", "how much")
            .with("column_payer", "Who")
            .with("column_text", "Note")
            .with("currency", "EUR");
        let first = import(&finance, name, &said).await.unwrap();
        assert_eq!(lines(&finance, first).await.len(), 2);
        // Another month's file, without saying anything again.
        let next = b"When,Who,How much,Note\n2026-05-10,Norway,5.00,\n";
        let second = statements::import(&finance, &account, "may.csv", next).await.unwrap();
        assert_eq!(lines(&finance, second).await[0].amount.minor, 500);
        let (accounts, typed) = queries::accounts(&finance, "CH9300762011623852957").await.unwrap();
        assert_eq!((accounts.len(), typed.get("column_amount")), (1, "How much"));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_german_table_is_read_and_lines_that_are_alike_are_two() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let account = Typed::default().with("account", "DE89370400440532013000");
        let id = import(&finance, "statement-german.csv", &account).await.unwrap();
        let found = lines(&finance, id).await;
        let amounts: Vec<(i64, bool)> = found.iter().map(|line| (line.amount.minor, line.credit)).collect();
        assert_eq!(amounts, [(100_000, true), (2_000_000, false), (2_550, true), (2_550, true)]);
        // The same lines in a file with one more: only that one is new.
        let mut longer = file("statement-german.csv");
        longer.extend(b"17.04.2026;Unbekannt;;25,50;EUR;\r\n");
        let second = statements::import(&finance, &account, "longer.csv", &longer).await.unwrap();
        let fresh: Vec<i64> = lines(&finance, second)
            .await
            .iter()
            .filter(|line| line.told_first.is_none())
            .map(|line| line.number)
            .collect();
        assert_eq!((counts(&finance, second).await, fresh), ([4, 0, 0, 0, 1], vec![5]));
        statements::discard(&finance, id).await.unwrap();
        let again = import(&finance, "statement-german.csv", &account).await.unwrap();
        assert_eq!(lines(&finance, again).await.len(), 4);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn lines_are_matched_one_by_one_or_held() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let id = import(&finance, "statement-camt.053.001.08.xml", &Typed::default()).await.unwrap();
        let found = lines(&finance, id).await;
        assert_eq!((found[0].suggestions[0].pledge, found[0].suggestions[0].sure), (norway, false));
        let typed = Typed::default().with("pledge", norway.to_string());
        statements::match_line(&finance, found[0].id, &typed).await.unwrap();
        statements::match_line(&finance, found[0].id, &typed).await.unwrap();
        assert_eq!(key(statements::hold_line(&finance, found[0].id).await, ""), "refused-line-taken");
        statements::hold_line(&finance, found[1].id).await.unwrap();
        statements::hold_line(&finance, found[1].id).await.unwrap();
        assert_eq!(key(statements::match_line(&finance, found[3].id, &typed).await, ""), "refused-line-taken");
        assert_eq!(counts(&finance, id).await, [1, 1, 1, 0, 1]);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        assert_eq!(balance(&world, Account::BankCharges).await, 1_875);
        assert_eq!(balance(&world, Account::ReceiptsUnidentified).await, -12_500);
        assert_eq!(key(statements::discard(&finance, id).await, ""), "refused-statement-taken");
        let entered = lines(&finance, id).await.into_iter().find(|line| line.state == LineState::Matched);
        assert_eq!(entered.unwrap().pledge, Some(norway));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn all_sure_lines_are_matched_and_the_rest_is_held() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        // Two instalments alike: the second line pays the second one.
        let typed = pledge(donor, "50", "EUR")
            .with("instalments.0.due", "2026-04-01")
            .with("instalments.0.amount", "25")
            .with("instalments.1.due", "2026-05-01")
            .with("instalments.1.amount", "25");
        let id = contributions::pledge(&finance, &typed).await.unwrap();
        let table = format!(
            "date;amount;currency;payer;text\n2026-04-02;25.00;EUR;Norway;\n2026-04-03;25.00;EUR;x;{}\n\
             2026-04-04;25.00;EUR;Norway;\n2026-04-05;1.00;EUR;Somebody;\n2026-07-01;25.00;EUR;Norway;tomorrow\n",
            payment_reference(id)
        );
        let account = Typed::default().with("account", "DE0001");
        let statement = statements::import(&finance, &account, "a.csv", table.as_bytes()).await.unwrap();
        assert_eq!(statements::match_sure(&finance, statement).await.unwrap(), 2);
        assert_eq!(statements::match_sure(&finance, statement).await.unwrap(), 0);
        assert_eq!(statements::hold_rest(&finance, statement).await.unwrap(), 2);
        assert_eq!(counts(&finance, statement).await, [1, 2, 2, 0, 0]);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        let late = lines(&finance, statement).await;
        assert_eq!(key(statements::hold_line(&finance, late[0].id).await, ""), "refused-line-future");
        world.assert_books().await;
    })
    .await;
}

/// A table that pays a pledge of 1,000.01 EUR in three parts, in two months.
fn in_parts(pledge: PledgeId, payer: &str) -> String {
    let reference = payment_reference(pledge);
    let lines = [("2026-04-02", "333.33"), ("2026-05-04", "333.33"), ("2026-05-05", "333.35")];
    let lines = lines.map(|(date, amount)| format!("{date};{amount};EUR;{payer};{reference}\n"));
    format!("date;amount;currency;payer;text\n{}", lines.concat())
}

#[tokio::test]
async fn taking_lines_together_enters_what_taking_them_one_by_one_enters() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let may = Typed::default()
            .with("currency", "EUR")
            .with("from", "2026-05-01")
            .with("units_per_usd", "0.913")
            .with("confirmed", "yes");
        contributions::record_rate(&finance, &may).await.unwrap();
        let sweden =
            backend::donors::create(&finance, &crate::support::money::donor().with("name", "Sweden")).await.unwrap();
        let typed = |donor| {
            let parts = [("2026-04-01", "333.33"), ("2026-05-01", "333.33"), ("2026-06-01", "333.35")];
            parts.iter().enumerate().fold(pledge(donor, "1000.01", "EUR"), |typed, (row, (due, amount))| {
                typed.with(&format!("instalments.{row}.due"), *due).with(&format!("instalments.{row}.amount"), *amount)
            })
        };
        let one = contributions::pledge(&finance, &typed(donor)).await.unwrap();
        let two = contributions::pledge(&finance, &typed(sweden)).await.unwrap();
        let first = Typed::default().with("account", "DE0001");
        let first = statements::import(&finance, &first, "one.csv", in_parts(one, "Norway").as_bytes()).await.unwrap();
        for line in lines(&finance, first).await {
            let typed = Typed::default().with("pledge", one.to_string());
            statements::match_line(&finance, line.id, &typed).await.unwrap();
        }
        let second = Typed::default().with("account", "DE0002");
        let second =
            statements::import(&finance, &second, "two.csv", in_parts(two, "Sweden").as_bytes()).await.unwrap();
        assert_eq!(statements::match_sure(&finance, second).await.unwrap(), 3);
        let administrator = world.staff(Role::Administrator).await;
        let mut entered = Vec::new();
        for pledge in [one, two] {
            let view = contributions::queries::get(&finance, pledge).await.unwrap();
            let receipts: Vec<_> = view
                .receipts
                .iter()
                .map(|receipt| (receipt.date, receipt.credited, receipt.rate, receipt.usd_minor, receipt.psc_usd_minor))
                .collect();
            let trail = audit::of(&administrator, audit::Kind::Pledge, pledge.0).await.unwrap().rows;
            let trail: Vec<_> = trail.into_iter().map(|row| (row.action, row.actor)).collect();
            entered.push((receipts, view.row.standing.outstanding, trail));
        }
        assert_eq!(entered[0], entered[1]);
        assert_eq!((entered[0].0.len(), entered[0].1.minor, entered[0].2.len()), (3, 0, 4));
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_line_of_a_closed_month_keeps_no_other_line_waiting() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "25", "EUR")).await.unwrap();
        let table = format!(
            "date;amount;currency;payer;text\n2026-03-02;7.00;EUR;Somebody;late\n2026-02-03;7.00;EUR;Somebody;later\n2026-04-03;25.00;EUR;Norway;{}\n\
             2026-04-05;1.00;EUR;Somebody;\n",
            payment_reference(id)
        );
        contributions::record_rate(&finance, &rate("EUR", "2026-02-01", "0.8")).await.unwrap();
        let account = Typed::default().with("account", "DE0001");
        let statement = statements::import(&finance, &account, "a.csv", table.as_bytes()).await.unwrap();
        let march = Period { year: 2026, month: Some(3) };
        let reason = Typed::default().with("reason", "The bank is asked what these lines are");
        crate::support::books::close(&finance, march, &reason).await.unwrap();
        assert_eq!(statements::match_sure(&finance, statement).await.unwrap(), 1);
        assert_eq!(statements::hold_rest(&finance, statement).await.unwrap(), 1);
        let late = lines(&finance, statement).await;
        for line in &late[..2] {
            assert_eq!(key(statements::hold_line(&finance, line.id).await, ""), "refused-period-closed");
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_entered_by_hand_is_known_and_not_entered_again() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway: PledgeId = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let mut typed = receipt("985", "EUR", "2026-04-10").with("bank_charge", "15");
        typed.set("bank_reference", "BANK-0001");
        contributions::receive(&finance, norway, &typed).await.unwrap();
        let id = import(&finance, "statement-camt.053.001.08.xml", &Typed::default()).await.unwrap();
        assert_eq!(counts(&finance, id).await, [2, 0, 0, 1, 1]);
        // Entered by hand after the import: its line waits no longer.
        let waiting = lines(&finance, id).await;
        let mut typed = receipt("100", "EUR", "2026-04-12");
        typed.set("bank_reference", "BANK-0002");
        contributions::hold(&finance, &typed).await.unwrap();
        assert_eq!(counts(&finance, id).await, [1, 0, 0, 2, 1]);
        assert_eq!(key(statements::hold_line(&finance, waiting[0].id).await, ""), "refused-line-taken");
        assert_eq!(statements::hold_rest(&finance, id).await.unwrap(), 1);
        world.assert_books().await;
    })
    .await;
}

/// A statement of so many lines, each with a reference of its own and all of the amount of the first.
fn large(lines: usize) -> String {
    let whole = String::from_utf8(file("statement-camt.053.001.08.xml")).unwrap();
    let (head, rest) = whole.split_once("      <Ntry>").unwrap();
    let (one, _) = rest.split_once("</Ntry>").unwrap();
    let one = one.replace("Royal Norwegian Ministry of Foreign Affairs, Norway", "Norway");
    let entry = |number| format!("<Ntry>{}</Ntry>\n", one.replace("BANK-0001", &format!("BANK-{number:05}")));
    let entries: String = (0..lines).map(entry).collect();
    format!("{head}{entries}    </Stmt>\n  </BkToCstmrStmt>\n</Document>\n")
}

#[tokio::test]
async fn ten_thousand_lines_are_imported_and_the_sure_one_is_matched() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_accounts(&world).await;
        let norway = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let text = large(10_000);
        let id = statements::import(&finance, &Typed::default(), "large.xml", text.as_bytes()).await.unwrap();
        assert_eq!(counts(&finance, id).await, [10_000, 0, 0, 0, 0]);
        assert_eq!(statements::match_sure(&finance, id).await.unwrap(), 1, "the pledge is paid by the first");
        let view = contributions::queries::get(&finance, norway).await.unwrap();
        assert_eq!(view.row.standing.outstanding.minor, 0);
        assert_eq!(counts(&finance, id).await, [9_999, 1, 0, 0, 0]);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn more_lines_than_one_transaction_takes_are_held_and_a_repeat_holds_nothing_twice() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let text = large(600);
        let id = statements::import(&finance, &Typed::default(), "large.xml", text.as_bytes()).await.unwrap();
        let (one, two) = tokio::join!(statements::hold_rest(&finance, id), statements::hold_rest(&finance, id));
        assert_eq!(one.unwrap() + two.unwrap(), 600);
        assert_eq!(counts(&finance, id).await, [0, 0, 600, 0, 0]);
        assert_eq!(balance(&world, Account::ReceiptsUnidentified).await, -600 * 123_125);
        let last = lines(&finance, id).await.pop().unwrap();
        let held = unidentified_queries::get(&finance, last.held.unwrap()).await.unwrap();
        assert_eq!((held.bank_reference, held.charge), (last.bank_reference, last.charge));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn files_that_no_bank_writes_are_refused_by_the_limit_that_they_are_beyond() {
    on_both(|world| async move {
        let (finance, _) = finance_with_accounts(&world).await;
        let account = Typed::default().with("account", "DE89370400440532013000");
        let heads = "date;amount;currency\n";
        let entry = "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
                     <ValDt><Dt>2026-04-10</Dt></ValDt></Ntry>";
        let camt = |entries: &str| {
            format!(
                "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt><Acct><Id>\
                 <IBAN>DE89370400440532013000</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
            )
        };
        let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"\"")).collect();
        for (text, expected) in [
            (";".repeat(10 * 1024 * 1024), "error-file-columns"),
            (format!("{heads}{}", "a;b\n".repeat(1_700_000)), "error-file-rows"),
            (format!("{heads}2026-04-10;\"{}", "1;EUR\n".repeat(1_000_000)), "error-file-cell"),
            (camt(&entry.repeat(75_000)), "error-file-entries"),
            (camt(&format!("<Ntry><NtryDtls>{}</NtryDtls></Ntry>", "<TxDtls/>".repeat(20_000))), "error-file-entries"),
            (camt(&"<a/>".repeat(1_000_001)), "error-bank-file-hostile"),
            (camt(&format!("<a{attributes}/>")), "error-bank-file-hostile"),
            (
                camt(&format!("<Ntry><AddtlNtryInf>{}</AddtlNtryInf></Ntry>", "x".repeat(5_000))),
                "error-bank-file-hostile",
            ),
        ] {
            let refused = statements::import(&finance, &account, "x", text.as_bytes()).await;
            assert_eq!(key(refused, "file"), expected, "{}", &text[..40]);
        }
        // Names arrive in the encoding that the file says or shows.
        let polish = camt(&entry.replace("<ValDt>", "<AddtlNtryInf>ZL</AddtlNtryInf><ValDt>"));
        let mut bytes = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>{polish}").into_bytes();
        let place = bytes.windows(2).position(|pair| pair == b"ZL").unwrap();
        bytes[place + 1] = 0xb3;
        let id = statements::import(&finance, &Typed::default(), "pl.xml", &bytes).await.unwrap();
        assert_eq!(lines(&finance, id).await[0].remittance, "Zł");
        let table = b"date;amount;currency;payer\n2026-04-10;5.00;EUR;Z\xfcrich\n";
        let id = statements::import(&finance, &account, "ch.csv", table).await.unwrap();
        assert_eq!(lines(&finance, id).await[0].payer, "Zürich");
        // Twenty wrong lines are named, and the others are counted.
        let wrong = format!("{heads}{}", "soon;1.00;EUR\n".repeat(1_000));
        let refused = statements::import(&finance, &account, "wrong.csv", wrong.as_bytes()).await.unwrap_err();
        let AppError::Invalid(errors) = AppError::from(refused) else { panic!("of the field") };
        assert_eq!((errors.0.len(), &errors.0[19].message.key), (21, &"error-statement-line-date".to_owned()));
        assert_eq!(errors.0[20].message, Message::new("error-file-lines-more").with("count", 980_i64));
    })
    .await;
}
