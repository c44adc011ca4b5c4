//! Money of which nobody can say yet what it is: held until somebody says for which pledge it is, or sends it back.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::{IDENTIFY, SEND_BACK, UNIDENTIFIED};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{PledgeId, ReceiptId, UnidentifiedId};
use domain::ledger::{self, Event, UsedRate};
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Subject};
use rust_decimal::Decimal;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set,
};

use super::bank_entity::{bank_line, unidentified};
use super::enter::enter;
use super::entity::{pledge, receipt};
use super::rates::{Rates, to_decimal, to_usd};
use super::receive::by_hand;
use super::settle::{Arrived, book, check};
use super::statements::{Alike, ask, judge_waiting, ordered, settle_sent_back, told_by_hand};
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::error::{Error, Result};
use crate::ledger::{NewEntry, find_command, is_repeat, post_many};

domain::code_list! {
    /// What became of held money.
    HeldState, "held-state", { Held = "held", Identified = "identified", SentBack = "sent-back" }
}

/// Enters money that nobody can identify yet. The same form sent twice enters it once.
///
/// # Errors
/// Not allowed, wrong fields, a bank reference that was used before, a line of a bank statement that may tell of it and
/// was not looked at, no rate of exchange, or the database's.
pub async fn hold(context: &Context, typed: &Typed) -> Result<UnidentifiedId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = UNIDENTIFIED.read(typed)?;
    let arrived = Arrived::typed(&answers);
    let work = context.begin_money().await?;
    if let Some((event, id)) = find_command(&work, arrived.command_id).await? {
        let first = match event == Event::ReceiptUnidentified.code() {
            true => unidentified::Entity::find_by_id(id).one(&work.transaction).await?,
            false => None,
        };
        let same = first.is_some_and(|first| {
            first.bank_reference == arrived.bank_reference
                && first.amount_minor == arrived.amount.minor
                && first.currency == arrived.amount.currency.code()
        });
        return if same { Ok(UnidentifiedId(id)) } else { Err(AppError::refused("refused-command-used").into()) };
    }
    check(&work, &arrived).await?;
    ask(&work.transaction, &by_hand(&arrived, answers.text("payer"), None), answers.codes("other_money")).await?;
    let id = enter_held(&work, arrived, answers.text("payer"), answers.text("remittance")).await?;
    judge_waiting(&work, &[answers.text("bank_reference").to_owned()]).await?;
    work.commit().await?;
    Ok(id)
}

/// The lines of bank statements that may tell of money as it stands in the form; none where the form is not complete.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn told_of_held(context: &Context, typed: &Typed) -> Result<Vec<Alike>> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let Ok(answers) = UNIDENTIFIED.read(typed) else { return Ok(Vec::new()) };
    let payer = answers.text("payer");
    told_by_hand(context.database(), &by_hand(&Arrived::typed(&answers), payer, None)).await
}

/// Money to be held, with what the bank says of it.
pub(super) struct ToHold<'a> {
    pub(super) arrived: Arrived<'a>,
    pub(super) payer: &'a str,
    pub(super) remittance: &'a str,
}

/// Adds the row, its entry and its audit row.
async fn enter_held(work: &Work<'_>, arrived: Arrived<'_>, payer: &str, remittance: &str) -> Result<UnidentifiedId> {
    let held = enter_many(work, &[ToHold { arrived, payer, remittance }]).await?;
    held.into_iter().next().ok_or_else(|| Error::Defect("nothing was held".to_owned()))
}

/// Adds rows with their entries and audit rows; gives their numbers in the same order.
pub(super) async fn enter_many(work: &Work<'_>, all: &[ToHold<'_>]) -> Result<Vec<UnidentifiedId>> {
    let mut rates = Rates::default();
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let (rate, usd_minor) = match one.arrived.held {
            Some(known) => known,
            None => {
                let rate = rates.on(&work.transaction, one.arrived.amount.currency, one.arrived.date).await?;
                (rate, to_usd(one.arrived.amount, rate)?)
            }
        };
        rows.push(row(work, one, rate, usd_minor));
    }
    unidentified::Entity::insert_many(rows).exec_without_returning(&work.transaction).await?;
    let inserted = unidentified::Entity::find()
        .filter(unidentified::Column::CommandId.is_in(all.iter().map(|one| one.arrived.command_id)))
        .all(&work.transaction)
        .await?;
    let mut by_command: HashMap<String, unidentified::Model> =
        inserted.into_iter().map(|row| (row.command_id.clone(), row)).collect();
    let (mut ids, mut made, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for one in all {
        let row = by_command.remove(one.arrived.command_id);
        let row = row.ok_or_else(|| Error::Defect("held money was not kept".to_owned()))?;
        entries.push(NewEntry {
            event: Event::ReceiptUnidentified,
            date: one.arrived.booked_on,
            source_kind: "unidentified",
            source_id: row.id,
            donor: None,
            grant: None,
            command_id: one.arrived.command_id,
            reverses: None,
            postings: ledger::receipt_unidentified(
                one.arrived.amount,
                row.usd_minor,
                rate_of(&row, one.arrived.amount)?,
            ),
        });
        ids.push(UnidentifiedId(row.id));
        made.push((row.id, row));
    }
    post_many(work, &entries).await?;
    audit::record_many(work, "audit-receipt-held", audit::Kind::Unidentified, &made).await?;
    Ok(ids)
}

/// The rate at which held money came in.
fn rate_of(row: &unidentified::Model, amount: Money) -> Result<Option<UsedRate>> {
    Ok(UsedRate::of(amount.currency, to_decimal(&row.rate)?, row.date))
}

fn row(work: &Work<'_>, one: &ToHold<'_>, rate: Decimal, usd_minor: i64) -> unidentified::ActiveModel {
    let arrived = &one.arrived;
    unidentified::ActiveModel {
        currency: Set(arrived.amount.currency.code().to_owned()),
        amount_minor: Set(arrived.amount.minor),
        charge_minor: Set(arrived.charge_minor),
        date: Set(arrived.date),
        bank_reference: Set(arrived.bank_reference.to_owned()),
        payer: Set(one.payer.to_owned()),
        remittance: Set(one.remittance.to_owned()),
        rate: Set(rate.normalize().to_string()),
        usd_minor: Set(usd_minor),
        state: Set(HeldState::Held.code().to_owned()),
        reason: Set(String::new()),
        command_id: Set(arrived.command_id.to_owned()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
}

/// Locks held money.
async fn load(work: &Work<'_>, id: UnidentifiedId) -> Result<unidentified::Model> {
    let found = unidentified::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// Refuses what was decided before.
fn still_held(row: &unidentified::Model) -> Result<()> {
    match row.state == HeldState::Held.code() {
        true => Ok(()),
        false => Err(AppError::refused("refused-receipt-decided").into()),
    }
}

/// Marks held money as decided.
async fn decide(
    work: &Work<'_>,
    before: unidentified::Model,
    state: HeldState,
    receipt: Option<i64>,
    day: NaiveDate,
    reason: &str,
) -> Result<()> {
    let mut change: unidentified::ActiveModel = before.clone().into();
    change.state = Set(state.code().to_owned());
    change.reason = Set(reason.to_owned());
    change.receipt_id = Set(receipt);
    change.decided_on = Set(Some(day));
    change.decided_by = Set(work.context.actor.user.map(Into::into));
    change.decided_at = Set(Some(work.context.now));
    let after = change.update(&work.transaction).await?;
    let action = if state == HeldState::Identified { "audit-receipt-identified" } else { "audit-receipt-sent-back" };
    audit::record(work, action, audit::Kind::Unidentified, after.id, Some(&before), Some(&after)).await
}

/// Money that was identified is held again: its receipt was taken back.
pub(super) async fn hold_again(work: &Work<'_>, before: unidentified::Model) -> Result<UnidentifiedId> {
    let mut change: unidentified::ActiveModel = before.clone().into();
    change.state = Set(HeldState::Held.code().to_owned());
    change.reason = Set(String::new());
    change.receipt_id = Set(None);
    change.held_on = Set(Some(work.context.today()));
    change.decided_on = Set(None);
    change.decided_by = Set(None);
    change.decided_at = Set(None);
    let after = change.update(&work.transaction).await?;
    audit::record(work, "audit-receipt-held-again", audit::Kind::Unidentified, after.id, Some(&before), Some(&after))
        .await?;
    Ok(UnidentifiedId(after.id))
}

/// Notes that money came here today, out of a receipt that was taken back.
pub(super) async fn held_since(work: &Work<'_>, id: UnidentifiedId) -> Result<()> {
    let row =
        unidentified::ActiveModel { id: Set(id.0), held_on: Set(Some(work.context.today())), ..Default::default() };
    row.update(&work.transaction).await?;
    Ok(())
}

/// Says for which pledge held money is: it settles that pledge, today, at the rate at which it came in. The same form
/// sent twice does so once and gives the first receipt.
///
/// # Errors
/// Not allowed, not found, wrong fields, decided before, no rate of exchange, or the database's.
pub async fn identify(context: &Context, id: UnidentifiedId, typed: &Typed) -> Result<ReceiptId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = IDENTIFY.read(typed)?;
    let command_id = answers.text("command_id");
    let wanted = PledgeId(answers.id("pledge").unwrap_or(0));
    let work = context.begin_money().await?;
    let held = load(&work, id).await?;
    if let Some((event, receipt)) = find_command(&work, command_id).await? {
        let first = receipt::Entity::find_by_id(receipt).one(&work.transaction).await?;
        let same = event == Event::ReceiptIdentified.code()
            && first.is_some_and(|first| first.bank_reference == held.bank_reference);
        return if same { Ok(ReceiptId(receipt)) } else { Err(AppError::refused("refused-command-used").into()) };
    }
    still_held(&held)?;
    let pledge = pledge::Entity::find_by_id(wanted.0).one(&work.transaction).await?.ok_or_else(|| {
        FieldErrors::one("pledge", Message::new("error-no-such-choice").with("value", answers.text("pledge")))
    })?;
    let arrived = Arrived {
        amount: Money::new(held.amount_minor, codes::currency(&held.currency)?),
        charge_minor: held.charge_minor,
        date: held.date,
        booked_on: context.today().max(held.date),
        bank_reference: &held.bank_reference,
        command_id,
        stated: answers.text("settled"),
        ordered: ordered_of(&work.transaction, held.id).await?,
        held: Some((to_decimal(&held.rate)?, held.usd_minor)),
    };
    let row = enter(&work, &pledge, &arrived).await?;
    audit::record::<(), _>(&work, "audit-pledge-receipt", audit::Kind::Pledge, pledge.id, None, Some(&row)).await?;
    let day = arrived.booked_on;
    decide(&work, held.clone(), HeldState::Identified, Some(row.id), day, answers.text("reason")).await?;
    work.commit().await?;
    Ok(ReceiptId(row.id))
}

/// What the payer of held money ordered, as its line says, where the bank credited another currency.
pub(super) async fn ordered_of<C: ConnectionTrait>(database: &C, held: i64) -> Result<Option<Money>> {
    let lines = bank_line::Entity::find().filter(bank_line::Column::UnidentifiedId.eq(held)).all(database).await?;
    for line in &lines {
        if let Some(ordered) = ordered(line)? {
            return Ok(Some(ordered));
        }
    }
    Ok(None)
}

/// Sends held money back to where it came from. The same form sent twice does so once.
///
/// # Errors
/// Not allowed, not found, wrong fields, decided before, or the database's.
pub async fn send_back(context: &Context, id: UnidentifiedId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = SEND_BACK.read(typed)?;
    let date = answers.date("date").unwrap_or_default();
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let held = load(&work, id).await?;
    if is_repeat(&work, command_id, Event::ReceiptReturned, held.id).await? {
        return Ok(());
    }
    still_held(&held)?;
    let mut errors = FieldErrors::default();
    if date > context.today() {
        errors.add("date", Message::new("error-contribution-future"));
    }
    let from = held.held_on.unwrap_or(held.date);
    if date < from {
        errors.add("date", Message::new("error-sent-back-before").with("from", from));
    }
    errors.into_result()?;
    let amount = Money::new(held.amount_minor, codes::currency(&held.currency)?);
    let arrived = Arrived {
        amount,
        charge_minor: 0,
        date,
        booked_on: date,
        bank_reference: &held.bank_reference,
        command_id,
        stated: "",
        ordered: None,
        held: None,
    };
    let postings = ledger::receipt_returned(amount, held.usd_minor, rate_of(&held, amount)?);
    book(&work, Event::ReceiptReturned, "unidentified", held.id, None, &arrived, postings).await?;
    decide(&work, held.clone(), HeldState::SentBack, None, date, answers.text("reason")).await?;
    settle_sent_back(&work, id, &held.bank_reference).await?;
    work.commit().await
}
