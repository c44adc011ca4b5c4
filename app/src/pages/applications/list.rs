//! The list of applications.

use backend::applications::{Awaited, queries};
use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use super::show::state_tag;
use crate::ui::{Choice, Page, filters, instant, label, money, page_head, pager, sort_link, t, table};
use crate::web::Visit;

const PATH: &str = "/applications";

/// `/applications`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let applications = queries::list(&visit.context, &request).await?;
    let own = visit.actor().role.is_some_and(Role::of_organisation);
    let may_apply = visit.may(Action::WriteApplications);
    let may_filter = own || visit.may(Action::ReadRanking);
    Ok(Page::new(visit.reader.text("applications-title"), move || {
        // What waits for organisations is theirs to see, what waits for the secretariat is its own.
        let awaited = Awaited::ALL.iter().filter(|awaited| may_filter && awaited.is_of_organisation() == own);
        // Drafts are found by their organisation only.
        let known = ApplicationState::ALL.iter().filter(|state| own || **state != ApplicationState::Draft);
        let states = awaited
            .map(|awaited| Choice::new(awaited.code(), t(&awaited.label_key())))
            .chain(known.map(|state| Choice::new(state.code(), t(&state.label_key()))))
            .collect();
        let heads = [
            sort_link("applications-project", false, PATH, &request, "title"),
            sort_link("applications-number", false, PATH, &request, "number"),
            sort_link("applications-organisation", false, PATH, &request, "organisation"),
            sort_link("applications-country", false, PATH, &request, "country"),
            sort_link("applications-requested", true, PATH, &request, "requested"),
            sort_link("applications-state", false, PATH, &request, "state"),
            sort_link("applications-updated", false, PATH, &request, "updated"),
        ];
        let rows = applications
            .rows
            .iter()
            .map(|row| {
                vec![
                    view! { <a href=format!("{PATH}/{}", row.id)>{row.title.clone()}</a> }.into_any(),
                    row.number.clone().into_any(),
                    row.organisation.clone().into_any(),
                    label("country", &row.country).into_any(),
                    money(row.requested),
                    state_tag(row.state),
                    instant(row.updated_at).into_any(),
                ]
            })
            .collect();
        let lead = t(if own { "applications-lead-own" } else { "applications-lead" });
        view! {
            {page_head(&t("applications-title"), Some(lead), may_apply.then(|| view! {
                <a class="button button-primary" href="/calls">{t("applications-find-call")}</a>
            }))}
            {filters(PATH, &request, Some(("applications-state", states)))}
            {table("applications-title", &heads, rows)}
            {pager(PATH, &request, &applications)}
        }
        .into_any()
    })
    .wide())
}
