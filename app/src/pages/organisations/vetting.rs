//! Vetting an organisation.

use backend::organisations::{queries, vet as set_vetting};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::organisations::VETTING;
use leptos::prelude::*;

use crate::ui::{Page, form, form_fields, page_head, t};
use crate::web::{Done, Sent, Visit};

/// `/organisations/{organisation}/vetting`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    let organisation = queries::get(&visit.context, id).await?;
    let path = format!("/organisations/{id}/vetting");
    let initial = Typed::default()
        .with("status", organisation.vetting.status.code())
        .with("valid_until", organisation.vetting.valid_until.map(|day| day.to_string()).unwrap_or_default())
        .with("reason", organisation.vetting_reason.as_str());
    let state = visit.form_state(&path, initial);
    Ok(Page::new(visit.reader.text("vetting-title"), move || {
        view! {
            {page_head(&t("vetting-title"), Some(t("vetting-lead")), ())}
            {form(&path, &path, view! {
                {form_fields(&VETTING, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("organisations-title"), "/organisations")
    .under(organisation.legal_name, format!("/organisations/{id}")))
}

/// `POST /organisations/{organisation}/vetting`
pub async fn vet(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    set_vetting(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/organisations/{id}"), "done-vetting-saved"))
}
