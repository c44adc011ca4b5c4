//! What the postings of one grant add up to, by the earmark of the money.

use std::collections::BTreeMap;

use domain::contributions::Earmark;
use domain::ledger::Account;
use domain::money::split_in_proportion;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
};

use crate::codes;
use crate::error::Result;
use crate::ledger::entity::{journal_entry, posting};
use crate::ledger::queries::to_entry;

/// US cents by earmark; debit positive.
pub(crate) type ByEarmark = BTreeMap<Earmark, i64>;

/// The accounts that together say what was paid to the partner and is not accounted for: an advance counts once
/// the bank has paid it, not while it is only approved or on its way.
pub(crate) const PAID_ADVANCES: &[Account] =
    &[Account::AdvancesToPartners, Account::PaymentsApproved, Account::PaymentsInTransit];

/// The sum of some accounts' postings for a grant.
pub(crate) async fn balances<C: ConnectionTrait>(database: &C, grant: i64, accounts: &[Account]) -> Result<ByEarmark> {
    let rows: Vec<(String, i64)> = posting::Entity::find()
        .select_only()
        .column(posting::Column::Earmark)
        .column_as(Expr::col((posting::Entity, posting::Column::UsdMinor)).sum().cast_as("BIGINT"), "balance")
        .join(JoinType::InnerJoin, to_entry())
        .filter(journal_entry::Column::GrantId.eq(grant))
        .filter(posting::Column::Account.is_in(accounts.iter().map(|account| account.code())))
        .group_by(posting::Column::Earmark)
        .into_tuple()
        .all(database)
        .await?;
    rows.into_iter()
        .map(|(code, balance)| {
            let earmark = codes::earmark(&code)?;
            Ok((earmark, balance))
        })
        .collect()
}

/// The commitment that no disbursement under way has called on, by earmark.
pub(crate) async fn uncalled<C: ConnectionTrait>(database: &C, grant: i64) -> Result<ByEarmark> {
    let mut open = balances(database, grant, &[Account::CommitmentsOpen]).await?;
    let pending = [Account::DisbursementsRequested, Account::DisbursementsCertified];
    for (earmark, called) in balances(database, grant, &pending).await? {
        *open.entry(earmark).or_default() -= called;
    }
    open.retain(|_, left| *left > 0);
    Ok(open)
}

/// The sum of some accounts' postings for a grant, over all earmarks.
pub(crate) async fn total<C: ConnectionTrait>(database: &C, grant: i64, accounts: &[Account]) -> Result<i64> {
    Ok(sum(&balances(database, grant, accounts).await?))
}

/// All earmarks together.
pub(crate) fn sum(balances: &ByEarmark) -> i64 {
    balances.values().sum()
}

/// Spreads an amount over earmarks in proportion to what each has. As long as the amount is not more than all
/// have, no earmark bears more than its own, and the last amount uses each of them up to the cent.
pub(crate) fn split(amount: i64, balances: &ByEarmark) -> Vec<(Earmark, i64)> {
    let weights: Vec<i64> = balances.values().copied().collect();
    balances.keys().copied().zip(split_in_proportion(amount, &weights)).filter(|(_, part)| *part != 0).collect()
}
