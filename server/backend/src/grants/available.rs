//! Money available to commit at the end of any day, by earmark, and what is behind each figure: the receipts with
//! what was left of each, and the entries that made it more or less. All of it from the books.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, NaiveDate};
use domain::contributions::Earmark;
use domain::ids::{EntryId, PledgeId, ReceiptId};
use domain::ledger::{Account, Event, MOVES_AVAILABLE, NOT_AVAILABLE, Position};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Alias, CaseStatement, Expr};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationDef, Select,
};

use super::entity::grant_funding;
use crate::context::Context;
use crate::contributions::entity::{pledge, receipt};
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::ledger::entity::{account_balance, journal_entry, posting};
use crate::ledger::kept::{self, Sums};
use crate::page::{PAGE_SIZE, Page, PageRequest};

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
    /// What of it grants had.
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

fn to_entry() -> RelationDef {
    posting::Entity::belongs_to(journal_entry::Entity)
        .from(posting::Column::EntryId)
        .to(journal_entry::Column::Id)
        .into()
}

type Row = (String, String, String, i64);

/// What is available to commit at the end of a day, by earmark and in all.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn at(context: &Context, day: NaiveDate) -> Result<Available> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let database = context.database();
    let (mut by_earmark, mut total) = (BTreeMap::<Earmark, Sums>::new(), Sums::new());
    let mut rows = years_before(database, day).await?;
    rows.extend(year_under_way(database, day).await?);
    for (account, event, earmark, minor) in rows {
        let account = Account::from_code(&account).ok_or_else(|| unknown_code("account", &account))?;
        let event = Event::from_code(&event).ok_or_else(|| unknown_code("event", &event))?;
        let earmark = Earmark::from_code(&earmark).ok_or_else(|| unknown_code("earmark", &earmark))?;
        *by_earmark.entry(earmark).or_default().entry((account, event)).or_default() += minor;
        *total.entry((account, event)).or_default() += minor;
    }
    let rows = by_earmark
        .into_iter()
        .map(|(earmark, sums)| AvailableRow { earmark, position: kept::position(&sums) })
        .collect();
    Ok(Available { rows, total: kept::position(&total) })
}

/// The sums that were kept of the years before the day's.
async fn years_before<C: ConnectionTrait>(database: &C, day: NaiveDate) -> Result<Vec<Row>> {
    use account_balance::Column as C;
    Ok(account_balance::Entity::find()
        .select_only()
        .column(C::Account)
        .column(C::Event)
        .column(C::Earmark)
        .column_as(Expr::col(C::UsdMinor).sum().cast_as("BIGINT"), "sum")
        .filter(C::FiscalYear.lt(i64::from(day.year())))
        .group_by(C::Account)
        .group_by(C::Event)
        .group_by(C::Earmark)
        .into_tuple()
        .all(database)
        .await?)
}

/// The postings of the day's year until its end. A reversal counts under the event that it undoes.
async fn year_under_way<C: ConnectionTrait>(database: &C, day: NaiveDate) -> Result<Vec<Row>> {
    let undone = Alias::new("undone");
    let to_undone: RelationDef = journal_entry::Entity::belongs_to(journal_entry::Entity)
        .from(journal_entry::Column::Reverses)
        .to(journal_entry::Column::Id)
        .into();
    let event = || {
        Expr::col((undone.clone(), journal_entry::Column::Event))
            .if_null(Expr::col((journal_entry::Entity, journal_entry::Column::Event)))
    };
    Ok(posting::Entity::find()
        .select_only()
        .column(posting::Column::Account)
        .column_as(event(), "event_undone")
        .column(posting::Column::Earmark)
        .column_as(Expr::col((posting::Entity, posting::Column::UsdMinor)).sum().cast_as("BIGINT"), "sum")
        .join(JoinType::InnerJoin, to_entry())
        .join_as(JoinType::LeftJoin, to_undone, undone.clone())
        .filter(journal_entry::Column::FiscalYear.eq(i64::from(day.year())))
        .filter(journal_entry::Column::PostingDate.lte(day))
        .group_by(posting::Column::Account)
        .group_by(event())
        .group_by(posting::Column::Earmark)
        .into_tuple()
        .all(database)
        .await?)
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
    let rows: Vec<(i64, i64, String, NaiveDate, i64, i64)> = query
        .select_only()
        .column(receipt::Column::Id)
        .column(receipt::Column::PledgeId)
        .column(donor::Column::Name)
        .column(receipt::Column::Date)
        .column(receipt::Column::UsdMinor)
        .column(receipt::Column::PscUsdMinor)
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
        .map(|(id, pledge, donor, date, usd_minor, psc)| {
            let committed = taken.get(&id).copied().unwrap_or(0);
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
    Ok(Page { rows, total, more: false, page: request.number() })
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

/// By how much a posting changes what is available: see [`MOVES_AVAILABLE`].
fn effect() -> Expr {
    let amount = || Expr::col((posting::Entity, posting::Column::UsdMinor));
    let codes = |wanted: i64| {
        MOVES_AVAILABLE.iter().filter(move |(_, sign)| *sign == wanted).map(|(account, _)| account.code())
    };
    let of_grants = Condition::all()
        .add(posting::Column::Account.eq(Account::Cash.code()))
        .add(journal_entry::Column::Event.is_in(NOT_AVAILABLE.map(Event::code)));
    CaseStatement::new()
        .case(of_grants, 0)
        .case(posting::Column::Account.is_in(codes(1)), amount())
        .case(posting::Column::Account.is_in(codes(-1)), amount().mul(-1))
        .finally(0)
        .into()
}

/// Entries that changed what is available of an earmark until the end of a day, one row each.
fn changing(earmark: Earmark, day: NaiveDate) -> Select<posting::Entity> {
    posting::Entity::find()
        .select_only()
        .column(journal_entry::Column::Id)
        .column(journal_entry::Column::FiscalYear)
        .column(journal_entry::Column::Number)
        .column(journal_entry::Column::PostingDate)
        .column(journal_entry::Column::Event)
        .column(journal_entry::Column::SourceKind)
        .column(journal_entry::Column::SourceId)
        .column_as(effect().sum().cast_as("BIGINT"), "effect")
        .join(JoinType::InnerJoin, to_entry())
        .filter(posting::Column::Earmark.eq(earmark.code()))
        .filter(posting::Column::Account.is_in(MOVES_AVAILABLE.map(|(account, _)| account.code())))
        .filter(journal_entry::Column::PostingDate.lte(day))
        .group_by(journal_entry::Column::Id)
        .group_by(journal_entry::Column::FiscalYear)
        .group_by(journal_entry::Column::Number)
        .group_by(journal_entry::Column::PostingDate)
        .group_by(journal_entry::Column::Event)
        .group_by(journal_entry::Column::SourceKind)
        .group_by(journal_entry::Column::SourceId)
        .having(effect().sum().ne(0))
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
    let query = changing(earmark, day);
    let total = query.clone().count(context.database()).await?;
    type Found = (i64, i64, i64, NaiveDate, String, String, i64, i64);
    let rows: Vec<Found> = query
        .order_by_desc(journal_entry::Column::PostingDate)
        .order_by_desc(journal_entry::Column::Id)
        .offset(request.offset())
        .limit(PAGE_SIZE)
        .into_tuple()
        .all(context.database())
        .await?;
    let rows = rows
        .into_iter()
        .map(|(id, year, number, date, event, kind, source, by)| {
            Ok(Effect {
                id: EntryId(id),
                number: format!("{year}/{number}"),
                date,
                event: Event::from_code(&event).ok_or_else(|| unknown_code("event", &event))?,
                source: (kind, source),
                by,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more: false, page: request.number() })
}
