//! The list of reports.

use backend::reports::queries::{self, LATE, SOON};
use domain::errors::AppError;
use domain::reports::ReportState;
use leptos::prelude::*;

use super::{name_of, period, state_tag};
use crate::ui::{Choice, Page, column, date, filters, page_head, pager, sort_link, t, table};
use crate::web::Visit;

/// `/reports`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let reports = queries::list(&visit.context, &request).await?;
    Ok(Page::new(visit.reader.text("reports-title"), move || {
        let by_time = [Choice::new(LATE, t("reports-late")), Choice::new(SOON, t("reports-soon"))];
        let states = by_time
            .into_iter()
            .chain(ReportState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))))
            .collect();
        let heads = [
            sort_link("reports-grant", false, "/reports", &request, "grant"),
            column("reports-report", false),
            sort_link("reports-organisation", false, "/reports", &request, "organisation"),
            column("reports-period", false),
            sort_link("reports-due", false, "/reports", &request, "due"),
            sort_link("reports-state", false, "/reports", &request, "state"),
        ];
        let rows = reports
            .rows
            .iter()
            .map(|row| {
                vec![
                    view! { <a href=format!("/reports/{}", row.id)>{row.grant_number.clone()}</a> }.into_any(),
                    name_of(row.number, row.kind).into_any(),
                    row.organisation.clone().into_any(),
                    period(row.period_start, row.period_end).into_any(),
                    date(row.due).into_any(),
                    state_tag(row.state, row.late),
                ]
            })
            .collect();
        view! {
            {page_head(&t("reports-title"), Some(t("reports-lead")), ())}
            {filters("/reports", &request, Some(("reports-state", states)))}
            {table("reports-title", &heads, rows)}
            {pager("/reports", &request, &reports)}
        }
        .into_any()
    })
    .wide())
}
