//! Taking an application back from a reviewer who does not answer, so that one person's silence stops nothing.

use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::ids::{ApplicationId, ReviewId, UserId};
use domain::reviews::ReviewState;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ModelTrait as _, QueryFilter as _, QuerySelect as _};

use super::complete::{complete, state_of};
use super::entity::review;
use crate::applications;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Takes an application back from a reviewer who has not handed in a review; the trail keeps what was written. If
/// all others are done, the application goes on to the Board. The reviewer is told by mail.
///
/// # Errors
/// Not allowed, not found, refused when the review is handed in or the reviewer has stepped aside, or when the
/// application is no longer in review, or a tie with the organisation.
pub async fn take_back(context: &Context, application: ApplicationId, id: ReviewId) -> Result<()> {
    context.permit(Action::AssignReviews, &Subject::NONE)?;
    let work = context.begin().await?;
    // The application first, as every other step of a review does.
    let row = applications::load(&work, application).await?;
    ties::check(&work.transaction, row.organisation_id, context.actor.user.as_slice()).await?;
    let before = review::Entity::find_by_id(id.0)
        .filter(review::Column::ApplicationId.eq(application.0))
        .lock_exclusive()
        .one(&work.transaction)
        .await?
        .ok_or(AppError::NotFound)?;
    if applications::state_of(&row)? != ApplicationState::InReview {
        return Err(AppError::refused("refused-review-closed").into());
    }
    if !matches!(state_of(&before)?, ReviewState::Assigned | ReviewState::InProgress) {
        return Err(AppError::refused("refused-review-take-back").into());
    }
    let subject = audit::Kind::Application;
    audit::record::<_, ()>(&work, "audit-review-taken-back", subject, application.0, Some(&before), None).await?;
    let arguments = [("number", row.number.as_str().into()), ("title", row.title.as_str().into())];
    mail::queue_to_user(&work, UserId(before.reviewer_id), MailKind::ReviewTakenBack, &arguments, Some("/reviews"))
        .await?;
    before.delete(&work.transaction).await?;
    complete(&work, row).await?;
    work.commit().await
}
