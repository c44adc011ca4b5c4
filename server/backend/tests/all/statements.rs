//! The statements tie to the books at every day, on screen, as CSV and as XLSX.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::support::books::{minor, scene, whole};
use crate::support::grants::{awarded, because, on};
use crate::support::money::pledge;
use crate::support::{later, noon, on_both};
use backend::bench_data::{Sizes, seed};
use backend::contributions;
use backend::ledger::queries;
use backend::statements::{Asked, Cell, Row, Statement, csv_end, csv_rows, csv_size, csv_start, open, write_xlsx};
use chrono::NaiveDate;
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::ledger::Account;
use domain::roles::Role;
use domain::statements::StatementKind;
use i18n::Reader;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn asked(kind: StatementKind, at: NaiveDate) -> Asked {
    Asked { kind, at, from: None, account: None, donor: None }
}

fn totals(statement: &Statement, columns: &[usize]) -> Vec<i64> {
    let total = statement.total.as_ref().unwrap();
    columns.iter().map(|column| minor(&total.cells[*column])).collect()
}

const DAYS: [&str; 8] =
    ["2025-03-30", "2025-12-31", "2026-05-15", "2026-05-31", "2026-06-01", "2026-06-20", "2026-08-01", "2027-12-31"];

#[tokio::test]
async fn the_total_of_every_statement_is_what_the_books_say_at_that_day() {
    on_both(|world| async move {
        let case = scene(world).await;
        let auditor = case.world.staff(Role::Auditor).await;
        for text in DAYS {
            let at = day(text);
            let books = queries::books_at(&auditor, at).await.unwrap();
            let position = books.position;
            let balances: BTreeMap<Account, i64> = books.balances.into_iter().collect();
            let of = |account| balances.get(&account).copied().unwrap_or(0);
            let message = format!("{} {text}", case.world.kind);

            let (given, rows) = whole(&auditor, &asked(StatementKind::Contributions, at)).await;
            let received = vec![position.received, of(Account::ContributionsReceivable)];
            assert_eq!(totals(&given, &[7, 8]), received, "{message}");
            let sums: Vec<i64> =
                [6, 7].iter().map(|column| rows.iter().map(|row| minor(&row.cells[*column])).sum()).collect();
            assert_eq!(totals(&given, &[6, 7]), sums, "{message}");

            let (_, rows) = whole(&auditor, &asked(StatementKind::Position, at)).await;
            let shown: Vec<i64> = rows.iter().map(|row| minor(&row.cells[3])).collect();
            let should = [
                position.received,
                position.psc,
                position.committed,
                position.available,
                position.disbursed,
                position.receivable,
                position.advances,
                position.spent,
            ];
            assert_eq!(shown, should, "{message}");
            assert!(rows.iter().all(|row| minor(&row.cells[1]) + minor(&row.cells[2]) == minor(&row.cells[3])));

            let (grants, _) = whole(&auditor, &asked(StatementKind::Grants, at)).await;
            let should = vec![
                position.committed,
                of(Account::CommitmentsOpen),
                position.disbursed,
                position.spent,
                position.advances,
            ];
            assert_eq!(totals(&grants, &[4, 5, 7, 8, 9]), should, "{message}");

            let (advances, rows) = whole(&auditor, &asked(StatementKind::Advances, at)).await;
            assert_eq!(totals(&advances, &[2]), [of(Account::AdvancesToPartners)], "{message}");
            assert!(rows.iter().all(|row| row.cells[3..].iter().map(minor).sum::<i64>() == minor(&row.cells[2])));

            let (psc, _) = whole(&auditor, &asked(StatementKind::ProgrammeSupport, at)).await;
            let should = vec![of(Account::ProgrammeSupportCosts), -of(Account::ProgrammeSupportSetAside)];
            assert_eq!(totals(&psc, &[2, 4]), should, "{message}");
            assert_eq!(totals(&psc, &[2]), [position.psc], "{message}");

            let (trial, rows) = whole(&auditor, &asked(StatementKind::TrialBalance, at)).await;
            let sums = totals(&trial, &[1, 2, 3, 4]);
            assert_eq!((sums[0], sums[1], sums[2]), (0, 0, sums[3]), "{message}");
            for row in &rows {
                let Cell::Account(account) = row.cells[0] else { panic!() };
                assert_eq!(minor(&row.cells[1]) + minor(&row.cells[2]), of(account), "{message}");
                assert_eq!(minor(&row.cells[3]) - minor(&row.cells[4]), of(account), "{message}");
            }
            assert_eq!(rows.len(), balances.len());
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_general_ledger_ends_at_the_balance_and_is_read_in_parts() {
    on_both(|world| async move {
        let case = scene(world).await;
        let auditor = case.world.staff(Role::Auditor).await;
        for (from, at) in [(None, "2026-06-20"), (Some("2026-05-13"), "2026-06-15"), (Some("2020-01-01"), "2027-01-01")]
        {
            let books = queries::books_at(&auditor, day(at)).await.unwrap();
            for (account, balance) in books.balances {
                let wanted = Asked {
                    account: Some(account),
                    from: from.map(day),
                    ..asked(StatementKind::GeneralLedger, day(at))
                };
                let (ledger, rows) = whole(&auditor, &wanted).await;
                assert_eq!(totals(&ledger, &[10]), [balance], "{} {account} {at}", case.world.kind);
                let moved: i64 = rows.iter().map(|row| minor(&row.cells[8]) - minor(&row.cells[9])).sum();
                assert_eq!(minor(&ledger.opening.as_ref().unwrap().cells[10]) + moved, balance);
                if let Some(last) = rows.last() {
                    assert_eq!(minor(&last.cells[10]), balance);
                }
                for skipped in [1, 2, rows.len() as u64] {
                    let mut again = open(&auditor, &wanted).await.unwrap();
                    again.skip(&auditor, skipped).await.unwrap();
                    let rest = again.next(&auditor, 100).await.unwrap();
                    assert_eq!(rest, rows[(skipped as usize).min(rows.len())..], "{account} {skipped}");
                }
            }
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_ledger_of_many_lines_is_whole_whatever_its_parts() {
    on_both(|world| async move {
        let auditor = world.system();
        seed(&auditor, Sizes { applications: 20, postings: 32_000, pledges_a_year: 0 }).await.unwrap();
        let wanted = Asked {
            account: Some(Account::DisbursementsContra),
            from: Some(day("2020-01-01")),
            ..asked(StatementKind::GeneralLedger, day("2027-01-01"))
        };
        let mut ledger = open(&auditor, &wanted).await.unwrap();
        let rows = ledger.next(&auditor, 100_000).await.unwrap();
        assert!(rows.len() > 10_000, "{} lines are read otherwise", rows.len());
        assert_eq!(rows.len() as u64, ledger.count);
        assert_eq!(vec![minor(&rows.last().unwrap().cells[10])], totals(&ledger, &[10]));
        for (skipped, most) in [(0, 777), (1, 3_000), (9_500, 100), (rows.len() - 1, 2), (rows.len(), 2)] {
            let mut again = open(&auditor, &wanted).await.unwrap();
            again.skip(&auditor, skipped as u64).await.unwrap();
            let mut at = skipped;
            loop {
                let part = again.next(&auditor, most).await.unwrap();
                let end = (at + most as usize).min(rows.len());
                assert_eq!(part, rows[at..end], "{}: from line {at}", world.kind);
                if part.is_empty() {
                    break;
                }
                at = end;
            }
            assert_eq!(at, rows.len());
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_was_voided_makes_no_older_advance_look_younger() {
    on_both(|world| async move {
        use backend::disbursements::{approve, certify, void};
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        // Of 25,000.01 dollars 1,500 are left, and 400 days later more is approved, and voided a day after.
        case.reported(1, [1_500_000, 850_001, 0], on("2026-12-10")).await;
        let (approved, voided) = (on("2027-07-06"), on("2027-07-07"));
        let second = case.request(2, approved).await.unwrap();
        certify(&later(&case.certifier, approved), second, &because("Checked")).await.unwrap();
        approve(&later(&case.approver, approved), second, &because("Checked")).await.unwrap();
        void(&later(&case.approver, voided), second, &because("The account is shut")).await.unwrap();
        let auditor = case.world.staff(Role::Auditor).await;
        for (at, expected) in [
            ("2027-07-06", [2_150_000, 2_000_000, 0, 0, 150_000]),
            ("2027-07-07", [150_000, 0, 0, 0, 150_000]),
            ("2027-07-31", [150_000, 0, 0, 0, 150_000]),
        ] {
            let (statement, _) = whole(&auditor, &asked(StatementKind::Advances, day(at))).await;
            assert_eq!(totals(&statement, &[2, 3, 4, 5, 6]), expected, "{} {at}", case.world.kind);
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_posted_while_a_ledger_is_read_does_not_appear_in_it() {
    on_both(|world| async move {
        let case = scene(world).await;
        let auditor = case.world.staff(Role::Auditor).await;
        let wanted = Asked {
            account: Some(Account::ContributionsReceivable),
            from: Some(day("2020-01-01")),
            ..asked(StatementKind::GeneralLedger, day("2027-01-01"))
        };
        let mut ledger = open(&auditor, &wanted).await.unwrap();
        let mut rows = ledger.next(&auditor, 1).await.unwrap();
        let mut more = pledge(DonorId(1), "5", "USD");
        more.set("date", "2026-05-30");
        contributions::pledge(&case.finance, &more).await.unwrap();
        rows.extend(ledger.next(&auditor, 100).await.unwrap());
        assert_eq!(rows.len() as u64, ledger.count);
        assert_eq!(vec![minor(&rows.last().unwrap().cells[10])], totals(&ledger, &[10]));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_donor_sees_the_own_account_and_nothing_else() {
    on_both(|world| async move {
        let case = scene(world).await;
        let euro = DonorId(case.world.number("SELECT MAX(id) AS value FROM donors").await);
        let wanted = |donor| Asked { donor: Some(donor), ..asked(StatementKind::Donor, day("2026-06-01")) };
        let own = case.world.person(Role::DonorRepresentative, None, Some(euro)).await;
        let (account, rows) = whole(&own, &wanted(euro)).await;
        assert_eq!(account.of, Cell::Text("Norway".to_owned()));
        let outstanding: Vec<i64> = rows.iter().map(|row| minor(&row.cells[6])).collect();
        // EUR 46,000 pledged, USD 777.77 pledged, EUR 20,000 and then more than the rest received.
        assert_eq!(outstanding, [4_600_000, 77_777, 2_600_000, 0]);
        assert_eq!(totals(&account, &[9]), [77_777]);
        for (donor, kind) in [(DonorId(1), StatementKind::Donor), (euro, StatementKind::TrialBalance)] {
            let refused = open(&own, &Asked { kind, ..wanted(donor) }).await.map(|_| ()).map_err(AppError::from);
            assert!(matches!(refused, Err(AppError::NotFound | AppError::Forbidden(_))), "{refused:?}");
        }
        let finance = case.world.staff(Role::FinanceOfficer).await;
        let mut sums = vec![0; 3];
        for id in 1..=euro.0 {
            let (one, _) = whole(&finance, &wanted(DonorId(id))).await;
            for (sum, of_one) in sums.iter_mut().zip(totals(&one, &[7, 8, 9])) {
                *sum += of_one;
            }
        }
        let (all, _) = whole(&finance, &asked(StatementKind::Contributions, day("2026-06-01"))).await;
        assert_eq!(totals(&all, &[6, 7, 8]), sums);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn csv_and_xlsx_hold_the_same_real_numbers() {
    on_both(|world| async move {
        let case = scene(world).await;
        case.world.sql("UPDATE donors SET name = '=HYPERLINK(\"x\")' WHERE id = (SELECT MAX(id) FROM donors)").await;
        let auditor = case.world.staff(Role::Auditor).await;
        let english = Reader::new(domain::users::Language::English);
        for kind in StatementKind::ALL {
            let account = Some(Account::Cash).filter(|_| *kind == StatementKind::GeneralLedger);
            let donor = Some(DonorId(1)).filter(|_| *kind == StatementKind::Donor);
            let wanted = Asked { account, donor, ..asked(*kind, day("2026-08-31")) };
            let (statement, rows) = whole(&auditor, &wanted).await;
            assert!(!rows.is_empty(), "{kind}");
            let mut csv = csv_start(&statement, english).unwrap();
            csv.extend(csv_rows(&rows, english).unwrap());
            csv.extend(csv_end(&statement, english).unwrap());
            let text = String::from_utf8(csv).unwrap();
            assert!(text.starts_with('\u{feff}') && !text.contains("[books-"), "{text}");
            let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            let above = usize::from(statement.opening.is_some());
            assert_eq!(lines.len(), above + rows.len() + usize::from(statement.total.is_some()));
            assert!(!text.contains("\n=HYPER"), "a formula in {kind}");
            let [whole, doubled] = [1, 2].map(|times| u64::try_from(rows.len()).unwrap() * times);
            let size = u64::try_from(csv_rows(&rows, english).unwrap().len()).unwrap();
            assert_eq!(csv_size(&rows, whole, english).unwrap(), size, "from all of its rows the size is exact");
            assert_eq!(csv_size(&rows, doubled, english).unwrap(), 2 * size);
            assert_eq!(csv_size(&[], whole, english).unwrap(), 0, "of no row nothing is said");

            let mut parts = vec![rows.clone()].into_iter();
            let mut bytes = Vec::new();
            write_xlsx(&mut bytes, &statement.sheet(english), || Ok(parts.next())).unwrap();
            compare(&bytes, &rows, &lines[above..], above);
        }
        case.world.assert_books().await;
    })
    .await;
}

/// Every amount in the workbook is a number, and the one of the CSV; every day is a day.
fn compare(workbook: &[u8], rows: &[Row], lines: &[csv::StringRecord], above: usize) {
    use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(workbook)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    for (position, row) in rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            let at = (u32::try_from(above + position).unwrap() + 4, u32::try_from(column).unwrap());
            let found = range.get_value(at).unwrap_or(&Data::Empty);
            match cell {
                Cell::Money(money) => {
                    let Data::Float(number) = found else { panic!("{at:?}: {found:?}") };
                    assert_eq!(format!("{number:.3}"), format!("{:.3}", money.to_decimal()));
                    assert_eq!(lines[position][column].parse::<rust_decimal::Decimal>().unwrap(), money.to_decimal());
                }
                Cell::Rate(rate) => {
                    assert_eq!(found.to_string(), rate.to_string());
                    assert_eq!(lines[position][column], rate.to_string());
                }
                Cell::Month(month) => {
                    assert!(matches!(found, Data::DateTime(_)), "{found:?}");
                    assert_eq!(lines[position][column], month.format("%Y-%m").to_string());
                }
                Cell::Date(_) => assert!(matches!(found, Data::DateTime(_)), "{found:?}"),
                Cell::Year(year) => assert_eq!(found, &Data::Float(*year as f64)),
                Cell::Empty => assert_eq!(found, &Data::Empty),
                Cell::Text(text) => assert_eq!(found, &Data::String(text.clone())),
                _ => assert!(matches!(found, Data::String(_)), "{found:?}"),
            }
        }
    }
}
