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
use super::statements::judge_waiting;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::ledger::find_command;

/// Enters a receipt for a pledge, in its currency or another one. The same form sent twice enters it once and gives
/// the first receipt.
///
/// # Errors
/// Not allowed, not found, wrong fields, a bank reference that was used before, no rate of exchange for the day, or
/// the database's.
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
    let row = enter(&work, &pledge, &arrived).await?;
    audit::record::<(), _>(&work, "audit-pledge-receipt", audit::Kind::Pledge, pledge.id, None, Some(&row)).await?;
    judge_waiting(&work, std::slice::from_ref(&row.bank_reference)).await?;
    work.commit().await?;
    Ok(ReceiptId(row.id))
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
