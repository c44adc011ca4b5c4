//! An organisation paid back, in full or in part.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{GrantId, RecoveryId};
use domain::ledger::Event;
use domain::money::Money;
use domain::recoveries::{RECEIVE, RecoveryStep};
use domain::roles::{Action, Subject};
use domain::time::vienna_date;

use super::settle::{Step, load, take};
use crate::context::Context;
use crate::contributions::statements::judge_waiting;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Enters money that came back. It can be committed again at once. The same command again changes nothing.
///
/// # Errors
/// Not allowed, not found, more than is owed, a day before the recovery or after today, a bank reference that was
/// used before, a tie with the organisation, or the database's.
pub async fn receive(context: &Context, id: RecoveryId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReceiveRecoveries, &Subject::NONE)?;
    let answers = RECEIVE.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let Some(before) = load(&work, id, Event::RecoveryReceived, command_id).await? else { return Ok(()) };
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    let date = answers.date("date").ok_or_else(|| AppError::field("date", "error-required"))?;
    if date > context.today() {
        return Err(AppError::field("date", "error-recovery-in-future").into());
    }
    if date < vienna_date(before.created_at) {
        return Err(AppError::field("date", "error-recovery-too-early").into());
    }
    let step = Step {
        kind: RecoveryStep::Received,
        amount: answers.money("amount").unwrap_or(Money::usd(0)),
        date,
        bank_reference: answers.optional_text("bank_reference"),
        reason: String::new(),
    };
    let amount = step.amount;
    let reference = step.bank_reference.clone();
    let after = take(&work, &before, step, command_id).await?;
    // The line of a statement that tells of it is no contribution.
    judge_waiting(&work, reference.as_slice()).await?;
    let grant = crate::grants::load(&work, GrantId(before.grant_id)).await?;
    let left = after.usd_minor - after.received_usd_minor - after.written_off_usd_minor;
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("amount", amount.into()),
        ("left", Money::usd(left).into()),
        ("recovery", after.number.as_str().into()),
    ];
    let link = format!("/grants/recoveries/{id}");
    mail::queue_to_organisation(&work, after.organisation_id, MailKind::RecoveryReceived, &arguments, Some(&link))
        .await?;
    work.commit().await
}
