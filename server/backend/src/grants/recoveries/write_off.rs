//! What an organisation will not pay back.

use domain::forms::Typed;
use domain::ids::RecoveryId;
use domain::ledger::Event;
use domain::money::Money;
use domain::recoveries::{RecoveryStep, WRITE_OFF};
use domain::roles::{Action, Subject};

use super::settle::{Step, load, take};
use crate::context::Context;
use crate::error::Result;
use crate::users::ties;

/// Writes off a part of a recovery, or the rest of it, with the reason. The same command again changes nothing.
///
/// # Errors
/// Not allowed, not found, more than is owed, no reason, a tie with the organisation, or the database's.
pub async fn write_off(context: &Context, id: RecoveryId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteOffRecoveries, &Subject::NONE)?;
    let answers = WRITE_OFF.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let Some(before) = load(&work, id, Event::RecoveryWrittenOff, command_id).await? else { return Ok(()) };
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    let step = Step {
        kind: RecoveryStep::WrittenOff,
        amount: answers.money("amount").unwrap_or(Money::usd(0)),
        date: context.today(),
        bank_reference: None,
        reason: answers.text("reason").to_owned(),
    };
    take(&work, &before, step, command_id).await?;
    work.commit().await
}
