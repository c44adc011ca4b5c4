//! Contributions of the past from a spreadsheet. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::money::{balance, finance_and_donor, key};
use crate::support::on_both;
use crate::support::statements::file;
use backend::contributions::past::{self, Outcome};
use backend::contributions::{self, queries};
use backend::grants::available;
use backend::ledger;
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ledger::Account;
use domain::roles::Role;

#[tokio::test]
async fn the_past_is_imported_once_from_csv_and_from_xlsx_alike() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let csv = past::upload(&finance, "past.csv", &file("past.csv")).await.unwrap();
        assert_eq!(past::upload(&finance, "again.csv", &file("past.csv")).await.unwrap(), csv);
        let planned = past::preview(&finance, csv, &PageRequest::default()).await.unwrap().rows.rows;
        assert!(planned.iter().all(|row| row.outcome == Outcome::New), "{planned:?}");
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 0, "a look enters nothing");
        assert_eq!(past::confirm(&finance, csv).await.unwrap(), 3);
        assert_eq!(past::confirm(&finance, csv).await.unwrap(), 0);
        assert_eq!(balance(&world, Account::Cash).await, 50_000 + 500_000);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 75_000 + 100_000);
        let rows = queries::list(&finance, &PageRequest::default()).await.unwrap();
        assert_eq!(rows.total, 3);
        // The same rows as a workbook, whose numbers and days are typed cells: nothing is new.
        let xlsx = past::upload(&finance, "past.xlsx", &file("past.xlsx")).await.unwrap();
        assert_ne!(xlsx, csv);
        let planned = past::preview(&finance, xlsx, &PageRequest::default()).await.unwrap().rows.rows;
        let outcomes: Vec<bool> = planned.iter().map(|row| row.outcome == Outcome::Known).collect();
        assert_eq!(outcomes, [true, true, true], "{planned:?}");
        assert_eq!(past::confirm(&finance, xlsx).await.unwrap(), 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn two_rows_of_one_pledge_are_warned_of_and_a_percentage_of_a_workbook_is_refused() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let row = |received: &str, psc: &str| format!("Norway,2026-03-02,EUR,1000.00,{received},2026-04-02,,{psc}\n");
        let heads = "donor,date,currency,pledged,received,received on,bank reference,psc\n";
        let text = format!("{heads}{}{}{}", row("400.00", ""), row("600.00", "0"), row("1.00", "0.13"));
        let id = past::upload(&finance, "past.csv", text.as_bytes()).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        assert_eq!((preview.new, preview.alike, preview.wrong), (2, 1, 1), "{:?}", preview.rows.rows);
        let Outcome::Wrong(errors) = &preview.rows.rows[0].outcome else { panic!("{:?}", preview.rows.rows) };
        assert_eq!((errors[0].0, errors[0].1.key.as_str()), ("psc", "error-past-psc"));
    })
    .await;
}

#[tokio::test]
async fn rows_that_name_the_same_pledge_are_one_pledge_with_several_receipts() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let heads = "donor,date,currency,pledged,received,received on,bank reference,pledge\n";
        let row = |received: &str, day: &str, reference: &str, name: &str| {
            format!("Norway,2026-03-02,EUR,1000.00,{received},{day},{reference},{name}\n")
        };
        let first = row("400.00", "2026-03-12", "OLD-1", "Agreement 7");
        let more = row("350.00", "2026-04-02", "OLD-2", "agreement 7");
        let other = row("250.00", "2026-04-03", "OLD-3", "Agreement 8");
        let text = format!("{heads}{first}{more}{other}");
        let id = past::upload(&finance, "past.csv", text.as_bytes()).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        let outcomes: Vec<Outcome> = preview.rows.rows.iter().map(|row| row.outcome.clone()).collect();
        assert_eq!(outcomes, [Outcome::Alike, Outcome::New, Outcome::Further(2)], "{:?}", preview.rows.rows);
        assert_eq!((preview.new, preview.alike), (3, 1));
        assert_eq!(past::confirm(&finance, id).await.unwrap(), 3);
        let pledges = queries::list(&finance, &PageRequest::default()).await.unwrap().rows;
        let mut receipts = Vec::new();
        for pledge in &pledges {
            receipts.push(queries::get(&finance, pledge.id).await.unwrap().receipts.len());
        }
        receipts.sort_unstable();
        assert_eq!(receipts, [1, 2]);
        assert_eq!(past::confirm(&finance, id).await.unwrap(), 0, "a second time enters nothing");

        // What came in later is added to the same file, and goes to the same pledge.
        let late = row("100.00", "2026-04-20", "OLD-4", "Agreement 7");
        let longer = format!("{heads}{first}{more}{other}{late}");
        let id = past::upload(&finance, "past.csv", longer.as_bytes()).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        assert_eq!((preview.new, preview.known), (1, 3), "{:?}", preview.rows.rows);
        assert_eq!(past::confirm(&finance, id).await.unwrap(), 1);
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 2);

        let differs = first.replace("1000.00", "900.00").replace("OLD-1", "OLD-5");
        let empty = row("", "", "", "Agreement 7");
        let id = past::upload(&finance, "x.csv", format!("{heads}{first}{differs}{empty}").as_bytes()).await.unwrap();
        let wrong = past::preview(&finance, id, &PageRequest::default()).await.unwrap().rows.rows;
        let keys: Vec<Vec<&str>> = wrong[..2]
            .iter()
            .map(|row| match &row.outcome {
                Outcome::Wrong(errors) => errors.iter().map(|(_, message)| message.key.as_str()).collect(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(keys, [["error-past-pledge-differs"], ["error-past-pledge-twice"]]);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_cells_are_named_and_nothing_of_the_file_is_entered() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let id = past::upload(&finance, "past-wrong.csv", &file("past-wrong.csv")).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        assert_eq!((preview.new, preview.alike, preview.known, preview.wrong), (1, 0, 0, 3));
        let planned = preview.rows.rows;
        assert_eq!(planned[3].outcome, Outcome::New, "what is wrong comes first");
        let wrong: Vec<Vec<(&str, String)>> = planned[..3]
            .iter()
            .map(|row| match &row.outcome {
                Outcome::Wrong(errors) => {
                    errors.iter().map(|(column, message)| (*column, message.key.clone())).collect()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        let of = |errors: &[(&'static str, &str)]| -> Vec<(&str, String)> {
            errors.iter().map(|(column, key)| (*column, (*key).to_owned())).collect()
        };
        assert_eq!(
            wrong[0],
            of(&[("donor", "error-past-donor"), ("currency", "error-past-currency"), ("date", "error-past-date")])
        );
        assert_eq!(wrong[1], of(&[("pledged", "error-past-amount"), ("received on", "error-past-before-pledge")]));
        assert_eq!(wrong[2], of(&[("received on", "error-past-not-received"), ("date", "error-past-rate")]));
        assert_eq!(key(past::confirm(&finance, id).await.unwrap_err()), "refused-past-wrong");
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 0);
        for (bytes, expected) in [
            (&b""[..], "error-past-empty"),
            (b"donor,date\nx,y\n", "error-past-columns"),
            (b"PK\x03\x04 no workbook", "error-file-broken"),
            (b"\xef\xbb\xbfZ\xfcrich", "error-file-encoding"),
            (b"\xff\xfe", "error-past-empty"),
            (b"%PDF-1.7\n\0", "error-file-no-text"),
            ("donor,date,currency,pledged\n".repeat(5_001).as_bytes(), "error-file-rows"),
            (&b" ".repeat(10 * 1024 * 1024 + 1), "error-file-too-large"),
        ] {
            assert_eq!(key(past::upload(&finance, "x", bytes).await.unwrap_err()), expected);
        }
        let auditor = world.staff(Role::Auditor).await;
        assert!(matches!(AppError::from(past::confirm(&auditor, id).await.unwrap_err()), AppError::Forbidden(_)));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_preview_knows_what_the_books_would_refuse_and_what_looks_entered_already() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        world.sql("INSERT INTO closed_periods (fiscal_year, month, closed_by_name, closed_at, reason) VALUES (2026, 1, 'x', '2026-02-01 00:00:00+00:00', '')").await;
        let may = Typed::default().with("currency", "EUR").with("from", "2026-05-01").with("units_per_usd", "5000").with("confirmed", "yes");
        contributions::record_rate(&finance, &may).await.unwrap();
        let head = "donor,date,currency,pledged,received,received on\n";
        let table = format!(
            "{head}Norway,2026-01-31,USD,100,,\nNorway,2026-02-03,USD,100,50,2026-02-04\nNorway,2026-05-02,EUR,1,,\n\
             Norway,2026-05-03,EUR,100000,1,2026-05-03\n"
        );
        let id = past::upload(&finance, "a.csv", table.as_bytes()).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        let wrong: Vec<Vec<(&str, &str)>> = preview.rows.rows[..3]
            .iter()
            .map(|row| match &row.outcome {
                Outcome::Wrong(errors) => {
                    errors.iter().map(|(column, message)| (*column, message.key.as_str())).collect()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            wrong,
            [
                vec![("date", "error-past-closed")],
                vec![("pledged", "error-past-worth")],
                vec![("received", "error-past-worth")]
            ]
        );
        // Thirty pledges, and the same file later, when money has come in for one of them.
        let rows: String = (1..=30).map(|pledge| format!("Norway,2026-04-02,USD,{pledge}.00,,\n")).collect();
        let first = past::upload(&finance, "b.csv", format!("{head}{rows}").as_bytes()).await.unwrap();
        assert_eq!(past::confirm(&finance, first).await.unwrap(), 30);
        let later = rows.replace("USD,30.00,,", "USD,30.00,30.00,2026-04-03");
        let second = past::upload(&finance, "c.csv", format!("{head}{later}").as_bytes()).await.unwrap();
        let page = |page| PageRequest { page, ..PageRequest::default() };
        let preview = past::preview(&finance, second, &page(1)).await.unwrap();
        assert_eq!((preview.new, preview.alike, preview.known, preview.wrong), (1, 1, 29, 0));
        assert_eq!((preview.rows.rows[0].number, preview.rows.rows.len(), preview.rows.total), (31, 25, 30));
        assert_eq!(preview.rows.rows[0].outcome, Outcome::Alike);
        let rest = past::preview(&finance, second, &page(2)).await.unwrap().rows.rows;
        assert_eq!((rest[0].number, rest.len()), (26, 5));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn programme_support_costs_of_the_past_are_those_of_the_row() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let row = |day: &str, psc: &str| format!("Norway,{day},USD,1000,1000,{day},{psc}\n");
        let head = "donor,date,currency,pledged,received,received on,psc\n";
        for wrong in ["-1", "100.01", "7.125", "x"] {
            let file = format!("{head}{}", row("2026-04-02", wrong));
            let id = past::upload(&finance, "wrong.csv", file.as_bytes()).await.unwrap();
            let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
            let Outcome::Wrong(errors) = &preview.rows.rows[0].outcome else { panic!("{wrong} is entered") };
            assert_eq!((errors[0].0, errors[0].1.key.as_str(), errors.len()), ("psc", "error-past-psc", 1));
        }
        let rows = [row("2026-04-02", "7.5"), row("2026-04-03", "0"), row("2026-04-04", "")];
        let file = format!("{head}{}", rows.concat());
        let id = past::upload(&finance, "past.csv", file.as_bytes()).await.unwrap();
        assert_eq!(past::confirm(&finance, id).await.unwrap(), 3);
        assert_eq!(balance(&world, Account::ProgrammeSupportSetAside).await, -(7_500 + 13_000));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_was_spent_before_is_not_available_again() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let head = "donor,date,currency,pledged,received,received on,spent\n";
        let row = |spent: &str| format!("Norway,2026-04-02,EUR,800,800,2026-04-03,{spent}\n");
        // 800 euros are 1,000 dollars, of which 870 are left for grants.
        for (spent, key) in [("870.01", "error-past-spent-more"), ("-1", "error-past-spent"), ("x", "error-past-spent")]
        {
            let file = format!("{head}{}", row(spent));
            let id = past::upload(&finance, "wrong.csv", file.as_bytes()).await.unwrap();
            let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
            let Outcome::Wrong(errors) = &preview.rows.rows[0].outcome else { panic!("{spent} is entered") };
            assert_eq!((errors[0].0, errors[0].1.key.as_str(), errors.len()), ("spent", key, 1));
        }
        let file = format!("{head}{}{}", row("870.00"), row("600.00").replace("04-02", "04-01"));
        let id = past::upload(&finance, "past.csv", file.as_bytes()).await.unwrap();
        assert_eq!(past::confirm(&finance, id).await.unwrap(), 2);
        let position = ledger::queries::position(&world.services.database).await.unwrap();
        assert_eq!((position.received, position.psc, position.disbursed), (200_000, 26_000, 147_000));
        assert_eq!((position.spent, position.committed, position.available), (147_000, 147_000, 27_000));
        // What was spent before is not left of any receipt: those behind a figure add up to it.
        let available = available::at(&finance, finance.today()).await.unwrap();
        for row in &available.rows {
            let behind = available::receipts(&finance, row.earmark, finance.today(), &PageRequest::default()).await;
            let left: i64 = behind.unwrap().rows.iter().map(|receipt| receipt.left.minor).sum();
            assert_eq!(left, row.position.available, "{:?}", row.earmark);
        }
        let left: Vec<i64> = contributions::sources(&world.services.database)
            .await
            .unwrap()
            .iter()
            .map(|source| source.available)
            .collect();
        assert_eq!(left, [27_000], "nothing of the other one is left");
        let pledge = queries::list(&finance, &PageRequest::default()).await.unwrap().rows[0].id;
        let receipt = queries::get(&finance, pledge).await.unwrap().receipts[0].id;
        let undo = Typed::default().with("reason", "For another").with("command_id", "undo-spent");
        assert_eq!(key(contributions::undo(&finance, pledge, receipt, &undo).await.unwrap_err()), "refused-undo-spent");
        world.assert_books().await;
        world.sql("UPDATE receipts SET spent_before_usd_minor = 59999 WHERE spent_before_usd_minor = 60000").await;
        let findings = ledger::check::check_books(&world.services.database).await.unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].contains("59999 US cents spent before, 60000 in its entry"), "{findings:?}");
    })
    .await;
}
