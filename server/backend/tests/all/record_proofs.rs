//! The records that decide about money are tied to the books one by one: one cent in one of them is found, and the
//! record is named.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{Case, awarded, because, commanded, enter, on};
use crate::support::money::{donor, pledge, receipt};
use crate::support::{append_only_no_more, noon, on_both};
use backend::ledger::check::check_books;
use backend::ledger::transfer_programme_support;
use backend::{contributions, donors};
use domain::contributions::Earmark;
use domain::forms::Typed;
use domain::ledger::{Account, Event, Posting};
use domain::money::Money;

/// Numbers of the records of a Fund in which each way of money has been gone once.
struct Records {
    case: Case,
    pledge: i64,
    receipt: i64,
    identified: i64,
    undone: i64,
    opposite: i64,
    held: i64,
    decided: i64,
    paid: i64,
    requested: i64,
    transfer: i64,
    report: i64,
}

async fn records(world: crate::support::World) -> Records {
    let case = awarded(world).await.active().await;
    let (finance, world) = (&case.finance, &case.world);
    for (from, units) in [("2026-03-01", "0.9"), ("2026-04-01", "0.8"), ("2026-06-01", "0.85")] {
        let typed = Typed::default()
            .with("currency", "EUR")
            .with("from", from)
            .with("units_per_usd", units)
            .with("confirmed", "yes");
        contributions::record_rate(finance, &typed).await.unwrap();
    }
    let giver = donors::create(finance, &donor()).await.unwrap();
    let plain = contributions::pledge(finance, &pledge(giver, "1000", "EUR")).await.unwrap();
    let charged = receipt("980", "EUR", "2026-04-10").with("bank_charge", "15");
    let received = contributions::receive(finance, plain, &charged).await.unwrap();

    let mut bound = pledge(giver, "500", "EUR");
    bound.set("earmark", "region-africa");
    let bound = contributions::pledge(finance, &bound).await.unwrap();
    let unknown = |amount| receipt(amount, "EUR", "2026-04-12").with("payer", "A BANK");
    let decided = contributions::hold(finance, &unknown("500")).await.unwrap();
    let form = because("The ministry wrote").with("pledge", bound.to_string());
    let identified = contributions::identify(finance, decided, &form).await.unwrap();
    let held = contributions::hold(finance, &unknown("70")).await.unwrap();

    let wrong = contributions::pledge(finance, &pledge(giver, "1000", "USD")).await.unwrap();
    let undone = contributions::receive(finance, wrong, &receipt("900", "USD", "2026-04-15")).await.unwrap();
    contributions::undo(finance, wrong, undone, &because("It was another donor")).await.unwrap();
    let opposite = world.number(&format!("SELECT id AS value FROM receipts WHERE undoes = {undone}")).await;

    let typed = commanded().with("amount", "10").with("date", "2026-05-04").with("bank_reference", "PSC-1");
    transfer_programme_support(finance, &typed).await.unwrap();

    let paid = case.request(1, noon()).await.unwrap();
    case.pay(paid, noon()).await;
    case.reported(1, [900_000, 900_000, 50_000], on("2026-12-15")).await;
    let requested = case.request(2, on("2026-12-16")).await.unwrap();
    Records {
        pledge: plain.0,
        receipt: received.0,
        identified: identified.0,
        undone: undone.0,
        opposite,
        held: held.0,
        decided: decided.0,
        paid: paid.0,
        requested: requested.0,
        transfer: world.number("SELECT MAX(id) AS value FROM psc_transfers").await,
        report: case.report(1).await.0,
        case,
    }
}

#[tokio::test]
async fn a_cent_more_or_less_in_a_record_is_found_and_the_record_is_named() {
    on_both(|world| async move {
        let records = records(world).await;
        let world = &records.case.world;
        world.assert_books().await;
        let mut changes: Vec<(String, i64, &str, i64, String)> = Vec::new();
        let mut add = |table: &str, id: i64, column: &'static str, by: i64, finding: &str| {
            changes.push((table.to_owned(), id, column, by, format!("{finding} {id}")));
        };
        for id in [records.receipt, records.identified, records.undone, records.opposite] {
            for column in
                ["amount_minor", "usd_minor", "charge_minor", "settled_minor", "settled_usd_minor", "psc_usd_minor"]
            {
                add("receipts", id, column, 1, "receipt");
                add("receipts", id, column, -1, "receipt");
            }
        }
        for id in [records.held, records.decided] {
            add("unidentified_receipts", id, "amount_minor", 1, "held receipt");
            add("unidentified_receipts", id, "usd_minor", -1, "held receipt");
        }
        for column in ["amount_minor", "usd_minor", "written_down_usd_minor"] {
            add("pledges", records.pledge, column, 1, "pledge");
        }
        for id in [records.paid, records.requested] {
            add("disbursements", id, "usd_minor", 1, "disbursement");
            add("disbursements", id, "usd_minor", -1, "disbursement");
        }
        add("psc_transfers", records.transfer, "usd_minor", 1, "transfer");
        add("reports", records.report, "spent_usd_minor", 1, "report");
        for (table, id, column, by, finding) in changes {
            let change =
                |by: i64| format!("UPDATE {table} SET {column} = {column} + {by} WHERE id = {id}").replace("+ -", "- ");
            world.sql(&change(by)).await;
            let found = check_books(&world.services.database).await.unwrap();
            let named = found.len() == 1
                && (found[0].starts_with(&format!("{finding}:")) || found[0].starts_with(&format!("{finding} ")));
            assert!(named, "{}: {table}.{column} {by}: {finding}: {found:#?}", world.kind);
            world.sql(&change(-by)).await;
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_earmark_a_reversal_expenditure_and_a_rate_that_the_books_do_not_know_are_found() {
    on_both(|world| async move {
        let records = records(world).await;
        let world = &records.case.world;
        let more = |by: &str| {
            let line = format!("(SELECT MIN(id) FROM report_expenditure WHERE report_id = {})", records.report);
            vec![
                format!("UPDATE reports SET spent_usd_minor = spent_usd_minor {by} WHERE id = {}", records.report),
                format!("UPDATE report_expenditure SET spent_usd_minor = spent_usd_minor {by} WHERE id = {line}"),
            ]
        };
        let set = |table: &str, what: &str, id: i64| vec![format!("UPDATE {table} SET {what} WHERE id = {id}")];
        let cases = [
            // Both rows of the report agree, and differ from account 5000.
            (more("+ 1"), more("- 1"), format!("grant {}:", records.case.grant)),
            (more("- 1"), more("+ 1"), format!("grant {}:", records.case.grant)),
            (
                set("pledges", "earmark = 'region-africa'", records.pledge),
                set("pledges", "earmark = 'none'", records.pledge),
                format!("pledge {}:", records.pledge),
            ),
            (
                set("receipts", "undone = FALSE", records.undone),
                set("receipts", "undone = TRUE", records.undone),
                format!("receipt {}:", records.undone),
            ),
            (
                set("reports", "state = 'submitted'", records.report),
                set("reports", "state = 'accepted'", records.report),
                format!("report {}: an entry", records.report),
            ),
        ];
        for (change, back, finding) in cases {
            for sql in &change {
                world.sql(sql).await;
            }
            let found = check_books(&world.services.database).await.unwrap();
            assert!(found.iter().any(|text| text.starts_with(&finding)), "{}: {finding}: {found:#?}", world.kind);
            // A report that is not accepted is missing from other sums, too.
            assert!(found.len() == 1 || finding.contains("an entry"), "{}: {finding}: {found:#?}", world.kind);
            for sql in &back {
                world.sql(sql).await;
            }
        }
        world.assert_books().await;
        append_only_no_more(world, "postings").await;
        let euros = format!(
            "(SELECT p.id FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE e.source_kind = 'receipt' \
             AND e.source_id = {} AND p.account = '1000')",
            records.receipt
        );
        for (change, back, finding) in [
            ("rate = '0.8001'", "rate = '0.8'", "at 0.8001 for a dollar are not 122500 US cents"),
            ("rate = NULL, rate_month = NULL", "rate = '0.8', rate_month = '2026-04-01'", "without a rate"),
        ] {
            world.sql(&format!("UPDATE postings SET {change} WHERE id = {euros}")).await;
            let found = check_books(&world.services.database).await.unwrap();
            assert!(found.len() == 1 && found[0].contains(finding), "{}: {finding}: {found:#?}", world.kind);
            world.sql(&format!("UPDATE postings SET {back} WHERE id = {euros}")).await;
        }
        world.assert_books().await;
        // A cent of cash that is no receipt's.
        let line = |account, minor| Posting {
            account,
            earmark: Earmark::Africa,
            amount: Money::usd(minor),
            usd_minor: minor,
            rate: None,
        };
        let stray = vec![line(Account::Cash, 1), line(Account::ContributionRevenue, -1)];
        enter(world, Event::Receipt, "grant", records.case.grant.0, None, None, stray).await;
        let found = check_books(&world.services.database).await.unwrap();
        assert_eq!(found.len(), 1, "{}: {found:#?}", world.kind);
        assert!(found[0].starts_with("earmark region-africa: "), "{}: {found:#?}", world.kind);
    })
    .await;
}
