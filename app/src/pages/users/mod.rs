//! People: list, one account, inviting staff, open invitations, shutting and opening accounts, ties with organisations.

mod invitations;
mod invite;
mod list;
mod manage;
mod show;
mod ties;

use domain::roles::Action;
use domain::users::{UserState, is_freed};
use leptos::prelude::*;

pub(super) use invitations::invitations_table;
pub(super) use manage::manage_buttons;

use crate::ui::{status, t};
use crate::web::Routes;

/// The routes of people.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/users", Action::ReadUsers, list::page)
        .page("/users/invite", Action::ManageUsers, invite::page)
        .action("/users/invite", Action::ManageUsers, invite::invite)
        .page("/users/invitations", Action::ReadInvitations, invitations::page)
        .action("/invitations/{invitation}/confirm", Action::ConfirmInvitations, invitations::confirm)
        .action("/invitations/{invitation}/again", Action::UseOwnAccount, invitations::again)
        .action("/invitations/{invitation}/take-back", Action::UseOwnAccount, invitations::take_back)
        .page("/users/{user}", Action::ReadUsers, show::page)
        .action("/users/{user}/disable", Action::ManageColleagues, manage::disable)
        .action("/users/{user}/enable", Action::ManageColleagues, manage::enable)
        .action("/users/{user}/free-address", Action::ManageUsers, manage::free_address)
        .action("/users/{user}/make-signatory", Action::ManageColleagues, manage::make_signatory)
        .action("/users/{user}/make-editor", Action::ManageColleagues, manage::make_editor)
        .action("/users/{user}/ties/record", Action::ManageUsers, ties::record)
        .action("/users/{user}/ties/{tie}/end", Action::ManageUsers, ties::end)
}

/// An account's state as a tag.
pub(super) fn state_tag(state: UserState) -> AnyView {
    match state {
        UserState::Active => status("user-state-active", "good"),
        UserState::Disabled => status("user-state-disabled", "bad"),
        UserState::Unconfirmed => status("user-state-unconfirmed", "warning"),
    }
}

/// An account's address, or that it was freed.
pub(super) fn address(email: &str) -> AnyView {
    match is_freed(email) {
        true => t("user-address-freed").into_any(),
        false => email.to_owned().into_any(),
    }
}
