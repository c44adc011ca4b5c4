//! Which receipts pay for a grant: what each entry of the books took from them, or gave back to them. The rows are
//! only ever added; what a grant has of a receipt is their sum.

use std::collections::{BTreeMap, HashMap};

use domain::contributions::{Earmark, FundingShare};
use domain::errors::AppError;
use domain::funding::{Purpose, Standing, allocate, available_for, by_earmark};
use domain::ids::{EntryId, GrantId, ReceiptId};
use domain::message::Message;
use domain::money::Money;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    RelationDef, Set,
};

use super::entity::grant_funding;
use super::queries::numbers;
use super::uses;
use crate::codes;
use crate::context::Work;
use crate::contributions::entity::{pledge, receipt};
use crate::contributions::sources;
use crate::error::Result;

/// Money chosen for a grant: from which receipts, and how much of each earmark that is.
pub(super) struct Chosen {
    pub(super) shares: Vec<FundingShare>,
    pub(super) by_earmark: Vec<(Earmark, i64)>,
}

/// Chooses the receipts that pay for an amount. The caller's transaction holds the money lock.
///
/// # Errors
/// `refused-not-enough-money` when what is available for the purpose does not cover the amount.
pub(super) async fn choose(work: &Work<'_>, amount: Money, purpose: Purpose) -> Result<Chosen> {
    let sources = sources(&work.transaction).await?;
    let shares = allocate(amount.minor, purpose, &sources).ok_or_else(|| {
        AppError::Refused(
            Message::new("refused-not-enough-money")
                .with("amount", amount)
                .with("available", Money::usd(available_for(purpose, &sources))),
        )
    })?;
    let earmarks: HashMap<ReceiptId, Earmark> =
        sources.into_iter().map(|source| (source.receipt, source.earmark)).collect();
    let sums = by_earmark(&shares, |receipt| earmarks.get(&receipt).copied().unwrap_or(Earmark::None));
    Ok(Chosen { shares, by_earmark: sums })
}

/// Keeps what an entry took from receipts, or, below zero, gave back to them.
pub(super) async fn keep(work: &Work<'_>, grant: GrantId, entry: EntryId, shares: &[FundingShare]) -> Result<()> {
    let rows = shares.iter().filter(|share| share.usd_minor != 0).map(|share| grant_funding::ActiveModel {
        grant_id: Set(grant.into()),
        receipt_id: Set(share.receipt.into()),
        entry_id: Set(entry.into()),
        usd_minor: Set(share.usd_minor),
        ..Default::default()
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        grant_funding::Entity::insert_many(rows).exec_without_returning(&work.transaction).await?;
    }
    Ok(())
}

/// Gives amounts by earmark, as the entry posted them, back to the receipts of which the grant has something that no
/// payment called on.
pub(super) async fn give_back(
    work: &Work<'_>,
    grant: GrantId,
    entry: EntryId,
    amounts: &[(Earmark, i64)],
) -> Result<()> {
    let returned = uses::negated(uses::shares(work, grant, amounts, Standing::open).await?);
    keep(work, grant, entry, &returned).await
}

/// From a part of a grant's funding to its receipt, and on to the receipt's pledge.
pub(crate) fn to_pledge() -> [RelationDef; 2] {
    let to_receipt = grant_funding::Entity::belongs_to(receipt::Entity)
        .from(grant_funding::Column::ReceiptId)
        .to(receipt::Column::Id)
        .into();
    let to_pledge =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    [to_receipt, to_pledge]
}

/// The numbers of the grants that have money of a receipt.
pub(crate) async fn numbers_paid_from(work: &Work<'_>, receipt: ReceiptId) -> Result<Vec<String>> {
    let grants: Vec<i64> = grant_funding::Entity::find()
        .select_only()
        .column(grant_funding::Column::GrantId)
        .filter(grant_funding::Column::ReceiptId.eq(receipt.0))
        .group_by(grant_funding::Column::GrantId)
        .having(Expr::col(grant_funding::Column::UsdMinor).sum().ne(0))
        .into_tuple()
        .all(&work.transaction)
        .await?;
    let mut numbers: Vec<String> = numbers(&work.transaction, grants).await?.into_values().collect();
    numbers.sort();
    Ok(numbers)
}

/// The earmark of each of some receipts.
pub(super) async fn earmarks<C: ConnectionTrait>(
    database: &C,
    receipts: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Earmark>> {
    let to_pledge =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    let rows: Vec<(i64, String)> = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::Id)
        .column(pledge::Column::Earmark)
        .join(JoinType::InnerJoin, to_pledge)
        .filter(receipt::Column::Id.is_in(receipts))
        .into_tuple()
        .all(database)
        .await?;
    rows.into_iter().map(|(id, code)| Ok((id, codes::earmark(&code)?))).collect()
}
