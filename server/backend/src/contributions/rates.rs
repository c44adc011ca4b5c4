//! Rates of exchange: entering one, and finding the one that holds on a day. A rate with which the books were kept is
//! never changed.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::{RATE, RateLine, unusual_change};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::message::{Argument, Message};
use domain::money::{Currency, LARGEST_MINOR, Money};
use domain::roles::{Action, Subject};
use domain::time::month_start;
use rust_decimal::Decimal;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::rate;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Error, Result};

/// Enters the rate of a currency from a day on. The same rate again changes nothing.
///
/// # Errors
/// Not allowed, wrong fields, another rate from the same day, a rate far from the one before that is not confirmed, or
/// the database's.
pub async fn record_rate(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteRates, &Subject::NONE)?;
    let answers = RATE.read(typed)?;
    let line = RateLine {
        currency: answers.text("currency").to_owned(),
        from: answers.date("from").unwrap_or_default(),
        units_per_usd: answers.decimal("units_per_usd").unwrap_or_default(),
    };
    let mut errors = FieldErrors::default();
    if line.currency == Currency::USD.code() {
        errors.add("currency", Message::new("error-rate-usd"));
    }
    if is_ambiguous(typed.get("units_per_usd")) {
        errors.add("units_per_usd", Message::new("error-rate-comma"));
    }
    errors.into_result()?;
    let work = context.begin_money().await?;
    let same_day = rate::Entity::find()
        .filter(rate::Column::Currency.eq(line.currency.as_str()))
        .filter(rate::Column::ValidFrom.eq(line.from))
        .one(&work.transaction)
        .await?;
    if let Some(known) = same_day {
        if to_decimal(&known.units_per_usd)? == line.units_per_usd {
            return Ok(());
        }
        return Err(FieldErrors::one("from", exists_already(&line, &known.units_per_usd)).into());
    }
    if !answers.ticked("confirmed") {
        as_usual(&work, &line).await?;
    }
    insert(&work, &line).await?;
    work.commit().await
}

/// Refuses a rate that is far from the one before until somebody says that it is right.
pub(super) async fn as_usual(work: &Work<'_>, line: &RateLine) -> Result<()> {
    let of_currency = rate::Entity::find().filter(rate::Column::Currency.eq(line.currency.as_str()));
    let others = of_currency.filter(rate::Column::ValidFrom.ne(line.from));
    let earlier = others.clone().filter(rate::Column::ValidFrom.lt(line.from));
    let found = match earlier.order_by_desc(rate::Column::ValidFrom).one(&work.transaction).await? {
        Some(earlier) => Some(earlier),
        None => others.order_by_asc(rate::Column::ValidFrom).one(&work.transaction).await?,
    };
    let Some(beside) = found else { return Ok(()) };
    match asks("error-rate-unusual", line, beside.valid_from, to_decimal(&beside.units_per_usd)?) {
        Some(message) => Err(FieldErrors::one("confirmed", message).into()),
        None => Ok(()),
    }
}

/// What to ask of a rate that is far from the one beside it: the latest before it, else the first after it.
pub(super) fn asks(key: &str, line: &RateLine, beside: NaiveDate, rate: Decimal) -> Option<Message> {
    let change = unusual_change(line.units_per_usd, rate)?;
    let message = Message::new(key).with("currency", line.currency.as_str()).with("date", Argument::Date(line.from));
    let message = message.with("typed", line.units_per_usd.to_string()).with("known", rate.to_string());
    let direction = if change > 0 { "higher" } else { "lower" };
    let change = i64::try_from(change.unsigned_abs()).unwrap_or(i64::MAX);
    Some(message.with("beside", Argument::Date(beside)).with("change", change).with("direction", direction))
}

/// A comma before exactly three digits: 0.925 or 925? A wrong rate would be a wrong book, so people are asked.
pub(super) fn is_ambiguous(text: &str) -> bool {
    text.rsplit_once(',').is_some_and(|(_, after)| after.trim().len() == 3) && !text.contains('.')
}

fn exists_already(line: &RateLine, known: &str) -> Message {
    Message::new("error-rate-exists")
        .with("currency", line.currency.as_str())
        .with("date", line.from)
        .with("known", known)
}

/// Adds the row and its audit row.
pub(super) async fn insert(work: &Work<'_>, line: &RateLine) -> Result<()> {
    let row = rate::ActiveModel {
        currency: Set(line.currency.clone()),
        valid_from: Set(line.from),
        units_per_usd: Set(line.units_per_usd.normalize().to_string()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(work, "audit-rate-recorded", audit::Kind::Rate, row.id, None, Some(&row)).await
}

/// The rate that holds on a day: the latest of the day's month that begins on or before it. USD is 1.
///
/// # Errors
/// `error-rate-missing` for the field `date`, naming currency and month; or the database's.
pub async fn rate_on<C: ConnectionTrait>(database: &C, currency: Currency, date: NaiveDate) -> Result<Decimal> {
    if currency == Currency::USD {
        return Ok(Decimal::ONE);
    }
    let month = month_start(date);
    let found = rate::Entity::find()
        .filter(rate::Column::Currency.eq(currency.code()))
        .filter(rate::Column::ValidFrom.gte(month))
        .filter(rate::Column::ValidFrom.lte(date))
        .order_by_desc(rate::Column::ValidFrom)
        .one(database)
        .await?;
    match found {
        Some(row) => to_decimal(&row.units_per_usd),
        None => {
            let message = Message::new("error-rate-missing")
                .with("currency", currency.code())
                .with("month", Argument::Date(month))
                .with("date", Argument::Date(date));
            Err(AppError::Invalid(FieldErrors::one("date", message)).into())
        }
    }
}

/// Rates that were looked up, for a transaction that needs the same ones many times. Nobody changes one meanwhile:
/// rates are corrected under the lock of what moves money.
#[derive(Debug, Default)]
pub(super) struct Rates(HashMap<(Currency, NaiveDate), Decimal>);

impl Rates {
    /// As [`rate_on`].
    pub(super) async fn on<C: ConnectionTrait>(
        &mut self,
        database: &C,
        currency: Currency,
        date: NaiveDate,
    ) -> Result<Decimal> {
        if let Some(known) = self.0.get(&(currency, date)) {
            return Ok(*known);
        }
        let rate = rate_on(database, currency, date).await?;
        self.0.insert((currency, date), rate);
        Ok(rate)
    }
}

/// An amount in US cents at a rate, or what is wrong with the field `amount`: it must be worth a cent at least,
/// and the books must be able to hold a million like it.
pub(super) fn to_usd(amount: Money, rate: Decimal) -> Result<i64> {
    let key = match amount.to_usd(rate) {
        Ok(usd) if usd.minor > LARGEST_MINOR => "error-amount-too-large",
        Ok(usd) if usd.minor < 1 => "error-contribution-zero",
        Ok(usd) => return Ok(usd.minor),
        Err(_) => "error-amount-too-large",
    };
    Err(AppError::field("amount", key).into())
}

/// A stored rate.
pub(crate) fn to_decimal(text: &str) -> Result<Decimal> {
    Decimal::from_str_exact(text).map_err(|_| Error::Defect(format!("stored rate {text:?} is no number")))
}
