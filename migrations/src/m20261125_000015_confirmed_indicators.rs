//! What an indicator of a grant counts, as somebody of the secretariat has confirmed it.

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
                "ALTER TABLE grant_indicators ADD COLUMN confirmed_counted TEXT",
                "ALTER TABLE grant_indicators ADD COLUMN confirmed_by BIGINT",
                "ALTER TABLE grant_indicators ADD COLUMN confirmed_at {time}",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "ALTER TABLE grant_indicators DROP COLUMN confirmed_at",
                "ALTER TABLE grant_indicators DROP COLUMN confirmed_by",
                "ALTER TABLE grant_indicators DROP COLUMN confirmed_counted",
            ],
        )
        .await
    }
}
