//! Entering an organisation with what is known at registration; its members fill in the rest of the profile.

use domain::errors::AppError;
use domain::ids::OrganisationId;
use domain::organisations::{OrganisationKind, VettingStatus};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::organisation;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;

/// What is known of an organisation when it registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registration<'a> {
    pub legal_name: &'a str,
    pub country: &'a str,
    pub contact_name: &'a str,
    pub contact_email: &'a str,
}

/// Adds the row and its audit row.
pub(crate) async fn insert(work: &Work<'_>, registration: Registration<'_>) -> Result<OrganisationId> {
    let row = organisation::ActiveModel {
        legal_name: Set(registration.legal_name.to_owned()),
        country: Set(registration.country.to_owned()),
        registration_number: Set(String::new()),
        kind: Set(OrganisationKind::Ngo.code().to_owned()),
        yearly_income_usd_minor: Set(0),
        address: Set(String::new()),
        street: Set(String::new()),
        building_number: Set(String::new()),
        post_code: Set(String::new()),
        town: Set(String::new()),
        contact_name: Set(registration.contact_name.to_owned()),
        contact_email: Set(registration.contact_email.to_owned()),
        contact_phone: Set(String::new()),
        other_contacts: Set("[]".to_owned()),
        experience: Set(String::new()),
        profile_complete: Set(false),
        vetting_status: Set(VettingStatus::NotVetted.code().to_owned()),
        vetting_reason: Set(String::new()),
        version: Set(1),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(work, "audit-organisation-registered", audit::Kind::Organisation, row.id, None, Some(&row))
        .await?;
    Ok(OrganisationId(row.id))
}

/// Enters an organisation by the system itself, for demo data.
///
/// # Errors
/// Not the system, or the database's.
pub async fn enter(context: &Context, legal_name: &str, country: &str) -> Result<OrganisationId> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let work = context.begin().await?;
    let registration = Registration { legal_name, country, contact_name: "", contact_email: "" };
    let id = insert(&work, registration).await?;
    work.commit().await?;
    Ok(id)
}
