//! Proofs that grants and postings say the same: each entry took from receipts what it posted by earmark, awards
//! are what is committed, and recoveries and their parts add up to what the books hold.

use std::collections::{BTreeMap, HashMap};

use domain::grants::GrantState;
use domain::ledger::{Account, Event};
use sea_orm::sea_query::{Expr, IntoColumnRef};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _,
    QuerySelect as _,
};

use super::entity::{grant, grant_funding, recovery, recovery_share, recovery_step};
use super::funding::to_pledge;
use crate::contributions::entity::pledge;
use crate::error::Result;
use crate::ledger::entity::{journal_entry, posting};
use crate::ledger::queries::to_entry;

/// Everything in which grants and postings differ.
pub(crate) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = funding(database).await?;
    findings.extend(super::use_proofs::compare(database).await?);
    findings.extend(awards(database).await?);
    findings.extend(recoveries(database).await?);
    Ok(findings)
}

fn total<T: IntoColumnRef>(column: T) -> Expr {
    Expr::col(column).sum().cast_as("BIGINT")
}

/// What each entry took from receipts, by earmark, is what it posted.
async fn funding<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let [to_receipt, to_pledge] = to_pledge();
    let taken: Vec<(i64, String, i64)> = grant_funding::Entity::find()
        .select_only()
        .column(grant_funding::Column::EntryId)
        .column(pledge::Column::Earmark)
        .column_as(total((grant_funding::Entity, grant_funding::Column::UsdMinor)), "taken")
        .join(JoinType::InnerJoin, to_receipt)
        .join(JoinType::InnerJoin, to_pledge)
        .group_by(grant_funding::Column::EntryId)
        .group_by(pledge::Column::Earmark)
        .into_tuple()
        .all(database)
        .await?;
    let commitments =
        [Event::Commitment, Event::CommitmentIncreased, Event::CommitmentDecreased, Event::CommitmentCancelled];
    let moves = Condition::any()
        .add(
            Condition::all()
                .add(posting::Column::Account.eq(Account::CommitmentsOpen.code()))
                .add(journal_entry::Column::Event.is_in(commitments.map(Event::code))),
        )
        .add(
            Condition::all()
                .add(posting::Column::Account.eq(Account::RecoveriesReceivable.code()))
                .add(journal_entry::Column::Event.eq(Event::RecoveryReceived.code())),
        );
    let posted: Vec<(i64, String, i64)> = posting::Entity::find()
        .select_only()
        .column(posting::Column::EntryId)
        .column(posting::Column::Earmark)
        .column_as(total((posting::Entity, posting::Column::UsdMinor)), "posted")
        .join(JoinType::InnerJoin, to_entry())
        .filter(moves)
        .group_by(posting::Column::EntryId)
        .group_by(posting::Column::Earmark)
        .into_tuple()
        .all(database)
        .await?;
    let mut both: BTreeMap<(i64, String), (i64, i64)> = BTreeMap::new();
    for (entry, earmark, minor) in taken {
        both.entry((entry, earmark)).or_default().0 += minor;
    }
    for (entry, earmark, minor) in posted {
        both.entry((entry, earmark)).or_default().1 += minor;
    }
    let differing = both.into_iter().filter(|(_, (taken, posted))| taken != posted);
    Ok(differing
        .map(|((entry, earmark), (taken, posted))| {
            format!("entry with id {entry}, earmark {earmark}: {taken} US cents taken from receipts, {posted} committed in the books")
        })
        .collect())
}

/// A grant that has not ended has its award of its receipts.
async fn awards<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let running: Vec<&str> =
        GrantState::ALL.iter().filter(|state| !state.is_over()).map(|state| state.code()).collect();
    let rows: Vec<(i64, i64)> = grant::Entity::find()
        .select_only()
        .column(grant::Column::Id)
        .column(grant::Column::AwardUsdMinor)
        .filter(grant::Column::State.is_in(running))
        .into_tuple()
        .all(database)
        .await?;
    let held: Vec<(i64, i64)> = grant_funding::Entity::find()
        .select_only()
        .column(grant_funding::Column::GrantId)
        .column_as(total(grant_funding::Column::UsdMinor), "held")
        .group_by(grant_funding::Column::GrantId)
        .into_tuple()
        .all(database)
        .await?;
    let held: HashMap<i64, i64> = held.into_iter().collect();
    let mut findings = Vec::new();
    for (id, award) in rows {
        let held = held.get(&id).copied().unwrap_or(0);
        if held != award {
            findings.push(format!("grant {id}: an award of {award} US cents, {held} taken from receipts"));
        }
    }
    Ok(findings)
}

/// What is owed, received and written off of each recovery: its row, its parts by receipt, its steps, the books.
async fn recoveries<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let shares: Vec<(i64, i64, i64, i64)> = recovery_share::Entity::find()
        .select_only()
        .column(recovery_share::Column::RecoveryId)
        .column_as(total(recovery_share::Column::UsdMinor), "due")
        .column_as(total(recovery_share::Column::ReceivedUsdMinor), "received")
        .column_as(total(recovery_share::Column::WrittenOffUsdMinor), "written_off")
        .group_by(recovery_share::Column::RecoveryId)
        .into_tuple()
        .all(database)
        .await?;
    let shares: HashMap<i64, (i64, i64, i64)> =
        shares.into_iter().map(|(id, due, received, written_off)| (id, (due, received, written_off))).collect();
    let steps: Vec<(i64, i64)> = recovery_step::Entity::find()
        .select_only()
        .column(recovery_step::Column::RecoveryId)
        .column_as(total(recovery_step::Column::UsdMinor), "steps")
        .group_by(recovery_step::Column::RecoveryId)
        .into_tuple()
        .all(database)
        .await?;
    let steps: HashMap<i64, i64> = steps.into_iter().collect();
    let books: Vec<(i64, String, i64)> = posting::Entity::find()
        .select_only()
        .column(journal_entry::Column::SourceId)
        .column(journal_entry::Column::Event)
        .column_as(total((posting::Entity, posting::Column::UsdMinor)), "posted")
        .join(JoinType::InnerJoin, to_entry())
        .filter(journal_entry::Column::SourceKind.eq("recovery"))
        .filter(posting::Column::Account.eq(Account::RecoveriesReceivable.code()))
        .group_by(journal_entry::Column::SourceId)
        .group_by(journal_entry::Column::Event)
        .into_tuple()
        .all(database)
        .await?;
    let books: HashMap<(i64, String), i64> =
        books.into_iter().map(|(id, event, posted)| ((id, event), posted)).collect();
    for row in recovery::Entity::find().all(database).await? {
        let is = (row.usd_minor, row.received_usd_minor, row.written_off_usd_minor);
        let of_shares = shares.get(&row.id).copied().unwrap_or_default();
        if of_shares != is {
            findings
                .push(format!("recovery {}: due, received and written off {is:?}, its parts {of_shares:?}", row.id));
        }
        let posted = |event: Event| books.get(&(row.id, event.code().to_owned())).copied().unwrap_or(0);
        let in_books =
            (posted(Event::RecoveryDue), -posted(Event::RecoveryReceived), -posted(Event::RecoveryWrittenOff));
        if in_books != is {
            findings
                .push(format!("recovery {}: due, received and written off {is:?}, in the books {in_books:?}", row.id));
        }
        let taken = steps.get(&row.id).copied().unwrap_or(0);
        if taken != row.received_usd_minor + row.written_off_usd_minor {
            findings.push(format!("recovery {}: steps of {taken} US cents differ from its row", row.id));
        }
    }
    Ok(findings)
}
