//! Vetting an organisation.

use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::message::Message;
use domain::organisations::{VETTING, VettingStatus};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::organisation;
use super::load;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::users::ties;

/// Sets the vetting status. A vetted organisation has a complete profile and a last day on which the vetting holds.
///
/// # Errors
/// Not allowed, not found, wrong fields, a tie with the organisation, refused while the profile is incomplete, or the database's.
pub async fn vet(context: &Context, id: OrganisationId, typed: &Typed) -> Result<()> {
    context.permit(Action::VetOrganisations, &Subject::organisation(id))?;
    let (answers, mut errors): (_, FieldErrors) = VETTING.read_lenient(typed);
    let status = answers.text("status");
    let vetted = status == VettingStatus::Vetted.code();
    let until = answers.date("valid_until");
    if vetted && errors.of("valid_until").is_none() {
        match until {
            None => errors.add("valid_until", Message::new("error-vetting-valid-until")),
            Some(day) if day < context.today() => errors.add("valid_until", Message::new("error-vetting-past")),
            Some(_) => {}
        }
    }
    errors.into_result()?;
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    ties::check(&work.transaction, id.0, context.actor.user.as_slice()).await?;
    if vetted && !before.profile_complete {
        return Err(AppError::refused("refused-vetting-profile").into());
    }
    let mut change: organisation::ActiveModel = before.clone().into();
    change.vetting_status = Set(status.to_owned());
    change.vetting_valid_until = Set(until.filter(|_| vetted));
    change.vetting_reason = Set(answers.text("reason").to_owned());
    change.vetted_as = Set(before.vetted_as.clone().filter(|_| status == VettingStatus::InProgress.code()));
    change.vetted_by = Set(context.actor.user.map(Into::into));
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-organisation-vetted", audit::Kind::Organisation, id.0, Some(&before), Some(&after))
        .await?;
    work.commit().await
}
