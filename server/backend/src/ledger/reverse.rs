//! Undoing an entry: another one takes back exactly what it posted, and names it.

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, EntryId, GrantId};
use domain::ledger::{Correction, Event, Posting, REVERSAL, reversal};
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::{journal_entry, posting};
use super::queries::to_posting;
use super::{NewEntry, find_command, post};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};

/// What the audit trail keeps of a reversal.
#[derive(serde::Serialize)]
struct Reversed<'a> {
    reversed_by: String,
    reason: &'a str,
}

/// Reverses an entry that is all there is of what it records. One that goes with a record is put right by the
/// record's own steps.
///
/// # Errors
/// Not allowed, not found, an entry that has its own steps or is reversed already, a closed period, or the database's.
pub async fn reverse(context: &Context, id: EntryId, typed: &Typed) -> Result<EntryId> {
    context.permit(Action::ReverseEntries, &Subject::NONE)?;
    let answers = REVERSAL.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let entry = journal_entry::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if find_command(&work, command_id).await?.is_some() {
        let first = journal_entry::Entity::find()
            .filter(journal_entry::Column::CommandId.eq(command_id))
            .filter(journal_entry::Column::Reverses.eq(id.0))
            .one(&work.transaction)
            .await?;
        return Ok(EntryId(first.ok_or_else(|| AppError::refused("refused-command-used"))?.id));
    }
    let event = Event::from_code(&entry.event).ok_or_else(|| unknown_code("event", &entry.event))?;
    match event.correction() {
        Correction::Reverse => {}
        Correction::Record => return Err(AppError::refused("refused-reversal-record").into()),
        Correction::Never => return Err(AppError::refused("refused-reversal-never").into()),
    }
    let made = post_reversal(&work, id, context.today(), command_id).await?;
    let number = journal_entry::Entity::find_by_id(made.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let noted =
        Reversed { reversed_by: format!("{}/{}", number.fiscal_year, number.number), reason: answers.text("reason") };
    audit::record::<(), _>(&work, "audit-entry-reversed", audit::Kind::Entry, id.0, None, Some(&noted)).await?;
    work.commit().await?;
    Ok(made)
}

/// Posts the entry that takes back another one, for a use case that undoes what it did. The caller holds the money
/// lock.
///
/// # Errors
/// `refused-entry-reversed` when it was taken back before, a closed period, or the database's.
pub async fn post_reversal(work: &Work<'_>, id: EntryId, date: NaiveDate, command_id: &str) -> Result<EntryId> {
    let transaction = &work.transaction;
    let entry = journal_entry::Entity::find_by_id(id.0).one(transaction).await?.ok_or(AppError::NotFound)?;
    let before =
        journal_entry::Entity::find().filter(journal_entry::Column::Reverses.eq(id.0)).count(transaction).await?;
    if before > 0 {
        return Err(AppError::refused("refused-entry-reversed").into());
    }
    let rows = posting::Entity::find()
        .filter(posting::Column::EntryId.eq(id.0))
        .order_by_asc(posting::Column::Id)
        .all(transaction)
        .await?;
    let postings: Vec<Posting> = rows.iter().map(to_posting).collect::<Result<_>>()?;
    let kind = source_kind(&entry.source_kind)?;
    let new = NewEntry {
        event: Event::Reversal,
        date,
        source_kind: kind,
        source_id: entry.source_id,
        donor: entry.donor_id.map(DonorId),
        grant: entry.grant_id.map(GrantId),
        command_id,
        reverses: Some(id),
        postings: reversal(&postings),
    };
    post(work, new).await
}

/// The tables whose records cause entries.
const SOURCE_KINDS: &[&str] =
    &["pledge", "receipt", "grant", "disbursement", "report", "psc-transfer", "recovery", "unidentified"];

fn source_kind(kind: &str) -> Result<&'static str> {
    SOURCE_KINDS.iter().find(|known| **known == kind).copied().ok_or_else(|| unknown_code("source", kind))
}
