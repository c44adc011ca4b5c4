//! Signing in and out, registering, links from mails, language, and the own account.

mod invitation;
mod language;
mod links;
mod own;
mod register;
mod sign_in;

pub(super) use own::colleagues_table;

use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::t;
use crate::web::Routes;

/// The routes of accounts.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/sign-in", Action::ReadPublic, sign_in::page)
        .action("/sign-in", Action::ReadPublic, sign_in::sign_in)
        .action("/sign-in/demo", Action::ReadPublic, sign_in::sign_in_as_demo)
        .action("/sign-out", Action::ReadPublic, sign_in::sign_out)
        .page("/register", Action::ReadPublic, register::choice_page)
        .page("/register/organisation", Action::ReadPublic, register::organisation_page)
        .action("/register/organisation", Action::ReadPublic, register::organisation)
        .page("/register/donor", Action::ReadPublic, register::donor_page)
        .action("/register/donor", Action::ReadPublic, register::donor)
        .page("/confirm/{token}", Action::ReadPublic, links::confirm_page)
        .action("/confirm", Action::ReadPublic, links::confirm)
        .page("/forgot", Action::ReadPublic, links::forgot_page)
        .action("/forgot", Action::ReadPublic, links::forgot)
        .page("/reset/{token}", Action::ReadPublic, links::reset_page)
        .action("/reset", Action::ReadPublic, links::reset)
        .page("/invitation/{token}", Action::ReadPublic, invitation::page)
        .action("/invitation", Action::ReadPublic, invitation::accept)
        .action("/language", Action::ReadPublic, language::choose)
        .page("/account", Action::UseOwnAccount, own::page)
        .action("/account/digest", Action::UseOwnAccount, own::choose_digest)
        .action("/account/password", Action::UseOwnAccount, own::change_password)
        .action("/account/invite", Action::InviteColleagues, own::invite_colleague)
}

/// The one button of a form.
fn submit(label_key: &str) -> AnyView {
    view! { <div class="button-row"><button class="button button-primary">{t(label_key)}</button></div> }.into_any()
}
