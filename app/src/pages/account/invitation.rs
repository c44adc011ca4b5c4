//! What the link of an invitation opens: who invites to what, and how it is accepted. Looking does not use the link up.

use backend::users::{self, Acceptance, InvitationView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::users::ACCEPT;
use leptos::prelude::*;

use super::submit;
use crate::ui::{FormState, Page, definition, form, form_fields, hidden, instant, notice, page_head, summary, t};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/invitation";

/// `/invitation/{token}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let token = visit.parameter("token").to_owned();
    let (invitation, acceptance) = users::invitation_of(&visit.context, &token).await?;
    let mut state = visit.form_state(PATH, Typed::default().with("name", invitation.name.as_str()));
    // A kept form holds no token: whoever reads the table of kept forms must not be able to use the link.
    state.typed.set("token", token.as_str());
    Ok(Page::new(visit.reader.text("invitation-title"), move || {
        view! {
            {page_head(&t("invitation-title"), Some(t("invitation-lead")), ())}
            {details(&invitation)}
            {answer(acceptance, &token, &state)}
        }
        .into_any()
    })
    .narrow())
}

fn details(invitation: &InvitationView) -> AnyView {
    let of = match invitation.of.is_empty() {
        true => t("site-name"),
        false => invitation.of.clone(),
    };
    let inviter =
        (!invitation.inviter.is_empty()).then(|| definition("invitation-inviter", invitation.inviter.clone()));
    let always = [
        definition("invitation-place", of),
        definition("user-role", t(&invitation.role.label_key())),
        definition("user-email", invitation.email.clone()),
        definition("invitation-until", instant(invitation.expires_at)),
    ];
    summary(always.into_iter().chain(inviter).collect())
}

/// What the visitor can do, in words and as a form.
fn answer(acceptance: Acceptance, token: &str, state: &FormState) -> AnyView {
    let page = format!("{PATH}/{token}");
    let password = || {
        let fields = form_fields(&ACCEPT, state, &[]);
        form(PATH, &page, view! { {fields} {submit("invitation-accept")} })
    };
    match acceptance {
        Acceptance::AsNewcomer => view! { <p>{t("invitation-new")}</p> {password()} }.into_any(),
        Acceptance::InsteadOfRegistration => {
            let words = notice("warning", view! { <p>{t("invitation-instead")}</p> });
            view! { {words} {password()} }.into_any()
        }
        Acceptance::OpensAgain => view! { <p>{t("invitation-opens-again")}</p> {password()} }.into_any(),
        Acceptance::AfterSigningIn => view! {
            {notice("info", view! { <p>{t("invitation-sign-in")}</p> })}
            <p><a class="button button-primary" href="/sign-in">{t("sign-in-button")}</a></p>
        }
        .into_any(),
        Acceptance::AtOnce => view! {
            <p>{t("invitation-sign")}</p>
            {form(PATH, &page, view! { {hidden("token", token)} {submit("invitation-accept")} })}
        }
        .into_any(),
        Acceptance::Impossible => {
            notice("warning", view! { <p>{t("invitation-elsewhere")}</p> <p>{t("invitation-elsewhere-do")}</p> })
        }
    }
}

/// `POST /invitation`
pub async fn accept(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::accept_invitation(&visit.context, &sent.typed).await?;
    match visit.actor().user {
        Some(_) => Ok(Done::to("/account", "done-invitation-accepted")),
        None => Ok(Done::to("/sign-in", "done-password-set")),
    }
}
