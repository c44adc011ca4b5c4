//! Choosing the language of pages and mails.

use domain::roles::{Action, Subject};
use domain::users::Language;
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::user;
use super::load;
use crate::context::Context;
use crate::error::Result;

/// Remembers the language of somebody who is signed in; for a visitor there is nothing to remember.
///
/// # Errors
/// The database's.
pub async fn choose_language(context: &Context, language: Language) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let Some(id) = context.actor.user else { return Ok(()) };
    let work = context.begin().await?;
    let mut change: user::ActiveModel = load(&work, id.0).await?.into();
    change.language = Set(language.code().to_owned());
    change.update(&work.transaction).await?;
    work.commit().await
}
