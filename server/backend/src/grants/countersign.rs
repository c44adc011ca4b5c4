//! The organisation's signatory countersigns the agreement: the grant becomes active.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{COUNTERSIGN, GrantEvent};
use domain::ids::{GrantId, OrganisationId};
use domain::roles::{Action, Subject};
use sea_orm::Set;

use super::step::{load, step};
use crate::context::Context;
use crate::error::Result;

/// Countersigns for the organisation; the name as typed and the time are kept.
///
/// # Errors
/// Not allowed, not found, wrong fields, not offered yet, taken back and offered anew since it was read, or the
/// database's.
pub async fn countersign(context: &Context, id: GrantId, typed: &Typed) -> Result<()> {
    context.permit(Action::SignAgreements, &Subject::NONE)?;
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    context.permit(Action::SignAgreements, &Subject::organisation(OrganisationId(before.organisation_id)))?;
    let answers = COUNTERSIGN.read(typed)?;
    let seen = answers.text("seen");
    if !seen.is_empty() && before.offered_at.is_some_and(|at| at.to_rfc3339() != seen) {
        return Err(AppError::refused("refused-countersign-changed").into());
    }
    step(&work, before, GrantEvent::Countersign, |row| {
        row.countersigned_by = Set(context.actor.user.map(Into::into));
        row.countersigned_name = Set(Some(answers.text("full_name").to_owned()));
        row.countersigned_at = Set(Some(context.now));
    })
    .await?;
    work.commit().await
}
