//! Signing in and out. Whether an account exists shows neither in the answer nor in the time it takes.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::message::Message;
use domain::roles::{Action, Actor, Subject};
use domain::users::{ACCOUNT_TRIES, ADDRESS_TRIES, LOCK_TIME, SIGN_IN, UserState};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    Set,
};

use super::entity::{sign_in_try, user};
use super::{as_person, load, passwords, sessions, state_of};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};

/// Signs a person in and gives the new session's token; any session of `old_token` ends.
///
/// # Errors
/// One and the same answer for a wrong address, a wrong password, and an account that is locked, shut or not
/// confirmed; too many tries from one `address`; or the database's.
pub async fn sign_in(context: &Context, typed: &Typed, address: &str, old_token: Option<&str>) -> Result<String> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let answers = SIGN_IN.read(typed)?;
    refuse_busy_address(context, context.database(), address).await?;
    let found =
        user::Entity::find().filter(user::Column::Email.eq(answers.text("email"))).one(context.database()).await?;
    let hash = found.as_ref().and_then(|person| person.password_hash.clone());
    // Bounded, so that nobody keeps the server busy with a password of megabytes.
    let password: String = answers.text("password").chars().take(domain::users::LONGEST_PASSWORD + 1).collect();
    let fits = passwords::verify(hash, &password).await?;
    let Some(person) = found else {
        return fail(context, None, address).await;
    };
    if !fits {
        return fail(context, Some(person.id), address).await;
    }
    let own = as_person(context, &person)?;
    let work = own.begin().await?;
    let person = load(&work, person.id).await?;
    if is_locked(context, &person) || state_of(&person)? != UserState::Active {
        drop(work);
        return fail(context, Some(person.id), address).await;
    }
    let id = UserId(person.id);
    let mut change: user::ActiveModel = person.into();
    change.failed_tries = Set(0);
    change.locked_until = Set(None);
    change.update(&work.transaction).await?;
    let token = sessions::start(&work, id, old_token).await?;
    audit::note(&work, "audit-user-signed-in", audit::Kind::User, id.0).await?;
    work.commit().await?;
    Ok(token)
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

fn is_locked(context: &Context, person: &user::Model) -> bool {
    person.locked_until.is_some_and(|until| until > context.now)
}

/// Counts a failed try, locks the account after too many, and answers.
async fn fail(context: &Context, person: Option<i64>, address: &str) -> Result<String> {
    // Whoever tries may be anybody: what follows is the system's doing.
    let counting = Context { actor: Actor::system(), ..context.clone() };
    let work = counting.begin().await?;
    count_try(&work, address).await?;
    if let Some(id) = person {
        let person = load(&work, id).await?;
        // While it is locked nothing counts, so that the lock ends, and one mail tells of it.
        if !is_locked(context, &person) {
            count_failure(&work, person).await?;
        }
    }
    work.commit().await?;
    Err(AppError::field("password", "error-sign-in").into())
}

async fn count_failure(work: &Work<'_>, person: user::Model) -> Result<()> {
    let tries = person.failed_tries + 1;
    let locks = tries >= ACCOUNT_TRIES;
    let (id, active, recipient) = (person.id, state_of(&person)? == UserState::Active, Recipient::of(&person));
    let mut change: user::ActiveModel = person.into();
    change.failed_tries = Set(if locks { 0 } else { tries });
    change.locked_until = Set(locks.then(|| work.context.now + LOCK_TIME));
    change.update(&work.transaction).await?;
    if !locks {
        return Ok(());
    }
    audit::note(work, "audit-user-locked", audit::Kind::User, id).await?;
    if active {
        let minutes = [("minutes", LOCK_TIME.num_minutes().into())];
        mail::queue(work, &recipient, MailKind::AccountLocked, &minutes, Some("/forgot"), None).await?;
    }
    Ok(())
}

/// Counts a try of an address, and throws old ones away.
pub(super) async fn count_try(work: &Work<'_>, address: &str) -> Result<()> {
    let now = work.context.now;
    sign_in_try::Entity::delete_many()
        .filter(sign_in_try::Column::At.lt(now - LOCK_TIME))
        .exec(&work.transaction)
        .await?;
    sign_in_try::ActiveModel { address: Set(address.to_owned()), at: Set(now), ..Default::default() }
        .insert(&work.transaction)
        .await?;
    Ok(())
}

/// Refuses an address from which too many tries came: also for registering and for asking for links, which
/// send mails.
pub(super) async fn refuse_busy_address<C: ConnectionTrait>(
    context: &Context,
    database: &C,
    address: &str,
) -> Result<()> {
    let tries = sign_in_try::Entity::find()
        .filter(sign_in_try::Column::Address.eq(address))
        .filter(sign_in_try::Column::At.gt(context.now - LOCK_TIME))
        .count(database)
        .await?;
    if tries < ADDRESS_TRIES.unsigned_abs() {
        return Ok(());
    }
    let wait = Message::new("refused-too-many-tries").with("minutes", LOCK_TIME.num_minutes());
    Err(AppError::TooManyRequests(wait).into())
}
