//! Entering money that came in: it settles the pledge, PSC is set aside, and what the rate of exchange did since
//! the pledge is shown in the books.

use chrono::NaiveDate;
use domain::contributions::{Earmark, RECEIPT, programme_support_costs};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId, ReceiptId};
use domain::ledger::{self, Event, ReceiptParts};
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::roles::{Action, Subject};
use rust_decimal::Decimal;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::entity::{pledge, receipt};
use super::rates::{rate_on, to_usd};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};
use crate::ledger::{NewEntry, find_command, post};

/// What was typed.
struct Incoming<'a> {
    amount: Money,
    date: NaiveDate,
    bank_reference: &'a str,
    command_id: &'a str,
}

/// Enters a receipt for a pledge. The same form sent twice enters it once and gives the first receipt.
///
/// # Errors
/// Not allowed, not found, wrong fields, another currency than the pledge's, a bank reference that was used before,
/// no rate of exchange for the day, or the database's.
pub async fn receive(context: &Context, id: PledgeId, typed: &Typed) -> Result<ReceiptId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = RECEIPT.read(typed)?;
    let incoming = Incoming {
        amount: answers.money("amount").unwrap_or(Money::usd(0)),
        date: answers.date("date").unwrap_or_default(),
        bank_reference: answers.text("bank_reference"),
        command_id: answers.text("command_id"),
    };
    let work = context.begin_money().await?;
    let pledge = pledge::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if let Some(first) = repeated(&work, id, &incoming).await? {
        return Ok(first);
    }
    check(&work, &pledge, &incoming).await?;
    let rate = rate_on(&work.transaction, incoming.amount.currency, incoming.date).await?;
    let parts = divide(&work, &pledge, &incoming, rate).await?;
    let row = insert(&work, &pledge, &incoming, rate, &parts).await?;
    let entry = NewEntry {
        event: Event::Receipt,
        date: incoming.date,
        source_kind: "receipt",
        source_id: row.id,
        donor: Some(DonorId(pledge.donor_id)),
        grant: None,
        command_id: incoming.command_id,
        reverses: None,
        postings: ledger::receipt(&parts),
    };
    post(&work, entry).await?;
    audit::record::<(), _>(&work, "audit-pledge-receipt", audit::Kind::Pledge, pledge.id, None, Some(&row)).await?;
    work.commit().await?;
    Ok(ReceiptId(row.id))
}

/// The receipt that the same form made before. Another content under the same id is no repeat, and is refused.
async fn repeated(work: &Work<'_>, pledge: PledgeId, incoming: &Incoming<'_>) -> Result<Option<ReceiptId>> {
    let Some((event, id)) = find_command(work, incoming.command_id).await? else { return Ok(None) };
    let first = match event == Event::Receipt.code() {
        true => receipt::Entity::find_by_id(id).one(&work.transaction).await?,
        false => None,
    };
    let same = first.is_some_and(|first| {
        first.pledge_id == pledge.0
            && first.amount_minor == incoming.amount.minor
            && first.currency == incoming.amount.currency.code()
            && first.date == incoming.date
            && first.bank_reference == incoming.bank_reference
    });
    if same { Ok(Some(ReceiptId(id))) } else { Err(AppError::refused("refused-command-used").into()) }
}

/// The rules beyond single fields, all errors at once.
async fn check(work: &Work<'_>, pledge: &pledge::Model, incoming: &Incoming<'_>) -> Result<()> {
    let mut errors = FieldErrors::default();
    if incoming.amount.minor < 1 {
        errors.add("amount", Message::new("error-contribution-zero"));
    }
    if incoming.amount.currency.code() != pledge.currency {
        errors.add("currency", Message::new("error-receipt-currency").with("currency", pledge.currency.as_str()));
    }
    if incoming.date > work.context.today() {
        errors.add("date", Message::new("error-contribution-future"));
    }
    let used = receipt::Entity::find()
        .filter(receipt::Column::BankReference.eq(incoming.bank_reference))
        .one(&work.transaction)
        .await?;
    if used.is_some() {
        errors.add("bank_reference", Message::new("error-bank-reference-used"));
    }
    Ok(errors.into_result()?)
}

/// Divides a receipt into what settles the pledge and what goes beyond it. What is settled is worked out from the
/// sum of all receipts, so that the last one leaves the receivable at zero to the cent.
async fn divide(
    work: &Work<'_>,
    pledge: &pledge::Model,
    incoming: &Incoming<'_>,
    rate: Decimal,
) -> Result<ReceiptParts> {
    let before = receipt::Entity::find().filter(receipt::Column::PledgeId.eq(pledge.id)).all(&work.transaction).await?;
    let settled_before: i64 = before.iter().map(|row| row.settled_minor).sum();
    let settled_usd_before: i64 = before.iter().map(|row| row.settled_usd_minor).sum();
    let outstanding = (pledge.amount_minor - settled_before).max(0);
    let settled = incoming.amount.minor.min(outstanding);
    let excess = incoming.amount.minor - settled;
    let usd_minor = to_usd(incoming.amount, rate)?;
    let settled_usd = Money::usd(pledge.usd_minor).share(settled_before + settled, pledge.amount_minor)?.minor;
    let currency = Currency::from_code(&pledge.currency).ok_or_else(|| unknown_code("currency", &pledge.currency))?;
    Ok(ReceiptParts {
        earmark: Earmark::from_code(&pledge.earmark).ok_or_else(|| unknown_code("earmark", &pledge.earmark))?,
        amount: incoming.amount,
        usd_minor,
        settled: Money::new(settled, currency),
        settled_usd_minor: settled_usd - settled_usd_before,
        excess_usd_minor: Money::usd(usd_minor).share(excess, incoming.amount.minor)?.minor,
        psc_usd_minor: programme_support_costs(Money::usd(usd_minor), pledge.psc_basis_points)?.minor,
    })
}

async fn insert(
    work: &Work<'_>,
    pledge: &pledge::Model,
    incoming: &Incoming<'_>,
    rate: Decimal,
    parts: &ReceiptParts,
) -> Result<receipt::Model> {
    let row = receipt::ActiveModel {
        pledge_id: Set(pledge.id),
        currency: Set(incoming.amount.currency.code().to_owned()),
        amount_minor: Set(incoming.amount.minor),
        date: Set(incoming.date),
        bank_reference: Set(incoming.bank_reference.to_owned()),
        rate: Set(rate.normalize().to_string()),
        usd_minor: Set(parts.usd_minor),
        settled_minor: Set(parts.settled.minor),
        settled_usd_minor: Set(parts.settled_usd_minor),
        psc_usd_minor: Set(parts.psc_usd_minor),
        command_id: Set(incoming.command_id.to_owned()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    };
    Ok(row.insert(&work.transaction).await?)
}
