//! The list of organisations; a member sees the own one at once.

use backend::organisations::queries;
use domain::errors::AppError;
use domain::organisations::VettingStatus;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use super::{show, vetting_tag};
use crate::ui::{Choice, Page, column, date, filters, label, page_head, pager, sort_link, t, table};
use crate::web::Visit;

/// `/organisations`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    if visit.actor().role.is_some_and(Role::of_organisation) {
        return match visit.actor().organisation {
            Some(id) => show::of(visit, id).await,
            None => Err(AppError::refused("organisation-none")),
        };
    }
    let request = visit.page_request();
    let organisations = queries::list(&visit.context, &request).await?;
    let today = visit.context.today();
    let verifies = visit.may(Action::VerifyBankDetails);
    let vets = visit.may(Action::VetOrganisations);
    Ok(Page::new(visit.reader.text("organisations-title"), move || {
        let unverified = verifies.then(|| Choice::new(queries::BANK_UNVERIFIED, t("bank-unverified-filter")));
        let states = VettingStatus::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key())));
        let to_vet = vets.then(|| Choice::new(queries::TO_VET, t("organisations-to-vet")));
        let lapses = vets.then(|| Choice::new(queries::VETTING_LAPSES, t("organisations-vetting-lapses")));
        let states = to_vet.into_iter().chain(lapses).chain(states).chain(unverified).collect();
        let heads = [
            sort_link("organisation-legal_name", false, "/organisations", &request, "name"),
            sort_link("organisation-country", false, "/organisations", &request, "country"),
            sort_link("organisation-kind", false, "/organisations", &request, "kind"),
            sort_link("vetting", false, "/organisations", &request, "vetting"),
            column("vetting-valid_until", false),
        ];
        let rows = organisations
            .rows
            .iter()
            .map(|row| {
                vec![
                    view! { <a href=format!("/organisations/{}", row.id)>{row.legal_name.clone()}</a> }.into_any(),
                    label("country", &row.country).into_any(),
                    t(&row.kind.label_key()).into_any(),
                    vetting_tag(&row.vetting, today),
                    row.vetting.valid_until.map(date).into_any(),
                ]
            })
            .collect();
        view! {
            {page_head(&t("organisations-title"), Some(t("organisations-lead")), ())}
            {filters("/organisations", &request, Some(("vetting", states)))}
            {table("organisations-title", &heads, rows)}
            {pager("/organisations", &request, &organisations)}
        }
        .into_any()
    })
    .wide())
}
