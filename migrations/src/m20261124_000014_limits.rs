//! What keeps strangers from filling or slowing the database: kept forms belong to a browser, and what is counted
//! or thrown away has an index.

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
                "ALTER TABLE kept_forms ADD COLUMN browser_hash TEXT",
                "ALTER TABLE kept_forms ADD COLUMN size BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX kept_forms_owner ON kept_forms (user_id, created_at, size)",
                "CREATE INDEX links_user ON links (user_id)",
                "CREATE INDEX sign_in_tries_at ON sign_in_tries (at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "DROP INDEX sign_in_tries_at",
                "DROP INDEX links_user",
                "DROP INDEX kept_forms_owner",
                "ALTER TABLE kept_forms DROP COLUMN size",
                "ALTER TABLE kept_forms DROP COLUMN browser_hash",
            ],
        )
        .await
    }
}
