//! Withdrawing an application, returning one for clarification, and considering one again.

use backend::applications::{self, queries};
use domain::applications::{RECONSIDER, RETURN, WITHDRAW};
use domain::errors::AppError;
use domain::forms::{Form, Typed};
use domain::ids::ApplicationId;
use leptos::prelude::*;

use crate::ui::{Page, form, form_fields, page_head, t};
use crate::web::{Done, Sent, Visit};

/// What the page of a step says and asks.
struct Step {
    title: &'static str,
    lead: &'static str,
    form: &'static Form,
    class: &'static str,
}

async fn step_page(visit: Visit, step: Step) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let view = queries::get(&visit.context, id).await?;
    let path = visit.path.clone();
    let state = visit.form_state(&path, Typed::default());
    Ok(Page::new(visit.reader.text(step.title), move || {
        view! {
            {page_head(&t(step.title), Some(t(step.lead)), ())}
            {form(&path, &path, view! {
                {form_fields(step.form, &state, &[])}
                <div class="button-row">
                    <button class=format!("button {}", step.class)>{t(step.title)}</button>
                    <a class="button button-quiet" href=format!("/applications/{id}")>{t("applications-back")}</a>
                </div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("applications-title"), "/applications")
    .under(format!("{} {}", view.number, view.title), format!("/applications/{id}")))
}

/// `/applications/{application}/withdraw`
pub async fn withdraw_page(visit: Visit) -> Result<Page, AppError> {
    let step = Step {
        title: "applications-withdraw",
        lead: "applications-withdraw-lead",
        form: &WITHDRAW,
        class: "button-danger",
    };
    step_page(visit, step).await
}

/// `POST /applications/{application}/withdraw`
pub async fn withdraw(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    applications::withdraw(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{id}"), "done-application-withdrawn"))
}

/// `/applications/{application}/return`
pub async fn return_page(visit: Visit) -> Result<Page, AppError> {
    let step =
        Step { title: "applications-return", lead: "applications-return-lead", form: &RETURN, class: "button-primary" };
    step_page(visit, step).await
}

/// `POST /applications/{application}/return`
pub async fn return_for_clarification(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    applications::return_for_clarification(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{id}"), "done-application-returned"))
}

/// `/applications/{application}/reconsider`
pub async fn reconsider_page(visit: Visit) -> Result<Page, AppError> {
    let step = Step {
        title: "applications-reconsider",
        lead: "applications-reconsider-lead",
        form: &RECONSIDER,
        class: "button-primary",
    };
    step_page(visit, step).await
}

/// `POST /applications/{application}/reconsider`
pub async fn reconsider(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    applications::reconsider(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{id}"), "done-application-reconsidered"))
}
