//! What the grants on a page of a donor's statement reported.

use backend::contributions::donor_view::DonorGrant;
use leptos::prelude::*;

use super::statement::cell;
use crate::ui::{column, count, section, t, table};

/// Indicator, target and what accepted reports give so far, for each grant; nothing when no grant has an indicator.
pub fn results_part(grants: &[DonorGrant]) -> Option<AnyView> {
    let heads = [
        column("statement-grant", false),
        column("statement-indicator", false),
        column("statement-unit", false),
        column("statement-target", true),
        column("statement-achieved", true),
    ];
    let rows: Vec<Vec<AnyView>> = grants
        .iter()
        .flat_map(|grant| grant.results.iter().map(move |result| (grant, result)))
        .map(|(grant, result)| {
            let achieved = match result.achieved {
                Some(achieved) => cell(achieved),
                None => view! { <span class="muted">{t("statement-results-of-people")}</span> }.into_any(),
            };
            vec![
                grant.number.clone().into_any(),
                result.indicator.clone().into_any(),
                result.unit.clone().into_any(),
                count(result.target).into_any(),
                achieved,
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let list = view! { <p>{t("statement-results-lead")}</p> {table("statement-results", &heads, rows)} };
        section("statement-results", list)
    })
}
