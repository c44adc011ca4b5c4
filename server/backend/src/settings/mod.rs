//! Settings that live in the database: whether it holds demo data.

mod entity;

use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, Set};

use crate::error::Result;

const DEMO: &str = "demo";

/// True when the database was seeded with demo data.
///
/// # Errors
/// The database's.
pub async fn is_demo<C: ConnectionTrait>(database: &C) -> Result<bool> {
    Ok(entity::setting::Entity::find_by_id(DEMO).one(database).await?.is_some())
}

/// Marks the database as holding demo data.
///
/// # Errors
/// The database's; also when it is marked already.
pub async fn mark_demo<C: ConnectionTrait>(database: &C) -> Result<()> {
    entity::setting::ActiveModel { name: Set(DEMO.to_owned()), value: Set("yes".to_owned()) }.insert(database).await?;
    Ok(())
}
