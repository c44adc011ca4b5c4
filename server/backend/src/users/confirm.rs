//! Confirming an address by the link that was sent to it. It takes the password too: whoever registers with
//! somebody else's address must not be let in by its owner's press of a button.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::{Action, Subject};
use domain::users::{CONFIRM, LinkPurpose, UserState};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::user;
use super::sign_in::bounded;
use super::{as_person, links, load, passwords, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Confirms the address of the link's owner, who may sign in from now on. A wrong password does not use the link up.
///
/// # Errors
/// Refused when the link was used, is too old, or the account is shut; a password that is not the one chosen when
/// registering; or the database's.
pub async fn confirm(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let token = typed.get("token");
    // The link first: without one that works nobody keeps the server busy with hashing.
    let person = links::find(context, token, LinkPurpose::Confirm).await?;
    let answers = CONFIRM.read(typed)?;
    if !passwords::verify(person.password_hash.clone(), &bounded(answers.text("password"))).await? {
        return Err(AppError::field("password", "error-confirm-password").into());
    }
    let own = as_person(context, &person)?;
    let work = own.begin().await?;
    links::take(&work, token, LinkPurpose::Confirm).await?;
    let before = load(&work, person.id).await?;
    if state_of(&before)? == UserState::Disabled {
        return Err(AppError::refused("refused-link").into());
    }
    // Another registration of the same address came in between: its password is not the one that was compared.
    if before.password_hash != person.password_hash {
        return Err(AppError::field("password", "error-confirm-password").into());
    }
    let mut change: user::ActiveModel = before.clone().into();
    change.state = Set(UserState::Active.code().to_owned());
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-user-confirmed", audit::Kind::User, after.id, Some(&before), Some(&after)).await?;
    work.commit().await
}
