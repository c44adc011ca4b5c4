//! Proof that batches say what their payments say, for `check-books`.

use std::collections::HashMap;

use domain::disbursements::BatchState;
use sea_orm::{ConnectionTrait, EntityTrait as _, QueryOrder as _};

use super::entity::{disbursement, payment_batch, payment_batch_item};
use crate::error::Result;

/// Everything in which batches and disbursements differ.
pub(crate) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
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
