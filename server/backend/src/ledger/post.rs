//! Posting a journal entry: balanced, numbered without gaps in its fiscal year, once for each command.

use chrono::{Datelike as _, NaiveDate};
use domain::errors::AppError;
use domain::ids::{DonorId, EntryId, GrantId};
use domain::ledger::{Event, Posting, balances};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::entity::{journal_entry, posting};
use super::kept;
use crate::context::Work;
use crate::error::{Error, Result};

/// An entry to be posted.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// What happened.
    pub event: Event,
    /// The day it counts for.
    pub date: NaiveDate,
    /// Table of the record that caused it.
    pub source_kind: &'static str,
    /// Number of that record.
    pub source_id: i64,
    /// The donor concerned.
    pub donor: Option<DonorId>,
    /// The grant concerned.
    pub grant: Option<GrantId>,
    /// The caller's id of the command: a second entry for it is refused by the database.
    pub command_id: &'a str,
    /// The entry that this one undoes.
    pub reverses: Option<EntryId>,
    /// Debits and credits.
    pub postings: Vec<Posting>,
}

/// Posts an entry. The caller holds the lock of [`crate::Context::begin_money`], so that numbers have no gaps.
///
/// # Errors
/// A defect when the postings do not balance; the database's.
pub async fn post(work: &Work<'_>, entry: NewEntry<'_>) -> Result<EntryId> {
    if !balances(&entry.postings) || entry.postings.is_empty() {
        return Err(Error::Defect(format!("unbalanced entry for {}: {:?}", entry.event, entry.postings)));
    }
    let transaction = &work.transaction;
    let fiscal_year = i64::from(entry.date.year());
    let last: Option<Option<i64>> = journal_entry::Entity::find()
        .select_only()
        .column_as(journal_entry::Column::Number.max(), "last")
        .filter(journal_entry::Column::FiscalYear.eq(fiscal_year))
        .into_tuple()
        .one(transaction)
        .await?;
    let row = journal_entry::ActiveModel {
        fiscal_year: Set(fiscal_year),
        number: Set(last.flatten().unwrap_or(0) + 1),
        posting_date: Set(entry.date),
        event: Set(entry.event.code().to_owned()),
        source_kind: Set(entry.source_kind.to_owned()),
        source_id: Set(entry.source_id),
        donor_id: Set(entry.donor.map(Into::into)),
        grant_id: Set(entry.grant.map(Into::into)),
        actor_id: Set(work.context.actor.user.map(Into::into)),
        actor: Set(work.context.actor.name.clone()),
        command_id: Set(entry.command_id.to_owned()),
        reverses: Set(entry.reverses.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(transaction)
    .await?;
    let lines = entry.postings.iter().map(|line| posting::ActiveModel {
        entry_id: Set(row.id),
        account: Set(line.account.code().to_owned()),
        earmark: Set(line.earmark.code().to_owned()),
        currency: Set(line.amount.currency.code().to_owned()),
        amount_minor: Set(line.amount.minor),
        usd_minor: Set(line.usd_minor),
        ..Default::default()
    });
    posting::Entity::insert_many(lines).exec_without_returning(transaction).await?;
    kept::add(work, fiscal_year, entry.event, &entry.postings).await?;
    Ok(EntryId(row.id))
}

/// Refuses a command id from a form that could stand for one of the system's own entries, which begin with
/// `system/`: an entry's id is unique in the books, so that whoever took such an id first would stop the later step.
pub(crate) fn check_command(command_id: &str) -> Result<()> {
    if command_id.contains('/') { Err(AppError::refused("refused-command-malformed").into()) } else { Ok(()) }
}

/// The record that an earlier run of the same command made or changed, with its event. Every form's id passes here.
pub(crate) async fn find_command(work: &Work<'_>, command_id: &str) -> Result<Option<(String, i64)>> {
    check_command(command_id)?;
    let found = journal_entry::Entity::find()
        .filter(journal_entry::Column::CommandId.eq(command_id))
        .one(&work.transaction)
        .await?;
    Ok(found.map(|entry| (entry.event, entry.source_id)))
}
