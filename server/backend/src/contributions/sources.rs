//! What is left of each receipt: the money available to commit, with its earmark.

use chrono::NaiveDate;
use domain::funding::Source;
use domain::ids::ReceiptId;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::codes;
use crate::database;
use crate::error::Result;

#[derive(FromQueryResult)]
struct Left {
    id: i64,
    earmark: String,
    received_on: NaiveDate,
    available: i64,
}

/// Every receipt of which something, after PSC and what was spent before, is not committed to a grant.
///
/// # Errors
/// The database's.
pub async fn sources<C: ConnectionTrait>(database: &C) -> Result<Vec<Source>> {
    // One that was taken back and the one that took it back are nothing together. What is below zero is for `check-books`.
    let sql = "SELECT id, earmark, received_on, available FROM (SELECT r.id, g.earmark, r.date AS received_on, \
               r.usd_minor - r.psc_usd_minor - r.spent_before_usd_minor - COALESCE(f.used, 0) AS available FROM receipts r \
               JOIN pledges g ON g.id = r.pledge_id LEFT JOIN (SELECT receipt_id, CAST(SUM(usd_minor) AS BIGINT) AS used \
               FROM grant_funding GROUP BY receipt_id) AS f ON f.receipt_id = r.id WHERE NOT r.undone) AS sources \
               WHERE available <> 0 ORDER BY id";
    let rows: Vec<Left> = database::rows(database, sql, []).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Source {
                receipt: ReceiptId(row.id),
                earmark: codes::earmark(&row.earmark)?,
                received_on: row.received_on,
                available: row.available,
            })
        })
        .collect()
}
