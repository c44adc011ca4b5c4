//! Changing an organisation's profile.

use backend::organisations::{self, queries};
use domain::contacts;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::money::Money;
use domain::organisations::{ORGANISATION, VettingStatus};
use domain::roles::{Action, Subject};
use leptos::prelude::*;

use crate::ui::{Page, argument, form, form_fields, hidden, notice, page_head, t, tw};
use crate::web::{Done, Sent, Visit};

/// `/organisations/{organisation}/edit`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    visit.context.permit(Action::WriteOrganisations, &Subject::organisation(id))?;
    let known = queries::get(&visit.context, id).await?;
    let mut initial = Typed::default()
        .with("legal_name", known.legal_name.as_str())
        .with("country", known.country.as_str())
        .with("contact_name", known.contact_name.as_str())
        .with("contact_email", known.contact_email.as_str());
    // What registering put there without asking is not offered as an answer.
    if known.profile_complete {
        initial = initial
            .with("registration_number", known.registration_number.as_str())
            .with("registration_date", known.registration_date.map(|date| date.to_string()).unwrap_or_default())
            .with("kind", known.kind.code())
            .with("yearly_income", Money::usd(known.yearly_income_usd_minor).to_decimal().to_string())
            .with("contact_phone", known.contact_phone.as_str())
            .with("experience", known.experience.as_str());
        for (name, part) in known.address.parts() {
            initial.set(name, part);
        }
    }
    let before = (known.address.town.is_empty() && !known.address_text.is_empty()).then(|| known.address_text.clone());
    contacts::fill(&mut initial, &known.other_contacts);
    let vetted = known.vetting.status == VettingStatus::Vetted;
    let path = format!("/organisations/{id}/edit");
    let state = visit.form_state(&path, initial);
    Ok(Page::new(visit.reader.text("organisation-edit"), move || {
        view! {
            {page_head(&t("organisation-edit"), Some(t("organisation-edit-lead")), ())}
            {vetted.then(|| notice("warning", view! { <p>{t("organisation-edit-vetted")}</p> }))}
            {before.map(|address| view! {
                <p>{tw("organisation-address-before", &[("address", argument(address))])}</p>
            })}
            {form(&path, &path, view! {
                {hidden("version", &known.version.to_string())}
                {form_fields(&ORGANISATION, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(known.legal_name, format!("/organisations/{id}")))
}

/// `POST /organisations/{organisation}/edit`
pub async fn update(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    let anew = organisations::update(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/organisations/{id}"), if anew { "done-saved-vetting-anew" } else { "done-saved" }))
}
