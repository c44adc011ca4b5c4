//! The browsers from which people have signed in before. Each holds a random token in a cookie, the table only its hash.

use domain::ids::UserId;
use domain::users::DEVICE_LIFETIME;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::known_device;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::token;

/// Most devices of one person; the one that was not used for the longest goes first.
const MOST: u64 = 50;

/// The people who have signed in from a device. Asked in the same way whether or not an account exists.
pub(super) async fn people_at(context: &Context, device: Option<&str>) -> Result<Vec<i64>> {
    let Some(device) = device else { return Ok(Vec::new()) };
    let known = known_device::Entity::find()
        .select_only()
        .column(known_device::Column::UserId)
        .filter(known_device::Column::TokenHash.eq(token::hash(device)))
        .filter(known_device::Column::SeenAt.gt(context.now - DEVICE_LIFETIME));
    Ok(known.into_tuple().all(context.database()).await?)
}

/// A device from which somebody has signed in.
pub(super) struct Device {
    /// The token for its cookie.
    pub token: String,
    /// True when the person has signed in from others, and never from this one.
    pub is_another: bool,
}

/// Remembers that a person signed in from a device. A device that is new to this
/// person gets a new one, so that a token that somebody planted there is worth nothing.
pub(super) async fn remember(work: &Work<'_>, person: UserId, device: Option<&str>) -> Result<Device> {
    let now = work.context.now;
    let old = device.map(token::hash);
    if let (Some(device), Some(old)) = (device, &old) {
        let seen = known_device::Entity::update_many()
            .col_expr(known_device::Column::SeenAt, Expr::value(now))
            .filter(known_device::Column::TokenHash.eq(old.as_str()))
            .filter(known_device::Column::UserId.eq(person.0))
            .filter(known_device::Column::SeenAt.gt(now - DEVICE_LIFETIME))
            .exec(&work.transaction)
            .await?;
        if seen.rows_affected > 0 {
            return Ok(Device { token: device.to_owned(), is_another: false });
        }
    }
    let token = token::new()?;
    if let Some(old) = old {
        known_device::Entity::delete_by_id((old.clone(), person.0)).exec(&work.transaction).await?;
        // Others who sign in there stay known.
        known_device::Entity::update_many()
            .col_expr(known_device::Column::TokenHash, Expr::value(token::hash(&token)))
            .filter(known_device::Column::TokenHash.eq(old))
            .exec(&work.transaction)
            .await?;
    }
    let others = known_device::Entity::find().filter(known_device::Column::UserId.eq(person.0));
    let is_another = others.count(&work.transaction).await? > 0;
    known_device::ActiveModel { token_hash: Set(token::hash(&token)), user_id: Set(person.0), seen_at: Set(now) }
        .insert(&work.transaction)
        .await?;
    forget_old(work, person).await?;
    Ok(Device { token, is_another })
}

async fn forget_old(work: &Work<'_>, person: UserId) -> Result<()> {
    let own = known_device::Column::UserId.eq(person.0);
    let too_many: Vec<String> = known_device::Entity::find()
        .select_only()
        .column(known_device::Column::TokenHash)
        .filter(own.clone())
        .order_by_desc(known_device::Column::SeenAt)
        .offset(MOST)
        .limit(MOST)
        .into_tuple()
        .all(&work.transaction)
        .await?;
    let old = known_device::Column::SeenAt
        .lt(work.context.now - DEVICE_LIFETIME)
        .or(known_device::Column::TokenHash.is_in(too_many));
    known_device::Entity::delete_many().filter(own.and(old)).exec(&work.transaction).await?;
    Ok(())
}

/// Forgets every device of a person: after a new password, whoever signed in with the old one is a stranger.
pub(super) async fn forget_all(work: &Work<'_>, person: UserId) -> Result<()> {
    known_device::Entity::delete_many()
        .filter(known_device::Column::UserId.eq(person.0))
        .exec(&work.transaction)
        .await?;
    Ok(())
}
