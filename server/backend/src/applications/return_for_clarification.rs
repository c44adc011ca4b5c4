//! Returning an application to its organisation for clarification.

use chrono::NaiveTime;
use domain::applications::{ApplicationEvent, RETURN};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::{Action, Subject};
use domain::time::vienna_instant;
use sea_orm::Set;

use super::{check_answer_is_not_awaited, load, step};
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Returns a submitted application with comments; it can be resubmitted until the end of a day in Vienna. When that day
/// has passed without an answer, it can be returned once more with a new one.
///
/// # Errors
/// Not allowed, not found, wrong fields, a day that has passed, in the wrong state, returned already and the day has not
/// passed, a tie with the organisation, or the database's.
pub async fn return_for_clarification(context: &Context, id: ApplicationId, typed: &Typed) -> Result<()> {
    context.permit(Action::ScreenApplications, &Subject::NONE)?;
    let answers = RETURN.read(typed)?;
    let day = answers.date("resubmit_by").filter(|day| *day > context.today());
    let day = day.ok_or_else(|| AppError::field("resubmit_by", "error-date-not-future"))?;
    let due = vienna_instant(day, NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN));
    let comments = answers.text("reason");
    let work = context.begin().await?;
    let row = load(&work, id).await?;
    ties::check(&work.transaction, row.organisation_id, context.actor.user.as_slice()).await?;
    check_answer_is_not_awaited(&row, context.now)?;
    let after = step(&work, row, ApplicationEvent::Return, |change| {
        change.clarification = Set(comments.to_owned());
        change.clarification_due = Set(Some(due));
    })
    .await?;
    let arguments = [
        ("number", after.number.as_str().into()),
        ("title", after.title.as_str().into()),
        ("comments", comments.into()),
        ("due", due.into()),
    ];
    let link = format!("/applications/{id}");
    let organisation = after.organisation_id;
    mail::queue_to_organisation(&work, organisation, MailKind::ApplicationReturned, &arguments, Some(&link)).await?;
    work.commit().await
}
