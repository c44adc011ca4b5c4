//! Ending a grant: what that does is said before the button.

use backend::grants;
use backend::grants::queries::{self, GrantView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{CLOSE, GrantEvent, TERMINATE, allowed};
use domain::ids::GrantId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    FormState, Page, argument, definition, form, form_fields, money, notice, page_head, summary, t, tm, tw,
};
use crate::web::{Done, Sent, Visit};

/// A form with a command id of its own.
pub(super) fn command() -> Typed {
    Typed::default().with("command_id", uuid::Uuid::now_v7().to_string())
}

/// Closing, or why it is too early; for those who may.
pub(super) fn closing(visit: &Visit, grant: &GrantView) -> Option<FormState> {
    let may = visit.may(Action::ManageGrants) && allowed(grant.row.state).contains(&GrantEvent::Close);
    may.then(|| visit.form_state(&format!("/grants/{}/close", grant.row.id), command()))
}

pub(super) fn close_part(grant: &GrantView, state: &FormState) -> AnyView {
    if let Some(message) = &grant.close_obstacle {
        return notice("info", view! { <p>{tm(message)}</p> });
    }
    let path = format!("/grants/{}", grant.row.id);
    let released = (grant.open.minor > 0)
        .then(|| view! { <p>{tw("grants-close-released", &[("amount", argument(grant.open))])}</p> });
    let owed = (grant.advance.minor > 0)
        .then(|| view! { <p>{tw("grants-close-recovery", &[("amount", argument(grant.advance))])}</p> });
    notice(
        "good",
        view! {
            <p>{t("grants-close-ready")}</p>
            {released}
            {owed}
            {form(&format!("{path}/close"), &path, view! {
                {form_fields(&CLOSE, state, &[])}
                <div class="button-row"><button class="button button-primary">{t("grants-close")}</button></div>
            })}
        },
    )
}

/// `/grants/{grant}/end`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: GrantId = visit.id("grant")?;
    let grant = queries::get(&visit.context, id).await?;
    if !grant.row.state.is_running() {
        return Err(AppError::refused("refused-end-not-running"));
    }
    let action = format!("/grants/{id}/end");
    let state = visit.form_state(&action, command());
    let number = grant.row.number.clone();
    Ok(Page::new(visit.reader.text("grants-end-early"), move || {
        view! {
            {page_head(&t("grants-end-early"), Some(t("grants-end-lead")), ())}
            {summary(vec![
                definition("grants-name", grant.row.title.clone()),
                definition("grants-organisation", grant.row.organisation.clone()),
                definition("grants-award", money(grant.row.award)),
                definition("grants-paid", money(grant.paid)),
                definition("grants-spent", money(grant.spent)),
                definition("grants-end-released", money(grant.open)),
                definition("grants-end-owed", money(grant.advance)),
            ])}
            {match &grant.terminate_obstacle {
                Some(message) => notice("warning", view! { <p>{tm(message)}</p> }),
                None => form(&action, &action, view! {
                    {form_fields(&TERMINATE, &state, &[])}
                    <div class="button-row"><button class="button button-danger">{t("grants-end-early")}</button></div>
                }),
            }}
        }
        .into_any()
    })
    .under(visit.reader.text("grants-title"), "/grants")
    .under(number, format!("/grants/{id}")))
}

/// `POST /grants/{grant}/end` and `POST /grants/{grant}/terminate`
pub async fn terminate(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: GrantId = visit.id("grant")?;
    grants::terminate(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{id}"), "done-grant-terminated"))
}

/// `POST /grants/{grant}/close`
pub async fn close(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: GrantId = visit.id("grant")?;
    grants::close(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{id}"), "done-grant-closed"))
}
