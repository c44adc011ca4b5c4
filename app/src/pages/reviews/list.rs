//! A reviewer's own reviews.

use backend::reviews::queries;
use domain::errors::AppError;
use domain::reviews::ReviewState;
use leptos::prelude::*;

use super::review_status;
use crate::pages::applications::state_tag;
use crate::ui::{Choice, Page, column, count, filters, instant, label, page_head, pager, sort_link, t, table};
use crate::web::Visit;

/// `/reviews`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let reviews = queries::mine(&visit.context, &request).await?;
    Ok(Page::new(visit.reader.text("reviews-title"), move || {
        let states = [ReviewState::Assigned, ReviewState::InProgress, ReviewState::Submitted];
        let states = states.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))).collect();
        let heads = [
            column("reviews-application", false),
            column("reviews-organisation", false),
            column("reviews-country", false),
            sort_link("reviews-assigned", false, "/reviews", &request, "assigned"),
            sort_link("reviews-state", false, "/reviews", &request, "state"),
            sort_link("reviews-total", true, "/reviews", &request, "total"),
        ];
        let rows = reviews
            .rows
            .iter()
            .map(|review| {
                let title = format!("{} · {}", review.application.number, review.application.title);
                vec![
                    view! { <a href=format!("/reviews/{}", review.id)>{title}</a> }.into_any(),
                    review.application.organisation_name.clone().into_any(),
                    label("country", &review.application.country).into_any(),
                    instant(review.assigned_at).into_any(),
                    match review.state.is_overtaken(review.application.state) {
                        true => state_tag(review.application.state),
                        false => review_status(review.state),
                    },
                    review.total.map(count).into_any(),
                ]
            })
            .collect();
        view! {
            {page_head(&t("reviews-title"), Some(t("reviews-lead")), ())}
            {filters("/reviews", &request, Some(("reviews-state", states)))}
            {table("reviews-title", &heads, rows)}
            {pager("/reviews", &request, &reviews)}
        }
        .into_any()
    })
    .wide())
}
