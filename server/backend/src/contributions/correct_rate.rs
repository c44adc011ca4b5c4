//! Correcting a rate of exchange that was entered wrongly: while nothing was reckoned with it, it is replaced or removed.

use chrono::NaiveDate;
use domain::contributions::{RATE_CORRECTION, RateLine};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::RateId;
use domain::message::Message;
use domain::roles::{Action, Subject};
use domain::time::month_start;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, IntoActiveModel as _,
    ModelTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::rate;
use super::queries::RateRow;
use super::rates::{as_usual, is_ambiguous, to_decimal};
use crate::audit::{self, Kind};
use crate::context::{Context, Work};
use crate::database;
use crate::error::Result;
use crate::ledger::entity::journal_entry;
use crate::ledger::queries::{EntryRow, with_postings};

/// Entries that are named as having used a rate; more say no more.
const MOST_NAMED: u64 = 20;

/// The entries that used a rate: those whose postings remember it, and those of money that paid a pledge in another
/// currency. Of two rates of a month that are equal, neither can be told from the other: what used one used both.
const USED_BY: &str = "SELECT p.entry_id AS id FROM postings p WHERE p.currency = $1 AND p.rate_month = $2 AND p.rate = $3 \
                       UNION SELECT e.id FROM receipts r JOIN pledges g ON g.id = r.pledge_id \
                       JOIN journal_entries e ON e.source_kind = 'receipt' AND e.source_id = r.id \
                       WHERE g.currency = $1 AND r.pledge_rate = $3 AND r.date >= $2 AND r.date < $4 ORDER BY id LIMIT $5";

/// A rate, and what was reckoned with it.
#[derive(Clone, Debug, PartialEq)]
pub struct RateView {
    /// The rate.
    pub row: RateRow,
    /// Entries of the books that used it, oldest first and at most twenty; with none it can still be corrected.
    pub used_by: Vec<EntryRow>,
}

/// A rate with the entries that used it.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn rate(context: &Context, id: RateId) -> Result<RateView> {
    context.permit(Action::WriteRates, &Subject::NONE)?;
    let found = rate::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let used = used_by(context.database(), &found, MOST_NAMED).await?;
    let entries = journal_entry::Entity::find().filter(journal_entry::Column::Id.is_in(used));
    let entries = entries.order_by_asc(journal_entry::Column::Id).all(context.database()).await?;
    let used_by = with_postings(context, entries).await?;
    Ok(RateView { row: RateRow::of(found)?, used_by })
}

/// Puts another number of units in the place of one that nothing used.
///
/// # Errors
/// Not allowed, not found, wrong fields, used already, far from the rate before and not confirmed, or the database's.
pub async fn replace_rate(context: &Context, id: RateId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteRates, &Subject::NONE)?;
    let answers = RATE_CORRECTION.read(typed)?;
    if is_ambiguous(typed.get("units_per_usd")) {
        return Err(FieldErrors::one("units_per_usd", Message::new("error-rate-comma")).into());
    }
    let work = context.begin_money().await?;
    let before = unused(&work, id).await?;
    let units_per_usd = answers.decimal("units_per_usd").unwrap_or_default();
    let line = RateLine { currency: before.currency.clone(), from: before.valid_from, units_per_usd };
    if to_decimal(&before.units_per_usd)? == line.units_per_usd {
        return Ok(());
    }
    if !answers.ticked("confirmed") {
        as_usual(&work, &line).await?;
    }
    let mut change = before.clone().into_active_model();
    change.units_per_usd = Set(line.units_per_usd.normalize().to_string());
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-rate-replaced", Kind::Rate, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// Removes a rate that nothing used.
///
/// # Errors
/// Not allowed, not found, used already, or the database's.
pub async fn remove_rate(context: &Context, id: RateId) -> Result<()> {
    context.permit(Action::WriteRates, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let before = unused(&work, id).await?;
    before.clone().delete(&work.transaction).await?;
    audit::record::<_, ()>(&work, "audit-rate-removed", Kind::Rate, id.0, Some(&before), None).await?;
    work.commit().await
}

/// The rate, if nothing used it. Whatever uses a rate waits for the same lock as who corrects one.
async fn unused(work: &Work<'_>, id: RateId) -> Result<rate::Model> {
    let found = rate::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let used = used_by(&work.transaction, &found, 1).await?;
    let Some(first) = used.first() else { return Ok(found) };
    let entry = journal_entry::Entity::find_by_id(*first).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let number = format!("{}/{}", entry.fiscal_year, entry.number);
    let message = Message::new("refused-rate-used").with("entry", number).with("date", entry.posting_date);
    Err(AppError::Refused(message).into())
}

#[derive(FromQueryResult)]
struct Used {
    id: i64,
}

async fn used_by<C: ConnectionTrait>(database: &C, rate: &rate::Model, most: u64) -> Result<Vec<i64>> {
    let month = month_start(rate.valid_from);
    let next = month.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX);
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let (currency, units) = (rate.currency.clone(), rate.units_per_usd.clone());
    let values = [currency.into(), month.into(), units.into(), next.into(), most.into()];
    let rows: Vec<Used> = database::rows(database, USED_BY, values).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
