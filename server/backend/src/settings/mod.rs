//! Settings that live in the database: whether it holds demo data, the Fund's own account, probes of keys.

mod entity;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, Set};

use crate::error::Result;
use entity::setting;

const DEMO: &str = "demo";

/// True when the database was seeded with demo data.
///
/// # Errors
/// The database's.
pub async fn is_demo<C: ConnectionTrait>(database: &C) -> Result<bool> {
    Ok(read(database, DEMO).await?.is_some())
}

/// Marks the database as holding demo data.
///
/// # Errors
/// The database's; also when it is marked already.
pub async fn mark_demo<C: ConnectionTrait>(database: &C) -> Result<()> {
    setting::ActiveModel { name: Set(DEMO.to_owned()), value: Set("yes".to_owned()) }.insert(database).await?;
    Ok(())
}

/// The value under a name.
pub(crate) async fn read<C: ConnectionTrait>(database: &C, name: &str) -> Result<Option<String>> {
    Ok(setting::Entity::find_by_id(name).one(database).await?.map(|row| row.value))
}

/// Every setting whose name begins so, with its value.
pub(crate) async fn all_with_prefix<C: ConnectionTrait>(database: &C, prefix: &str) -> Result<Vec<(String, String)>> {
    let rows = setting::Entity::find().filter(setting::Column::Name.starts_with(prefix)).all(database).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// Enters a value, in place of an older one.
pub(crate) async fn write<C: ConnectionTrait>(database: &C, name: &str, value: &str) -> Result<()> {
    insert(database, name, value, OnConflict::column(setting::Column::Name).update_column(setting::Column::Value)).await
}

/// Enters a value, unless there is one.
pub(crate) async fn write_once<C: ConnectionTrait>(database: &C, name: &str, value: &str) -> Result<()> {
    insert(database, name, value, OnConflict::column(setting::Column::Name).do_nothing()).await
}

async fn insert<C: ConnectionTrait>(database: &C, name: &str, value: &str, conflict: &OnConflict) -> Result<()> {
    let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    setting::Entity::insert(row).on_conflict(conflict.clone()).exec_without_returning(database).await?;
    Ok(())
}

/// Removes what stands under a name.
pub(crate) async fn remove<C: ConnectionTrait>(database: &C, name: &str) -> Result<()> {
    setting::Entity::delete_by_id(name).exec(database).await?;
    Ok(())
}
