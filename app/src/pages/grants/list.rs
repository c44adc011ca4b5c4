//! The list of grants.

use backend::grants::{INDICATORS_UNCONFIRMED, INSTALMENT_DUE, queries};
use domain::errors::AppError;
use domain::grants::GrantState;
use domain::roles::Action;
use leptos::prelude::*;

use super::state_tag;
use crate::ui::{Choice, Page, column, date, filters, label, money, page_head, pager, sort_link, t, table};
use crate::web::Visit;

/// `/grants`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let grants = queries::list(&visit.context, &request).await?;
    let requests = visit.may(Action::RequestDisbursements);
    let confirms = visit.may(Action::ConfirmIndicators);
    let more = [
        ("/grants/amendments", "amendments-title", true),
        ("/grants/recoveries", "recoveries-title", visit.may(Action::ReadRecoveries)),
        ("/grants/available", "available-title", visit.may(Action::ReadLedger)),
    ];
    Ok(Page::new(visit.reader.text("grants-title"), move || {
        let links: Vec<AnyView> = more
            .into_iter()
            .filter(|(_, _, may)| *may)
            .map(|(path, key, _)| view! { <a class="button button-secondary" href=path>{t(key)}</a> }.into_any())
            .collect();
        let due = requests.then(|| Choice::new(INSTALMENT_DUE, t("grants-instalment-due")));
        let unconfirmed = confirms.then(|| Choice::new(INDICATORS_UNCONFIRMED, t("grants-indicators-unconfirmed")));
        let states = GrantState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key())));
        let states = due.into_iter().chain(unconfirmed).chain(states).collect();
        let heads = [
            sort_link("grants-number", false, "/grants", &request, "number"),
            sort_link("grants-name", false, "/grants", &request, "title"),
            sort_link("grants-organisation", false, "/grants", &request, "organisation"),
            column("grants-country", false),
            sort_link("grants-award", true, "/grants", &request, "award"),
            sort_link("grants-end", false, "/grants", &request, "end"),
            column("grants-state", false),
        ];
        let rows = grants
            .rows
            .iter()
            .map(|grant| {
                vec![
                    view! { <a href=format!("/grants/{}", grant.id)>{grant.number.clone()}</a> }.into_any(),
                    grant.title.clone().into_any(),
                    grant.organisation.clone().into_any(),
                    label("country", &grant.country).into_any(),
                    money(grant.award),
                    grant.end_date.map(date).unwrap_or_default().into_any(),
                    state_tag(grant.state),
                ]
            })
            .collect();
        view! {
            {page_head(&t("grants-title"), Some(t("grants-lead")), links)}
            {filters("/grants", &request, Some(("grants-state", states)))}
            {table("grants-title", &heads, rows)}
            {pager("/grants", &request, &grants)}
        }
        .into_any()
    })
    .wide())
}
