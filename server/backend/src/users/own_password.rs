//! Changing the own password on the page: the old one is asked for, so that whoever finds somebody's browser open cannot
//! take the account over.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Subject};
use domain::users::CHANGE_PASSWORD;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use super::entity::user;
use super::limits::{self, Caller};
use super::sign_in::{Entered, bounded};
use super::{devices, links, load, passwords, sessions, strength};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};
use crate::security_log;

/// Changes the own password. Every other session ends, every device is a stranger, and this one gets a new session.
///
/// # Errors
/// Not signed in, a wrong old password, a weak new one, too many tries, or the database's.
pub async fn change_password(context: &Context, typed: &Typed, caller: &Caller<'_>) -> Result<Entered> {
    context.permit(Action::UseOwnAccount, &Subject::NONE)?;
    let id = context.actor.user.ok_or(AppError::SignInNeeded)?;
    let (answers, mut errors) = CHANGE_PASSWORD.read_lenient(typed);
    let person = user::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    strength::check(answers.text("password"), &[&person.email, &person.name], &mut errors).await?;
    errors.into_result()?;
    let taken = limits::take_own_password(context, id.0).await?;
    if !passwords::verify(person.password_hash.clone(), &bounded(answers.text("current_password"))).await? {
        security_log::own_password_failed(id.0, caller.address);
        return Err(AppError::field("current_password", "error-current-password").into());
    }
    let hash = passwords::hash(answers.text("password")).await?;
    let work = context.begin().await?;
    let before = load(&work, id.0).await?;
    // Somebody set another one in between: what was compared is not the password any more.
    if before.password_hash != person.password_hash {
        return Err(AppError::field("current_password", "error-current-password").into());
    }
    limits::give_back(&work, &taken).await?;
    let mut change: user::ActiveModel = before.clone().into();
    change.password_hash = Set(Some(hash));
    let after = change.update(&work.transaction).await?;
    let action = "audit-user-password-changed";
    audit::record(&work, action, audit::Kind::User, id.0, Some(&before), Some(&after)).await?;
    after_new_password(&work, &after).await?;
    let session = sessions::start(&work, id, None).await?;
    let device = devices::remember(&work, id, caller.device).await?.token;
    work.commit().await?;
    Ok(Entered { session, device })
}

/// What a new password ends, whichever way it was set: sessions, links and known devices. Its owner is told.
pub(super) async fn after_new_password(work: &Work<'_>, person: &user::Model) -> Result<()> {
    let id = UserId(person.id);
    links::void_all(work, person.id).await?;
    sessions::end_all(work, id).await?;
    devices::forget_all(work, id).await?;
    let at = [("at", work.context.now.into())];
    mail::queue(work, &Recipient::of(person), MailKind::PasswordChanged, &at, Some("/forgot"), None).await
}
