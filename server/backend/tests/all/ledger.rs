//! The books: append-only, numbered without gaps, and proved by `check-books`.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, awarded, enter};
use crate::support::money::{donor, pledge, receipt, received};
use crate::support::{World, noon, on_both};
use backend::ledger::check::check_books;
use backend::ledger::queries;
use backend::page::PageRequest;
use backend::{contributions, donors};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ledger::{Account, Event};
use domain::roles::Role;
use sea_orm::{ConnectionTrait as _, Statement, TransactionTrait as _};

const ENTRY: &str = "INSERT INTO journal_entries (id, fiscal_year, number, posting_date, event, source_kind, source_id, actor, \
                     command_id, created_at) VALUES";

async fn refused(world: &World, sql: &str) -> String {
    world.services.database.execute_unprepared(sql).await.unwrap_err().to_string()
}

async fn numbers(world: &World, year: i32) -> Vec<i64> {
    let sql = format!("SELECT number FROM journal_entries WHERE fiscal_year = {year} ORDER BY number");
    let statement = Statement::from_string(world.services.database.get_database_backend(), sql);
    let rows = world.services.database.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", "number").unwrap()).collect()
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_what_is_posted() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        for sql in [
            "UPDATE journal_entries SET actor = 'nobody'",
            "DELETE FROM journal_entries",
            "UPDATE postings SET usd_minor = 0",
            "DELETE FROM postings",
        ] {
            let error = refused(&world, sql).await;
            assert!(error.contains("append-only"), "{}: {sql}: {error}", world.kind);
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn numbers_have_no_gaps_in_any_year_whoever_posts_at_the_same_time() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let id = donors::create(&finance, &donor()).await.unwrap();
        let tasks: Vec<_> = (0..20)
            .map(|number| {
                let finance = finance.clone();
                let mut typed = pledge(id, "100", "USD");
                typed.set("date", if number % 2 == 0 { "2025-05-01" } else { "2026-05-01" });
                // Every fifth fails on its way, and must leave no hole.
                if number % 5 == 0 {
                    typed.set("donor", "999");
                }
                tokio::spawn(async move { contributions::pledge(&finance, &typed).await.is_ok() })
            })
            .collect();
        let mut entered = 0;
        for task in tasks {
            entered += usize::from(task.await.unwrap());
        }
        assert_eq!(entered, 16);
        assert_eq!(numbers(&world, 2025).await, (1..=8).collect::<Vec<i64>>());
        assert_eq!(numbers(&world, 2026).await, (1..=8).collect::<Vec<i64>>());
        world.assert_books().await;
    })
    .await;
}

/// Runs statements in one transaction and gives what the database says against the first that it refuses, or
/// against all of them together.
async fn refused_together(world: &World, statements: &[String]) -> String {
    let transaction = world.services.database.begin().await.unwrap();
    for sql in statements {
        if let Err(error) = transaction.execute_unprepared(sql).await {
            return error.to_string();
        }
    }
    match transaction.commit().await {
        Err(error) => error.to_string(),
        Ok(()) => panic!("{}: the database took {statements:?}", world.kind),
    }
}

fn posting(entry: i64, account: &str, currency: &str, amount: i64, usd: i64) -> String {
    format!(
        "INSERT INTO postings (entry_id, account, earmark, currency, amount_minor, usd_minor) \
         VALUES ({entry}, '{account}', 'none', '{currency}', {amount}, {usd})"
    )
}

fn entry(id: i64, year: i64, number: i64, day: &str, command: &str) -> String {
    format!(
        "{ENTRY} ({id}, {year}, {number}, '{day}', 'receipt', 'receipt', 1, 'thief', '{command}', '2026-03-20 00:00:00+00:00')"
    )
}

#[tokio::test]
async fn the_database_itself_refuses_an_entry_that_breaks_a_rule() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        world.sql("INSERT INTO closed_periods (fiscal_year, month, closed_by_name, closed_at, reason) VALUES (2026, 1, 'x', '2026-03-20 00:00:00+00:00', '')").await;
        world.sql("INSERT INTO closed_periods (fiscal_year, month, closed_by_name, closed_at, reason) VALUES (2024, 13, 'x', '2026-03-20 00:00:00+00:00', '')").await;
        let balanced = |id| [posting(id, "1000", "USD", 5, 5), posting(id, "4000", "USD", -5, -5)];
        let with = |id: i64, head: String| [balanced(id).to_vec(), vec![head]].concat();
        let taken: String = number_of_command(&world, 1).await;
        let cases: Vec<(&str, Vec<String>)> = vec![
            ("no postings", vec![entry(900, 2026, 3, "2026-03-20", "a")]),
            ("do not balance", vec![posting(900, "1000", "USD", 5, 5), entry(900, 2026, 3, "2026-03-20", "a")]),
            (
                "do not balance",
                vec![
                    posting(900, "1000", "EUR", 5, 5),
                    posting(900, "4000", "CHF", -5, -5),
                    entry(900, 2026, 3, "2026-03-20", "a"),
                ],
            ),
            ("period is closed", with(900, entry(900, 2026, 3, "2026-01-31", "a"))),
            ("period is closed", with(900, entry(900, 2024, 1, "2024-07-01", "a"))),
            // Months and years that are not closed by themselves, before the one that is.
            ("period is closed", with(900, entry(900, 2025, 1, "2025-12-31", "a"))),
            ("period is closed", with(900, entry(900, 2023, 1, "2023-07-01", "a"))),
            ("fiscal year", with(900, entry(900, 2025, 1, "2026-03-20", "a"))),
            // The entry that is posted last has the identifier 2.
            ("posted already", balanced(2).to_vec()),
            ("", with(900, entry(900, 2026, 2, "2026-03-20", "a"))),
            ("", with(900, entry(900, 2026, 3, "2026-03-20", &taken))),
            // Postings whose entry never comes.
            ("", balanced(900).to_vec()),
        ];
        for (sign, statements) in cases {
            let said = refused_together(&world, &statements).await;
            assert!(said.to_lowercase().contains(sign), "{}: {sign}: {said}", world.kind);
        }
        // A rate without its month, a month without its rate, and a rate of the dollar.
        for (currency, rate, month) in [("EUR", "'0.9'", "NULL"), ("EUR", "NULL", "'2026-03-01'"), ("USD", "'1'", "'2026-03-01'")] {
            let sql = posting(900, "1000", currency, 5, 5)
                .replace("usd_minor)", "usd_minor, rate, rate_month)")
                .replace("5, 5)", &format!("5, 5, {rate}, {month})"));
            let said = refused(&world, &sql).await;
            assert!(said.to_lowercase().contains("check"), "{}: {said}", world.kind);
        }
        if world.kind == "sqlite" {
            for replacing in [entry(1, 2026, 9, "2026-03-20", "z"), entry(901, 2026, 1, "2026-03-20", "z"), entry(901, 2026, 9, "2026-03-20", &taken)] {
                let replacing = replacing.replace("INSERT INTO", "INSERT OR REPLACE INTO");
                refused_together(&world, &[balanced(901).to_vec(), vec![replacing]].concat()).await;
            }
            refused(&world, "INSERT OR REPLACE INTO postings (id, entry_id, account, earmark, currency, amount_minor, usd_minor) VALUES (1, 901, '1000', 'none', 'USD', 1, 1)").await;
        } else {
            for table in ["journal_entries CASCADE", "postings"] {
                assert!(refused(&world, &format!("TRUNCATE {table}")).await.contains("append-only"));
            }
        }
        assert_eq!(numbers(&world, 2026).await, [1, 2]);
        world.assert_books().await;
    })
    .await;
}

/// The command of the entry with a number.
async fn number_of_command(world: &World, number: i64) -> String {
    let sql = format!("SELECT command_id FROM journal_entries WHERE number = {number}");
    let statement = Statement::from_string(world.services.database.get_database_backend(), sql);
    world.services.database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "command_id").unwrap()
}

/// Whoever owns the database can take its guards away; the check finds what was done then.
async fn without_guards(world: &World) {
    for table in ["journal_entries", "postings"] {
        let on = if world.kind == "sqlite" { String::new() } else { format!(" ON {table}") };
        world.sql(&format!("DROP TRIGGER {table}_checked{on}")).await;
    }
}

#[tokio::test]
async fn tampering_with_the_books_is_found() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        world.assert_books().await;
        without_guards(&world).await;
        world.sql(&entry(901, 2026, 7, "2026-03-20", "a")).await;
        world.sql(&entry(902, 2026, 8, "2026-03-20", "b")).await;
        world.sql(&posting(901, "1000", "USD", -90_000, -90_000)).await;
        world.sql(&entry(903, 2024, 1, "2026-03-20", "c")).await;
        for line in [posting(903, "1000", "USD", 5, 5), posting(903, "4000", "USD", -5, -5)] {
            world.sql(&line).await;
        }
        world
            .sql(&format!(
                "{} RETURNING id",
                entry(904, 2026, 9, "2026-03-20", "d")
                    .replace("command_id,", "reverses, command_id,")
                    .replace("'thief',", "'thief', 1,")
            ))
            .await;
        for line in [posting(904, "1000", "USD", 5, 5), posting(904, "4000", "USD", -5, -5)] {
            world.sql(&line).await;
        }
        let findings = check_books(&world.services.database).await.unwrap().join("\n");
        for sign in [
            "2026/7: the number should be 3",
            "2026/7: the postings do not add up",
            "2026/8: no postings",
            "2024/1: the fiscal year is not",
            "2026/9: it does not take back exactly what it reverses",
            "below zero",
        ] {
            assert!(findings.contains(sign), "{}: {sign}: {findings}", world.kind);
        }
    })
    .await;
}

#[tokio::test]
async fn a_kept_balance_that_differs_from_the_postings_is_named() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        world.assert_books().await;
        world.sql("UPDATE account_balances SET usd_minor = usd_minor + 1 WHERE account = '1000'").await;
        let findings = check_books(&world.services.database).await.unwrap();
        let cash = "balance of account 1000, month 2026-03, event receipt, earmark none: kept 100001 US cents, the postings add up to 100000 US cents";
        assert_eq!(findings, [cash], "{}", world.kind);
        world.sql("DELETE FROM account_balances WHERE account = '1000'").await;
        world.sql("INSERT INTO account_balances (fiscal_year, month, account, event, earmark, usd_minor) VALUES (1999, 7, '1000', 'pledge', 'none', 7)").await;
        let findings = check_books(&world.services.database).await.unwrap();
        assert_eq!(findings.len(), 2, "{}: {findings:?}", world.kind);
        assert!(findings[0].contains("month 1999-07, event pledge, earmark none: kept 7 US cents, the postings add up to nothing"));
        assert!(findings[1].contains("event receipt, earmark none: kept nothing, the postings add up to 100000"));
    })
    .await;
}

#[tokio::test]
async fn the_books_at_a_glance_agree_with_themselves() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        received(&world, 50_000, Earmark::Africa).await;
        let auditor = world.staff(Role::Auditor).await;
        let books = queries::books(&auditor).await.unwrap();
        assert_eq!(books.balances.iter().map(|(_, balance)| balance).sum::<i64>(), 0);
        assert_eq!(books.balances[0], (Account::Cash, 150_000));
        assert_eq!((books.position.received, books.position.psc, books.position.available), (150_000, 19_500, 130_500));
        assert_eq!(books.available, [(Earmark::None, 87_000), (Earmark::Africa, 43_500)]);
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        let error = AppError::from(queries::books(&reviewer).await.unwrap_err());
        assert!(matches!(error, AppError::Forbidden(_)), "{error:?}");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_books_at_a_glance_read_no_receipts_and_what_is_used_up_is_no_source() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        received(&world, 50_000, Earmark::Africa).await;
        // All of it is for programme support: nothing of it is ever left.
        let finance = world.staff(Role::FinanceOfficer).await;
        let donor = donors::create(&finance, &donor()).await.unwrap();
        let mut all = pledge(donor, "200", "USD").with("psc_per_cent", "100");
        all.set("earmark", "region-asia-pacific");
        let all = contributions::pledge(&finance, &all).await.unwrap();
        contributions::receive(&finance, all, &receipt("200", "USD", "2026-03-15")).await.unwrap();
        let sources = contributions::sources(&world.services.database).await.unwrap();
        let left: Vec<(Earmark, i64)> = sources.iter().map(|source| (source.earmark, source.available)).collect();
        assert_eq!(left, [(Earmark::None, 87_000), (Earmark::Africa, 43_500)]);
        let books = queries::books(&finance).await.unwrap();
        let mut available = books.available.clone();
        available.sort();
        let mut expected = vec![(Earmark::None, 87_000), (Earmark::Africa, 43_500), (Earmark::AsiaPacific, 0)];
        expected.sort();
        assert_eq!(available, expected);
        world.assert_books().await;
        world.sql("UPDATE receipts SET usd_minor = usd_minor + 7").await;
        assert_eq!(queries::books(&finance).await.unwrap(), books, "they come from kept sums alone");
    })
    .await;
}

#[tokio::test]
async fn the_journal_is_found_by_number_person_and_event() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        let auditor = world.staff(Role::Auditor).await;
        let ask = |search: &str, filter: &str| PageRequest {
            search: search.to_owned(),
            filter: filter.to_owned(),
            ..PageRequest::default()
        };
        let whole = queries::journal(&auditor, &PageRequest::default()).await.unwrap();
        assert_eq!(whole.rows.iter().map(|entry| entry.event).collect::<Vec<_>>(), [Event::Receipt, Event::Pledge]);
        assert_eq!(whole.rows[0].postings.len(), 4);
        assert_eq!(queries::journal(&auditor, &ask("2026/1", "")).await.unwrap().rows[0].event, Event::Pledge);
        assert_eq!(queries::journal(&auditor, &ask("", "receipt")).await.unwrap().total, 1);
        assert_eq!(queries::journal(&auditor, &ask("FINANCE", "")).await.unwrap().total, 2);
        assert_eq!(queries::journal(&auditor, &ask("nobody", "")).await.unwrap().total, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_check_finds_records_that_say_something_else_than_the_books() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        case.request(1, noon()).await.unwrap();
        let world = &case.world;
        world.assert_books().await;
        crate::support::append_only_no_more(world, "grant_funding").await;
        let tampered = [
            ("UPDATE grant_funding SET usd_minor = usd_minor - 1", "UPDATE grant_funding SET usd_minor = usd_minor + 1", "taken from receipts"),
            (
                "UPDATE receipts SET psc_usd_minor = 9000000",
                "UPDATE receipts SET psc_usd_minor = 1300000",
                "more committed than received",
            ),
            (
                "UPDATE disbursements SET state = 'certified'",
                "UPDATE disbursements SET state = 'requested'",
                "its last entry is disbursement-requested",
            ),
            (
                "INSERT INTO pledges (donor_id, currency, amount_minor, usd_minor, rate, instrument, date, earmark, psc_basis_points, \
                 note, command_id, created_at) VALUES (1, 'USD', 1, 1, '1', 'agreement', '2026-01-05', 'none', 1300, '', 'by-hand', \
                 '2026-01-05 00:00:00+00:00')",
                "DELETE FROM pledges WHERE command_id = 'by-hand'",
                "no entry in the books",
            ),
        ];
        for (change, back, finding) in tampered {
            world.sql(change).await;
            let found = check_books(&world.services.database).await.unwrap();
            assert!(found.iter().any(|text| text.contains(finding)), "{}: {finding}: {found:#?}", world.kind);
            world.sql(back).await;
            world.assert_books().await;
        }
        // Certified beyond what was requested.
        let certified = domain::ledger::disbursement(Event::DisbursementCertified, &[(Earmark::None, AWARD)]);
        enter(world, Event::DisbursementCertified, "grant", case.grant.0, None, Some(case.grant), certified).await;
        let found = check_books(&world.services.database).await.unwrap();
        assert!(found.iter().any(|text| text.contains("on the wrong side")), "{}: {found:#?}", world.kind);
    })
    .await;
}
