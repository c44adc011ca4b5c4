//! Proofs that a disbursement is what its entries posted, and that batches say what their payments say, for
//! `check-books`.

use std::collections::HashMap;

use domain::disbursements::BatchState;
use sea_orm::{ConnectionTrait, EntityTrait as _, FromQueryResult, QueryOrder as _};

use super::entity::{disbursement, payment_batch, payment_batch_item};
use crate::database;
use crate::error::Result;

/// Everything in which disbursements differ from the books, and batches from disbursements.
pub(crate) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = amounts(database).await?;
    findings.extend(batches(database).await?);
    Ok(findings)
}

#[derive(FromQueryResult)]
struct Moved {
    id: i64,
    usd_minor: i64,
    smallest: i64,
    largest: i64,
}

/// Each step of a disbursement, from its request on, moved all of it and no more from account to account.
async fn amounts<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT * FROM (SELECT id, usd_minor, MIN(moved) AS smallest, MAX(moved) AS largest FROM (\
               SELECT d.id, d.usd_minor, CAST(ABS(SUM(p.usd_minor)) AS BIGINT) AS moved FROM disbursements d \
               JOIN journal_entries e ON e.source_kind = 'disbursement' AND e.source_id = d.id AND e.event LIKE 'disbursement-%' \
               JOIN postings p ON p.entry_id = e.id GROUP BY d.id, d.usd_minor, e.id, p.account) AS steps \
               GROUP BY id, usd_minor) AS compared WHERE smallest <> usd_minor OR largest <> usd_minor ORDER BY id";
    let rows: Vec<Moved> = database::rows(database, sql, []).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let posted = if row.smallest == row.usd_minor { row.largest } else { row.smallest };
            format!("disbursement {}: {} US cents, {posted} in its entries", row.id, row.usd_minor)
        })
        .collect())
}

/// Everything in which batches and disbursements differ.
async fn batches<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let items = payment_batch_item::Entity::find().order_by_asc(payment_batch_item::Column::Id).all(database).await?;
    if items.is_empty() {
        return Ok(findings);
    }
    let amounts: HashMap<i64, i64> =
        disbursement::Entity::find().all(database).await?.into_iter().map(|row| (row.id, row.usd_minor)).collect();
    for batch in payment_batch::Entity::find().order_by_asc(payment_batch::Column::Id).all(database).await? {
        let own: Vec<_> = items.iter().filter(|item| item.batch_id == batch.id).collect();
        let sum: i64 = own.iter().map(|item| item.usd_minor).sum();
        if sum != batch.usd_minor || i64::try_from(own.len()) != Ok(batch.payments) {
            findings.push(format!(
                "batch {}: {} payments of {} US cents, its payments are {} of {sum}",
                batch.message_id,
                batch.payments,
                batch.usd_minor,
                own.len()
            ));
        }
        let live = batch.state == BatchState::Live.code();
        for item in own {
            if item.live != live {
                findings.push(format!("payment {}: live {}, its batch {}", item.end_to_end_id, item.live, batch.state));
            }
            if amounts.get(&item.disbursement_id) != Some(&item.usd_minor) {
                findings.push(format!("payment {}: another amount than its disbursement", item.end_to_end_id));
            }
        }
    }
    Ok(findings)
}
