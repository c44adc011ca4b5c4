//! The ties of a member of staff with organisations: shown, recorded and ended.

use backend::users::{self, TieView};
use domain::errors::AppError;
use domain::ids::{TieId, UserId};
use domain::users::TIE;
use leptos::prelude::*;

use crate::ui::{FormState, argument, button_form, column, date, form, form_fields, section, status, t, table, tw};
use crate::web::{Done, Sent, Visit};

/// Where the form of a person's ties goes.
pub(super) fn record_path(person: UserId) -> String {
    format!("/users/{person}/ties/record")
}

/// The ties, with the form for another one where the reader may record it.
pub(super) fn ties_section(person: UserId, ties: &[TieView], new: Option<&FormState>) -> AnyView {
    let heads = [
        column("tie-organisation", false),
        column("tie-since", false),
        column("tie-note", false),
        column("tie-state", false),
    ];
    let page = format!("/users/{person}");
    let rows = ties.iter().map(|tie| cells(tie, &page, new.is_some())).collect();
    let shown = match ties.is_empty() {
        true => view! { <p class="empty">{t("ties-none")}</p> }.into_any(),
        false => table("ties-title", &heads, rows),
    };
    let record = new.map(|state| {
        form(
            &record_path(person),
            &page,
            view! {
                {form_fields(&TIE, state, &[])}
                <div class="button-row"><button class="button button-secondary">{t("tie-record")}</button></div>
            },
        )
    });
    section("ties-title", view! { <p>{t("ties-lead")}</p> {shown} {record} })
}

fn cells(tie: &TieView, page: &str, may_end: bool) -> Vec<AnyView> {
    let (organisation, name) = &tie.organisation;
    let state = match tie.ended_at {
        Some(at) => tw("tie-ended", &[("at", argument(at))]).into_any(),
        None => {
            let end = may_end.then(|| {
                button_form(&format!("{page}/ties/{}/end", tie.id), page, "tie-end", "button-quiet button-small", &[])
            });
            view! { {status("tie-running", "warning")} {end} }.into_any()
        }
    };
    vec![
        view! { <a href=format!("/organisations/{organisation}")>{name.clone()}</a> }.into_any(),
        date(tie.since).into_any(),
        tie.note.clone().into_any(),
        state,
    ]
}

/// `POST /users/{user}/ties/record`
pub async fn record(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let person: UserId = visit.id("user")?;
    users::record_tie(&visit.context, person, &sent.typed).await?;
    Ok(Done::to(format!("/users/{person}"), "done-tie-recorded"))
}

/// `POST /users/{user}/ties/{tie}/end`
pub async fn end(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let (person, tie): (UserId, TieId) = (visit.id("user")?, visit.id("tie")?);
    users::end_tie(&visit.context, person, tie).await?;
    Ok(Done::to(format!("/users/{person}"), "done-tie-ended"))
}
