//! Advances that partners have not accounted for, by age: what is accounted for is taken from the oldest, and a payment
//! that was stopped or came back from itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ledger::Account;
use domain::statements::{Movement, ages};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Asked, Cell, Row, Statement, amount, entries, words};
use crate::database;
use crate::error::Result;

#[derive(FromQueryResult)]
struct Moved {
    id: i64,
    number: String,
    organisation: String,
    date: NaiveDate,
    payment: Option<i64>,
    usd: i64,
}

/// A grant with the movements of its advances.
type Grant = (String, String, Vec<Movement>);

pub(super) async fn read<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<Statement> {
    // Grants whose advances are all accounted for are left out by the database: they become the most.
    // An entry of a disbursement that is none of its steps accounts for what was spent before it was paid.
    let sql = "SELECT g.id, g.number, o.legal_name AS organisation, e.posting_date AS date, \
               CASE WHEN e.source_kind = 'disbursement' AND e.event LIKE 'disbursement-%' THEN e.source_id END AS payment, \
               CAST(SUM(p.usd_minor) AS BIGINT) AS usd FROM postings p JOIN journal_entries e ON e.id = p.entry_id \
               JOIN grants g ON g.id = e.grant_id JOIN organisations o ON o.id = g.organisation_id \
               WHERE p.account = $1 AND e.posting_date <= $2 AND e.grant_id IN (SELECT f.grant_id FROM postings q \
               JOIN journal_entries f ON f.id = q.entry_id WHERE q.account = $1 AND f.posting_date <= $2 \
               GROUP BY f.grant_id HAVING SUM(q.usd_minor) <> 0) \
               GROUP BY 1, 2, 3, 4, 5 ORDER BY o.legal_name, g.number, e.posting_date";
    let values = [Account::AdvancesToPartners.code().into(), asked.at.into()];
    let movements: Vec<Moved> = database::rows(database, sql, values).await?;
    let mut order = Vec::new();
    let mut grants: BTreeMap<i64, Grant> = BTreeMap::new();
    for row in movements {
        let grant = grants.entry(row.id).or_insert_with(|| {
            order.push(row.id);
            (row.organisation, row.number, Vec::new())
        });
        grant.2.push(Movement { day: row.date, minor: row.usd, payment: row.payment });
    }
    let mut sums = [0; 5];
    let mut rows = Vec::new();
    for id in order {
        let Some((organisation, number, movements)) = grants.remove(&id) else { continue };
        let by_age = ages(&movements, asked.at);
        let whole: i64 = by_age.iter().sum();
        let figures = [whole, by_age[0], by_age[1], by_age[2], by_age[3]];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
        let mut cells = vec![Cell::Text(organisation), Cell::Text(number)];
        cells.extend(figures.map(Cell::usd));
        let account = Account::AdvancesToPartners.code().to_owned();
        let parts = [("account", account), ("grant", id.to_string()), ("to", asked.at.to_string())];
        rows.push(Row::new(cells, entries(&parts)));
    }
    let mut total = vec![Cell::Label("ledger-total".to_owned()), Cell::Empty];
    total.extend(sums.map(Cell::usd));
    let heads = vec![
        words("books-partner"),
        words("ledger-grant"),
        amount("books-advances"),
        amount("books-age-90"),
        amount("books-age-180"),
        amount("books-age-365"),
        amount("books-age-older"),
    ];
    Ok(Statement::whole(asked, heads, rows, Some(Row::plain(total))))
}
