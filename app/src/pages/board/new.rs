//! Planning a session.

use backend::board;
use domain::board::SESSION;
use domain::errors::AppError;
use domain::forms::Typed;
use leptos::prelude::*;

use crate::ui::{Choice, Page, argument, form, form_fields, page_head, t, tw};
use crate::web::{Done, Sent, Visit};

/// `/board/new`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let calls = board::eligible_calls(&visit.context).await?;
    let state = visit.form_state("/board/create", Typed::default().with("call", visit.query("call")));
    Ok(Page::new(visit.reader.text("board-new"), move || {
        let body = if calls.is_empty() {
            view! { <p class="empty">{t("board-nothing-ready")}</p> }.into_any()
        } else {
            let choices = calls
                .iter()
                .map(|(id, title, number)| {
                    let arguments = [("call", argument(title.as_str())), ("number", argument(*number))];
                    Choice::new(id, tw("board-call-option", &arguments))
                })
                .collect();
            form(
                "/board/create",
                "/board/new",
                view! {
                    {form_fields(&SESSION, &state, &[("call", choices)])}
                    <div class="button-row"><button class="button button-primary">{t("board-plan")}</button></div>
                },
            )
        };
        view! { {page_head(&t("board-new"), Some(t("board-new-lead")), ())} {body} }.into_any()
    })
    .under(visit.reader.text("board-title"), "/board"))
}

/// `POST /board/create`
pub async fn create(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = board::create(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("/board/{id}"), "done-session-planned"))
}
