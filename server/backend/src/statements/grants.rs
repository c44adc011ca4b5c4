//! Committed, disbursed and spent by grant.

use domain::ledger::{Account, Event, PositionFigure};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Asked, Cell, Row, Statement, amount, entries, words};
use crate::database;
use crate::error::Result;
use crate::ledger::figures::{POSTINGS, adds_to};

#[derive(FromQueryResult)]
struct Sums {
    id: i64,
    number: String,
    title: String,
    organisation: String,
    country: String,
    committed: i64,
    open: i64,
    under_way: i64,
    disbursed: i64,
    spent: i64,
    advances: i64,
}

#[derive(FromQueryResult)]
struct Spent {
    usd_minor: i64,
}

/// What was spent of receipts of the past before they were entered: it is no grant's.
async fn spent_before<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(p.usd_minor), 0) AS BIGINT) AS usd_minor FROM journal_entries e \
               JOIN postings p ON p.entry_id = e.id WHERE e.event = $1 AND p.account = $2 AND e.posting_date <= $3";
    let values = [Event::SpentBefore.code().into(), Account::GrantExpenditure.code().into(), asked.at.into()];
    let rows: Vec<Spent> = database::rows(database, sql, values).await?;
    Ok(rows.first().map_or(0, |row| row.usd_minor))
}

fn codes(accounts: &[Account]) -> String {
    let codes: Vec<String> = accounts.iter().map(|account| format!("'{}'", account.code())).collect();
    codes.join(", ")
}

pub(super) async fn read<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<Statement> {
    let sum = |amount: String| format!("CAST(SUM({amount}) AS BIGINT)");
    let figure = |figure| sum(adds_to(figure, "p.usd_minor"));
    let balance = |accounts: &[Account], sign: &str| {
        sum(format!("CASE WHEN p.account IN ({}) THEN {sign}p.usd_minor ELSE 0 END", codes(accounts)))
    };
    let sql = format!(
        "SELECT g.id, g.number, g.title, o.legal_name AS organisation, g.country, {} AS committed, {} AS open, \
         {} AS under_way, {} AS disbursed, {} AS spent, {} AS advances FROM {POSTINGS} \
         JOIN grants g ON g.id = e.grant_id JOIN organisations o ON o.id = g.organisation_id WHERE e.posting_date <= $1 \
         GROUP BY g.id, g.number, g.title, o.legal_name, g.country ORDER BY g.number",
        figure(PositionFigure::Committed),
        balance(&[Account::CommitmentsOpen], ""),
        balance(&[Account::PaymentsApproved, Account::PaymentsInTransit], "-"),
        figure(PositionFigure::Disbursed),
        figure(PositionFigure::Spent),
        figure(PositionFigure::Advances),
    );
    let found: Vec<Sums> = database::rows(database, &sql, [asked.at.into()]).await?;
    let mut sums = [0; 6];
    let mut rows: Vec<Row> = found
        .into_iter()
        .map(|row| {
            let figures = [row.committed, row.open, row.under_way, row.disbursed, row.spent, row.advances];
            for (sum, figure) in sums.iter_mut().zip(figures) {
                *sum += figure;
            }
            let mut cells = vec![
                Cell::Text(row.number),
                Cell::Text(row.title),
                Cell::Text(row.organisation),
                Cell::Label(format!("country-{}", row.country)),
            ];
            cells.extend(figures.map(Cell::usd));
            Row::new(cells, entries(&[("grant", row.id.to_string()), ("to", asked.at.to_string())]))
        })
        .collect();
    let before = spent_before(database, asked).await?;
    if before != 0 {
        let figures = [before, 0, 0, before, before, 0];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
        let mut cells = vec![Cell::Label("books-spent-before".to_owned()), Cell::Empty, Cell::Empty, Cell::Empty];
        cells.extend(figures.map(Cell::usd));
        let event = Event::SpentBefore.code().to_owned();
        rows.push(Row::new(cells, entries(&[("event", event), ("to", asked.at.to_string())])));
    }
    let mut total = vec![Cell::Label("ledger-total".to_owned()), Cell::Empty, Cell::Empty, Cell::Empty];
    total.extend(sums.map(Cell::usd));
    let heads = vec![
        words("ledger-grant"),
        words("books-title"),
        words("books-partner"),
        words("books-country"),
        amount("books-committed"),
        amount("books-open"),
        amount("books-under-way"),
        amount("books-disbursed"),
        amount("books-spent"),
        amount("books-advances"),
    ];
    Ok(Statement::whole(asked, heads, rows, Some(Row::plain(total))))
}
