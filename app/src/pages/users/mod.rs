//! People: list, one account, inviting staff, shutting and opening accounts, ties with organisations.

mod invite;
mod list;
mod manage;
mod show;
mod ties;

use domain::roles::Action;
use domain::users::UserState;
use leptos::prelude::*;

pub(super) use manage::manage_buttons;

use crate::ui::status;
use crate::web::Routes;

/// The routes of people.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/users", Action::ReadUsers, list::page)
        .page("/users/invite", Action::ManageUsers, invite::page)
        .action("/users/invite", Action::ManageUsers, invite::invite)
        .page("/users/{user}", Action::ReadUsers, show::page)
        .action("/users/{user}/invite-again", Action::ManageUsers, show::invite_again)
        .action("/users/{user}/disable", Action::ManageColleagues, manage::disable)
        .action("/users/{user}/enable", Action::ManageColleagues, manage::enable)
        .action("/users/{user}/make-signatory", Action::ManageColleagues, manage::make_signatory)
        .action("/users/{user}/make-editor", Action::ManageColleagues, manage::make_editor)
        .action("/users/{user}/ties/record", Action::ManageUsers, ties::record)
        .action("/users/{user}/ties/{tie}/end", Action::ManageUsers, ties::end)
}

/// An account's state as a tag.
pub(super) fn state_tag(state: UserState, invited: bool) -> AnyView {
    match state {
        UserState::Active => status("user-state-active", "good"),
        UserState::Disabled => status("user-state-disabled", "bad"),
        UserState::Unconfirmed if invited => status("user-invited", "info"),
        UserState::Unconfirmed => status("user-state-unconfirmed", "warning"),
    }
}
