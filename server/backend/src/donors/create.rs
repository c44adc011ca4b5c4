//! Entering a donor.

use domain::contacts::contacts;
use domain::donors::DONOR;
use domain::forms::{Answers, Typed};
use domain::ids::DonorId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::donor;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;

/// Enters a donor.
///
/// # Errors
/// Not allowed, wrong fields, or the database's.
pub async fn create(context: &Context, typed: &Typed) -> Result<DonorId> {
    context.permit(Action::WriteDonors, &Subject::NONE)?;
    let answers = DONOR.read(typed)?;
    let work = context.begin().await?;
    let id = insert(&work, &answers, true).await?;
    work.commit().await?;
    Ok(id)
}

/// Adds the row and its audit row; also when a donor registers itself, whom somebody of the Fund has yet to confirm.
pub(crate) async fn insert(work: &Work<'_>, answers: &Answers, confirmed: bool) -> Result<DonorId> {
    let row = donor::ActiveModel {
        name: Set(answers.text("name").to_owned()),
        kind: Set(answers.text("kind").to_owned()),
        country: Set(answers.optional_text("country")),
        contact_name: Set(answers.text("contact_name").to_owned()),
        contact_email: Set(answers.text("contact_email").to_owned()),
        contact_phone: Set(answers.text("contact_phone").to_owned()),
        other_contacts: Set(serde_json::to_string(&contacts(answers))?),
        language: Set(answers.text("language").to_owned()),
        confirmed_by: Set(work.context.actor.user.filter(|_| confirmed).map(Into::into)),
        confirmed_at: Set(confirmed.then_some(work.context.now)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(work, "audit-donor-created", audit::Kind::Donor, row.id, None, Some(&row)).await?;
    Ok(DonorId(row.id))
}
