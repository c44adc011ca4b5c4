//! The organisation's signatory countersigns an amendment.

use domain::amendments::{AmendmentEvent, COUNTERSIGN};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{AmendmentId, OrganisationId};
use domain::roles::{Action, Subject};
use sea_orm::Set;

use super::{kind_of, load, step};
use crate::context::Context;
use crate::error::Result;

/// Countersigns for the organisation; the name as typed and the time are kept.
///
/// # Errors
/// Not allowed, not found, wrong fields, nothing to countersign, or the database's.
pub async fn countersign(context: &Context, id: AmendmentId, typed: &Typed) -> Result<()> {
    context.permit(Action::SignAgreements, &Subject::NONE)?;
    let work = context.begin().await?;
    let (row, grant) = load(&work, id).await?;
    context.permit(Action::SignAgreements, &Subject::organisation(OrganisationId(grant.organisation_id)))?;
    let answers = COUNTERSIGN.read(typed)?;
    if !kind_of(&row)?.needs_countersignature() {
        return Err(AppError::refused("refused-amendment-no-signature").into());
    }
    step(&work, &row, AmendmentEvent::Countersign, |change| {
        change.countersigned_by = Set(context.actor.user.map(Into::into));
        change.countersigned_name = Set(Some(answers.text("full_name").to_owned()));
        change.countersigned_at = Set(Some(context.now));
    })
    .await?;
    work.commit().await
}
