//! What is left of each receipt: the money available to commit, with its earmark.

use std::collections::HashMap;

use domain::funding::Source;
use domain::ids::ReceiptId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::entity::{pledge, receipt};
use crate::codes;
use crate::error::Result;
use crate::grants::entity::grant_funding;

/// Every receipt with what of it, after PSC, is not committed to a grant.
///
/// # Errors
/// The database's.
pub async fn sources<C: ConnectionTrait>(database: &C) -> Result<Vec<Source>> {
    let used: Vec<(i64, i64)> = grant_funding::Entity::find()
        .select_only()
        .column(grant_funding::Column::ReceiptId)
        .column_as(Expr::col(grant_funding::Column::UsdMinor).sum().cast_as("BIGINT"), "used")
        .group_by(grant_funding::Column::ReceiptId)
        .into_tuple()
        .all(database)
        .await?;
    let used: HashMap<i64, i64> = used.into_iter().collect();
    let earmarks: Vec<(i64, String)> = pledge::Entity::find()
        .select_only()
        .column(pledge::Column::Id)
        .column(pledge::Column::Earmark)
        .into_tuple()
        .all(database)
        .await?;
    let earmarks: HashMap<i64, String> = earmarks.into_iter().collect();
    // One that was taken back and the one that took it back are nothing together.
    let receipts = receipt::Entity::find().filter(receipt::Column::Undone.eq(false)).all(database).await?;
    receipts
        .into_iter()
        .map(|receipt| {
            let code = earmarks.get(&receipt.pledge_id).map_or("", String::as_str);
            Ok(Source {
                receipt: ReceiptId(receipt.id),
                earmark: codes::earmark(code)?,
                received_on: receipt.date,
                available: receipt.usd_minor - receipt.psc_usd_minor - used.get(&receipt.id).unwrap_or(&0),
            })
        })
        .collect()
}
