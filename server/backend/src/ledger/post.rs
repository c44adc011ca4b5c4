//! Posting a journal entry: balanced, numbered without gaps in its fiscal year, once for each command.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, NaiveDate};
use domain::errors::AppError;
use domain::ids::{DonorId, EntryId, GrantId};
use domain::ledger::{Event, Posting, balances};
use domain::periods::Period;
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, Set};

use super::entity::{journal_entry, posting};
use super::{kept, periods};
use crate::context::Work;
use crate::database;
use crate::error::{Error, Result, unknown_code};

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
/// `refused-period-closed` when the books of the day are closed; a defect when the postings do not balance; the
/// database's.
pub async fn post(work: &Work<'_>, entry: NewEntry<'_>) -> Result<EntryId> {
    if !balances(&entry.postings) || entry.postings.is_empty() {
        return Err(Error::Defect(format!("unbalanced entry for {}: {:?}", entry.event, entry.postings)));
    }
    let transaction = &work.transaction;
    periods::refuse_closed(transaction, entry.date).await?;
    let fiscal_year = i64::from(entry.date.year());
    let next = next(work, fiscal_year).await?;
    // First the postings and then the entry, whose trigger refuses it when they do not balance.
    posting::Entity::insert_many(lines(next.id, &entry)).exec_without_returning(transaction).await?;
    journal_entry::Entity::insert(row(work, &next, &entry)).exec_without_returning(transaction).await?;
    let counted_as = match entry.reverses {
        Some(reversed) => event_of(work, reversed).await?,
        None => entry.event,
    };
    kept::add(work, entry.date, counted_as, &entry.postings).await?;
    Ok(EntryId(next.id))
}

/// Rows in one statement to the database.
const CHUNK: usize = 500;

/// Posts many entries that undo nothing, with a few statements for all of them. The caller holds the money lock.
///
/// # Errors
/// As [`post`]; then none is posted.
pub(crate) async fn post_many(work: &Work<'_>, entries: &[NewEntry<'_>]) -> Result<()> {
    let mut sums: BTreeMap<(Period, Event), Vec<Posting>> = BTreeMap::new();
    let mut years: HashMap<i64, Next> = HashMap::new();
    let (mut postings, mut rows) = (Vec::new(), Vec::with_capacity(entries.len()));
    let mut last_id = None;
    for entry in entries {
        if !balances(&entry.postings) || entry.postings.is_empty() || entry.reverses.is_some() {
            return Err(Error::Defect(format!("no entry to post with others: {entry:?}")));
        }
        let month = Period::month_of(entry.date);
        if !sums.keys().any(|(known, _)| *known == month) {
            periods::refuse_closed(&work.transaction, entry.date).await?;
        }
        sums.entry((month, entry.event)).or_default().extend(&entry.postings);
        let year = i64::from(entry.date.year());
        let mut next = match years.get(&year) {
            Some(used) => Next { id: used.id, number: used.number + 1 },
            None => next(work, year).await?,
        };
        next.id = last_id.map_or(next.id, |last: i64| last + 1);
        last_id = Some(next.id);
        postings.extend(lines(next.id, entry));
        rows.push(row(work, &next, entry));
        years.insert(year, next);
    }
    for chunk in postings.chunks(CHUNK) {
        posting::Entity::insert_many(chunk.to_vec()).exec_without_returning(&work.transaction).await?;
    }
    for chunk in rows.chunks(CHUNK) {
        journal_entry::Entity::insert_many(chunk.to_vec()).exec_without_returning(&work.transaction).await?;
    }
    for ((month, event), postings) in sums {
        kept::add(work, month.first_day(), event, &postings).await?;
    }
    Ok(())
}

/// The debits and credits of an entry as rows.
fn lines(id: i64, entry: &NewEntry<'_>) -> Vec<posting::ActiveModel> {
    let line = |line: &Posting| posting::ActiveModel {
        entry_id: Set(id),
        account: Set(line.account.code().to_owned()),
        earmark: Set(line.earmark.code().to_owned()),
        currency: Set(line.amount.currency.code().to_owned()),
        amount_minor: Set(line.amount.minor),
        usd_minor: Set(line.usd_minor),
        rate: Set(line.rate.map(|rate| rate.units_per_usd.to_string())),
        rate_month: Set(line.rate.map(|rate| rate.month)),
        ..Default::default()
    };
    entry.postings.iter().map(line).collect()
}

fn row(work: &Work<'_>, next: &Next, entry: &NewEntry<'_>) -> journal_entry::ActiveModel {
    journal_entry::ActiveModel {
        id: Set(next.id),
        fiscal_year: Set(i64::from(entry.date.year())),
        number: Set(next.number),
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
    }
}

/// The next entry's identifier, and its number in the year.
#[derive(FromQueryResult)]
struct Next {
    id: i64,
    number: i64,
}

/// Both count on from the last entry, which nobody else can add to while the caller holds the money lock.
async fn next(work: &Work<'_>, fiscal_year: i64) -> Result<Next> {
    let sql = "SELECT COALESCE((SELECT MAX(id) FROM journal_entries), 0) + 1 AS id, \
               COALESCE((SELECT MAX(number) FROM journal_entries WHERE fiscal_year = $1), 0) + 1 AS number";
    let found = database::rows(&work.transaction, sql, [fiscal_year.into()]).await?;
    found.into_iter().next().ok_or_else(|| Error::Defect("the journal gives no number".to_owned()))
}

async fn event_of(work: &Work<'_>, id: EntryId) -> Result<Event> {
    let found = journal_entry::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    Event::from_code(&found.event).ok_or_else(|| unknown_code("event", &found.event))
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

/// Refuses a command id that stands in the books already, for a form whose own repeats the caller has told apart.
pub(crate) async fn refuse_used(work: &Work<'_>, command_id: &str) -> Result<()> {
    match find_command(work, command_id).await? {
        None => Ok(()),
        Some(_) => Err(AppError::refused("refused-command-used").into()),
    }
}

/// True when the same command did this to this record before. The same id for something else is refused.
pub(crate) async fn is_repeat(work: &Work<'_>, command_id: &str, event: Event, source_id: i64) -> Result<bool> {
    match find_command(work, command_id).await? {
        None => Ok(false),
        Some((known, source)) if known == event.code() && source == source_id => Ok(true),
        Some(_) => Err(AppError::refused("refused-command-used").into()),
    }
}
