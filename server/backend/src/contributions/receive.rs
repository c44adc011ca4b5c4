//! Entering money that came in for a pledge: it settles the pledge, PSC is set aside, and what the banks kept and what
//! the rate of exchange did since the pledge are shown in the books.

use domain::contributions::RECEIPT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{PledgeId, ReceiptId};
use domain::ledger::Event;
use domain::roles::{Action, Subject};
use sea_orm::EntityTrait as _;

use super::enter::enter;
use super::entity::{pledge, receipt};
use super::settle::{Arrived, check};
use super::statements::{Alike, ByHand, ask, judge_waiting, told_by_hand};
use crate::audit;
use crate::context::{Context, Work};
use crate::donors::entity::donor;
use crate::error::Result;
use crate::ledger::find_command;

/// Enters a receipt for a pledge, in its currency or another one. The same form sent twice enters it once and gives
/// the first receipt.
///
/// # Errors
/// Not allowed, not found, wrong fields, a bank reference that was used before, a line of a bank statement that may tell
/// of it and was not looked at, no rate of exchange for the day, or the database's.
pub async fn receive(context: &Context, id: PledgeId, typed: &Typed) -> Result<ReceiptId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = RECEIPT.read(typed)?;
    let arrived = Arrived::typed(&answers);
    let work = context.begin_money().await?;
    let pledge = pledge::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if let Some(first) = repeated(&work, id, &arrived).await? {
        return Ok(first);
    }
    check(&work, &arrived).await?;
    let donor = donor::Entity::find_by_id(pledge.donor_id).one(&work.transaction).await?;
    let payer = donor.map(|donor| donor.name).unwrap_or_default();
    ask(&work.transaction, &by_hand(&arrived, &payer, Some(id)), answers.codes("other_money")).await?;
    let row = enter(&work, &pledge, &arrived).await?;
    audit::record::<(), _>(&work, "audit-pledge-receipt", audit::Kind::Pledge, pledge.id, None, Some(&row)).await?;
    judge_waiting(&work, std::slice::from_ref(&row.bank_reference)).await?;
    work.commit().await?;
    Ok(ReceiptId(row.id))
}

/// The lines of bank statements that may tell of money as it stands in the form; none where the form is not complete.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn told_of_receipt(context: &Context, id: PledgeId, typed: &Typed) -> Result<Vec<Alike>> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let Ok(answers) = RECEIPT.read(typed) else { return Ok(Vec::new()) };
    let pledge = pledge::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let donor = donor::Entity::find_by_id(pledge.donor_id).one(context.database()).await?;
    let payer = donor.map(|donor| donor.name).unwrap_or_default();
    told_by_hand(context.database(), &by_hand(&Arrived::typed(&answers), &payer, Some(id))).await
}

/// Money as a person types it, to be held against the lines of bank statements.
pub(super) fn by_hand<'a>(arrived: &Arrived<'a>, payer: &'a str, pledge: Option<PledgeId>) -> ByHand<'a> {
    ByHand {
        amount: arrived.amount,
        charge_minor: arrived.charge_minor,
        date: arrived.date,
        bank_reference: arrived.bank_reference,
        payer,
        pledge,
    }
}

/// The receipt that the same form made before. Another content under the same id is no repeat, and is refused.
async fn repeated(work: &Work<'_>, pledge: PledgeId, arrived: &Arrived<'_>) -> Result<Option<ReceiptId>> {
    let Some((event, id)) = find_command(work, arrived.command_id).await? else { return Ok(None) };
    let first = match event == Event::Receipt.code() {
        true => receipt::Entity::find_by_id(id).one(&work.transaction).await?,
        false => None,
    };
    let same = first.is_some_and(|first| {
        first.pledge_id == pledge.0
            && first.amount_minor == arrived.amount.minor
            && first.charge_minor == arrived.charge_minor
            && first.currency == arrived.amount.currency.code()
            && first.date == arrived.date
            && first.bank_reference == arrived.bank_reference
    });
    if same { Ok(Some(ReceiptId(id))) } else { Err(AppError::refused("refused-command-used").into()) }
}
