//! Former versions of texts that people write together, so that what two of them changed can be put together, and
//! nothing that was replaced is gone.

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
                // `draft` names the text: `section/12/context`, `report/7`, `review/9`.
                "CREATE TABLE draft_versions (id {id}, draft TEXT NOT NULL, version BIGINT NOT NULL, typed TEXT NOT NULL, \
                 size BIGINT NOT NULL, saved_by BIGINT, saved_by_name TEXT NOT NULL, saved_at {time} NOT NULL, \
                 UNIQUE (draft, version))",
                "INSERT INTO draft_versions (draft, version, typed, size, saved_by, saved_by_name, saved_at) \
                 SELECT 'section/' || application_id || '/' || section, version, typed, length(typed), updated_by, \
                 updated_by_name, updated_at FROM application_sections",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["draft_versions"]).await
    }
}
