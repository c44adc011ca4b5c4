//! Proofs that pledges, receipts and held money are what the books say: what is still to come of each pledge, and what
//! is held unidentified.

use std::collections::{BTreeSet, HashMap};

use domain::ledger::Account;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
};

use super::bank_entity::unidentified;
use super::entity::{pledge, receipt};
use super::receipt_proofs;
use super::unidentified::HeldState;
use crate::error::Result;
use crate::ledger::entity::{journal_entry, posting};
use crate::ledger::queries::to_entry;

/// Table, number, US cents.
type Sums = HashMap<(String, i64), i64>;

/// Everything in which contributions and postings differ.
pub(crate) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = receipt_proofs::compare(database).await?;
    // What follows from the rows is compared only where each row is right: else the row is named, and not its pledge.
    if findings.is_empty() {
        findings.extend(receivables(database).await?);
    }
    findings.extend(held(database).await?);
    Ok(findings)
}

/// An account's postings by the record that caused them.
async fn by_source<C: ConnectionTrait>(database: &C, account: Account) -> Result<Sums> {
    let rows: Vec<(String, i64, i64)> = posting::Entity::find()
        .select_only()
        .column(journal_entry::Column::SourceKind)
        .column(journal_entry::Column::SourceId)
        .column_as(Expr::col((posting::Entity, posting::Column::UsdMinor)).sum().cast_as("BIGINT"), "balance")
        .join(JoinType::InnerJoin, to_entry())
        .filter(posting::Column::Account.eq(account.code()))
        .group_by(journal_entry::Column::SourceKind)
        .group_by(journal_entry::Column::SourceId)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|(kind, id, balance)| ((kind, id), balance)).collect())
}

/// What is still to come of a pledge is pledged, less settled, less given up; and no more is closed than was pledged.
async fn receivables<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let posted = by_source(database, Account::ContributionsReceivable).await?;
    let mut by_pledge: HashMap<i64, i64> =
        posted.iter().filter(|((kind, _), _)| kind == "pledge").map(|((_, id), balance)| (*id, *balance)).collect();
    let receipts: Vec<(i64, i64, i64, i64)> = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::Id)
        .column(receipt::Column::PledgeId)
        .column(receipt::Column::SettledMinor)
        .column(receipt::Column::SettledUsdMinor)
        .into_tuple()
        .all(database)
        .await?;
    let mut settled: HashMap<i64, (i64, i64)> = HashMap::new();
    for (id, pledge, minor, usd_minor) in receipts {
        let sums = settled.entry(pledge).or_default();
        (sums.0, sums.1) = (sums.0 + minor, sums.1 + usd_minor);
        let balance = posted.get(&("receipt".to_owned(), id)).copied().unwrap_or(0);
        *by_pledge.entry(pledge).or_default() += balance;
    }
    let mut findings = Vec::new();
    for row in pledge::Entity::find().all(database).await? {
        let (minor, usd_minor) = settled.remove(&row.id).unwrap_or_default();
        let expected = row.usd_minor - usd_minor - row.written_down_usd_minor;
        let is = by_pledge.remove(&row.id).unwrap_or(0);
        if expected != is {
            findings.push(format!("pledge {}: {expected} US cents still to come, {is} in the books", row.id));
        }
        let closed = minor + row.written_down_minor;
        if closed > row.amount_minor || (closed == row.amount_minor && is != 0) {
            findings.push(format!(
                "pledge {}: {closed} of {} {} settled or given up, and {is} US cents still to come",
                row.id, row.amount_minor, row.currency
            ));
        }
    }
    Ok(findings)
}

/// What is held is in the books as held; what was decided is not. How much it is, is compared with its entry.
async fn held<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let posted = by_source(database, Account::ReceiptsUnidentified).await?;
    let of = |kind: &str, id: i64| posted.get(&(kind.to_owned(), id)).copied().unwrap_or(0);
    let mut findings = Vec::new();
    let mut receipts = BTreeSet::new();
    for row in unidentified::Entity::find().all(database).await? {
        let taken = row.receipt_id.map_or(0, |receipt| of("receipt", receipt));
        receipts.extend(row.receipt_id);
        let is = of("unidentified", row.id) + taken;
        if (row.state == HeldState::Held.code()) != (is != 0) {
            findings.push(format!("held receipt {}: {}, and {} US cents held in the books", row.id, row.state, -is));
        }
    }
    let strangers =
        posted.iter().filter(|((kind, id), balance)| kind == "receipt" && **balance != 0 && !receipts.contains(id));
    findings.extend(strangers.map(|((_, id), balance)| {
        format!("receipt {id}: {balance} US cents taken from held money, and no held money says so")
    }));
    Ok(findings)
}
