//! Entering bank details. What is stored never comes back into the form.

use backend::organisations::{bank_state, queries, verify_bank_details, write_bank_details};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::organisations::BANK_DETAILS;
use domain::roles::{Action, Subject};
use leptos::prelude::*;

use crate::ui::{Page, argument, form, form_fields, page_head, t, tw};
use crate::web::{Done, Sent, Visit};

/// `/organisations/{organisation}/bank`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    visit.context.permit(Action::WriteBankDetails, &Subject::organisation(id))?;
    let organisation = queries::get(&visit.context, id).await?;
    let ending = bank_state(&visit.context, id).await?.and_then(|state| state.ending);
    let path = format!("/organisations/{id}/bank");
    let initial = Typed::default()
        .with("account_holder", organisation.legal_name.as_str())
        .with("bank_country", organisation.country.as_str());
    let state = visit.form_state(&path, initial);
    Ok(Page::new(visit.reader.text("bank-title"), move || {
        view! {
            {page_head(&t("bank-title"), Some(t("bank-lead")), ())}
            {ending.map(|ending| view! { <p>{tw("bank-again", &[("ending", argument(ending))])}</p> })}
            {form(&path, &path, view! {
                {form_fields(&BANK_DETAILS, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(organisation.legal_name, format!("/organisations/{id}")))
}

/// `POST /organisations/{organisation}/bank`
pub async fn write(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    write_bank_details(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/organisations/{id}"), "done-bank-saved"))
}

/// `POST /organisations/{organisation}/bank/verify`
pub async fn verify(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    verify_bank_details(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/organisations/{id}"), "done-bank-verified"))
}
