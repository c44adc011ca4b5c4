//! The conditions that the Board put on an award, ticked by officers.

use backend::grants::queries::GrantView;
use backend::grants::{self, AwardCondition};
use domain::errors::AppError;
use domain::grants::REOPEN_CONDITION;
use domain::ids::GrantId;
use leptos::prelude::*;

use crate::ui::{Choice, FormState, argument, button_form, column, form, form_fields, instant, status, t, table, tw};
use crate::web::{Done, Sent, Visit};

/// The conditions, each with whether it is met; with a form that takes a tick away, for those who may.
pub fn part(grant: &GrantView, state: Option<&FormState>) -> AnyView {
    if grant.award_conditions.is_empty() {
        return view! { <p>{t("grants-no-conditions")}</p> }.into_any();
    }
    let mut heads = vec![column("grants-condition", false), column("grants-condition-state", false)];
    heads.extend(state.map(|_| column("grants-condition-meet", false)));
    let rows = grant
        .award_conditions
        .iter()
        .map(|row| {
            let mut cells = vec![row.condition.clone().into_any(), standing(row)];
            cells.extend(state.map(|_| meet_button(grant.row.id, row)));
            cells
        })
        .collect();
    view! {
        <p>{t("grants-conditions-lead")}</p>
        {table("grants-conditions", &heads, rows)}
        {state.map(|state| reopen_form(grant, state))}
    }
    .into_any()
}

fn standing(row: &AwardCondition) -> AnyView {
    let Some(at) = row.met_at else {
        let reason = (!row.reopened_reason.is_empty()).then(|| {
            view! { <p class="muted">{tw("grants-condition-reopened", &[("reason", argument(row.reopened_reason.as_str()))])}</p> }
        });
        return view! { {status("grants-condition-open", "warning")} {reason} }.into_any();
    };
    let by = match row.met_by.as_str() {
        "" => instant(at),
        name => format!("{name}, {}", instant(at)),
    };
    view! { {status("grants-condition-met", "good")} " " <span class="muted">{by}</span> }.into_any()
}

fn meet_button(grant: GrantId, row: &AwardCondition) -> AnyView {
    if row.met_at.is_some() {
        return ().into_any();
    }
    let (action, back) = (format!("/grants/{grant}/conditions/{}/meet", row.id), format!("/grants/{grant}"));
    button_form(&action, &back, "grants-condition-tick", "button-quiet button-small", &[])
}

/// One press further away than ticking, unless it was just refused.
fn reopen_form(grant: &GrantView, state: &FormState) -> Option<AnyView> {
    let met: Vec<Choice> = grant
        .award_conditions
        .iter()
        .filter(|row| row.met_at.is_some())
        .map(|row| Choice::new(row.id, row.condition.clone()))
        .collect();
    let back = format!("/grants/{}", grant.row.id);
    let open = !state.errors.is_empty();
    (!met.is_empty()).then(|| {
        view! {
            <details open=open>
                <summary>{t("grants-condition-reopen")}</summary>
                {form(&format!("{back}/conditions/reopen"), &back, view! {
                    {form_fields(&REOPEN_CONDITION, state, &[("condition", met)])}
                    <div class="button-row"><button class="button button-secondary">{t("grants-condition-reopen")}</button></div>
                })}
            </details>
        }
        .into_any()
    })
}

/// `POST /grants/{grant}/conditions/{condition}/meet`
pub async fn meet(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let grant: GrantId = visit.id("grant")?;
    grants::meet_condition(&visit.context, grant, visit.id("condition")?).await?;
    Ok(Done::to(format!("/grants/{grant}"), "done-award-condition-met"))
}

/// `POST /grants/{grant}/conditions/reopen`
pub async fn reopen(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let grant: GrantId = visit.id("grant")?;
    grants::reopen_condition(&visit.context, grant, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{grant}"), "done-award-condition-reopened"))
}
