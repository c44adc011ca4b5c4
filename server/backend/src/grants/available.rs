//! Money available to commit at the end of any day, by earmark, and what is behind each figure: the receipts with
//! what was left of each, and the entries that made it more or less. All of it from the books.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::ids::{EntryId, PledgeId, ReceiptId};
use domain::ledger::{Event, Position, PositionFigure};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::grant_funding;
use crate::context::Context;
use crate::contributions::entity::{pledge, receipt};
use crate::database;
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::ledger::entity::journal_entry;
use crate::ledger::figures::{POSTINGS, adds_to, counts_in};
use crate::ledger::kept;
use crate::page::{More, PAGE_SIZE, Page, PageRequest};

/// Money of one earmark, US cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AvailableRow {
    /// The earmark; [`Earmark::None`] is the pool.
    pub earmark: Earmark,
    /// What came in, what is set aside and what is committed.
    pub position: Position,
}

/// Money available to commit at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// By earmark, those with entries only.
    pub rows: Vec<AvailableRow>,
    /// All of it.
    pub total: Position,
}

/// One receipt at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptAt {
    /// The receipt.
    pub id: ReceiptId,
    /// Its pledge.
    pub pledge: PledgeId,
    /// Who gave it.
    pub donor: String,
    /// When it came in.
    pub date: NaiveDate,
    /// How much, after programme support costs.
    pub usable: Money,
    /// What of it grants had, and what was spent of it before it was entered here.
    pub committed: Money,
    /// What was left.
    pub left: Money,
}

/// An entry that changed what is available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The entry.
    pub id: EntryId,
    /// Its number, such as `2026/12`.
    pub number: String,
    /// The day it counts for.
    pub date: NaiveDate,
    /// What happened.
    pub event: Event,
    /// Table and number of the record that caused it.
    pub source: (String, i64),
    /// By how much, US cents.
    pub by: i64,
}

/// What is available to commit at the end of a day, by earmark and in all.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn at(context: &Context, day: NaiveDate) -> Result<Available> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let by_earmark = kept::sums_by_earmark_at(context.database(), day).await?;
    let total = kept::position(&kept::all(&by_earmark));
    let rows = by_earmark
        .into_iter()
        .map(|(earmark, sums)| AvailableRow { earmark, position: kept::position(&sums) })
        .collect();
    Ok(Available { rows, total })
}

/// The receipts of an earmark until the end of a day, oldest first, page by page, with what was left of each.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn receipts(
    context: &Context,
    earmark: Earmark,
    day: NaiveDate,
    request: &PageRequest,
) -> Result<Page<ReceiptAt>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let database = context.database();
    let to_pledge =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    let to_donor = pledge::Entity::belongs_to(donor::Entity).from(pledge::Column::DonorId).to(donor::Column::Id).into();
    let query = receipt::Entity::find()
        .join(JoinType::InnerJoin, to_pledge)
        .join(JoinType::InnerJoin, to_donor)
        .filter(pledge::Column::Earmark.eq(earmark.code()))
        .filter(receipt::Column::BookedOn.lte(day));
    let total = query.clone().count(database).await?;
    let rows: Vec<(i64, i64, String, NaiveDate, i64, i64, i64)> = query
        .select_only()
        .column(receipt::Column::Id)
        .column(receipt::Column::PledgeId)
        .column(donor::Column::Name)
        .column(receipt::Column::Date)
        .column(receipt::Column::UsdMinor)
        .column(receipt::Column::PscUsdMinor)
        .column(receipt::Column::SpentBeforeUsdMinor)
        .order_by_asc(receipt::Column::Date)
        .order_by_asc(receipt::Column::Id)
        .offset(request.offset())
        .limit(PAGE_SIZE)
        .into_tuple()
        .all(database)
        .await?;
    let taken = taken(database, rows.iter().map(|row| row.0).collect(), day).await?;
    let rows = rows
        .into_iter()
        .map(|(id, pledge, donor, date, usd_minor, psc, spent_before)| {
            let committed = spent_before + taken.get(&id).copied().unwrap_or(0);
            ReceiptAt {
                id: ReceiptId(id),
                pledge: PledgeId(pledge),
                donor,
                date,
                usable: Money::usd(usd_minor - psc),
                committed: Money::usd(committed),
                left: Money::usd(usd_minor - psc - committed),
            }
        })
        .collect();
    Ok(Page { rows, total, more: More::No, page: request.number() })
}

/// What grants had of receipts at the end of a day.
async fn taken<C: ConnectionTrait>(database: &C, receipts: Vec<i64>, day: NaiveDate) -> Result<HashMap<i64, i64>> {
    let to_entry = grant_funding::Entity::belongs_to(journal_entry::Entity)
        .from(grant_funding::Column::EntryId)
        .to(journal_entry::Column::Id)
        .into();
    let rows: Vec<(i64, i64)> = grant_funding::Entity::find()
        .select_only()
        .column(grant_funding::Column::ReceiptId)
        .column_as(Expr::col((grant_funding::Entity, grant_funding::Column::UsdMinor)).sum().cast_as("BIGINT"), "taken")
        .join(JoinType::InnerJoin, to_entry)
        .filter(grant_funding::Column::ReceiptId.is_in(receipts))
        .filter(journal_entry::Column::PostingDate.lte(day))
        .group_by(grant_funding::Column::ReceiptId)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Entries that changed what is available of an earmark until the end of a day, one row each.
fn changing() -> String {
    let effect = format!("SUM({})", adds_to(PositionFigure::Available, "p.usd_minor"));
    let counted = counts_in(PositionFigure::Available);
    let columns = "e.id, e.fiscal_year, e.number, e.posting_date, e.event, e.source_kind, e.source_id";
    format!(
        "SELECT {columns}, CAST({effect} AS BIGINT) AS effect FROM {POSTINGS} \
         WHERE p.earmark = $1 AND e.posting_date <= $2 AND {counted} GROUP BY {columns} HAVING {effect} <> 0"
    )
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

#[derive(FromQueryResult)]
struct Changed {
    id: i64,
    fiscal_year: i64,
    number: i64,
    posting_date: NaiveDate,
    event: String,
    source_kind: String,
    source_id: i64,
    effect: i64,
}

/// The entries behind what is available of an earmark at the end of a day, newest first, page by page.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn entries(
    context: &Context,
    earmark: Earmark,
    day: NaiveDate,
    request: &PageRequest,
) -> Result<Page<Effect>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let (database, changing, asked) = (context.database(), changing(), [earmark.code().into(), day.into()]);
    let number = format!("SELECT COUNT(*) AS number FROM ({changing}) AS changing");
    let number: Vec<Number> = database::rows(database, &number, asked.clone()).await?;
    let total = number.first().and_then(|row| u64::try_from(row.number).ok()).unwrap_or(0);
    let part =
        format!("{changing} ORDER BY e.posting_date DESC, e.id DESC LIMIT {PAGE_SIZE} OFFSET {}", request.offset());
    let rows: Vec<Changed> = database::rows(database, &part, asked).await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(Effect {
                id: EntryId(row.id),
                number: format!("{}/{}", row.fiscal_year, row.number),
                date: row.posting_date,
                event: Event::from_code(&row.event).ok_or_else(|| unknown_code("event", &row.event))?,
                source: (row.source_kind, row.source_id),
                by: row.effect,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more: More::No, page: request.number() })
}
