//! Every column of every statement is worked out once more, from the postings one by one, and every figure of the
//! position is the sum of the entries that it leads to.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::support::books::{minor, scene, whole};
use crate::support::grants::{Case, on};
use crate::support::money::command;
use crate::support::{World, later, on_both};
use backend::Context;
use backend::ledger::entries::{self, NO_DONOR, Wanted, Whose};
use backend::ledger::queries::EntryRow;
use backend::ledger::transfer_programme_support;
use backend::page::PageRequest;
use backend::statements::{Asked, Cell, Row};
use chrono::{Datelike as _, NaiveDate};
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::ledger::{Account, Event, PositionFigure};
use domain::money::Currency;
use domain::roles::Role;
use domain::statements::StatementKind;
use sea_orm::{ConnectionTrait as _, Statement as Sql};

const DAYS: [&str; 6] = ["2025-12-31", "2026-05-15", "2026-06-01", "2026-06-20", "2026-08-05", "2027-12-31"];

/// A posting with what its entry says. An entry that takes another one back counts as that one's event.
struct Line {
    day: NaiveDate,
    event: Event,
    donor: Option<i64>,
    grant: Option<i64>,
    account: Account,
    currency: Currency,
    minor: i64,
    usd: i64,
}

async fn lines(world: &World) -> Vec<Line> {
    let database = &world.services.database;
    let sql = "SELECT e.posting_date, COALESCE(r.event, e.event) AS event, e.donor_id, e.grant_id, p.account, p.currency, \
               p.amount_minor, p.usd_minor FROM postings p JOIN journal_entries e ON e.id = p.entry_id \
               LEFT JOIN journal_entries r ON r.id = e.reverses";
    let rows = database.query_all_raw(Sql::from_string(database.get_database_backend(), sql)).await.unwrap();
    rows.iter()
        .map(|row| Line {
            day: row.try_get("", "posting_date").unwrap(),
            event: Event::from_code(&row.try_get::<String>("", "event").unwrap()).unwrap(),
            donor: row.try_get("", "donor_id").unwrap(),
            grant: row.try_get("", "grant_id").unwrap(),
            account: Account::from_code(&row.try_get::<String>("", "account").unwrap()).unwrap(),
            currency: Currency::from_code(&row.try_get::<String>("", "currency").unwrap()).unwrap(),
            minor: row.try_get("", "amount_minor").unwrap(),
            usd: row.try_get("", "usd_minor").unwrap(),
        })
        .collect()
}

/// What came in: cash, but none that went to partners, came back from them, or was paid over to the Secretariat.
fn came_in(line: &Line) -> bool {
    use Event as E;
    let other = [
        E::SpentBefore,
        E::DisbursementConfirmed,
        E::DisbursementBounced,
        E::RecoveryReceived,
        E::ProgrammeSupportTransferred,
    ];
    line.account == Account::ReceiptsUnidentified || (line.account == Account::Cash && !other.contains(&line.event))
}

fn pledging(line: &Line) -> bool {
    let events = [Event::Pledge, Event::PledgeAmended, Event::PledgeWrittenDown];
    line.account == Account::ContributionsReceivable && events.contains(&line.event)
}

fn receivable(line: &Line) -> bool {
    line.account == Account::ContributionsReceivable
}

/// Adds up what a condition picks.
fn sum<'a>(lines: impl IntoIterator<Item = &'a Line>, of: impl Fn(&Line) -> bool, value: fn(&Line) -> i64) -> i64 {
    lines.into_iter().filter(|line| of(line)).map(value).sum()
}

fn usd(line: &Line) -> i64 {
    line.usd
}

fn amount(line: &Line) -> i64 {
    line.minor
}

fn asked(kind: StatementKind, at: NaiveDate) -> Asked {
    Asked { kind, at, from: None, account: None, donor: None }
}

fn figures(row: &Row, first: usize) -> Vec<i64> {
    row.cells[first..].iter().map(minor).collect()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Label(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

/// The scene, with programme support costs paid over by mistake and that entry reversed.
async fn told(world: World) -> (Case, Context, Vec<Line>) {
    let case = scene(world).await;
    let typed = Typed::default()
        .with("amount", "500")
        .with("date", "2026-08-03")
        .with("bank_reference", "PSC-2")
        .with("command_id", command());
    let wrong = transfer_programme_support(&later(&case.finance, on("2026-08-03")), &typed).await.unwrap();
    let reversal = Typed::default().with("reason", "Twice").with("command_id", command());
    backend::ledger::reverse(&later(&case.finance, on("2026-08-04")), wrong, &reversal).await.unwrap();
    case.world.assert_books().await;
    let auditor = case.world.staff(Role::Auditor).await;
    let lines = lines(&case.world).await;
    (case, auditor, lines)
}

#[tokio::test]
async fn contributions_by_donor_year_and_currency_are_the_sums_of_their_postings() {
    on_both(|world| async move {
        let (case, auditor, lines) = told(world).await;
        for at in DAYS.map(|day| day.parse::<NaiveDate>().unwrap()) {
            let (statement, rows) = whole(&auditor, &asked(StatementKind::Contributions, at)).await;
            let mut seen = 0;
            for row in &rows {
                let link = row.entries.as_ref().unwrap();
                let donor = query(link, "donor").unwrap();
                let donor = (donor != NO_DONOR).then(|| donor.parse::<i64>().unwrap());
                let Cell::Year(year) = row.cells[1] else { panic!() };
                let currency = Currency::from_code(&text(&row.cells[2])).unwrap();
                let own = |line: &&Line| line.day <= at && line.donor == donor && line.currency == currency;
                let of_year: Vec<&Line> =
                    lines.iter().filter(own).filter(|line| i64::from(line.day.year()) == year).collect();
                let until: Vec<&Line> =
                    lines.iter().filter(own).filter(|line| i64::from(line.day.year()) <= year).collect();
                let mut expected = Vec::new();
                for value in [amount as fn(&Line) -> i64, usd] {
                    expected.push(sum(of_year.iter().copied(), pledging, value));
                    expected.push(sum(of_year.iter().copied(), came_in, value));
                    expected.push(sum(until.iter().copied(), receivable, value));
                }
                assert_eq!(figures(row, 3), expected, "{donor:?} {year} {currency} at {at}");
                seen += 1;
            }
            // A row for each donor, year and currency in which anything happened that left anything.
            let mut groups: BTreeMap<(Option<i64>, i32, Currency), Vec<&Line>> = BTreeMap::new();
            for line in lines.iter().filter(|line| line.day <= at) {
                groups.entry((line.donor, line.day.year(), line.currency)).or_default().push(line);
            }
            let left = |group: &Vec<&Line>| {
                let conditions = [pledging as fn(&Line) -> bool, came_in, receivable];
                let mut sums = conditions.into_iter().flat_map(|condition| {
                    [amount as fn(&Line) -> i64, usd].map(|value| sum(group.iter().copied(), condition, value))
                });
                sums.any(|sum| sum != 0)
            };
            assert_eq!(seen, groups.values().filter(|group| left(group)).count(), "{at}");
            let total = statement.total.unwrap();
            let until = || lines.iter().filter(|line| line.day <= at);
            let expected = [sum(until(), pledging, usd), sum(until(), came_in, usd), sum(until(), receivable, usd)];
            assert_eq!(figures(&total, 6), expected, "{at}");
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_donors_statement_is_the_sums_of_its_postings_entry_by_entry() {
    on_both(|world| async move {
        let (case, _, lines) = told(world).await;
        let finance = case.world.staff(Role::FinanceOfficer).await;
        let donors = case.world.number("SELECT MAX(id) AS value FROM donors").await;
        for at in DAYS.map(|day| day.parse::<NaiveDate>().unwrap()) {
            for donor in 1..=donors {
                let wanted = Asked { donor: Some(DonorId(donor)), ..asked(StatementKind::Donor, at) };
                let (statement, rows) = whole(&finance, &wanted).await;
                let own: Vec<&Line> = lines.iter().filter(|line| line.donor == Some(donor) && line.day <= at).collect();
                let of = |condition: fn(&Line) -> bool| sum(own.iter().copied(), condition, usd);
                let expected = [of(pledging), of(came_in), of(receivable)];
                assert_eq!(figures(statement.total.as_ref().unwrap(), 7), expected, "{donor} {at}");
                // Each row's amounts add up to the last ones, which are the totals.
                let column = |number: usize| rows.iter().map(|row| minor(&row.cells[number])).sum::<i64>();
                assert_eq!((column(7), column(8)), (expected[0], expected[1]));
                assert_eq!(rows.last().map_or(0, |row| minor(&row.cells[9])), expected[2]);
                for row in &rows {
                    let currency = text(&row.cells[3]);
                    let Cell::Date(day) = row.cells[0] else { panic!() };
                    let moved = sum(
                        own.iter().copied().filter(|line| line.currency.to_string() == currency && line.day <= day),
                        receivable,
                        amount,
                    );
                    // The last row of a day stands at what the postings until that day say.
                    let last = rows
                        .iter()
                        .rev()
                        .find(|other| other.cells[0] == row.cells[0] && other.cells[3] == row.cells[3]);
                    if last == Some(row) {
                        assert_eq!(minor(&row.cells[6]), moved);
                    }
                }
            }
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn grants_and_programme_support_are_the_sums_of_their_postings() {
    on_both(|world| async move {
        use Account as A;
        let (case, auditor, lines) = told(world).await;
        for at in DAYS.map(|day| day.parse::<NaiveDate>().unwrap()) {
            let (_, rows) = whole(&auditor, &asked(StatementKind::Grants, at)).await;
            for row in &rows {
                let id: i64 = query(row.entries.as_ref().unwrap(), "grant").unwrap().parse().unwrap();
                let own = || lines.iter().filter(|line| line.grant == Some(id) && line.day <= at);
                let on = |accounts: &[Account]| sum(own(), |line| accounts.contains(&line.account), usd);
                let with_partners =
                    [A::AdvancesToPartners, A::RecoveriesReceivable, A::RecoveriesWrittenOff, A::GrantExpenditure];
                let expected = [
                    on(&with_partners) - on(&[A::CommitmentsContra]),
                    on(&[A::CommitmentsOpen]),
                    -on(&[A::PaymentsApproved, A::PaymentsInTransit]),
                    -on(&[A::Cash]),
                    on(&[A::GrantExpenditure]),
                    on(&[A::AdvancesToPartners]),
                ];
                assert_eq!(figures(row, 4), expected, "{at}");
            }
            let (_, rows) = whole(&auditor, &asked(StatementKind::ProgrammeSupport, at)).await;
            for row in &rows {
                let Cell::Year(year) = row.cells[0] else { panic!() };
                let donor = query(row.entries.as_ref().unwrap(), "donor").unwrap();
                let donor = (donor != NO_DONOR).then(|| donor.parse::<i64>().unwrap());
                let own = || {
                    lines
                        .iter()
                        .filter(|line| line.donor == donor && line.day <= at && i64::from(line.day.year()) == year)
                };
                let costs = sum(own(), |line| line.account == A::ProgrammeSupportCosts, usd);
                let held = -sum(own(), |line| line.account == A::ProgrammeSupportSetAside, usd);
                assert_eq!(figures(row, 2), [costs, costs - held, held], "{donor:?} {year} {at}");
            }
        }
        case.world.assert_books().await;
    })
    .await;
}

/// A value of an address.
fn query(link: &str, name: &str) -> Option<String> {
    let (_, query) = link.split_once('?')?;
    query
        .split('&')
        .filter_map(|part| part.split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}

/// All entries that a link leads to, page by page.
async fn behind(context: &Context, link: &str) -> Vec<EntryRow> {
    let wanted = Wanted {
        account: query(link, "account").and_then(|code| Account::from_code(&code)),
        donor: query(link, "donor").and_then(|text| Whose::from_query(&text)),
        grant: query(link, "grant").and_then(|text| text.parse().ok()),
        from: query(link, "from").and_then(|text| text.parse().ok()),
        to: query(link, "to").and_then(|text| text.parse().ok()),
        event: query(link, "event").and_then(|code| Event::from_code(&code)),
        figure: query(link, "figure").and_then(|code| PositionFigure::from_code(&code)),
    };
    let mut found = Vec::new();
    for page in 1.. {
        let part = entries::list(context, &wanted, &PageRequest { page, ..PageRequest::default() }).await.unwrap();
        if part.rows.is_empty() || found.len() as u64 >= part.total {
            break;
        }
        found.extend(part.rows);
    }
    found
}

#[tokio::test]
async fn each_figure_of_the_position_is_the_sum_of_the_entries_that_it_leads_to() {
    on_both(|world| async move {
        let (case, auditor, _) = told(world).await;
        for at in DAYS.map(|day| day.parse::<NaiveDate>().unwrap()) {
            let (_, rows) = whole(&auditor, &asked(StatementKind::Position, at)).await;
            assert_eq!(rows.len(), PositionFigure::ALL.len());
            for (row, figure) in rows.iter().zip(PositionFigure::ALL) {
                let mut counted = 0;
                for entry in behind(&auditor, row.entries.as_ref().unwrap()).await {
                    // What a reversal takes back has its event.
                    let event = match entry.event {
                        Event::Reversal => Event::ProgrammeSupportTransferred,
                        event => event,
                    };
                    let of = |posting: &domain::ledger::Posting| figure.sign(posting.account, event);
                    assert!(entry.postings.iter().any(|posting| of(posting) != 0), "{figure}: {entry:?}");
                    counted += entry.postings.iter().map(|posting| of(posting) * posting.usd_minor).sum::<i64>();
                }
                assert_eq!(counted, minor(&row.cells[3]), "{figure} at {at}");
            }
            // Money that is nobody's yet leads to its own entries, not to everybody's.
            let (_, rows) = whole(&auditor, &asked(StatementKind::Contributions, at)).await;
            for row in rows.iter().filter(|row| row.cells[0] == Cell::Label("books-no-donor".to_owned())) {
                let found = behind(&auditor, row.entries.as_ref().unwrap()).await;
                assert!(!found.is_empty() && found.iter().all(|entry| entry.event != Event::Pledge), "{found:?}");
            }
        }
        case.world.assert_books().await;
    })
    .await;
}
