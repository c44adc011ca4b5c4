//! What the postings add up to: the Fund's position, and the journal page by page.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::ids::EntryId;
use domain::ledger::{Account, Event, Position, Posting, UsedRate};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    RelationDef,
};

use super::entity::{journal_entry, posting};
use super::kept;
use crate::codes;
use crate::context::Context;
use crate::contributions::to_decimal;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, contains, page_of};

/// From a posting to its entry.
pub(crate) fn to_entry() -> RelationDef {
    posting::Entity::belongs_to(journal_entry::Entity)
        .from(posting::Column::EntryId)
        .to(journal_entry::Column::Id)
        .into()
}

/// An entry with its postings, as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Identifier.
    pub id: EntryId,
    /// Fiscal year.
    pub fiscal_year: i64,
    /// Number in the year.
    pub number: i64,
    /// Day it counts for.
    pub date: NaiveDate,
    /// What happened.
    pub event: Event,
    /// Who posted it.
    pub actor: String,
    /// Table and number of the record that caused it.
    pub source: (String, i64),
    /// Debits and credits.
    pub postings: Vec<Posting>,
}

/// The balance of each account that has postings, in US cents; debit positive.
///
/// # Errors
/// The database's.
pub async fn balances<C: ConnectionTrait>(database: &C) -> Result<Vec<(Account, i64)>> {
    Ok(kept::by_account(&kept::sums(database).await?).into_iter().collect())
}

/// The Fund's books at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    /// Where the Fund stands.
    pub position: Position,
    /// The balance of each account that has postings, in US cents, debit positive, in the order of the chart.
    pub balances: Vec<(Account, i64)>,
    /// US cents available to commit by earmark; earmarks of which nothing was received are left out.
    pub available: Vec<(Earmark, i64)>,
}

/// Position, balances and what is available by earmark, all at one moment.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn books(context: &Context) -> Result<Books> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let by_earmark = kept::sums_by_earmark(context.database()).await?;
    let sums = kept::all(&by_earmark);
    let balances = kept::by_account(&sums).into_iter().collect();
    Ok(Books { position: kept::position(&sums), balances, available: kept::available(&by_earmark) })
}

/// Position and balances at the end of a day; what was available by earmark is not worked out.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn books_at(context: &Context, at: NaiveDate) -> Result<Books> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let snapshot = context.snapshot().await?;
    let sums = kept::sums_at(&snapshot, at).await?;
    snapshot.commit().await?;
    let balances = kept::by_account(&sums).into_iter().collect();
    Ok(Books { position: kept::position(&sums), balances, available: Vec::new() })
}

/// Where the Fund stands.
///
/// # Errors
/// The database's.
pub async fn position<C: ConnectionTrait>(database: &C) -> Result<Position> {
    Ok(kept::position(&kept::sums(database).await?))
}

/// The journal, newest first; the filter is an [`Event`], the search a number such as `2026/12` or a person's name.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn journal(context: &Context, request: &PageRequest) -> Result<Page<EntryRow>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let mut query = journal_entry::Entity::find();
    if let Some(event) = Event::from_code(&request.filter) {
        query = query.filter(journal_entry::Column::Event.eq(event.code()));
    }
    let number = request
        .search
        .trim()
        .split_once('/')
        .and_then(|(year, number)| Some((year.trim().parse::<i64>().ok()?, number.trim().parse::<i64>().ok()?)));
    if let Some((year, number)) = number {
        query =
            query.filter(journal_entry::Column::FiscalYear.eq(year)).filter(journal_entry::Column::Number.eq(number));
    } else if let Some(pattern) = request.pattern() {
        query = query.filter(contains(journal_entry::Column::Actor, &pattern));
    }
    let query = query.order_by_desc(journal_entry::Column::Id);
    let Page { rows: entries, total, more, page } = page_of(context, query, request).await?;
    let rows = with_postings(context, entries).await?;
    Ok(Page { rows, total, more, page })
}

/// The entries that a record caused, oldest first.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn of_source(context: &Context, kind: &str, id: i64) -> Result<Vec<EntryRow>> {
    of_sources(context, &[(kind, vec![id])]).await
}

/// The entries that several records caused, by table and numbers, oldest first.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn of_sources(context: &Context, sources: &[(&str, Vec<i64>)]) -> Result<Vec<EntryRow>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let wanted = sources.iter().fold(Condition::any(), |any, (kind, ids)| {
        any.add(
            journal_entry::Column::SourceKind.eq(*kind).and(journal_entry::Column::SourceId.is_in(ids.iter().copied())),
        )
    });
    let entries = journal_entry::Entity::find()
        .filter(wanted)
        .order_by_asc(journal_entry::Column::Id)
        .all(context.database())
        .await?;
    with_postings(context, entries).await
}

pub(crate) async fn with_postings(context: &Context, entries: Vec<journal_entry::Model>) -> Result<Vec<EntryRow>> {
    let ids: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    let postings = posting::Entity::find()
        .filter(posting::Column::EntryId.is_in(ids))
        .order_by_asc(posting::Column::Id)
        .all(context.database())
        .await?;
    let mut lines: HashMap<i64, Vec<Posting>> = HashMap::new();
    for row in &postings {
        lines.entry(row.entry_id).or_default().push(to_posting(row)?);
    }
    entries
        .into_iter()
        .map(|entry| {
            let postings = lines.remove(&entry.id).unwrap_or_default();
            entry_row(entry, postings)
        })
        .collect()
}

fn entry_row(entry: journal_entry::Model, postings: Vec<Posting>) -> Result<EntryRow> {
    Ok(EntryRow {
        id: EntryId(entry.id),
        fiscal_year: entry.fiscal_year,
        number: entry.number,
        date: entry.posting_date,
        event: Event::from_code(&entry.event).ok_or_else(|| unknown_code("event", &entry.event))?,
        actor: entry.actor,
        source: (entry.source_kind, entry.source_id),
        postings,
    })
}

/// The rate that a posting remembers.
pub(crate) fn used_rate(rate: Option<&str>, month: Option<NaiveDate>) -> Result<Option<UsedRate>> {
    let both = rate.zip(month);
    both.map(|(rate, month)| Ok(UsedRate { units_per_usd: to_decimal(rate)?, month })).transpose()
}

pub(super) fn to_posting(row: &posting::Model) -> Result<Posting> {
    let currency = codes::currency(&row.currency)?;
    Ok(Posting {
        account: Account::from_code(&row.account).ok_or_else(|| unknown_code("account", &row.account))?,
        earmark: codes::earmark(&row.earmark)?,
        amount: Money::new(row.amount_minor, currency),
        usd_minor: row.usd_minor,
        rate: used_rate(row.rate.as_deref(), row.rate_month)?,
    })
}
