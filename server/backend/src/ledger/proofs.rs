//! Proofs that the records and the postings say the same: what is left of each receipt, where each disbursement stands, and that nothing is in a table that is not in the books.

use std::collections::{HashMap, HashSet};

use domain::disbursements::DisbursementState;
use domain::ledger::{Account, Event};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::entity::{journal_entry, posting};
use super::queries::to_entry;
use crate::contributions::entity::{pledge, receipt};
use crate::contributions::sources;
use crate::disbursements::entity::disbursement;
use crate::error::Result;

/// Everything in which records and postings differ.
pub(super) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = crate::grants::proofs::compare(database).await?;
    for source in sources(database).await?.iter().filter(|source| source.available < 0) {
        findings
            .push(format!("receipt {}: {} US cents more committed than received", source.receipt, -source.available));
    }
    findings.extend(balances_of_grants(database).await?);
    findings.extend(states_of_disbursements(database).await?);
    findings.extend(without_entry(database).await?);
    findings.extend(crate::contributions::proofs::compare(database).await?);
    findings.extend(crate::disbursements::proofs(database).await?);
    Ok(findings)
}

/// No account of a grant that can only be filled and emptied stands on the wrong side.
async fn balances_of_grants<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let debit = [
        Account::CommitmentsOpen,
        Account::DisbursementsRequested,
        Account::DisbursementsCertified,
        Account::RecoveriesReceivable,
    ];
    let credit = [Account::PaymentsApproved, Account::PaymentsInTransit];
    let codes = debit.iter().chain(&credit).map(|account| account.code());
    let rows: Vec<(Option<i64>, String, i64)> = posting::Entity::find()
        .select_only()
        .column(journal_entry::Column::GrantId)
        .column(posting::Column::Account)
        .column_as(Expr::col((posting::Entity, posting::Column::UsdMinor)).sum().cast_as("BIGINT"), "balance")
        .join(JoinType::InnerJoin, to_entry())
        .filter(posting::Column::Account.is_in(codes))
        .group_by(journal_entry::Column::GrantId)
        .group_by(posting::Column::Account)
        .into_tuple()
        .all(database)
        .await?;
    let wrong = |account: &str, balance: i64| match credit.iter().any(|known| known.code() == account) {
        true => balance > 0,
        false => balance < 0,
    };
    Ok(rows
        .into_iter()
        .filter(|(_, account, balance)| wrong(account, *balance))
        .map(|(grant, account, balance)| {
            format!("grant {}: account {account} stands at {balance} US cents, on the wrong side", grant.unwrap_or(0))
        })
        .collect())
}

/// A disbursement stands where its last entry left it.
async fn states_of_disbursements<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let steps = DisbursementState::ALL.iter().map(|state| format!("disbursement-{state}"));
    let entries: Vec<(i64, String)> = journal_entry::Entity::find()
        .select_only()
        .column(journal_entry::Column::SourceId)
        .column(journal_entry::Column::Event)
        .filter(journal_entry::Column::SourceKind.eq("disbursement"))
        .filter(journal_entry::Column::Event.is_in(steps))
        .order_by_asc(journal_entry::Column::Id)
        .into_tuple()
        .all(database)
        .await?;
    let last: HashMap<i64, String> = entries.into_iter().collect();
    let rows: Vec<(i64, String)> = disbursement::Entity::find()
        .select_only()
        .column(disbursement::Column::Id)
        .column(disbursement::Column::State)
        .order_by_asc(disbursement::Column::Id)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, state)| match last.get(&id) {
            None => Some(format!("disbursement {id}: {state}, without an entry")),
            Some(event) if *event != format!("disbursement-{state}") => {
                Some(format!("disbursement {id}: {state}, but its last entry is {event}"))
            }
            Some(_) => None,
        })
        .collect())
}

/// Every pledge and every receipt has its entry; one that takes back another shares the records of that one.
async fn without_entry<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let entries: Vec<(String, i64)> = journal_entry::Entity::find()
        .select_only()
        .column(journal_entry::Column::SourceKind)
        .column(journal_entry::Column::SourceId)
        .filter(
            journal_entry::Column::Event
                .is_in([Event::Pledge, Event::Receipt, Event::ReceiptIdentified].map(Event::code)),
        )
        .into_tuple()
        .all(database)
        .await?;
    let known: HashSet<(String, i64)> = entries.into_iter().collect();
    let pledges: Vec<i64> =
        pledge::Entity::find().select_only().column(pledge::Column::Id).into_tuple().all(database).await?;
    let receipts: Vec<i64> = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::Id)
        .filter(receipt::Column::Undoes.is_null())
        .into_tuple()
        .all(database)
        .await?;
    let all = pledges.into_iter().map(|id| ("pledge", id)).chain(receipts.into_iter().map(|id| ("receipt", id)));
    Ok(all
        .filter(|(kind, id)| !known.contains(&((*kind).to_owned(), *id)))
        .map(|(kind, id)| format!("{kind} {id}: no entry in the books"))
        .collect())
}
