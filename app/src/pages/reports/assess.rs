//! The secretariat's answer to a report.

use backend::reports::{self, queries};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ReportId;
use domain::reports::{RETURN, ReportEvent, allowed};
use leptos::prelude::*;

use super::figures;
use super::show::{facts, narrative};
use crate::ui::refused;
use crate::ui::{FormState, Page, form, form_fields, notice, page_head, section, t, text_area, tw};
use crate::web::{Done, Sent, Visit};

/// `/reports/{report}/assess`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ReportId = visit.id("report")?;
    let report = queries::get(&visit.context, id).await?;
    let (accept, back) = (format!("/reports/{id}/accept"), format!("/reports/{id}/return"));
    let accept_state = visit.form_state(&accept, Typed::default());
    let return_state = visit.form_state(&back, Typed::default());
    let open = allowed(report.row.state).contains(&ReportEvent::Accept);
    let number = report.row.grant_number.clone();
    Ok(Page::new(visit.reader.text("reports-assess"), move || {
        let here = format!("/reports/{id}/assess");
        let forms = if open {
            view! {
                {section("reports-accept", view! {
                    <p>{t("reports-accept-lead")}</p>
                    {form(&accept, &here, view! {
                        {accept_comments(&accept_state)}
                        <div class="button-row"><button class="button button-primary">{t("reports-accept-button")}</button></div>
                    })}
                })}
                {section("reports-return", view! {
                    <p>{t("reports-return-lead")}</p>
                    {form(&back, &here, view! {
                        {form_fields(&RETURN, &return_state, &[])}
                        <div class="button-row"><button class="button button-secondary">{t("reports-return-button")}</button></div>
                    })}
                })}
            }
            .into_any()
        } else {
            notice("info", view! { <p>{t("reports-not-to-assess")}</p> })
        };
        view! {
            {page_head(&t("reports-assess"), Some(format!("{} · {}", report.row.organisation, report.row.title)), ())}
            {facts(&report)}
            {figures::points(&report)}
            {report.typed.as_ref().map(narrative)}
            {figures::tables(&report)}
            {forms}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("reports-title"), "/reports")
    .under(number, format!("/reports/{id}")))
}

/// The comments of an acceptance, under an id of their own: the form beside it has comments too.
fn accept_comments(state: &FormState) -> AnyView {
    let error = refused::error_of(state, "comments", "accept-comments", &t("report-accept-comments"));
    let described = error.is_some().then(|| "accept-comments-error".to_owned());
    let area =
        text_area("accept-comments", "comments", state.typed.get("comments"), 4, 3000, described, error.is_some());
    let label = tw("field-optional", &[("label", t("report-accept-comments").into())]);
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label for="accept-comments">{label}</label>
            {error.clone().map(|text| view! { <p class="error-text" id="accept-comments-error">{text}</p> })}
            {area}
        </div>
    }
    .into_any()
}

/// `POST /reports/{report}/return`
pub async fn return_to_organisation(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReportId = visit.id("report")?;
    reports::return_to_organisation(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/reports/{id}"), "done-report-returned"))
}

/// `POST /reports/{report}/accept`
pub async fn accept(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReportId = visit.id("report")?;
    reports::accept(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/reports/{id}"), "done-report-accepted"))
}
