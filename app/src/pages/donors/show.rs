//! One donor.

use backend::audit::Kind;
use backend::donors::{self, queries};
use backend::users;
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::roles::Action;
use leptos::prelude::*;

use super::representatives;
use crate::ui::{Page, audit_trail, button_form, contacts, definition, label, notice, page_head, section, summary, t};
use crate::web::{Done, Sent, Visit};

/// `/donors/{donor}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: DonorId = visit.id("donor")?;
    let donor = queries::get(&visit.context, id).await?;
    let trail = visit.trail(Kind::Donor, id.into()).await?;
    let may_edit = visit.may(Action::WriteDonors);
    let people = match may_edit || visit.may(Action::ReadUsers) {
        true => {
            let people = users::representatives(&visit.context, id).await?;
            Some((people, users::donor_invitations(&visit.context, id).await?))
        }
        false => None,
    };
    let invitation = may_edit.then(|| representatives::invitation(&visit, id, &donor));
    let may_read_money = visit.may(Action::ReadContributions);
    Ok(Page::new(donor.name.clone(), move || {
        view! {
            {page_head(&donor.name, Some(t(&donor.kind.label_key())), view! {
                {may_read_money.then(|| view! {
                    <a class="button button-secondary" href=format!("/donors/{id}/statement")>{t("statement-link")}</a>
                })}
                {may_edit.then(|| view! {
                    <a class="button button-secondary" href=format!("/donors/{id}/edit")>{t("donor-edit")}</a>
                })}
            })}
            {summary(vec![
                definition("donor-country", label("country", donor.country.as_deref().unwrap_or(""))),
                definition("donor-contact_name", donor.contact_name.clone()),
                definition("donor-contact_email", donor.contact_email.clone()),
                definition("donor-contact_phone", donor.contact_phone.clone()),
                contacts("donor-contacts", &donor.other_contacts).into_any(),
            ])}
            {(!donor.confirmed).then(|| notice("warning", view! {
                <p>{t("donor-not-confirmed")}</p>
                {may_edit.then(|| {
                    let page = format!("/donors/{id}");
                    button_form(&format!("{page}/confirm"), &page, "donor-confirm", "button-primary", &[])
                })}
            }))}
            {people.map(|(people, open)| {
                section("donor-representatives", representatives::part(id, &people, &open, invitation))
            })}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("donors-title"), "/donors"))
}

/// `POST /donors/{donor}/confirm`
pub async fn confirm(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: DonorId = visit.id("donor")?;
    donors::confirm(&visit.context, id).await?;
    Ok(Done::to(format!("/donors/{id}"), "done-donor-confirmed"))
}
