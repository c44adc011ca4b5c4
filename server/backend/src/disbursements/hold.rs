//! Holding a disbursement before it goes to the bank, and letting it go on. Neither moves money.

use domain::disbursements::STEP_BACK;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DisbursementId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::entity::{disbursement, disbursement_step};
use super::officers::Signer;
use super::take::{load, note_step, state_of};
use super::tell;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::ledger::find_command;
use crate::users::ties;

/// Holds a disbursement that is not with the bank yet, with a reason.
///
/// # Errors
/// Not allowed, not found, with the bank or over, held already, a tie with the organisation, no reason, or the
/// database's.
pub async fn hold(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    set(context, id, typed, true).await
}

/// Lets a held disbursement go on: by whoever held it, or by somebody who approves.
///
/// # Errors
/// Not allowed, not found, not held, a tie with the organisation, no reason, or the database's.
pub async fn resume(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    set(context, id, typed, false).await
}

/// True when the actor may let a held disbursement go on.
pub(super) fn may_resume(context: &Context, row: &disbursement::Model) -> bool {
    let own = row.held_by.is_some() && row.held_by == context.actor.user.map(i64::from);
    own || context.permit(Action::ApproveDisbursements, &Subject::NONE).is_ok()
}

async fn set(context: &Context, id: DisbursementId, typed: &Typed, is_held: bool) -> Result<()> {
    context.permit(Action::HoldDisbursements, &Subject::NONE)?;
    let answers = STEP_BACK.read(typed)?;
    let (reason, command_id) = (answers.text("reason"), answers.text("command_id"));
    let step = if is_held { "hold" } else { "resume" };
    let work = context.begin_money().await?;
    if is_repeated(&work, id, step, command_id).await? {
        return Ok(());
    }
    let (before, grant) = load(&work, id).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    match (is_held, before.held_at.is_some()) {
        (true, true) => return Err(AppError::refused("refused-held-already").into()),
        (false, false) => return Err(AppError::refused("refused-not-held").into()),
        (true, false) if !state_of(&before)?.may_be_held() => {
            return Err(AppError::refused("refused-hold-too-late").into());
        }
        (false, true) if !may_resume(context, &before) => {
            return Err(AppError::refused("refused-resume-other").into());
        }
        _ => {}
    }
    let mut row: disbursement::ActiveModel = before.clone().into();
    row.held_by = Set(context.actor.user.filter(|_| is_held).map(Into::into));
    row.held_at = Set(is_held.then_some(context.now));
    row.held_reason = Set(is_held.then(|| reason.to_owned()));
    let after = row.update(&work.transaction).await?;
    note_step(&work, before.id, step, &Signer::default(), reason, command_id).await?;
    tell::of_hold(&work, &grant, &after, is_held, reason).await?;
    let action = format!("audit-disbursement-{step}");
    audit::record(&work, &action, audit::Kind::Disbursement, before.id, Some(&before), Some(&after)).await?;
    work.commit().await
}

async fn is_repeated(work: &Work<'_>, id: DisbursementId, step: &str, command_id: &str) -> Result<bool> {
    let in_books = find_command(work, command_id).await?.is_some();
    let found = disbursement_step::Entity::find()
        .filter(disbursement_step::Column::CommandId.eq(command_id))
        .one(&work.transaction)
        .await?;
    match found {
        None if !in_books => Ok(false),
        Some(row) if row.disbursement_id == id.0 && row.step == step => Ok(true),
        _ => Err(AppError::refused("refused-disbursement-command-used").into()),
    }
}
