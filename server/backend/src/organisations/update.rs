//! Changing an organisation's profile.

use domain::contacts::contacts;
use domain::errors::{AppError, FieldErrors};
use domain::forms::{Answers, Typed};
use domain::ids::OrganisationId;
use domain::message::Message;
use domain::organisations::{Address, Identity, ORGANISATION, vetting_after};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::account::address_faults;
use super::entity::organisation;
use super::{load, status_of};
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Changes the profile, which is complete from then on. With a `version` typed, a change that somebody else made
/// since is not overwritten unseen. Gives whether the organisation, which was vetted, has to be vetted anew, because its
/// name, country or registration changed: until then nothing is awarded or paid to it.
///
/// # Errors
/// Not allowed, another organisation's, wrong fields, a conflict, or the database's.
pub async fn update(context: &Context, id: OrganisationId, typed: &Typed) -> Result<bool> {
    context.permit(Action::WriteOrganisations, &Subject::organisation(id))?;
    let (answers, mut errors): (_, FieldErrors) = ORGANISATION.read_lenient(typed);
    if answers.date("registration_date").is_some_and(|date| date > context.today()) {
        errors.add("registration_date", Message::new("error-registration-date-future"));
    }
    errors.0.extend(address_faults(&Address::of(&answers)).0);
    errors.into_result()?;
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    if typed.get("version").parse::<i64>().is_ok_and(|version| version != before.version) {
        return Err(AppError::Conflict(Message::new("conflict-organisation")).into());
    }
    let mut change: organisation::ActiveModel = before.clone().into();
    change.legal_name = Set(answers.text("legal_name").to_owned());
    change.country = Set(answers.text("country").to_owned());
    change.registration_number = Set(answers.text("registration_number").to_owned());
    change.registration_date = Set(answers.date("registration_date"));
    change.kind = Set(answers.text("kind").to_owned());
    change.yearly_income_usd_minor = Set(answers.minor("yearly_income"));
    change.street = Set(answers.text("street").to_owned());
    change.building_number = Set(answers.text("building_number").to_owned());
    change.post_code = Set(answers.text("post_code").to_owned());
    change.town = Set(answers.text("town").to_owned());
    change.contact_name = Set(answers.text("contact_name").to_owned());
    change.contact_email = Set(answers.text("contact_email").to_owned());
    change.contact_phone = Set(answers.text("contact_phone").to_owned());
    change.other_contacts = Set(serde_json::to_string(&contacts(&answers))?);
    change.experience = Set(answers.text("experience").to_owned());
    change.profile_complete = Set(true);
    change.version = Set(before.version + 1);
    let status = status_of(&before)?;
    let (was, is) = (identity_of(&before), identity_typed(&answers));
    let vetting = vetting_after(status, &was, &is);
    if vetting != status {
        change.vetting_status = Set(vetting.code().to_owned());
        change.vetting_valid_until = Set(None);
        change.vetting_reason = Set(String::new());
        change.vetted_as = Set(Some(serde_json::to_string(&was)?));
    }
    let after = change.update(&work.transaction).await?;
    if after.legal_name != before.legal_name {
        crate::applications::search::renamed(&work, &after).await?;
    }
    let anew = vetting != status;
    let action = if anew { "audit-organisation-identity-changed" } else { "audit-organisation-updated" };
    audit::record(&work, action, audit::Kind::Organisation, id.0, Some(&before), Some(&after)).await?;
    work.commit().await?;
    Ok(anew)
}

fn identity_of(row: &organisation::Model) -> Identity {
    Identity {
        legal_name: row.legal_name.clone(),
        country: row.country.clone(),
        registration_number: row.registration_number.clone(),
    }
}

fn identity_typed(answers: &Answers) -> Identity {
    Identity {
        legal_name: answers.text("legal_name").to_owned(),
        country: answers.text("country").to_owned(),
        registration_number: answers.text("registration_number").to_owned(),
    }
}
