//! An administrator invited from the command line: the first one, or the second where there is nobody to confirm.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::forms::Typed;
use domain::roles::{Actor, Role};
use domain::users::INVITE;

use super::invitations::send;
use super::invited::Place;
use crate::context::{Context, Services};
use crate::error::Result;

/// Invites an administrator and gives the address of the single-use link that sets the password; the same link
/// goes by mail.
///
/// # Errors
/// A wrong address, a wrong name, or the database's.
pub async fn create_admin(services: &Arc<Services>, now: DateTime<Utc>, email: &str, name: &str) -> Result<String> {
    let context = Context::new(services.clone(), Actor::system(), now, "create-admin");
    let typed = Typed::default()
        .with("name", name)
        .with("email", email)
        .with("role", Role::Administrator.code())
        .with("language", "en");
    let answers = INVITE.read(&typed)?;
    let work = context.begin().await?;
    let (_, token) = send(&work, &answers, Role::Administrator, Place::Fund).await?;
    work.commit().await?;
    Ok(format!("{}/invitation/{token}", services.public_url))
}
