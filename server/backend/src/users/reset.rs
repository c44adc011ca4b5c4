//! Setting a forgotten password anew by a single-use link. It accepts no invitation.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Subject};
use domain::users::{FORGOT, LinkPurpose, SET_PASSWORD, UserState};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::entity::user;
use super::limits::{self, Caller};
use super::{as_person, devices, links, load, own_password, passwords, state_of, strength};
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};

/// Sends a link to set a new password, if the account exists and is not shut. The answer is the same if not.
///
/// # Errors
/// Wrong fields, too many tries from one address, or the database's.
pub async fn forgot(context: &Context, typed: &Typed, caller: &Caller<'_>) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let answers = FORGOT.read(typed)?;
    let email = answers.text("email");
    let found = user::Entity::find().filter(user::Column::Email.eq(email)).one(context.database()).await?;
    let at_device = devices::people_at(context, caller.device).await?;
    let known = found.is_some_and(|person| at_device.contains(&person.id));
    limits::take_link(context, email, caller, known).await?;
    let work = context.begin().await?;
    let known = user::Entity::find()
        .filter(user::Column::Email.eq(email))
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
/// it confirms the address too. The devices that were known are strangers from now on; the one that used the link is
/// known, by the token that is given, so that its owner gets in also while others try passwords.
///
/// # Errors
/// A weak password; refused when the link was used, is too old, or the account is shut; or the database's.
pub async fn reset_password(context: &Context, typed: &Typed, device: Option<&str>) -> Result<String> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let (answers, mut errors) = SET_PASSWORD.read_lenient(typed);
    let token = answers.text("token");
    // The link first: a password typed for a link that is worth nothing need not be typed better.
    let person = links::find(context, token, LinkPurpose::Reset).await?;
    strength::check(answers.text("password"), &[&person.email, &person.name], &mut errors).await?;
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
    let after = change.update(&work.transaction).await?;
    own_password::after_new_password(&work, &after).await?;
    let device = devices::remember(&work, UserId(after.id), device).await?;
    audit::record(&work, "audit-user-password-reset", audit::Kind::User, after.id, Some(&before), Some(&after)).await?;
    work.commit().await?;
    Ok(device.token)
}
