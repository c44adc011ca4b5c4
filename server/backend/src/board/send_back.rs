//! The executive director sends a recommendation back to the Board, with a reason.

use domain::applications::ApplicationEvent;
use domain::board::DECISION;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::correct::clear;
use super::decide::{earlier, recommended_item};
use super::entity::decision;
use crate::applications;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::users::ties;

/// Sends an application back. The votes stay; the recommendation is taken off its item, so that another can be
/// recorded while the session is under way, or another session can take it up. The audit trail keeps the old one.
///
/// # Errors
/// Not allowed, not found, no reason, a tie with the organisation, or an application that is not recommended.
pub async fn send_back(context: &Context, id: ApplicationId, typed: &Typed) -> Result<()> {
    context.permit(Action::DecideAwards, &Subject::NONE)?;
    let answers = DECISION.read(typed)?;
    if answers.text("note").is_empty() {
        return Err(AppError::field("note", "error-send-back-reason").into());
    }
    let work = context.begin().await?;
    let application = applications::load(&work, id).await?;
    if earlier(&work, id, answers.text("command_id"), false).await?.is_some() {
        return Ok(());
    }
    ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
    applications::step(&work, application, ApplicationEvent::SendBack, |_| {}).await?;
    let before = recommended_item(&work, id).await?;
    decision::ActiveModel {
        application_id: Set(id.0),
        item_id: Set(before.id),
        approved: Set(false),
        note: Set(answers.text("note").to_owned()),
        decided_by: Set(context.actor.user.map(Into::into)),
        decided_at: Set(context.now),
        command_id: Set(answers.text("command_id").to_owned()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let after = clear(&work, &before).await?;
    audit::record(
        &work,
        "audit-session-sent-back",
        audit::Kind::Session,
        before.session_id,
        Some(&before),
        Some(&after),
    )
    .await?;
    work.commit().await
}
