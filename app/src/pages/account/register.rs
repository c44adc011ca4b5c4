//! Registering an organisation or a donor.

use backend::users;
use domain::errors::AppError;
use domain::forms::{Form, Typed};
use domain::users::{REGISTER_DONOR, REGISTER_ORGANISATION};
use leptos::prelude::*;

use super::submit;
use crate::ui::{Page, card_link, form, form_fields, page_head, t};
use crate::web::{Done, Sent, Visit};

const ORGANISATION: &str = "/register/organisation";
const DONOR: &str = "/register/donor";

/// `/register`
pub async fn choice_page(visit: Visit) -> Result<Page, AppError> {
    Ok(Page::new(visit.reader.text("register-title"), move || {
        view! {
            {page_head(&t("register-title"), Some(t("register-lead")), ())}
            <h2 class="visually-hidden">{t("register-title")}</h2>
            <ul class="cards">
                {card_link(&t("register-organisation-title"), ORGANISATION, view! { <p>{t("register-organisation-lead")}</p> })}
                {card_link(&t("register-donor-title"), DONOR, view! { <p>{t("register-donor-lead")}</p> })}
            </ul>
        }
        .into_any()
    }))
}

/// `/register/organisation`
pub async fn organisation_page(visit: Visit) -> Result<Page, AppError> {
    Ok(page_of(
        &visit,
        ORGANISATION,
        &REGISTER_ORGANISATION,
        "register-organisation-title",
        "register-organisation-lead",
    ))
}

/// `/register/donor`
pub async fn donor_page(visit: Visit) -> Result<Page, AppError> {
    Ok(page_of(&visit, DONOR, &REGISTER_DONOR, "register-donor-title", "register-donor-lead"))
}

fn page_of(visit: &Visit, path: &'static str, spec: &'static Form, title: &'static str, lead: &'static str) -> Page {
    let state = visit.form_state(path, Typed::default().with("language", visit.reader.language().code()));
    Page::new(visit.reader.text(title), move || {
        view! {
            {page_head(&t(title), Some(t(lead)), ())}
            {form(path, path, view! { {form_fields(spec, &state, &[])} {submit("register-button")} })}
        }
        .into_any()
    })
    .under(visit.reader.text("register-title"), "/register")
}

/// `POST /register/organisation`
pub async fn organisation(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::register_organisation(&visit.context, &sent.typed, &visit.address).await?;
    Ok(Done::to("/sign-in", "done-registered"))
}

/// `POST /register/donor`
pub async fn donor(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::register_donor(&visit.context, &sent.typed, &visit.address).await?;
    Ok(Done::to("/sign-in", "done-registered"))
}
