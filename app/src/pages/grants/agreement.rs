//! The grant agreement: drawn up by a programme officer, countersigned by the organisation's signatory.

use backend::grants;
use backend::grants::queries::{self, GrantView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{AGREEMENT, COUNTERSIGN, GrantEvent, TAKE_BACK, allowed};
use domain::ids::GrantId;
use domain::roles::Action;
use leptos::prelude::*;

use super::show::instalment_plan;
use crate::ui::{
    FormState, Page, count, date, definition, form, form_fields, money, notice, page_head, section, summary, t,
};
use crate::web::{Done, Sent, Visit};

/// `/grants/{grant}/offer`
pub async fn offer_page(visit: Visit) -> Result<Page, AppError> {
    let id: GrantId = visit.id("grant")?;
    let grant = queries::get(&visit.context, id).await?;
    let action = format!("/grants/{id}/offer");
    let state = visit.form_state(&action, Typed::default().with("months", grant.months.to_string()));
    let (number, title) = (grant.row.number.clone(), visit.reader.text("grants-offer"));
    Ok(Page::new(title, move || {
        view! {
            {page_head(&t("grants-offer"), Some(t("grants-offer-lead")), ())}
            {summary(vec![
                definition("grants-organisation", grant.row.organisation.clone()),
                definition("grants-award", money(grant.row.award)),
                definition("grants-conditions", view! { <div class="text">{grant.conditions.clone()}</div> }),
            ])}
            {form(&action, &action, view! {
                {form_fields(&AGREEMENT, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("grants-offer-send")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("grants-title"), "/grants")
    .under(number, format!("/grants/{id}")))
}

/// `POST /grants/{grant}/offer`
pub async fn offer(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: GrantId = visit.id("grant")?;
    grants::offer(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{id}"), "done-agreement-offered"))
}

/// Why the agreement that was offered last is being drawn up once more.
pub(super) fn taken_back(grant: &GrantView) -> AnyView {
    if grant.taken_back_reason.is_empty() {
        return ().into_any();
    }
    let reason = grant.taken_back_reason.clone();
    notice("warning", view! { <p><strong>{t("grants-taken-back-because")}</strong>" "{reason}</p> })
}

/// The form that takes an offered agreement back; for those who may.
pub(super) fn taking_back(visit: &Visit, grant: &GrantView) -> Option<FormState> {
    let may = visit.may(Action::ManageGrants) && allowed(grant.row.state).contains(&GrantEvent::TakeBack);
    may.then(|| visit.form_state(&format!("/grants/{}/take-back", grant.row.id), Typed::default()))
}

/// Taking the agreement back, one press further away than all else, unless it was just refused.
pub(super) fn take_back_part(id: GrantId, state: &FormState) -> AnyView {
    let open = !state.errors.is_empty();
    view! {
        <details open=open>
            <summary>{t("grants-take-back")}</summary>
            <p>{t("grants-take-back-lead")}</p>
            {form(&format!("/grants/{id}/take-back"), &format!("/grants/{id}"), view! {
                {form_fields(&TAKE_BACK, state, &[])}
                <div class="button-row"><button class="button button-secondary">{t("grants-take-back")}</button></div>
            })}
        </details>
    }
    .into_any()
}

/// `POST /grants/{grant}/take-back`
pub async fn take_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: GrantId = visit.id("grant")?;
    grants::take_back(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{id}"), "done-agreement-taken-back"))
}

/// `/grants/{grant}/countersign`
pub async fn countersign_page(visit: Visit) -> Result<Page, AppError> {
    let id: GrantId = visit.id("grant")?;
    let grant = queries::get(&visit.context, id).await?;
    let action = format!("/grants/{id}/countersign");
    let seen = grant.offered_at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let mut state = visit.form_state(&action, Typed::default().with("full_name", visit.actor().name.as_str()));
    // Also where a form was refused: what is shown, and signed next, is the agreement as it is now.
    state.typed.set("seen", seen);
    let (number, title) = (grant.row.number.clone(), visit.reader.text("grants-countersign"));
    Ok(Page::new(title, move || {
        view! {
            {page_head(&t("grants-countersign"), Some(t("grants-countersign-lead")), ())}
            {terms(&grant)}
            {section("grants-instalments", instalment_plan(&grant, true))}
            {notice("info", view! { <p>{t("grants-countersign-duties")}</p> })}
            {form(&action, &action, view! {
                {form_fields(&COUNTERSIGN, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("grants-countersign-send")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("grants-title"), "/grants")
    .under(number, format!("/grants/{id}")))
}

/// What is agreed.
fn terms(grant: &GrantView) -> AnyView {
    summary(vec![
        definition("grants-number", grant.row.number.clone()),
        definition("grants-name", grant.row.title.clone()),
        definition("grants-organisation", grant.row.organisation.clone()),
        definition("grants-award", money(grant.row.award)),
        definition("grants-months", count(grant.months)),
        definition("grants-start", grant.start_date.map(date).unwrap_or_default()),
        definition("grants-end", grant.row.end_date.map(date).unwrap_or_default()),
        definition(
            "grants-conditions",
            view! {
                <div class="text">
                    {if grant.conditions.is_empty() { t("grants-no-conditions") } else { grant.conditions.clone() }}
                </div>
            },
        ),
    ])
}

/// `POST /grants/{grant}/countersign`
pub async fn countersign(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: GrantId = visit.id("grant")?;
    grants::countersign(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{id}"), "done-agreement-signed"))
}
