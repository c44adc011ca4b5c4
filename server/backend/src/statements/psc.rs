//! Programme support costs: set aside from each donor's receipts, and paid over to the Secretariat, by year.

use domain::ledger::Account;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Asked, Cell, Row, Statement, amount, days_of, entries, time, whose, words};
use crate::database;
use crate::error::Result;

#[derive(FromQueryResult)]
struct Sums {
    donor: Option<i64>,
    name: Option<String>,
    year: i64,
    set_aside: i64,
    held: i64,
}

pub(super) async fn read<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<Statement> {
    let sql = "SELECT e.donor_id AS donor, d.name, e.fiscal_year AS year, \
               CAST(SUM(CASE WHEN p.account = $1 THEN p.usd_minor ELSE 0 END) AS BIGINT) AS set_aside, \
               CAST(-SUM(CASE WHEN p.account = $2 THEN p.usd_minor ELSE 0 END) AS BIGINT) AS held \
               FROM postings p JOIN journal_entries e ON e.id = p.entry_id LEFT JOIN donors d ON d.id = e.donor_id \
               WHERE p.account IN ($1, $2) AND e.posting_date <= $3 GROUP BY e.donor_id, d.name, e.fiscal_year";
    let (costs, set_aside) = (Account::ProgrammeSupportCosts.code(), Account::ProgrammeSupportSetAside.code());
    let mut found: Vec<Sums> = database::rows(database, sql, [costs.into(), set_aside.into(), asked.at.into()]).await?;
    found.sort_by_cached_key(|row| {
        (row.year, row.donor.is_none(), row.name.clone().unwrap_or_default().to_lowercase(), row.donor)
    });
    let mut sums = [0; 3];
    let rows: Vec<Row> = found
        .into_iter()
        .map(|row| {
            // What is no longer held was paid over.
            let figures = [row.set_aside, row.set_aside - row.held, row.held];
            for (sum, figure) in sums.iter_mut().zip(figures) {
                *sum += figure;
            }
            let from = match row.name {
                Some(name) => Cell::Text(name),
                None => Cell::Label("books-paid-over".to_owned()),
            };
            let mut cells = vec![Cell::Year(row.year), from];
            cells.extend(figures.map(Cell::usd));
            let mut parts = days_of(row.year, asked.at).to_vec();
            parts.push(("account", Account::ProgrammeSupportSetAside.code().to_owned()));
            parts.push(whose(row.donor));
            Row::new(cells, entries(&parts))
        })
        .collect();
    let mut total = vec![Cell::Label("ledger-total".to_owned()), Cell::Empty];
    total.extend(sums.map(Cell::usd));
    let heads = vec![
        time("books-year"),
        words("ledger-donor"),
        amount("books-set-aside"),
        amount("books-transferred"),
        amount("books-held"),
    ];
    Ok(Statement::whole(asked, heads, rows, Some(Row::plain(total))))
}
