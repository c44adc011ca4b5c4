//! Entering and changing a call, and its steps.

use backend::calls::{self, queries};
use domain::calls::{CALL, CallState, EXTENSION};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::CallId;
use leptos::prelude::*;

use crate::ui::{FormState, Page, argument, form, form_fields, page_head, t, tw};
use crate::web::{Done, Sent, Visit};

/// `/calls/new`
pub async fn new_page(visit: Visit) -> Result<Page, AppError> {
    let state = visit.form_state("/calls/create", calls::initial());
    Ok(Page::new(visit.reader.text("calls-new"), move || draw("calls-new", "/calls/create", "/calls/new", &state))
        .under(visit.reader.text("calls-title"), "/calls"))
}

/// `POST /calls/create`
pub async fn create(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = calls::create(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("/calls/{id}"), "done-saved"))
}

/// `/calls/{call}/edit`
pub async fn edit_page(visit: Visit) -> Result<Page, AppError> {
    let id: CallId = visit.id("call")?;
    let call = queries::get(&visit.context, id).await?;
    if call.state != CallState::Draft {
        return Err(AppError::refused("refused-call-published"));
    }
    let action = format!("/calls/{id}/update");
    let state = visit.form_state(&action, call.typed());
    Ok(Page::new(visit.reader.text("calls-edit"), move || {
        draw("calls-edit", &action, &format!("/calls/{id}/edit"), &state)
    })
    .under(visit.reader.text("calls-title"), "/calls")
    .under(call.title, format!("/calls/{id}")))
}

fn draw(title: &str, action: &str, back: &str, state: &FormState) -> AnyView {
    view! {
        {page_head(&t(title), Some(t("calls-edit-lead")), ())}
        {form(action, back, view! {
            {form_fields(&CALL, state, &[])}
            <div class="button-row"><button class="button button-primary">{t("calls-save-draft")}</button></div>
        })}
    }
    .into_any()
}

/// `POST /calls/{call}/update`
pub async fn update(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: CallId = visit.id("call")?;
    calls::update(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/calls/{id}"), "done-saved"))
}

/// `/calls/{call}/extend`
pub async fn extend_page(visit: Visit) -> Result<Page, AppError> {
    let id: CallId = visit.id("call")?;
    let call = queries::get(&visit.context, id).await?;
    let path = visit.path.clone();
    let all = call.typed();
    let initial = Typed::default().with("closes_on", all.get("closes_on")).with("closes_at", all.get("closes_at"));
    let state = visit.form_state(&path, initial);
    let deadline = call.closes_at;
    Ok(Page::new(visit.reader.text("calls-extend"), move || {
        view! {
            {page_head(&t("calls-extend"), Some(tw("calls-extend-lead", &[("deadline", argument(deadline))])), ())}
            {form(&path, &path, view! {
                {form_fields(&EXTENSION, &state, &[])}
                <div class="button-row">
                    <button class="button button-primary">{t("calls-extend-button")}</button>
                    <a class="button button-quiet" href=format!("/calls/{id}")>{t("calls-extend-back")}</a>
                </div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("calls-title"), "/calls")
    .under(call.title, format!("/calls/{id}")))
}

/// `POST /calls/{call}/extend`
pub async fn extend(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: CallId = visit.id("call")?;
    calls::extend(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/calls/{id}"), "done-call-extended"))
}

/// `POST /calls/{call}/publish`
pub async fn publish(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: CallId = visit.id("call")?;
    calls::publish(&visit.context, id).await?;
    Ok(Done::to(format!("/calls/{id}"), "done-call-published"))
}

/// `POST /calls/{call}/withdraw`
pub async fn withdraw(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: CallId = visit.id("call")?;
    calls::withdraw(&visit.context, id).await?;
    Ok(Done::to(format!("/calls/{id}"), "done-call-withdrawn"))
}

/// `POST /calls/{call}/decide`
pub async fn decide(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: CallId = visit.id("call")?;
    calls::decide(&visit.context, id).await?;
    Ok(Done::to(format!("/calls/{id}"), "done-call-decided"))
}
