//! Entering and changing a donor.

use backend::donors::{self, queries};
use domain::contacts;
use domain::donors::DONOR;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DonorId;
use leptos::prelude::*;

use crate::ui::{Page, form, form_fields, page_head, t};
use crate::web::{Done, Sent, Visit};

/// `/donors/new`
pub async fn new_page(visit: Visit) -> Result<Page, AppError> {
    let state = visit.form_state("/donors/create", Typed::default().with("language", visit.reader.language().code()));
    Ok(Page::new(visit.reader.text("donors-new"), move || {
        view! {
            {page_head(&t("donors-new"), None, ())}
            {form("/donors/create", "/donors/new", view! {
                {form_fields(&DONOR, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("donors-title"), "/donors"))
}

/// `POST /donors/create`
pub async fn create(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = donors::create(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("/donors/{id}"), "done-saved"))
}

/// `/donors/{donor}/edit`
pub async fn edit_page(visit: Visit) -> Result<Page, AppError> {
    let id: DonorId = visit.id("donor")?;
    let donor = queries::get(&visit.context, id).await?;
    let mut initial = Typed::default()
        .with("name", donor.name.as_str())
        .with("kind", donor.kind.code())
        .with("country", donor.country.as_deref().unwrap_or(""))
        .with("contact_name", donor.contact_name.as_str())
        .with("contact_email", donor.contact_email.as_str())
        .with("contact_phone", donor.contact_phone.as_str())
        .with("language", donor.language.as_str());
    contacts::fill(&mut initial, &donor.other_contacts);
    let action = format!("/donors/{id}/update");
    let state = visit.form_state(&action, initial);
    Ok(Page::new(visit.reader.text("donor-edit"), move || {
        view! {
            {page_head(&t("donor-edit"), None, ())}
            {form(&action, &format!("/donors/{id}/edit"), view! {
                {form_fields(&DONOR, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("donors-title"), "/donors")
    .under(donor.name, format!("/donors/{id}")))
}

/// `POST /donors/{donor}/update`
pub async fn update(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DonorId = visit.id("donor")?;
    donors::update(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/donors/{id}"), "done-saved"))
}
