//! Confirming an address by the link that was sent to it.

use domain::errors::AppError;
use domain::roles::{Action, Subject};
use domain::users::{LinkPurpose, UserState};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::user;
use super::{as_person, links, load, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Confirms the address of the link's owner, who may sign in from now on.
///
/// # Errors
/// Refused when the link was used, is too old, or the account is shut; or the database's.
pub async fn confirm(context: &Context, token: &str) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let person = links::find(context, token, LinkPurpose::Confirm).await?;
    let own = as_person(context, &person)?;
    let work = own.begin().await?;
    links::take(&work, token, LinkPurpose::Confirm).await?;
    let before = load(&work, person.id).await?;
    if state_of(&before)? == UserState::Disabled {
        return Err(AppError::refused("refused-link").into());
    }
    let mut change: user::ActiveModel = before.clone().into();
    change.state = Set(UserState::Active.code().to_owned());
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-user-confirmed", audit::Kind::User, after.id, Some(&before), Some(&after)).await?;
    work.commit().await
}
