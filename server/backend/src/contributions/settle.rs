//! What entering, identifying and matching money have in common: the pledge as it stands, what the money does to it,
//! and what may be wrong with it.

use chrono::NaiveDate;
use domain::errors::{AppError, FieldErrors};
use domain::forms::Answers;
use domain::ids::DonorId;
use domain::ledger::{Event, Posting, UsedRate};
use domain::message::Message;
use domain::money::{Money, MoneyError};
use domain::receipts::{Incoming, OpenPledge, Settled, settle};
use rust_decimal::Decimal;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::bank_entity::unidentified;
use super::entity::{pledge, receipt};
use super::rates::{Rates, to_decimal, to_usd};
use crate::codes;
use crate::context::Work;
use crate::error::Result;
use crate::grants::entity::recovery_step;
use crate::ledger::{NewEntry, post};

/// Money that came in for a pledge, before its rates are looked up.
pub(super) struct Arrived<'a> {
    pub(super) amount: Money,
    pub(super) charge_minor: i64,
    /// The day on which it came.
    pub(super) date: NaiveDate,
    /// The day of the entry in the books.
    pub(super) booked_on: NaiveDate,
    pub(super) bank_reference: &'a str,
    pub(super) command_id: &'a str,
    /// How much of the pledge it pays, as typed; empty where the rates decide.
    pub(super) stated: &'a str,
    /// What the payer ordered, where the bank credited another currency: it decides what is paid, unless somebody says.
    pub(super) ordered: Option<Money>,
    /// Rate and US cents of money that the books hold already.
    pub(super) held: Option<(Decimal, i64)>,
}

impl<'a> Arrived<'a> {
    /// As typed in a form for money that came in, booked on the day on which it came.
    pub(super) fn typed(answers: &'a Answers) -> Self {
        let date = answers.date("date").unwrap_or_default();
        Self {
            amount: answers.money("amount").unwrap_or(Money::usd(0)),
            charge_minor: answers.minor("bank_charge"),
            date,
            booked_on: date,
            bank_reference: answers.text("bank_reference"),
            command_id: answers.text("command_id"),
            stated: answers.text("settled"),
            ordered: None,
            held: None,
        }
    }
}

/// A pledge with what of it is closed.
pub(super) async fn open_pledge<C: ConnectionTrait>(database: &C, pledge: &pledge::Model) -> Result<OpenPledge> {
    let sum = |column: receipt::Column| Expr::col(column).sum().cast_as("BIGINT");
    let settled: Option<(Option<i64>, Option<i64>)> = receipt::Entity::find()
        .select_only()
        .column_as(sum(receipt::Column::SettledMinor), "settled")
        .column_as(sum(receipt::Column::SettledUsdMinor), "settled_usd")
        .filter(receipt::Column::PledgeId.eq(pledge.id))
        .into_tuple()
        .one(database)
        .await?;
    let (settled, settled_usd) = settled.unwrap_or_default();
    open_from(pledge, settled.unwrap_or(0), settled_usd.unwrap_or(0))
}

/// A pledge of which so much is settled.
pub(super) fn open_from(pledge: &pledge::Model, settled: i64, settled_usd: i64) -> Result<OpenPledge> {
    let currency = codes::currency(&pledge.currency)?;
    Ok(OpenPledge {
        earmark: codes::earmark(&pledge.earmark)?,
        amount: Money::new(pledge.amount_minor, currency),
        usd_minor: pledge.usd_minor,
        rate: UsedRate::of(currency, to_decimal(&pledge.rate)?, pledge.date),
        closed_minor: settled + pledge.written_down_minor,
        closed_usd_minor: settled_usd + pledge.written_down_usd_minor,
        psc_basis_points: pledge.psc_basis_points,
    })
}

/// What money does to a pledge, and by which rates.
pub(super) struct Divided {
    pub(super) settled: Settled,
    /// Units of the money's own currency for one USD.
    pub(super) rate: Decimal,
    /// Units of the pledge's currency for one USD, where that is another one and nobody said what is paid.
    pub(super) pledge_rate: Option<Decimal>,
    /// Whether somebody said what is paid.
    pub(super) stated: bool,
}

/// What the money does to the pledge, by what the payer ordered or at the rates of the day on which it came.
pub(super) async fn divide(
    work: &Work<'_>,
    rates: &mut Rates,
    open: &OpenPledge,
    arrived: &Arrived<'_>,
) -> Result<Divided> {
    let currency = open.amount.currency;
    let same = currency == arrived.amount.currency;
    let stated = match stated(open, arrived, same)? {
        Some(stated) => Some(stated),
        None => ordered(work, rates, open, arrived).await?.filter(|_| !same),
    };
    let rate = match arrived.held {
        Some((rate, _)) => rate,
        None => rates.on(&work.transaction, arrived.amount.currency, arrived.date).await?,
    };
    let pledge_rate = match same || stated.is_some() {
        true => None,
        false => Some(rates.on(&work.transaction, currency, arrived.date).await?),
    };
    let usd_minor = match arrived.held {
        Some((_, usd_minor)) => usd_minor,
        None => to_usd(arrived.amount, rate)?,
    };
    let incoming = Incoming {
        amount: arrived.amount,
        usd_minor: Some(usd_minor),
        charge_minor: arrived.charge_minor,
        date: arrived.date,
        rate,
        pledge_rate: pledge_rate.unwrap_or(rate),
        stated,
    };
    let settled = settle(open, &incoming).map_err(|error| match error {
        MoneyError::TooPrecise => AppError::field("amount", "error-contribution-zero"),
        _ => AppError::field("amount", "error-amount-too-large"),
    })?;
    Ok(Divided { settled, rate, pledge_rate, stated: stated.is_some() })
}

/// How much of the pledge is paid by what the payer ordered: as it stands, or at the rates of the day on which it came.
async fn ordered(
    work: &Work<'_>,
    rates: &mut Rates,
    open: &OpenPledge,
    arrived: &Arrived<'_>,
) -> Result<Option<Money>> {
    let currency = open.amount.currency;
    let Some(ordered) = arrived.ordered.filter(|_| currency != arrived.amount.currency) else { return Ok(None) };
    if ordered.currency == currency {
        return Ok(Some(ordered));
    }
    let from = rates.on(&work.transaction, ordered.currency, arrived.date).await?;
    let to = rates.on(&work.transaction, currency, arrived.date).await?;
    let major = ordered.to_decimal().checked_mul(to).and_then(|product| product.checked_div(from));
    let worth = major.ok_or(MoneyError::TooLarge).and_then(|major| Money::from_decimal(major, currency));
    Ok(Some(worth.map_err(|_| AppError::field("amount", "error-amount-too-large"))?))
}

/// How much of the pledge is paid, where somebody said so.
fn stated(open: &OpenPledge, arrived: &Arrived<'_>, same: bool) -> Result<Option<Money>> {
    if arrived.stated.is_empty() {
        return Ok(None);
    }
    let currency = open.amount.currency;
    if same {
        let message = Message::new("error-settled-same-currency").with("currency", currency.code());
        return Err(FieldErrors::one("settled", message).into());
    }
    let wrong = || AppError::Invalid(FieldErrors::one("settled", outstanding_message(open)));
    let stated = Money::parse(arrived.stated, currency).map_err(|_| wrong())?;
    if stated.minor < 1 || stated.minor > open.outstanding().minor {
        return Err(wrong().into());
    }
    Ok(Some(stated))
}

fn outstanding_message(open: &OpenPledge) -> Message {
    Message::new("error-settled-outstanding").with("outstanding", open.outstanding())
}

/// True when a bank reference stands for money that is in the books already.
pub(crate) async fn is_used(work: &Work<'_>, bank_reference: &str) -> Result<bool> {
    let received = receipt::Entity::find()
        .filter(receipt::Column::BankReference.eq(bank_reference))
        .filter(receipt::Column::Undone.eq(false))
        .one(&work.transaction)
        .await?;
    let held = unidentified::Entity::find()
        .filter(unidentified::Column::BankReference.eq(bank_reference))
        .one(&work.transaction)
        .await?;
    let paid_back = recovery_step::Entity::find()
        .filter(recovery_step::Column::BankReference.eq(bank_reference))
        .one(&work.transaction)
        .await?;
    Ok(received.is_some() || held.is_some() || paid_back.is_some())
}

/// Posts an entry about money that came in.
pub(super) async fn book(
    work: &Work<'_>,
    event: Event,
    source_kind: &'static str,
    source_id: i64,
    donor: Option<DonorId>,
    arrived: &Arrived<'_>,
    postings: Vec<Posting>,
) -> Result<()> {
    let (date, command_id) = (arrived.booked_on, arrived.command_id);
    let entry =
        NewEntry { event, date, source_kind, source_id, donor, grant: None, command_id, reverses: None, postings };
    post(work, entry).await?;
    Ok(())
}

/// What is wrong with an amount, a charge or a day on which money came, and with its reference.
pub(super) async fn check(work: &Work<'_>, arrived: &Arrived<'_>) -> Result<()> {
    let mut errors = FieldErrors::default();
    if arrived.amount.minor < 1 {
        errors.add("amount", Message::new("error-contribution-zero"));
    }
    if arrived.charge_minor > arrived.amount.minor {
        errors.add("bank_charge", Message::new("error-bank-charge-large"));
    }
    if arrived.date > work.context.today() {
        errors.add("date", Message::new("error-contribution-future"));
    }
    if is_used(work, arrived.bank_reference).await? {
        errors.add("bank_reference", Message::new("error-bank-reference-used"));
    }
    Ok(errors.into_result()?)
}
