//! Changing somebody's account: who signs for an organisation, shutting and opening. Administrators do it on the page of
//! the person, signatories on their own.

use backend::users::{self, Opening};
use domain::errors::AppError;
use domain::ids::UserId;
use domain::roles::{Action, Role};
use domain::users::UserState;
use leptos::prelude::*;

use crate::ui::button_form;
use crate::web::{Done, Sent, Visit};

/// The buttons that role and state of the person allow. Where it `takes_two`, opening is only proposed.
pub fn manage_buttons(id: UserId, role: Role, state: UserState, takes_two: bool, back: &str) -> AnyView {
    let button =
        |verb: &str, key: &str, class: &str| button_form(&format!("/users/{id}/{verb}"), back, key, class, &[]);
    let signs = match (role, state) {
        (Role::OrganisationEditor, UserState::Active) => {
            Some(button("make-signatory", "user-make-signatory", "button-secondary"))
        }
        (Role::OrganisationSignatory, _) => Some(button("make-editor", "user-make-editor", "button-secondary")),
        _ => None,
    };
    let shut = match state {
        UserState::Disabled if takes_two => button("enable", "user-enable-propose", "button-secondary"),
        UserState::Disabled => button("enable", "user-enable", "button-secondary"),
        _ => button("disable", "user-disable", "button-danger"),
    };
    view! { {signs} {shut} }.into_any()
}

/// Back to the page that the button was on: the person's for administrators, the own one for signatories.
fn done(visit: &Visit, id: UserId, notice: &'static str) -> Done {
    match visit.may(Action::ReadUsers) {
        true => Done::to(format!("/users/{id}"), notice),
        false => Done::to("/account", notice),
    }
}

/// `POST /users/{user}/disable`
pub async fn disable(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: UserId = visit.id("user")?;
    users::disable(&visit.context, id).await?;
    Ok(done(&visit, id, "done-user-disabled"))
}

/// `POST /users/{user}/enable`
pub async fn enable(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: UserId = visit.id("user")?;
    Ok(match users::enable(&visit.context, id).await? {
        Opening::Opened => done(&visit, id, "done-user-enabled"),
        Opening::Proposed => done(&visit, id, "done-user-enable-proposed"),
    })
}

/// `POST /users/{user}/make-signatory`
pub async fn make_signatory(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: UserId = visit.id("user")?;
    users::make_signatory(&visit.context, id).await?;
    Ok(done(&visit, id, "done-user-made-signatory"))
}

/// `POST /users/{user}/make-editor`
pub async fn make_editor(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: UserId = visit.id("user")?;
    users::make_editor(&visit.context, id).await?;
    Ok(done(&visit, id, "done-user-made-editor"))
}

/// `POST /users/{user}/free-address`
pub async fn free_address(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: UserId = visit.id("user")?;
    users::free_address(&visit.context, id).await?;
    Ok(done(&visit, id, "done-address-freed"))
}
