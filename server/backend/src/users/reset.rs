//! Setting a forgotten password anew by a single-use link. It accepts no invitation.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Subject};
use domain::users::{FORGOT, LinkPurpose, SET_PASSWORD, UserState, check_password};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::entity::user;
use super::sign_in::{count_try, refuse_busy_address};
use super::{as_person, links, load, passwords, sessions, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};

/// Sends a link to set a new password, if the account exists and is not shut. The answer is the same if not.
///
/// # Errors
/// Wrong fields, too many tries from one `address`, or the database's.
pub async fn forgot(context: &Context, typed: &Typed, address: &str) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let answers = FORGOT.read(typed)?;
    refuse_busy_address(context, context.database(), address).await?;
    let work = context.begin().await?;
    count_try(&work, address).await?;
    let known = user::Entity::find()
        .filter(user::Column::Email.eq(answers.text("email")))
        .filter(user::Column::State.ne(UserState::Disabled.code()))
        .lock_exclusive()
        .one(&work.transaction)
        .await?;
    if let Some(person) = known
        && !links::sent_just_now(&work, person.id, LinkPurpose::Reset).await?
    {
        let token = links::make(&work, person.id, LinkPurpose::Reset).await?;
        mail::queue(&work, &Recipient::of(&person), MailKind::Reset, &[], Some(&format!("/reset/{token}")), None)
            .await?;
    }
    work.commit().await
}

/// Sets a new password by link. Every session and every other link of the person ends. The link came by mail, so
/// it confirms the address too.
///
/// # Errors
/// A weak password; refused when the link was used, is too old, or the account is shut; or the database's.
pub async fn reset_password(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let (answers, mut errors) = SET_PASSWORD.read_lenient(typed);
    if errors.of("password").is_none() {
        check_password(answers.text("password"), &mut errors);
    }
    let token = answers.text("token");
    // The link first: a password typed for a link that is worth nothing need not be typed better.
    let person = links::find(context, token, LinkPurpose::Reset).await?;
    errors.into_result()?;
    let hash = passwords::hash(answers.text("password")).await?;
    let own = as_person(context, &person)?;
    let work = own.begin().await?;
    links::take(&work, token, LinkPurpose::Reset).await?;
    let before = load(&work, person.id).await?;
    if state_of(&before)? == UserState::Disabled {
        return Err(AppError::refused("refused-link").into());
    }
    let mut change: user::ActiveModel = before.clone().into();
    change.password_hash = Set(Some(hash));
    change.state = Set(UserState::Active.code().to_owned());
    change.failed_tries = Set(0);
    change.locked_until = Set(None);
    let after = change.update(&work.transaction).await?;
    links::void_all(&work, after.id).await?;
    sessions::end_all(&work, UserId(after.id)).await?;
    audit::record(&work, "audit-user-password-reset", audit::Kind::User, after.id, Some(&before), Some(&after)).await?;
    work.commit().await
}
