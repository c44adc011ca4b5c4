//! Pledges with what of each instalment is still to come, for lists over all of them.

use std::collections::HashMap;

use domain::contributions::{PledgeInstalment, unpaid};
use domain::money::Money;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::{pledge, pledge_instalment, receipt};
use crate::codes;
use crate::error::Result;

/// A pledge with its instalments.
pub(super) struct Planned {
    pub(super) pledge: pledge::Model,
    /// What of it did not come in and was not written down; below zero when more came than was pledged.
    pub(super) outstanding: Money,
    /// Each instalment, the earliest first, with what of it is unpaid.
    pub(super) instalments: Vec<PlannedInstalment>,
}

/// An instalment of a pledge.
pub(super) struct PlannedInstalment {
    pub(super) id: i64,
    pub(super) due: chrono::NaiveDate,
    pub(super) whole: Money,
    pub(super) unpaid: Money,
}

/// Every pledge: three queries, however many.
pub(super) async fn load<C: ConnectionTrait>(database: &C) -> Result<Vec<Planned>> {
    let sum = Expr::col(receipt::Column::CreditedMinor).sum().cast_as("BIGINT");
    let received: Vec<(i64, i64)> = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::PledgeId)
        .column_as(sum, "received")
        .group_by(receipt::Column::PledgeId)
        .into_tuple()
        .all(database)
        .await?;
    let received: HashMap<i64, i64> = received.into_iter().collect();
    let rows = pledge_instalment::Entity::find()
        .filter(pledge_instalment::Column::WithdrawnAt.is_null())
        .order_by_asc(pledge_instalment::Column::Due)
        .order_by_asc(pledge_instalment::Column::Id)
        .all(database)
        .await?;
    let mut planned: HashMap<i64, Vec<pledge_instalment::Model>> = HashMap::new();
    for row in rows {
        planned.entry(row.pledge_id).or_default().push(row);
    }
    let pledges = pledge::Entity::find().all(database).await?;
    pledges
        .into_iter()
        .map(|pledge| {
            let rows = planned.remove(&pledge.id).unwrap_or_default();
            one(received.get(&pledge.id).copied().unwrap_or(0), rows, pledge)
        })
        .collect()
}

fn one(received: i64, rows: Vec<pledge_instalment::Model>, pledge: pledge::Model) -> Result<Planned> {
    let currency = codes::currency(&pledge.currency)?;
    let due: Vec<PledgeInstalment> = rows
        .iter()
        .map(|row| PledgeInstalment { due: row.due, amount: Money::new(row.amount_minor, currency) })
        .collect();
    let left = unpaid(&due, received, pledge.written_down_minor);
    let instalments = rows.iter().zip(&due).zip(left).map(|((row, one), unpaid)| PlannedInstalment {
        id: row.id,
        due: one.due,
        whole: one.amount,
        unpaid,
    });
    Ok(Planned {
        instalments: instalments.collect(),
        outstanding: Money::new(pledge.amount_minor - received - pledge.written_down_minor, currency),
        pledge,
    })
}
