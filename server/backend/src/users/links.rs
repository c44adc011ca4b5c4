//! Single-use links in mails. The link holds a random token, the table only its hash.

use chrono::TimeDelta;
use domain::errors::AppError;
use domain::users::LinkPurpose;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    Set,
};

use super::entity::{link, user};
use crate::context::{Context, Work};
use crate::error::Result;
use crate::token;

/// Within this time a person is not sent a second link of the same purpose, so that nobody can fill another
/// person's mailbox.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Makes a link for a person and gives its token. Of the same purpose only the newest works.
pub(super) async fn make(work: &Work<'_>, person: i64, purpose: LinkPurpose) -> Result<String> {
    let now = work.context.now;
    void(work, link::Column::UserId.eq(person).and(link::Column::Purpose.eq(purpose.code()))).await?;
    let token = token::new()?;
    link::ActiveModel {
        user_id: Set(person),
        purpose: Set(purpose.code().to_owned()),
        token_hash: Set(token::hash(&token)),
        created_at: Set(now),
        expires_at: Set(now + purpose.lifetime()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    Ok(token)
}

/// True when the person was sent a link of this purpose just now.
pub(super) async fn sent_just_now(work: &Work<'_>, person: i64, purpose: LinkPurpose) -> Result<bool> {
    let recent = link::Entity::find()
        .filter(link::Column::UserId.eq(person))
        .filter(link::Column::Purpose.eq(purpose.code()))
        .filter(link::Column::CreatedAt.gt(work.context.now - PAUSE));
    Ok(recent.count(&work.transaction).await? > 0)
}

/// The person of a link that still works.
pub(super) async fn find(context: &Context, token: &str, purpose: LinkPurpose) -> Result<user::Model> {
    let refused = || AppError::refused("refused-link");
    let link = link::Entity::find()
        .filter(link::Column::TokenHash.eq(token::hash(token)))
        .filter(link::Column::Purpose.eq(purpose.code()))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(context.now))
        .one(context.database())
        .await?
        .ok_or_else(refused)?;
    let person = user::Entity::find_by_id(link.user_id).one(context.database()).await?;
    Ok(person.ok_or_else(refused)?)
}

/// Uses a link up. Of two requests with the same link only one gets here.
pub(super) async fn take(work: &Work<'_>, token: &str, purpose: LinkPurpose) -> Result<()> {
    let now = work.context.now;
    let taken = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(now))
        .filter(link::Column::TokenHash.eq(token::hash(token)))
        .filter(link::Column::Purpose.eq(purpose.code()))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now))
        .exec(&work.transaction)
        .await?;
    if taken.rows_affected == 1 { Ok(()) } else { Err(AppError::refused("refused-link").into()) }
}

/// Uses up every link of a person: after a new password, or when the account is shut.
pub(super) async fn void_all(work: &Work<'_>, person: i64) -> Result<()> {
    void(work, link::Column::UserId.eq(person)).await
}

async fn void(work: &Work<'_>, which: SimpleExpr) -> Result<()> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(work.context.now))
        .filter(which)
        .filter(link::Column::UsedAt.is_null())
        .exec(&work.transaction)
        .await?;
    Ok(())
}

/// Whether a link still works, for the page that it opens. Looking does not use it up: programs that scan mails
/// open every link.
///
/// # Errors
/// Refused when it does not, or the database's.
pub async fn link_works(context: &Context, token: &str, purpose: LinkPurpose) -> Result<()> {
    find(context, token, purpose).await.map(|_| ())
}
