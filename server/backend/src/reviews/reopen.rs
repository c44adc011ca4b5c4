//! Reviewing an application once more: a review that was handed in is reopened, or another reviewer is added. Either way
//! the application is in review again until all reviews are in.

use domain::applications::{ApplicationEvent, ApplicationState};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{ApplicationId, UserId};
use domain::message::Message;
use domain::reviews::{REOPENING, ReviewEvent, transition};
use domain::roles::{Action, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Set,
};

use super::complete::state_of;
use super::entity::review;
use crate::applications::{self, entity::application};
use crate::audit;
use crate::board::entity::{board_item, board_session};
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Reopens a review that was handed in: its reviewer may change it and hands it in again. The reviewer is told why.
///
/// # Errors
/// Not allowed, not found, wrong fields, a review that is not handed in, an application that is no longer reviewed or
/// about which the Board has recorded something, a tie with the organisation, or the database's.
pub async fn reopen(context: &Context, application: ApplicationId, typed: &Typed) -> Result<()> {
    context.permit(Action::AssignReviews, &Subject::NONE)?;
    let answers = REOPENING.read(typed)?;
    let work = context.begin().await?;
    let row = applications::load(&work, application).await?;
    ties::check(&work.transaction, row.organisation_id, context.actor.user.as_slice()).await?;
    let before = review::Entity::find_by_id(answers.id("review").unwrap_or(0))
        .filter(review::Column::ApplicationId.eq(application.0))
        .lock_exclusive()
        .one(&work.transaction)
        .await?
        .ok_or_else(|| FieldErrors::one("review", Message::new("error-choose")))?;
    let row = in_review(&work, row).await?;
    let mut change: review::ActiveModel = before.clone().into();
    change.state = Set(transition(state_of(&before)?, ReviewEvent::Reopen)?.code().to_owned());
    change.version = Set(before.version + 1);
    change.total = Set(None);
    change.recommendable = Set(None);
    change.submitted_at = Set(None);
    change.reopened_reason = Set(answers.text("reason").to_owned());
    let after = change.update(&work.transaction).await?;
    let subject = audit::Kind::Application;
    audit::record(&work, "audit-review-reopened", subject, application.0, Some(&before), Some(&after)).await?;
    let arguments = [
        ("number", row.number.as_str().into()),
        ("title", row.title.as_str().into()),
        ("reason", answers.text("reason").into()),
    ];
    let link = format!("/reviews/{}", after.id);
    let reviewer = UserId(after.reviewer_id);
    mail::queue_to_user(&work, reviewer, MailKind::ReviewReopened, &arguments, Some(&link)).await?;
    work.commit().await
}

/// The application, in review: one that is eligible begins it, one that is reviewed or on the reserve list is reviewed
/// again, as long as nothing is recorded about it that has not been released.
pub(super) async fn in_review(work: &Work<'_>, row: application::Model) -> Result<application::Model> {
    let event = match applications::state_of(&row)? {
        ApplicationState::InReview => return Ok(row),
        ApplicationState::Eligible => ApplicationEvent::StartReview,
        ApplicationState::Reviewed | ApplicationState::Reserved => ApplicationEvent::ReviewAgain,
        _ => return Err(AppError::refused("refused-review-assign").into()),
    };
    if event == ApplicationEvent::ReviewAgain {
        let unreleased = board_session::Entity::find()
            .select_only()
            .column(board_session::Column::Id)
            .filter(board_session::Column::State.ne(domain::board::SessionState::Released.code()))
            .into_query();
        let recorded = board_item::Entity::find()
            .filter(board_item::Column::ApplicationId.eq(row.id))
            .filter(board_item::Column::Outcome.is_not_null())
            .filter(board_item::Column::SessionId.in_subquery(unreleased));
        if recorded.count(&work.transaction).await? > 0 {
            return Err(AppError::refused("refused-review-recorded").into());
        }
    }
    applications::step(work, row, event, |_| {}).await
}
