//! The conditions that the Board put on an award, each to be ticked once it is met.

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
                "CREATE TABLE award_conditions (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), position BIGINT NOT NULL, \
                 wording TEXT NOT NULL, met_by BIGINT, met_by_name TEXT NOT NULL DEFAULT '', met_at {time}, \
                 reopened_reason TEXT NOT NULL DEFAULT '', UNIQUE (grant_id, position))",
                // What was typed as one text is one condition.
                "INSERT INTO award_conditions (grant_id, position, wording) \
                 SELECT id, 1, conditions FROM grants WHERE conditions <> ''",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["award_conditions"]).await
    }
}
