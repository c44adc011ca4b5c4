//! Sessions: who sends a request. The cookie holds a random token, the table only its hash.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{DonorId, OrganisationId, UserId};
use domain::roles::Actor;
use domain::users::{Language, SESSION_ABSOLUTE, SESSION_IDLE, UserState};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _,
    QuerySelect as _, Set,
};

use super::entity::{session, user};
use super::role_of;
use crate::context::Work;
use crate::error::Result;
use crate::reading::Reading;
use crate::token;

/// A session's last sign of life is written at most this often, so that reading pages does not write each time.
const TOUCH: TimeDelta = TimeDelta::minutes(5);
/// For so long it is known of a session that has ended whose it was.
const REMEMBERED: TimeDelta = TimeDelta::days(1);
/// So that a session that has ended has done so for another server, too, whose clock is late.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(1);

/// Somebody with a session.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    /// Who.
    pub actor: Actor,
    /// In which language they read.
    pub language: Language,
}

/// The person of a session token, if the session still holds.
///
/// # Errors
/// The database's.
pub async fn find(reading: &Reading, token: &str, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    let person = session::Entity::belongs_to(user::Entity).from(session::Column::UserId).to(user::Column::Id).into();
    let found = session::Entity::find_by_id(token::hash(token))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::SeenAt.gt(now - SESSION_IDLE))
        .join(JoinType::InnerJoin, person)
        .filter(user::Column::State.eq(UserState::Active.code()))
        .select_also(user::Entity)
        .one(reading)
        .await?;
    let Some((session, Some(user))) = found else { return Ok(None) };
    if now - session.seen_at > TOUCH {
        let touched = session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(now))
            .filter(session::Column::TokenHash.eq(session.token_hash))
            .exec(reading.whole())
            .await;
        // Reading goes on where nothing can be written for a while.
        if let Err(cause) = touched {
            tracing::warn!(%cause, "when a session was used last could not be noted");
        }
    }
    let language = Language::from_code(&user.language).unwrap_or(Language::English);
    Ok(Some(SignedIn { actor: actor(&user)?, language }))
}

/// The actor that a person is.
pub(crate) fn actor(user: &user::Model) -> Result<Actor> {
    Ok(Actor {
        user: Some(UserId(user.id)),
        role: Some(role_of(user)?),
        organisation: user.organisation_id.map(OrganisationId),
        donor: user.donor_id.map(DonorId),
        name: user.name.clone(),
        system: false,
    })
}

/// Starts a session and gives its token. Any session of `old_token` ends, so that a token planted before
/// signing in is worth nothing afterwards.
///
/// # Errors
/// The database's.
pub(crate) async fn start(work: &Work<'_>, user: UserId, old_token: Option<&str>) -> Result<String> {
    let now = work.context.now;
    if let Some(old) = old_token {
        session::Entity::delete_by_id(token::hash(old)).exec(&work.transaction).await?;
    }
    let forgotten = session::Column::ExpiresAt.lt(now - REMEMBERED);
    session::Entity::delete_many().filter(forgotten).exec(&work.transaction).await?;
    let token = token::new()?;
    session::ActiveModel {
        token_hash: Set(token::hash(&token)),
        user_id: Set(user.into()),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(now + SESSION_ABSOLUTE),
    }
    .insert(&work.transaction)
    .await?;
    Ok(token)
}

/// Whose session a token is, of one that holds or has ended not long ago.
///
/// # Errors
/// The database's.
pub(crate) async fn owner<C: ConnectionTrait>(database: &C, token: &str) -> Result<Option<UserId>> {
    let session = session::Entity::find_by_id(token::hash(token)).one(database).await?;
    Ok(session.map(|session| UserId(session.user_id)))
}

/// Ends a session.
///
/// # Errors
/// The database's.
pub async fn end<C: ConnectionTrait>(database: &C, token: &str, now: DateTime<Utc>) -> Result<()> {
    end_where(database, session::Column::TokenHash.eq(token::hash(token)), now).await
}

/// Ends every session of a person: after a new password, or when an account is shut.
///
/// # Errors
/// The database's.
pub(crate) async fn end_all(work: &Work<'_>, user: UserId) -> Result<()> {
    end_where(&work.transaction, session::Column::UserId.eq(i64::from(user)), work.context.now).await
}

async fn end_where<C: ConnectionTrait>(database: &C, which: SimpleExpr, now: DateTime<Utc>) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::ExpiresAt, Expr::value(now - CLOCKS_DIFFER))
        .filter(which)
        .filter(session::Column::ExpiresAt.gt(now))
        .exec(database)
        .await?;
    Ok(())
}
