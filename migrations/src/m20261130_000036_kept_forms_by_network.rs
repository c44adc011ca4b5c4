//! From which network a visitor's kept form came, so that what one of them sends pushes out its own forms first.

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
                "ALTER TABLE kept_forms ADD COLUMN network TEXT",
                "CREATE INDEX kept_forms_network ON kept_forms (user_id, created_at, network, size, token)",
                "DROP INDEX kept_forms_owner",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "CREATE INDEX kept_forms_owner ON kept_forms (user_id, created_at, size)",
                "DROP INDEX kept_forms_network",
                "ALTER TABLE kept_forms DROP COLUMN network",
            ],
        )
        .await
    }
}
