//! The Board's sessions, and whether recommendations wait for the executive director.

use backend::board::{self, queries};
use domain::board::SessionState;
use domain::errors::AppError;
use domain::roles::Action;
use leptos::prelude::*;

use super::session_status;
use crate::ui::{
    Choice, Page, argument, column, count, date, filters, notice, page_head, pager, sort_link, t, table, tw,
};
use crate::web::Visit;

/// `/board`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let sessions = queries::sessions(&visit.context, &request).await?;
    let waiting = board::number_waiting(&visit.context).await?;
    let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
    let may_plan = visit.may(Action::ManageBoard);
    Ok(Page::new(visit.reader.text("board-title"), move || {
        let states = SessionState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))).collect();
        let heads = [
            sort_link("session-title", false, "/board", &request, "title"),
            column("session-call", false),
            sort_link("session-date", false, "/board", &request, "date"),
            sort_link("board-state", false, "/board", &request, "state"),
            column("board-items", true),
            column("board-recorded", true),
        ];
        let rows = sessions
            .rows
            .iter()
            .map(|session| {
                vec![
                    view! { <a href=format!("/board/{}", session.id)>{session.title.clone()}</a> }.into_any(),
                    session.call_title.clone().into_any(),
                    date(session.date).into_any(),
                    session_status(session.state),
                    count(session.items).into_any(),
                    count(session.recorded).into_any(),
                ]
            })
            .collect();
        view! {
            {page_head(&t("board-title"), Some(t("board-lead")), may_plan.then(|| view! {
                <a class="button button-primary" href="/board/new">{t("board-new")}</a>
            }))}
            {(waiting > 0).then(|| notice("info", view! {
                <p><a href="/board/decisions">{tw("board-waiting", &[("number", argument(waiting))])}</a></p>
            }))}
            {filters("/board", &request, Some(("board-state", states)))}
            {table("board-title", &heads, rows)}
            {pager("/board", &request, &sessions)}
        }
        .into_any()
    })
    .wide())
}
