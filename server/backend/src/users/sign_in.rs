//! Signing in and out. Whether an account exists shows neither in the answer nor in the time it takes.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Actor, Subject};
use domain::users::{SIGN_IN, UserState};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::user;
use super::limits::{Caller, Taken};
use super::{as_person, devices, limits, load, passwords, sessions, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mail::{self, MailKind, Recipient};
use crate::security_log;

/// What a browser gets that signed in, for its two cookies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The session's token.
    pub session: String,
    /// The token by which the device is known from now on.
    pub device: String,
}

/// Signs a person in. The browser's old session ends.
///
/// # Errors
/// One and the same answer for a wrong address, a wrong password, and an account that is shut or not confirmed; too
/// many tries; or the database's.
pub async fn sign_in(context: &Context, typed: &Typed, caller: &Caller<'_>) -> Result<Entered> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let answers = SIGN_IN.read(typed)?;
    let email = answers.text("email");
    let found = user::Entity::find().filter(user::Column::Email.eq(email)).one(context.database()).await?;
    let at_device = devices::people_at(context, caller.device).await?;
    let known = found.as_ref().is_some_and(|person| at_device.contains(&person.id));
    let account = found.as_ref().map(|person| person.id);
    let taken = limits::take_password(context, email, caller, known).await.inspect_err(|error| {
        if matches!(error, Error::App(AppError::TooManyRequests(_))) {
            security_log::sign_in(true, account, email, caller.address);
        }
    })?;
    let hash = found.as_ref().and_then(|person| person.password_hash.clone());
    let fits = passwords::verify(hash, &bounded(answers.text("password"))).await?;
    let Some(person) = found.filter(|_| fits) else {
        security_log::sign_in(false, account, email, caller.address);
        return fail(context, account, &taken).await;
    };
    let own = as_person(context, &person)?;
    let work = own.begin().await?;
    let person = load(&work, person.id).await?;
    if state_of(&person)? != UserState::Active {
        drop(work);
        security_log::sign_in(false, account, email, caller.address);
        return fail(context, account, &taken).await;
    }
    limits::give_back(&work, &taken).await?;
    let id = UserId(person.id);
    let session = sessions::start(&work, id, caller.session).await?;
    let device = devices::remember(&work, id, caller.device).await?;
    audit::note(&work, "audit-user-signed-in", audit::Kind::User, id.0).await?;
    if device.is_another {
        let arguments = [("at", work.context.now.into()), ("address", caller.address.into())];
        mail::queue(&work, &Recipient::of(&person), MailKind::NewDevice, &arguments, Some("/forgot"), None).await?;
    }
    work.commit().await?;
    Ok(Entered { session, device: device.token })
}

/// What is compared of a password, so that nobody keeps the server busy with one of megabytes.
pub(super) fn bounded(password: &str) -> String {
    password.chars().take(domain::users::LONGEST_PASSWORD + 1).collect()
}

/// Ends the session of a token.
///
/// # Errors
/// The database's.
pub async fn sign_out(context: &Context, token: Option<&str>) -> Result<()> {
    match token {
        Some(token) => sessions::end(context.database(), token, context.now).await,
        None => Ok(()),
    }
}

/// Answers a wrong password. With the last one that is judged for now, the account's owner is told: once a day, so that
/// nobody can fill the mailbox.
async fn fail(context: &Context, account: Option<i64>, taken: &Taken) -> Result<Entered> {
    if let Some(id) = account.filter(|_| taken.spent) {
        // Whoever tries may be anybody: what follows is the system's doing.
        let telling = Context { actor: Actor::system(), ..context.clone() };
        let work = telling.begin().await?;
        let person = load(&work, id).await?;
        if state_of(&person)? == UserState::Active {
            let once = format!("wrong-passwords-{id}-{}", context.today());
            let to = Recipient::of(&person);
            mail::queue(&work, &to, MailKind::WrongPasswords, &[], Some("/forgot"), Some(&once)).await?;
        }
        work.commit().await?;
    }
    Err(AppError::field("password", "error-sign-in").into())
}
