//! People who sign in: accounts, sessions, single-use links.

mod accept;
mod colleagues;
mod confirm;
mod confirm_invitation;
mod create_admin;
mod demo;
mod devices;
pub(crate) mod entity;
mod invitations;
mod invite;
mod invited;
mod language;
mod limits;
mod links;
mod own_password;
mod passwords;
pub mod queries;
mod register;
pub(crate) mod registrations;
mod representatives;
mod reset;
pub mod sessions;
mod shut;
mod sign_in;
mod signatories;
mod strength;
pub(crate) mod ties;

pub use accept::{Acceptance, accept_invitation, invitation_of};
pub use colleagues::{MemberView, invite_colleague, members};
pub use confirm::confirm;
pub use confirm_invitation::confirm_invitation;
pub(crate) use confirm_invitation::{to_confirm, watchers};
pub use create_admin::create_admin;
pub use demo::{DemoEntry, DemoPerson, any, demo_people, enter_demo_person, sign_in_as_demo};
pub use invitations::{send_again, sweep_invitations, take_back};
pub use invite::invite;
pub use invited::{
    INVITATIONS_TO_CONFIRM, InvitationView, Place, donor_invitations, invitations, organisation_invitations,
};
pub use language::choose_language;
pub(crate) use limits::network;
pub use limits::{Caller, sweep_limits};
pub use links::link_works;
pub use own_password::change_password;
pub use passwords::{hash as hash_password, hold_every_turn};
pub use register::{register_donor, register_organisation};
pub use registrations::sweep_registrations;
pub use representatives::{invite_representative, representatives};
pub use reset::{forgot, reset_password};
pub use shut::{Opening, disable, enable, free_address, opening_takes_two};
pub use sign_in::{Entered, sign_in, sign_out};
pub use signatories::{invite_signatory, make_editor, make_signatory};
pub use ties::{TieView, end_tie, record_tie, ties};

use domain::errors::AppError;
use domain::ids::UserId;
use domain::roles::Role;
use domain::users::UserState;
use sea_orm::{ConnectionTrait, EntityTrait as _, QuerySelect as _};

use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};
use entity::user;

/// The same request, made by the person whose link or password it carries.
fn as_person(context: &Context, person: &user::Model) -> Result<Context> {
    Ok(Context { actor: sessions::actor(person)?, ..context.clone() })
}

/// A person's row, held until the transaction ends.
async fn load(work: &Work<'_>, id: i64) -> Result<user::Model> {
    let found = user::Entity::find_by_id(id).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// A person's name, empty when there is no such person.
pub(crate) async fn name_of<C: ConnectionTrait>(database: &C, id: UserId) -> Result<String> {
    Ok(user::Entity::find_by_id(id.0).one(database).await?.map(|person| person.name).unwrap_or_default())
}

/// A person's role.
fn role_of(person: &user::Model) -> Result<Role> {
    Role::from_code(&person.role).ok_or_else(|| unknown_code("role", &person.role))
}

/// A person's state.
fn state_of(person: &user::Model) -> Result<UserState> {
    UserState::from_code(&person.state).ok_or_else(|| unknown_code("user state", &person.state))
}
