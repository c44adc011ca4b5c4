//! What an organisation is told of its screening, apart from the Fund's own notes.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "ALTER TABLE screenings ADD COLUMN told TEXT NOT NULL DEFAULT ''",
                // The reasons of these were mailed to the organisation. Those of eligible applications were not meant for
                // it, and are its business no more.
                "UPDATE screenings SET told = reason WHERE NOT eligible",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, &["ALTER TABLE screenings DROP COLUMN told"]).await
    }
}
