//! When an organisation may write in an application: its own, in a state for writing, before the deadline.

use chrono::{DateTime, TimeDelta, Utc};
use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::ids::{ApplicationId, OrganisationId};
use domain::roles::{Action, Subject};
use sea_orm::EntityTrait as _;

use super::entity::application;
use super::{load, state_of};
use crate::calls::entity::call;
use crate::context::Work;
use crate::error::Result;

/// Until when an application can be written in and submitted: the call's deadline, or that of the clarification.
pub(crate) fn deadline(row: &application::Model, call: &call::Model) -> DateTime<Utc> {
    match row.clarification_due {
        Some(due) if row.state == ApplicationState::Returned.code() => due,
        _ => call.closes_at,
    }
}

/// True while a deadline has not passed; its own second still counts.
pub(crate) fn before(now: DateTime<Utc>, deadline: DateTime<Utc>) -> bool {
    now < deadline + TimeDelta::seconds(1)
}

/// True when an application was returned and its date has passed without an answer.
pub(crate) fn is_unanswered(row: &application::Model, now: DateTime<Utc>) -> bool {
    let returned = row.state == ApplicationState::Returned.code();
    returned && row.clarification_due.is_none_or(|due| !before(now, due))
}

/// While an application is with its organisation, the secretariat waits for the answer until the date that it set.
///
/// # Errors
/// `refused-clarification-running`.
pub(crate) fn check_answer_is_not_awaited(row: &application::Model, now: DateTime<Utc>) -> Result<()> {
    match row.clarification_due {
        Some(due) if row.state == ApplicationState::Returned.code() && !is_unanswered(row, now) => {
            Err(AppError::refused_with("refused-clarification-running", "due", due).into())
        }
        _ => Ok(()),
    }
}

/// Loads an application that the actor may write in now, with its call.
///
/// # Errors
/// Not found, `refused-application-not-editable` in another state, `refused-deadline-passed`, or the database's.
pub(crate) async fn load_editable(
    work: &Work<'_>,
    id: ApplicationId,
    action: Action,
) -> Result<(application::Model, call::Model)> {
    let row = load(work, id).await?;
    work.context.permit(action, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    let state = state_of(&row)?;
    if !state.is_editable() {
        let state = domain::message::Argument::Key(state.label_key());
        return Err(AppError::refused_with("refused-application-not-editable", "state", state).into());
    }
    let call = call::Entity::find_by_id(row.call_id).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let deadline = deadline(&row, &call);
    if !before(work.context.now, deadline) {
        return Err(AppError::refused_with("refused-deadline-passed", "deadline", deadline).into());
    }
    Ok((row, call))
}
