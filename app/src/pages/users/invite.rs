//! Inviting a member of staff.

use backend::users;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;
use domain::users::{INVITE, staff_role};
use leptos::prelude::*;

use crate::ui::{Page, form, form_fields, page_head, t};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/users/invite";

/// `/users/invite`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let state = visit.form_state(PATH, Typed::default().with("language", visit.reader.language().code()));
    Ok(Page::new(visit.reader.text("invite-title"), move || {
        view! {
            {page_head(&t("invite-title"), Some(t("invite-lead")), ())}
            {form(PATH, PATH, view! {
                {form_fields(&INVITE, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("invite-button")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("users-title"), "/users"))
}

/// `POST /users/invite`
pub async fn invite(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::invite(&visit.context, &sent.typed).await?;
    let waits = staff_role(sent.typed.get("role")).is_some_and(Role::touches_payments);
    Ok(Done::to("/users/invitations", if waits { "done-invitation-proposed" } else { "done-invited" }))
}
