//! Considering an application again that was found not eligible.

use domain::applications::{ApplicationEvent, RECONSIDER};
use domain::calls::CallState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, CallId, OrganisationId};
use domain::roles::{Action, Subject};
use serde::Serialize;

use super::create::live;
use super::{load, step};
use crate::audit;
use crate::calls;
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::ties;

#[derive(Serialize)]
struct Reason<'a> {
    reason: &'a str,
}

/// Puts an application that was found not eligible back on the desk of those who screen, with a reason for the trail. Its
/// organisation is told.
///
/// # Errors
/// Not allowed, not found, wrong fields, in another state, a call that is decided, another application of the
/// organisation to the call, a tie with it, or the database's.
pub async fn reconsider(context: &Context, id: ApplicationId, typed: &Typed) -> Result<()> {
    context.permit(Action::ScreenApplications, &Subject::NONE)?;
    let answers = RECONSIDER.read(typed)?;
    let work = context.begin().await?;
    let row = load(&work, id).await?;
    ties::check(&work.transaction, row.organisation_id, context.actor.user.as_slice()).await?;
    let organisation = OrganisationId(row.organisation_id);
    let call = calls::load(&work, CallId(row.call_id)).await?;
    if calls::state_of(&call, context.now)? == CallState::Decided {
        return Err(AppError::refused_with("refused-reconsider-decided", "call", call.title).into());
    }
    // The state machine refuses what is not ineligible; whatever else lives beside it is another application.
    if let Some(other) = live(&work, call.id, organisation).await?.filter(|other| other.id != row.id) {
        return Err(AppError::refused_with("refused-reconsider-other", "number", other.number).into());
    }
    let after = step(&work, row, ApplicationEvent::Reconsider, |_| {}).await?;
    let reason = Reason { reason: answers.text("reasons") };
    let kind = audit::Kind::Application;
    audit::record::<(), _>(&work, "audit-application-reconsider-reason", kind, id.0, None, Some(&reason)).await?;
    let arguments = [
        ("number", after.number.as_str().into()),
        ("title", after.title.as_str().into()),
        ("note", answers.text("told").into()),
    ];
    let link = format!("/applications/{id}");
    mail::queue_to_organisation(&work, organisation.0, MailKind::ApplicationReconsidered, &arguments, Some(&link))
        .await?;
    work.commit().await
}
