//! What the single-use links of mails open. Looking at such a page does not use the link up; its button does.

use backend::users;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::users::{CONFIRM, FORGOT, LinkPurpose, SET_PASSWORD};
use leptos::prelude::*;

use super::sign_in::device_cookie;
use super::submit;
use crate::ui::{Page, form, form_fields, page_head, t};
use crate::web::{Done, Sent, Visit};

/// `/confirm/{token}`
pub async fn confirm_page(visit: Visit) -> Result<Page, AppError> {
    let token = visit.parameter("token").to_owned();
    users::link_works(&visit.context, &token, LinkPurpose::Confirm).await?;
    let mut state = visit.form_state("/confirm", Typed::default());
    // As for a new password: no kept form holds the link's token.
    state.typed.set("token", token.as_str());
    Ok(Page::new(visit.reader.text("confirm-title"), move || {
        let back = format!("/confirm/{token}");
        view! {
            {page_head(&t("confirm-title"), Some(t("confirm-lead")), ())}
            {form("/confirm", &back, view! { {form_fields(&CONFIRM, &state, &[])} {submit("confirm-button")} })}
            <p>{t("confirm-other")}" "<a href="/forgot">{t("confirm-forgot")}</a></p>
        }
        .into_any()
    })
    .narrow())
}

/// `POST /confirm`
pub async fn confirm(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::confirm(&visit.context, &sent.typed).await?;
    Ok(Done::to("/sign-in", "done-confirmed"))
}

/// `/forgot`
pub async fn forgot_page(visit: Visit) -> Result<Page, AppError> {
    let state = visit.form_state("/forgot", Typed::default());
    Ok(Page::new(visit.reader.text("forgot-title"), move || {
        view! {
            {page_head(&t("forgot-title"), Some(t("forgot-lead")), ())}
            {form("/forgot", "/forgot", view! { {form_fields(&FORGOT, &state, &[])} {submit("forgot-button")} })}
        }
        .into_any()
    })
    .narrow())
}

/// `POST /forgot`
pub async fn forgot(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::forgot(&visit.context, &sent.typed, &visit.caller()).await?;
    Ok(Done::to("/sign-in", "done-reset-sent"))
}

/// `/reset/{token}`
pub async fn reset_page(visit: Visit) -> Result<Page, AppError> {
    let token = visit.parameter("token").to_owned();
    users::link_works(&visit.context, &token, LinkPurpose::Reset).await?;
    let mut state = visit.form_state("/reset", Typed::default());
    // A kept form holds no token: whoever reads the table of kept forms must not be able to use the link.
    state.typed.set("token", token.as_str());
    Ok(Page::new(visit.reader.text("reset-title"), move || {
        let back = format!("/reset/{token}");
        view! {
            {page_head(&t("reset-title"), Some(t("reset-lead")), ())}
            {form("/reset", &back, view! { {form_fields(&SET_PASSWORD, &state, &[])} {submit("set-password-button")} })}
        }
        .into_any()
    })
    .narrow())
}

/// `POST /reset`
pub async fn reset(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let device = users::reset_password(&visit.context, &sent.typed, visit.device.as_deref()).await?;
    let cookies = device_cookie(&visit, &device).into_iter().collect();
    Ok(Done { cookies, ..Done::to("/sign-in", "done-password-set") })
}
