//! Taking back a receipt that was entered for the wrong pledge. Its entry is reversed, and its money is held again, as
//! if nobody had said yet what it is: from there it goes to the right pledge, or back to whoever sent it.

use domain::contributions::UNDO_RECEIPT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{EntryId, PledgeId, ReceiptId, UnidentifiedId};
use domain::ledger::Event;
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::bank_entity::{bank_line, unidentified};
use super::entity::{pledge, receipt};
use super::rates::to_decimal;
use super::settle::Arrived;
use super::statements::LineState;
use super::unidentified::{ToHold, enter_many, held_since, hold_again};
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::donors::entity::donor;
use crate::error::{Error, Result};
use crate::grants::funding::numbers_paid_from;
use crate::ledger::entity::journal_entry;
use crate::ledger::{check_command, post_reversal, refuse_used, set_aside};

/// Takes a receipt of a pledge back and holds its money. The same form sent twice does so once.
///
/// # Errors
/// Not allowed, not found, wrong fields, taken back before, money that pays for a grant or for programme support costs
/// that were paid over, or the database's.
pub async fn undo(context: &Context, pledge: PledgeId, id: ReceiptId, typed: &Typed) -> Result<UnidentifiedId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = UNDO_RECEIPT.read(typed)?;
    let command_id = answers.text("command_id");
    check_command(command_id)?;
    let work = context.begin_money().await?;
    let found = receipt::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.filter(|row| row.pledge_id == pledge.0).ok_or(AppError::NotFound)?;
    if let Some(first) = repeated(&work, &before, command_id).await? {
        return Ok(first);
    }
    refuse_used(&work, command_id).await?;
    check(&work, &before).await?;
    let entry = entry_of(&work, id).await?;
    post_reversal(&work, entry, context.today(), command_id).await?;
    let opposite = opposite(&work, &before, command_id).insert(&work.transaction).await?;
    let mut change: receipt::ActiveModel = before.clone().into();
    change.undone = Set(true);
    let after = change.update(&work.transaction).await?;
    let reason = serde_json::json!({ "receipt": after, "undone_by": opposite.id, "reason": answers.text("reason") });
    let kind = audit::Kind::Pledge;
    audit::record(&work, "audit-receipt-undone", kind, pledge.0, Some(&before), Some(&reason)).await?;
    let held = hold(&work, &before, opposite.id).await?;
    work.commit().await?;
    Ok(held)
}

/// The held money that the same form made before.
async fn repeated(work: &Work<'_>, row: &receipt::Model, command_id: &str) -> Result<Option<UnidentifiedId>> {
    let opposite = receipt::Entity::find().filter(receipt::Column::CommandId.eq(command_id));
    let Some(opposite) = opposite.one(&work.transaction).await? else { return Ok(None) };
    if opposite.undoes != Some(row.id) {
        return Err(AppError::refused("refused-command-used").into());
    }
    let held = unidentified::Entity::find().filter(unidentified::Column::BankReference.eq(&row.bank_reference));
    let held = held.one(&work.transaction).await?;
    Ok(Some(UnidentifiedId(held.ok_or(AppError::NotFound)?.id)))
}

/// A receipt can be taken back once, while nothing is paid from it.
async fn check(work: &Work<'_>, row: &receipt::Model) -> Result<()> {
    if row.undone {
        return Err(AppError::refused("refused-receipt-undone").into());
    }
    if let Some(beyond) = beyond_the_pledge(work, row).await? {
        let message = Message::new("refused-undo-beyond").with("reference", beyond.bank_reference.as_str());
        return Err(AppError::Refused(message).into());
    }
    if row.spent_before_usd_minor > 0 {
        let message = Message::new("refused-undo-spent").with("spent", Money::usd(row.spent_before_usd_minor));
        return Err(AppError::Refused(message).into());
    }
    let grants = numbers_paid_from(work, ReceiptId(row.id)).await?;
    if !grants.is_empty() {
        let message = Message::new("refused-undo-committed").with("grants", grants.join(", ").as_str());
        return Err(AppError::Refused(message).into());
    }
    let pledge = pledge_of(work, row).await?;
    let set_aside = set_aside(work).await?.get(&codes::earmark(&pledge.earmark)?).copied().unwrap_or(0);
    if set_aside < row.psc_usd_minor {
        let message = Message::new("refused-undo-psc")
            .with("psc", Money::usd(row.psc_usd_minor))
            .with("set_aside", Money::usd(set_aside));
        return Err(AppError::Refused(message).into());
    }
    Ok(())
}

/// A receipt that found the pledge paid and became further revenue. It would have settled the pledge had this one not
/// been there, so it is taken back first and identified again afterwards.
async fn beyond_the_pledge(work: &Work<'_>, row: &receipt::Model) -> Result<Option<receipt::Model>> {
    if row.settled_minor == 0 {
        return Ok(None);
    }
    Ok(receipt::Entity::find()
        .filter(receipt::Column::PledgeId.eq(row.pledge_id))
        .filter(receipt::Column::Id.ne(row.id))
        .filter(receipt::Column::Undone.eq(false))
        .filter(Expr::col(receipt::Column::CreditedMinor).gt(Expr::col(receipt::Column::SettledMinor)))
        .order_by_asc(receipt::Column::Id)
        .one(&work.transaction)
        .await?)
}

async fn pledge_of(work: &Work<'_>, row: &receipt::Model) -> Result<pledge::Model> {
    let found = pledge::Entity::find_by_id(row.pledge_id).one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The entry that the receipt made.
async fn entry_of(work: &Work<'_>, id: ReceiptId) -> Result<EntryId> {
    let events = [Event::Receipt, Event::ReceiptIdentified].map(Event::code);
    let entry = journal_entry::Entity::find()
        .filter(journal_entry::Column::SourceKind.eq("receipt"))
        .filter(journal_entry::Column::SourceId.eq(id.0))
        .filter(journal_entry::Column::Event.is_in(events))
        .one(&work.transaction)
        .await?;
    Ok(EntryId(entry.ok_or_else(|| Error::Defect(format!("receipt {id} has no entry")))?.id))
}

/// The receipt that takes another one back, today, with every amount the other way round.
fn opposite(work: &Work<'_>, row: &receipt::Model, command_id: &str) -> receipt::ActiveModel {
    receipt::ActiveModel {
        pledge_id: Set(row.pledge_id),
        currency: Set(row.currency.clone()),
        amount_minor: Set(-row.amount_minor),
        date: Set(work.context.today()),
        booked_on: Set(work.context.today()),
        bank_reference: Set(row.bank_reference.clone()),
        rate: Set(row.rate.clone()),
        pledge_rate: Set(row.pledge_rate.clone()),
        stated: Set(row.stated),
        usd_minor: Set(-row.usd_minor),
        charge_minor: Set(-row.charge_minor),
        credited_minor: Set(-row.credited_minor),
        settled_minor: Set(-row.settled_minor),
        settled_usd_minor: Set(-row.settled_usd_minor),
        psc_usd_minor: Set(-row.psc_usd_minor),
        command_id: Set(command_id.to_owned()),
        undone: Set(true),
        undoes: Set(Some(row.id)),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
}

/// Holds the money again: as it was held before, or as if it had been from the beginning.
async fn hold(work: &Work<'_>, row: &receipt::Model, opposite: i64) -> Result<UnidentifiedId> {
    let lines = bank_line::Entity::find().filter(bank_line::Column::ReceiptId.eq(row.id));
    let lines = lines.order_by_asc(bank_line::Column::Id).all(&work.transaction).await?;
    let earlier = unidentified::Entity::find().filter(unidentified::Column::ReceiptId.eq(row.id));
    if let Some(earlier) = earlier.one(&work.transaction).await? {
        let id = hold_again(work, earlier).await?;
        follow(work, lines, id).await?;
        return Ok(id);
    }
    let entered = |line: &&bank_line::Model| line.state == LineState::Matched.code();
    let line = lines.iter().find(entered).or(lines.first());
    let payer = match line {
        Some(line) => line.payer.clone(),
        None => donor_name(work, row).await?,
    };
    let arrived = Arrived {
        amount: Money::new(row.amount_minor, codes::currency(&row.currency)?),
        charge_minor: row.charge_minor,
        date: row.date,
        booked_on: work.context.today(),
        bank_reference: &row.bank_reference,
        command_id: &format!("system/undone-receipt/{opposite}"),
        stated: "",
        ordered: None,
        // At the rate at which it came, whatever was entered since.
        held: Some((to_decimal(&row.rate)?, row.usd_minor)),
    };
    let remittance = line.map_or("", |line| line.remittance.as_str());
    let made = enter_many(work, &[ToHold { arrived, payer: &payer, remittance }]).await?;
    let id = made.into_iter().next().ok_or_else(|| Error::Defect("nothing was held".to_owned()))?;
    held_since(work, id).await?;
    follow(work, lines, id).await?;
    Ok(id)
}

/// The lines of the receipt are the held money's from now on.
async fn follow(work: &Work<'_>, lines: Vec<bank_line::Model>, held: UnidentifiedId) -> Result<()> {
    for line in lines {
        let entered = line.state == LineState::Matched.code();
        let mut change: bank_line::ActiveModel = line.into();
        if entered {
            change.state = Set(LineState::Held.code().to_owned());
        }
        change.receipt_id = Set(None);
        change.unidentified_id = Set(Some(held.0));
        change.update(&work.transaction).await?;
    }
    Ok(())
}

async fn donor_name(work: &Work<'_>, row: &receipt::Model) -> Result<String> {
    let pledge = pledge_of(work, row).await?;
    let donor = donor::Entity::find_by_id(pledge.donor_id).one(&work.transaction).await?;
    Ok(donor.map(|donor| donor.name).unwrap_or_default())
}
