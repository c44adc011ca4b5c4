//! What is left of each receipt: the money available to commit, with its earmark.

use chrono::NaiveDate;
use domain::contributions::Earmark;
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
    // The condition is that of the index `receipts_left`, so that money long spent is not read.
    let sql = "SELECT r.id, g.earmark, r.date AS received_on, \
               r.usd_minor - r.psc_usd_minor - r.spent_before_usd_minor - r.committed_usd_minor AS available \
               FROM receipts r JOIN pledges g ON g.id = r.pledge_id WHERE NOT r.undone \
               AND r.usd_minor - r.psc_usd_minor - r.spent_before_usd_minor - r.committed_usd_minor <> 0 ORDER BY r.id";
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

#[derive(FromQueryResult)]
struct LeftOf {
    earmark: String,
    usd_minor: i64,
}

/// What is left of all receipts by earmark, as the database keeps it: for pages that show what there is. Awards choose
/// among [`sources`].
///
/// # Errors
/// The database's.
pub async fn left_by_earmark<C: ConnectionTrait>(database: &C) -> Result<Vec<(Earmark, i64)>> {
    let sql = "SELECT earmark, usd_minor FROM money_left WHERE usd_minor <> 0";
    let rows: Vec<LeftOf> = database::rows(database, sql, []).await?;
    rows.into_iter().map(|row| Ok((codes::earmark(&row.earmark)?, row.usd_minor))).collect()
}
