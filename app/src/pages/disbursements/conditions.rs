//! The conditions of an instalment as a list with ticks, and waiving one.

use backend::disbursements::{ConditionView, conditions_of, waive};
use domain::disbursements::WAIVER;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::InstalmentId;
use domain::roles::Action;
use leptos::prelude::*;

use super::state_tag;
use crate::ui::{
    Choice, Page, argument, definition, field, form, hidden, money, page_head, section, status, summary, t, tm, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/disbursements/instalments/{instalment}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: InstalmentId = visit.id("instalment")?;
    let view = conditions_of(&visit.context, id).await?;
    let path = format!("/disbursements/instalments/{id}");
    let action = format!("{path}/waive");
    let waivable: Vec<Choice> = match visit.may(Action::WaiveConditions) {
        true => view
            .conditions
            .iter()
            .filter(|check| check.may_be_waived)
            .map(|check| Choice::new(check.condition.code(), visit.reader.text(&check.condition.label_key())))
            .collect(),
        false => Vec::new(),
    };
    let state = visit.form_state(&action, Typed::default());
    let name = [("number", argument(view.grant_number.as_str())), ("instalment", argument(view.number))];
    let title = visit.reader.with("conditions-page-title", &name);
    let grant = (visit.reader.with("conditions-grant", &name), format!("/grants/{}", view.grant));
    Ok(Page::new(title.clone(), move || {
        let disbursement = view.disbursement.map(|(id, state)| {
            let path = format!("/disbursements/{id}");
            definition("conditions-payment", view! { <a href=path>{state_tag(state)}</a> })
        });
        let facts = [
            definition("disbursements-organisation", view.organisation.clone()),
            definition("disbursements-amount", money(view.amount)),
        ];
        let forms: Vec<AnyView> = waivable
            .iter()
            .map(|choice| {
                let open = state.typed.get("condition") == choice.value;
                let shown = if open { state.clone() } else { crate::ui::FormState::new(Typed::default()) };
                let fields = form(
                    &action,
                    &path,
                    view! {
                        {hidden("condition", &choice.value)}
                        {field(&WAIVER, "reason", &shown, &[])}
                        <div class="button-row"><button class="button button-danger">{t("conditions-waive-button")}</button></div>
                    },
                );
                let label = tw("conditions-waive-one", &[("condition", argument(choice.label.as_str()))]);
                view! { <details open=open><summary>{label}</summary>{fields}</details> }.into_any()
            })
            .collect();
        let forms = (!forms.is_empty()).then(|| {
            section("conditions-waive", view! { <p>{t("conditions-waive-lead")}</p><div class="stack">{forms}</div> })
        });
        view! {
            {page_head(&title, Some(t("conditions-lead")), ())}
            {summary(facts.into_iter().chain(disbursement).collect())}
            {section("conditions-title", conditions_list(&view.conditions))}
            {forms}
        }
        .into_any()
    })
    .under(grant.0, grant.1))
}

/// `POST /disbursements/instalments/{instalment}/waive`
pub async fn waive_one(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: InstalmentId = visit.id("instalment")?;
    waive(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/disbursements/instalments/{id}"), "done-condition-waived"))
}

/// Each condition with how it stands and, where it is not met, what to do.
pub fn conditions_list(conditions: &[ConditionView]) -> AnyView {
    let items: Vec<AnyView> = conditions
        .iter()
        .map(|check| {
            let tag = match (&check.unmet, &check.waived) {
                (None, _) => status("condition-met", "good"),
                (Some(_), Some(_)) => status("condition-waived", "info"),
                (Some(_), None) => status("condition-unmet", "bad"),
            };
            let why = check.unmet.as_ref().map(|message| view! { <p class="task-hint">{tm(message)}</p> });
            let waived = check.waived.as_ref().map(|(name, at, reason)| {
                let key = if name.is_empty() { "condition-waived-at" } else { "condition-waived-by" };
                let arguments =
                    [("name", argument(name.as_str())), ("at", argument(*at)), ("reason", argument(reason.as_str()))];
                view! { <p class="task-hint">{tw(key, &arguments)}</p> }
            });
            view! {
                <li class="task"><div>{t(&check.condition.label_key())}{why}{waived}</div>{tag}</li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="task-list">{items}</ul> }.into_any()
}
