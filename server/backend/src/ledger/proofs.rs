//! Proofs that the records and the postings say the same: what is left of each receipt and of each earmark, where each
//! disbursement stands, and that nothing is in a table that is not in the books.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::contributions::Earmark;

use domain::disbursements::DisbursementState;
use domain::funding::Source;
use domain::ledger::{Account, Event};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::entity::{journal_entry, posting};
use super::kept::{self, SumsByEarmark};
use super::queries::to_entry;
use crate::contributions::entity::{pledge, receipt};
use crate::contributions::sources;
use crate::database;
use crate::disbursements::entity::disbursement;
use crate::error::Result;

/// Pledges and receipts against the postings, whose sums by earmark are given; and whether what grants took of receipts holds.
pub(super) async fn receipts<C: ConnectionTrait>(
    database: &C,
    sums: &SumsByEarmark,
    grants_hold: bool,
) -> Result<Vec<String>> {
    let mut findings = without_entry(database).await?;
    findings.extend(crate::contributions::proofs::compare(database).await?);
    let sources = sources(database).await?;
    // Where a row is wrong, it is named, and not the sum that is wrong with it.
    if grants_hold && findings.is_empty() {
        findings.extend(earmarks(&sources, sums));
    }
    for source in sources.iter().filter(|source| source.available < 0) {
        findings
            .push(format!("receipt {}: {} US cents more committed than received", source.receipt, -source.available));
    }
    Ok(findings)
}

/// Where each disbursement stands, against the postings.
pub(super) async fn disbursements<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = balances_of_grants(database).await?;
    findings.extend(states_of_disbursements(database).await?);
    findings.extend(crate::disbursements::proofs(database).await?);
    Ok(findings)
}

/// What reports account for, and what was paid over of programme support, against the postings.
pub(super) async fn reports<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = crate::reports::proofs::compare(database).await?;
    findings.extend(transfers(database).await?);
    Ok(findings)
}

/// What is left of the receipts of an earmark, which decides what may be awarded, is what the books have available.
fn earmarks(sources: &[Source], sums: &SumsByEarmark) -> Vec<String> {
    let mut both: BTreeMap<Earmark, (i64, i64)> = BTreeMap::new();
    for source in sources {
        both.entry(source.earmark).or_default().0 += source.available;
    }
    for (earmark, sums) in sums {
        both.entry(*earmark).or_default().1 = kept::position(sums).available;
    }
    let differing = both.into_iter().filter(|(_, (left, available))| left != available);
    differing
        .map(|(earmark, (left, available))| {
            format!("earmark {earmark}: {left} US cents left of its receipts, {available} available in the books")
        })
        .collect()
}

#[derive(FromQueryResult)]
struct Transferred {
    id: i64,
    usd_minor: i64,
    posted: i64,
}

/// A transfer of programme support costs is what its entry took from what was set aside.
async fn transfers<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT * FROM (SELECT t.id, t.usd_minor, CAST(COALESCE(SUM(p.usd_minor), 0) AS BIGINT) AS posted \
               FROM psc_transfers t LEFT JOIN journal_entries e ON e.source_kind = 'psc-transfer' AND e.source_id = t.id \
               AND e.event = $1 LEFT JOIN postings p ON p.entry_id = e.id AND p.account = $2 GROUP BY t.id) AS compared \
               WHERE usd_minor <> posted ORDER BY id";
    let values = [Event::ProgrammeSupportTransferred.code().into(), Account::ProgrammeSupportSetAside.code().into()];
    let rows: Vec<Transferred> = database::rows(database, sql, values).await?;
    let said = |row: Transferred| {
        format!(
            "transfer {} of programme support costs: {} US cents, {} in its entry",
            row.id, row.usd_minor, row.posted
        )
    };
    Ok(rows.into_iter().map(said).collect())
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
