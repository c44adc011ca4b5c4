//! Withdrawing an application.

use domain::applications::{ApplicationEvent, WITHDRAW};
use domain::forms::Typed;
use domain::ids::{ApplicationId, OrganisationId};
use domain::roles::{Action, Subject};
use serde::Serialize;

use super::{load, step};
use crate::audit;
use crate::context::Context;
use crate::error::Result;

#[derive(Serialize)]
struct Reason<'a> {
    reason: &'a str,
}

/// Takes an application back, for good; only the authorised signatory may.
///
/// # Errors
/// Not allowed, not found, in a state that cannot be withdrawn, or the database's.
pub async fn withdraw(context: &Context, id: ApplicationId, typed: &Typed) -> Result<()> {
    context.permit(Action::SubmitApplications, &Subject::NONE)?;
    let answers = WITHDRAW.read(typed)?;
    let work = context.begin().await?;
    let row = load(&work, id).await?;
    context.permit(Action::SubmitApplications, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    step(&work, row, ApplicationEvent::Withdraw, |_| {}).await?;
    if let Some(reason) = answers.optional_text("reason") {
        let reason = Reason { reason: &reason };
        let kind = audit::Kind::Application;
        audit::record::<(), _>(&work, "audit-application-withdraw-reason", kind, id.0, None, Some(&reason)).await?;
    }
    work.commit().await
}
