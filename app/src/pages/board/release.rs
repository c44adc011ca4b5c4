//! Releasing the decisions of a closed session, beside the list of the mails that will go out.

use backend::board::{self, ToTell, queries};
use domain::board::SessionState;
use domain::errors::AppError;
use domain::ids::BoardSessionId;
use leptos::prelude::*;

use super::outcome_status;
use crate::ui::{Page, argument, button_form, column, notice, page_head, pager, section, t, table, tw};
use crate::web::{Done, Sent, Visit};

/// `/board/{session}/release`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    let request = visit.page_request();
    let session = queries::session(&visit.context, id).await?;
    let told = board::to_tell(&visit.context, id, &request).await?;
    let path = format!("/board/{id}/release");
    let number = i64::try_from(told.total).unwrap_or(i64::MAX);
    Ok(Page::new(visit.reader.text("release-title"), move || {
        let heads = [
            column("reviews-application", false),
            column("reviews-organisation", false),
            column("session-outcome", false),
            column("recommendation-reason", false),
            column("release-recipients", false),
        ];
        let rows = told.rows.iter().map(|row| line(id, row)).collect();
        view! {
            {page_head(&t("release-title"), Some(t("release-lead")), ())}
            {match session.state {
                SessionState::Closed => section("release-confirm", view! {
                    <p>{tw("release-number", &[("number", argument(number))])}</p>
                    <p>{t("release-final")}</p>
                    <div class="button-row">
                        {button_form(&path, &path, "session-event-release", "button-primary", &[])}
                        <a class="button button-quiet" href=format!("/board/{id}")>{t("release-not-yet")}</a>
                    </div>
                }),
                SessionState::Released => notice("info", view! { <p>{t("release-done")}</p> }),
                SessionState::Planned | SessionState::UnderWay => notice("info", view! { <p>{t("release-after-closing")}</p> }),
            }}
            {section("release-mails", view! {
                {table("release-mails", &heads, rows)}
                {pager(&path, &request, &told)}
            })}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("board-title"), "/board")
    .under(session.title, format!("/board/{id}")))
}

fn line(session: BoardSessionId, row: &ToTell) -> Vec<AnyView> {
    let application = &row.application;
    let title = format!("{} · {}", application.number, application.title);
    let recipients = match row.recipients.as_slice() {
        [] => t("release-nobody"),
        addresses => addresses.join(", "),
    };
    vec![
        view! { <a href=format!("/board/{session}/items/{}", row.item)>{title}</a> }.into_any(),
        application.organisation_name.clone().into_any(),
        outcome_status(row.outcome),
        view! { <div class="text">{row.reason.clone()}</div> }.into_any(),
        recipients.into_any(),
    ]
}

/// `POST /board/{session}/release`
pub async fn release(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    board::release(&visit.context, id).await?;
    Ok(Done::to(format!("/board/{id}"), "done-session-released"))
}
