//! Changing a donor's entry.

use domain::contacts::contacts;
use domain::donors::DONOR;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use super::entity::donor;
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Changes a donor's name, kind and contacts.
///
/// # Errors
/// Not allowed, not found, wrong fields, or the database's.
pub async fn update(context: &Context, id: DonorId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteDonors, &Subject::donor(id))?;
    let answers = DONOR.read(typed)?;
    let work = context.begin().await?;
    let before = donor::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let mut change: donor::ActiveModel = before.clone().into();
    change.name = Set(answers.text("name").to_owned());
    change.kind = Set(answers.text("kind").to_owned());
    change.country = Set(answers.optional_text("country"));
    change.contact_name = Set(answers.text("contact_name").to_owned());
    change.contact_email = Set(answers.text("contact_email").to_owned());
    change.contact_phone = Set(answers.text("contact_phone").to_owned());
    change.other_contacts = Set(serde_json::to_string(&contacts(&answers))?);
    change.language = Set(answers.text("language").to_owned());
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-donor-updated", audit::Kind::Donor, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
