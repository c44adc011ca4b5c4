//! Open pledges with what of each instalment is still to come, for lists over all of them.

use std::collections::{BTreeMap, HashMap};

use domain::contributions::{PledgeInstalment, unpaid};
use domain::money::{Currency, Money};
use domain::receipts::OpenPledge;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::entity::{pledge, pledge_instalment, receipt};
use super::settle::open_from;
use crate::codes;
use crate::error::Result;

/// A pledge with its instalments.
pub(super) struct Planned {
    pub(super) pledge: pledge::Model,
    /// What of it is closed in the books.
    pub(super) open: OpenPledge,
    /// What of it did not come in and was not written down.
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

/// Pledges of which something is neither come in nor written down.
const OPEN: &str = "pledges.amount_minor - pledges.written_down_minor > \
                    COALESCE((SELECT SUM(credited_minor) FROM receipts WHERE pledge_id = pledges.id), 0)";

/// Pledges in one statement to the database.
const CHUNK: usize = 500;

/// Every pledge of which something is still to come; those that are paid stay in the database.
pub(super) async fn load<C: ConnectionTrait>(database: &C) -> Result<Vec<Planned>> {
    let pledges = pledge::Entity::find().filter(Expr::cust(OPEN)).all(database).await?;
    of(database, pledges).await
}

/// The minor units of one whole unit of a pledge's currency, in SQL.
pub(crate) fn unit() -> String {
    let mut codes: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for currency in Currency::all_codes().into_iter().filter_map(Currency::from_code) {
        codes.entry(currency.unit()).or_default().push(format!("'{currency}'"));
    }
    let usual = Currency::USD.unit();
    let others = codes.into_iter().filter(|(unit, _)| *unit != usual);
    let cases = others.map(|(unit, codes)| format!("WHEN pledges.currency IN ({}) THEN {unit} ", codes.join(", ")));
    format!("CASE {}ELSE {usual} END", cases.collect::<String>())
}

/// These pledges with their instalments.
pub(super) async fn of<C: ConnectionTrait>(database: &C, pledges: Vec<pledge::Model>) -> Result<Vec<Planned>> {
    let mut received: HashMap<i64, Received> = HashMap::new();
    let mut planned: HashMap<i64, Vec<pledge_instalment::Model>> = HashMap::new();
    for chunk in pledges.chunks(CHUNK) {
        let ids = || chunk.iter().map(|pledge| pledge.id);
        received.extend(receipts(database, ids()).await?.into_iter().map(|sums| (sums.pledge_id, sums)));
        let rows = pledge_instalment::Entity::find()
            .filter(pledge_instalment::Column::PledgeId.is_in(ids()))
            .filter(pledge_instalment::Column::WithdrawnAt.is_null())
            .order_by_asc(pledge_instalment::Column::Due)
            .order_by_asc(pledge_instalment::Column::Id)
            .all(database)
            .await?;
        for row in rows {
            planned.entry(row.pledge_id).or_default().push(row);
        }
    }
    pledges
        .into_iter()
        .map(|pledge| {
            let rows = planned.remove(&pledge.id).unwrap_or_default();
            one(received.remove(&pledge.id).unwrap_or_default(), rows, pledge)
        })
        .collect()
}

/// What came in for a pledge, in minor units of its currency, and what of it that settled in the books.
#[derive(Default, FromQueryResult)]
struct Received {
    pledge_id: i64,
    credited: i64,
    settled: i64,
    settled_usd: i64,
}

async fn receipts<C: ConnectionTrait>(database: &C, pledges: impl Iterator<Item = i64>) -> Result<Vec<Received>> {
    let sum = |column: receipt::Column| Expr::col(column).sum().cast_as("BIGINT");
    Ok(receipt::Entity::find()
        .select_only()
        .column(receipt::Column::PledgeId)
        .column_as(sum(receipt::Column::CreditedMinor), "credited")
        .column_as(sum(receipt::Column::SettledMinor), "settled")
        .column_as(sum(receipt::Column::SettledUsdMinor), "settled_usd")
        .filter(receipt::Column::PledgeId.is_in(pledges))
        .group_by(receipt::Column::PledgeId)
        .into_model()
        .all(database)
        .await?)
}

fn one(received: Received, rows: Vec<pledge_instalment::Model>, pledge: pledge::Model) -> Result<Planned> {
    let currency = codes::currency(&pledge.currency)?;
    let due: Vec<PledgeInstalment> = rows
        .iter()
        .map(|row| PledgeInstalment { due: row.due, amount: Money::new(row.amount_minor, currency) })
        .collect();
    let left = unpaid(&due, received.credited, pledge.written_down_minor);
    let instalments = rows.iter().zip(&due).zip(left).map(|((row, one), unpaid)| PlannedInstalment {
        id: row.id,
        due: one.due,
        whole: one.amount,
        unpaid,
    });
    Ok(Planned {
        instalments: instalments.collect(),
        outstanding: Money::new(pledge.amount_minor - received.credited - pledge.written_down_minor, currency),
        open: open_from(&pledge, received.settled, received.settled_usd)?,
        pledge,
    })
}
