//! The indicators of a grant, and confirming what each counts.

use backend::grants;
use backend::grants::queries::{GrantView, IndicatorView};
use domain::applications::Counted;
use domain::errors::AppError;
use domain::ids::{GrantId, IndicatorId};
use leptos::prelude::*;

use crate::ui::{button_form, column, count, status, t, table};
use crate::web::{Done, Sent, Visit};

/// The indicators, with buttons for those who confirm.
pub fn part(grant: &GrantView, may_confirm: bool) -> AnyView {
    let mut heads = vec![
        column("grants-indicator", false),
        column("grants-unit", false),
        column("grants-baseline", true),
        column("grants-target", true),
        column("grants-counted", false),
    ];
    heads.extend(may_confirm.then(|| column("grants-indicator-confirm", false)));
    let rows = grant
        .indicators
        .iter()
        .map(|row| {
            let mut cells = vec![
                row.indicator.clone().into_any(),
                row.unit.clone().into_any(),
                count(row.baseline).into_any(),
                count(row.target).into_any(),
                counted(row),
            ];
            cells.extend(may_confirm.then(|| buttons(grant.row.id, row)));
            cells
        })
        .collect();
    view! {
        {may_confirm.then(|| view! { <p>{t("grants-indicators-lead")}</p> })}
        {table("grants-indicators", &heads, rows)}
    }
    .into_any()
}

/// What it counts, and who says so.
fn counted(row: &IndicatorView) -> AnyView {
    let said = t(&row.confirmed.unwrap_or(row.counted).label_key());
    let by = match row.confirmed {
        Some(_) => status("grants-indicator-confirmed", "good"),
        None => status("grants-indicator-unconfirmed", "warning"),
    };
    view! { {said} " " {by} }.into_any()
}

fn buttons(grant: GrantId, row: &IndicatorView) -> AnyView {
    let (action, back) = (format!("/grants/{grant}/indicators/{}/confirm", row.id), format!("/grants/{grant}"));
    let buttons: Vec<AnyView> = Counted::ALL
        .iter()
        .filter(|counted| row.confirmed != Some(**counted))
        .map(|counted| {
            let label = format!("grants-counts-{counted}");
            button_form(&action, &back, &label, "button-quiet button-small", &[("counted", counted.to_string())])
        })
        .collect();
    view! { <div class="button-row">{buttons}</div> }.into_any()
}

/// `POST /grants/{grant}/indicators/{indicator}/confirm`
pub async fn confirm(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (grant, indicator): (GrantId, IndicatorId) = (visit.id("grant")?, visit.id("indicator")?);
    grants::confirm_indicator(&visit.context, grant, indicator, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{grant}"), "done-indicator-confirmed"))
}
