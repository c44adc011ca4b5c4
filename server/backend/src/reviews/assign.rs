//! Giving an application to a technical reviewer.

use domain::errors::FieldErrors;
use domain::forms::Typed;
use domain::ids::{ApplicationId, ReviewId, UserId};
use domain::message::Message;
use domain::reviews::{ASSIGNMENT, ReviewState};
use domain::roles::{Action, Role, Subject};
use domain::users::UserState;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Set,
};

use super::entity::review;
use super::facts;
use super::reopen::in_review;
use crate::applications;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::entity::user;
use crate::users::ties;

/// Gives an application to a reviewer; the first one begins its review, and one more puts what was reviewed back into it.
///
/// # Errors
/// Not allowed, no such reviewer, one who has it already, one of the two with a tie with the organisation, or an
/// application that is not to be reviewed now.
pub async fn assign(context: &Context, application: ApplicationId, typed: &Typed) -> Result<ReviewId> {
    context.permit(Action::AssignReviews, &Subject::NONE)?;
    let answers = ASSIGNMENT.read(typed)?;
    let work = context.begin().await?;
    let before = applications::load(&work, application).await?;
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    let before = in_review(&work, before).await?;
    let reviewer = user::Entity::find_by_id(answers.id("reviewer").unwrap_or(0))
        .filter(user::Column::Role.eq(Role::TechnicalReviewer.code()))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .one(&work.transaction)
        .await?
        .ok_or_else(|| FieldErrors::one("reviewer", Message::new("error-reviewer-unknown")))?;
    let known = review::Entity::find()
        .filter(review::Column::ApplicationId.eq(application.0))
        .filter(review::Column::ReviewerId.eq(reviewer.id))
        .count(&work.transaction)
        .await?;
    if known > 0 {
        let message = Message::new("error-reviewer-twice").with("name", reviewer.name.as_str());
        return Err(FieldErrors::one("reviewer", message).into());
    }
    if ties::obstacle(&work.transaction, before.organisation_id, &[UserId(reviewer.id)]).await?.is_some() {
        let message = Message::new("error-reviewer-tie").with("name", reviewer.name.as_str());
        return Err(FieldErrors::one("reviewer", message).into());
    }
    let row = review::ActiveModel {
        application_id: Set(application.0),
        reviewer_id: Set(reviewer.id),
        state: Set(ReviewState::Assigned.code().to_owned()),
        conflict_reason: Set(String::new()),
        typed: Set("{}".to_owned()),
        version: Set(1),
        assigned_by: Set(context.actor.user.map(Into::into)),
        assigned_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(&work, "audit-review-assigned", audit::Kind::Application, application.0, None, Some(&row))
        .await?;
    let arguments = [("number", before.number.as_str().into()), ("title", before.title.as_str().into())];
    let link = format!("/reviews/{}", row.id);
    mail::queue_to_user(&work, UserId(reviewer.id), MailKind::ReviewAssigned, &arguments, Some(&link)).await?;
    work.commit().await?;
    Ok(ReviewId(row.id))
}

/// The reviewers to whom an application can still be given, by name: those who have it, and those with a tie with its
/// organisation, are left out.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn reviewers(context: &Context, application: ApplicationId) -> Result<Vec<(UserId, String)>> {
    context.permit(Action::AssignReviews, &Subject::NONE)?;
    let of = facts::of_one(context.database(), application).await?.organisation;
    let taken = review::Entity::find()
        .select_only()
        .column(review::Column::ReviewerId)
        .filter(review::Column::ApplicationId.eq(application.0))
        .into_query();
    let rows: Vec<(i64, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Name)
        .filter(user::Column::Role.eq(Role::TechnicalReviewer.code()))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .filter(user::Column::Id.not_in_subquery(taken))
        .filter(user::Column::Id.not_in_subquery(ties::people_of(of)))
        .order_by_asc(user::Column::Name)
        .into_tuple()
        .all(context.database())
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (UserId(id), name)).collect())
}
