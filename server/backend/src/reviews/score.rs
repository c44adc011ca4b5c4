//! Scoring: a draft is kept whatever it holds, a submitted review is complete and final.

use domain::errors::AppError;
use domain::forms::{Merged, Typed};
use domain::ids::{CallId, ReviewId};
use domain::message::Message;
use domain::reviews::{REVIEW, ReviewEvent, ReviewState, recommendable, score_lines, scores_of, total, transition};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::complete::{complete, load, state_of};
use super::entity::review;
use crate::audit;
use crate::calls::queries::criteria;
use crate::context::Context;
use crate::drafts::{self, Fit, Saved};
use crate::error::Result;
use crate::users::ties;

/// Keeps what a reviewer wrote so far. The field `version` names the version that the page started from: what the same
/// reviewer saved in another window since is kept beside it. Without it nothing is compared.
///
/// # Errors
/// Not allowed, not found, a review that is not in progress, a tie with the organisation, or `conflict-review`.
pub async fn save(context: &Context, id: ReviewId, typed: &Typed) -> Result<Saved> {
    context.permit(Action::WriteReviews, &Subject::NONE)?;
    let work = context.begin().await?;
    let (application, before) = load(&work, id).await?;
    ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
    if state_of(&before)? != ReviewState::InProgress {
        return Err(AppError::refused("refused-review-not-in-progress").into());
    }
    let theirs: Typed = serde_json::from_str(&before.typed)?;
    let (draft, expected) = (draft_of(id), typed.get("version").parse().ok());
    let sent = typed.only(&REVIEW);
    let (stored, more) = match drafts::fit(&work.transaction, &draft, (before.version, &theirs), sent, expected).await?
    {
        Fit::Conflict => return Err(AppError::Conflict(Message::new("conflict-review")).into()),
        Fit::Stored(merged) => return Ok(Saved { version: before.version, saved_at: context.now, merged }),
        Fit::New(stored, more) => (stored, more),
    };
    let (text, version) = (serde_json::to_string(&stored)?, before.version + 1);
    drafts::keep(&work, &draft, version, &text).await?;
    let mut change: review::ActiveModel = before.into();
    change.typed = Set(text);
    change.version = Set(version);
    change.update(&work.transaction).await?;
    audit::note(&work, "audit-review-saved", audit::Kind::Application, application.id).await?;
    work.commit().await?;
    Ok(Saved { version, saved_at: context.now, merged: more.then_some(stored) })
}

/// The name of a review among drafts.
fn draft_of(id: ReviewId) -> String {
    format!("review/{id}")
}

/// What was written on a version, put together with what is stored by now.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn together(context: &Context, id: ReviewId, written_on: i64, typed: &Typed) -> Result<Merged> {
    let theirs = super::queries::get(context, id).await?.typed;
    drafts::together(context.database(), &draft_of(id), written_on, &theirs, &typed.only(&REVIEW)).await
}

/// Hands in a review. With the last one, the application goes on to the Board.
///
/// # Errors
/// Not allowed, not found, wrong or missing scores, a review that is not in progress, or a tie with the organisation.
pub async fn submit(context: &Context, id: ReviewId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReviews, &Subject::NONE)?;
    let work = context.begin().await?;
    let (application, before) = load(&work, id).await?;
    ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
    let state = transition(state_of(&before)?, ReviewEvent::Submit)?;
    let criteria = criteria(&work.transaction, CallId(application.call_id)).await?;
    let (answers, mut errors) = REVIEW.read_lenient(typed);
    let lines = match score_lines(&answers, &criteria) {
        Ok(lines) => lines,
        Err(more) => {
            errors.0.extend(more.0);
            Vec::new()
        }
    };
    errors.into_result()?;
    let scores = scores_of(&lines);
    let mut change: review::ActiveModel = before.clone().into();
    change.state = Set(state.code().to_owned());
    change.typed = Set(serde_json::to_string(&typed.only(&REVIEW))?);
    change.total = Set(Some(total(&scores)));
    change.recommendable = Set(Some(recommendable(&criteria, &scores)));
    change.version = Set(before.version + 1);
    change.submitted_at = Set(Some(context.now));
    let after = change.update(&work.transaction).await?;
    audit::record(
        &work,
        "audit-review-submitted",
        audit::Kind::Application,
        application.id,
        Some(&before),
        Some(&after),
    )
    .await?;
    complete(&work, application).await?;
    work.commit().await
}
