//! A reviewer says whether there is a conflict of interest, before anything else and again whenever one appears.

use domain::forms::Typed;
use domain::ids::ReviewId;
use domain::reviews::{CONFLICT, Conflict, ReviewEvent, ReviewState, check_conflict, transition};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::complete::{complete, load, state_of};
use super::entity::review;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::users::ties;

/// Declares a conflict of interest, or that there is none. With a conflict, whatever was written is thrown away
/// and the reviewer sees nothing more of the application. Gives the new state.
///
/// # Errors
/// Not allowed, not found, a conflict without a reason, no conflict in spite of a tie with the organisation, or a review
/// that is past this.
pub async fn declare(context: &Context, id: ReviewId, typed: &Typed) -> Result<ReviewState> {
    context.permit(Action::WriteReviews, &Subject::NONE)?;
    let answers = CONFLICT.read(typed)?;
    check_conflict(&answers).into_result()?;
    let has_conflict = answers.text("conflict") == Conflict::Conflict.code();
    let event = if has_conflict { ReviewEvent::DeclareConflict } else { ReviewEvent::DeclareNone };
    let work = context.begin().await?;
    let (application, before) = load(&work, id).await?;
    // Whoever has a tie can still step aside.
    if !has_conflict {
        ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
    }
    let state = transition(state_of(&before)?, event)?;
    let mut change: review::ActiveModel = before.clone().into();
    change.state = Set(state.code().to_owned());
    change.version = Set(before.version + 1);
    if has_conflict {
        change.conflict_reason = Set(answers.text("reason").to_owned());
        change.typed = Set("{}".to_owned());
    }
    let after = change.update(&work.transaction).await?;
    let action = if has_conflict { "audit-review-conflict" } else { "audit-review-no-conflict" };
    audit::record(&work, action, audit::Kind::Application, application.id, Some(&before), Some(&after)).await?;
    // The last open reviewer may be the one who steps aside.
    complete(&work, application).await?;
    work.commit().await?;
    Ok(state)
}
