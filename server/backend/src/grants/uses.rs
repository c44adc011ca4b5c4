//! How far the money of each receipt got in a grant: approved for payment, paid, spent. Each entry that moves it keeps
//! what it moved of each receipt, so that a later change of the award moves nothing of what was paid before. The rows
//! are only ever added; a step back adds what it took, below zero.

use std::collections::BTreeMap;

use domain::contributions::{Earmark, FundingShare};
use domain::disbursements::DisbursementEvent;
use domain::funding::{Held, MoneyStage, Standing, parts, spent_elsewhere};
use domain::ids::{EntryId, GrantId, ReceiptId};
use domain::ledger::{Account, Event, Posting};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationDef, Set,
};

use super::entity::{grant_funding, money_use};
use super::funding::earmarks;
use crate::context::Work;
use crate::contributions::entity::receipt;
use crate::error::{Error, Result, unknown_code};
use crate::ledger::entity::journal_entry;

/// From what an entry moved to the entry.
pub(crate) fn to_entry() -> RelationDef {
    money_use::Entity::belongs_to(journal_entry::Entity)
        .from(money_use::Column::EntryId)
        .to(journal_entry::Column::Id)
        .into()
}

/// From what an entry moved to its receipt, and on to the receipt's pledge.
pub(crate) fn to_pledge() -> [RelationDef; 2] {
    let to_receipt = money_use::Entity::belongs_to(receipt::Entity)
        .from(money_use::Column::ReceiptId)
        .to(receipt::Column::Id)
        .into();
    let [_, to_pledge] = super::funding::to_pledge();
    [to_receipt, to_pledge]
}

/// How far the money of each receipt got, of one grant or of all, by grant and in the order of the receipts.
pub(crate) async fn standings<C: ConnectionTrait>(
    database: &C,
    grant: Option<GrantId>,
) -> Result<BTreeMap<i64, Vec<Standing>>> {
    use grant_funding::Column as F;
    use money_use::Column as U;
    let mut held = grant_funding::Entity::find()
        .select_only()
        .column(F::GrantId)
        .column(F::ReceiptId)
        .column_as(Expr::col(F::UsdMinor).sum().cast_as("BIGINT"), "held")
        .group_by(F::GrantId)
        .group_by(F::ReceiptId);
    let mut used = money_use::Entity::find()
        .select_only()
        .column(U::GrantId)
        .column(U::ReceiptId)
        .column(U::Stage)
        .column_as(Expr::col(U::UsdMinor).sum().cast_as("BIGINT"), "used")
        .group_by(U::GrantId)
        .group_by(U::ReceiptId)
        .group_by(U::Stage);
    if let Some(grant) = grant {
        held = held.filter(F::GrantId.eq(grant.0));
        used = used.filter(U::GrantId.eq(grant.0));
    }
    let held: Vec<(i64, i64, i64)> = held.into_tuple().all(database).await?;
    let used: Vec<(i64, i64, String, i64)> = used.into_tuple().all(database).await?;
    let receipts = held.iter().map(|row| row.1).chain(used.iter().map(|row| row.1));
    let earmarks = earmarks(database, receipts.collect::<std::collections::BTreeSet<i64>>()).await?;
    let mut found: BTreeMap<i64, BTreeMap<i64, Standing>> = BTreeMap::new();
    let mut standing = |grant, receipt, change: &dyn Fn(&mut Standing)| {
        let fresh = Standing {
            receipt: ReceiptId(receipt),
            earmark: earmarks.get(&receipt).copied().unwrap_or(Earmark::None),
            held: 0,
            advanced: 0,
            paid: 0,
            spent: 0,
        };
        change(found.entry(grant).or_default().entry(receipt).or_insert(fresh));
    };
    for (grant, receipt, usd_minor) in held {
        standing(grant, receipt, &|known| known.held = usd_minor);
    }
    for (grant, receipt, stage, usd_minor) in used {
        let stage = MoneyStage::from_code(&stage).ok_or_else(|| unknown_code("stage of money", &stage))?;
        standing(grant, receipt, &|known| match stage {
            MoneyStage::Advanced => known.advanced = usd_minor,
            MoneyStage::Paid => known.paid = usd_minor,
            MoneyStage::Spent => known.spent = usd_minor,
        });
    }
    Ok(found.into_iter().map(|(grant, standings)| (grant, standings.into_values().collect())).collect())
}

async fn of_grant(work: &Work<'_>, grant: GrantId) -> Result<Vec<Standing>> {
    Ok(standings(&work.transaction, Some(grant)).await?.remove(&grant.0).unwrap_or_default())
}

/// The part that each receipt bears of amounts by earmark, in proportion to what it has of some kind, such as
/// [`Standing::open`].
pub(crate) async fn shares(
    work: &Work<'_>,
    grant: GrantId,
    amounts: &[(Earmark, i64)],
    of: fn(Standing) -> Held,
) -> Result<Vec<FundingShare>> {
    let held: Vec<Held> = of_grant(work, grant).await?.into_iter().map(of).collect();
    parts(amounts, &held)
        .ok_or_else(|| Error::Defect(format!("grant {grant} has less of its receipts than {amounts:?}")))
}

/// Keeps what an entry moved to a stage, or, below zero, back from it.
pub(crate) async fn keep(
    work: &Work<'_>,
    grant: GrantId,
    entry: EntryId,
    stage: MoneyStage,
    shares: &[FundingShare],
) -> Result<()> {
    let rows = shares.iter().filter(|share| share.usd_minor != 0).map(|share| money_use::ActiveModel {
        grant_id: Set(grant.into()),
        receipt_id: Set(share.receipt.into()),
        entry_id: Set(entry.into()),
        stage: Set(stage.code().to_owned()),
        usd_minor: Set(share.usd_minor),
        ..Default::default()
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        money_use::Entity::insert_many(rows).exec_without_returning(&work.transaction).await?;
    }
    Ok(())
}

/// Keeps what an entry of a disbursement moved. The approval chooses the receipts; every later step moves the very
/// same amounts, forward or back. The caller's transaction holds the money lock.
pub(crate) async fn of_step(
    work: &Work<'_>,
    grant: GrantId,
    disbursement: i64,
    event: DisbursementEvent,
    entry: EntryId,
    postings: &[Posting],
) -> Result<()> {
    use DisbursementEvent as E;
    match event {
        E::Approve => {
            let advances = postings.iter().filter(|line| line.account == Account::AdvancesToPartners);
            let amounts: Vec<(Earmark, i64)> = advances.map(|line| (line.earmark, line.usd_minor)).collect();
            let shares = shares(work, grant, &amounts, Standing::open).await?;
            keep(work, grant, entry, MoneyStage::Advanced, &shares).await
        }
        E::Confirm => {
            let shares = of_approval(work, disbursement).await?;
            keep(work, grant, entry, MoneyStage::Paid, &shares).await
        }
        E::Fail | E::Void => {
            let shares = negated(of_approval(work, disbursement).await?);
            keep(work, grant, entry, MoneyStage::Advanced, &shares).await
        }
        E::Bounce => {
            let shares = negated(of_approval(work, disbursement).await?);
            keep(work, grant, entry, MoneyStage::Advanced, &shares).await?;
            keep(work, grant, entry, MoneyStage::Paid, &shares).await?;
            let moved = spent_elsewhere(&of_grant(work, grant).await?)
                .ok_or_else(|| Error::Defect(format!("grant {grant} spent what came back")))?;
            keep(work, grant, entry, MoneyStage::Spent, &moved).await
        }
        E::Certify | E::Release | E::Resubmit | E::Return | E::Reject => Ok(()),
    }
}

/// The other way round.
pub(crate) fn negated(shares: Vec<FundingShare>) -> Vec<FundingShare> {
    shares.into_iter().map(|share| FundingShare { receipt: share.receipt, usd_minor: -share.usd_minor }).collect()
}

/// What the last approval of a disbursement took of each receipt.
async fn of_approval(work: &Work<'_>, disbursement: i64) -> Result<Vec<FundingShare>> {
    let rows = money_use::Entity::find()
        .join(JoinType::InnerJoin, to_entry())
        .filter(journal_entry::Column::SourceKind.eq("disbursement"))
        .filter(journal_entry::Column::SourceId.eq(disbursement))
        .filter(journal_entry::Column::Event.eq(Event::DisbursementApproved.code()))
        .order_by_asc(money_use::Column::Id)
        .all(&work.transaction)
        .await?;
    let last = rows.iter().map(|row| row.entry_id).max();
    let shares: Vec<FundingShare> = rows
        .iter()
        .filter(|row| Some(row.entry_id) == last)
        .map(|row| FundingShare { receipt: ReceiptId(row.receipt_id), usd_minor: row.usd_minor })
        .collect();
    match shares.is_empty() {
        true => Err(Error::Defect(format!("disbursement {disbursement} without the receipts of its approval"))),
        false => Ok(shares),
    }
}
