//! Calls for proposals and the criteria by which applications are scored.

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
            "CREATE TABLE calls (id {id}, title TEXT NOT NULL, search TEXT NOT NULL DEFAULT '', objectives TEXT NOT NULL, themes TEXT NOT NULL, priority_groups TEXT NOT NULL, \
             regions TEXT NOT NULL, smallest_usd_minor BIGINT NOT NULL, largest_usd_minor BIGINT NOT NULL, shortest_months BIGINT NOT NULL, \
             longest_months BIGINT NOT NULL, opens_at {time} NOT NULL, closes_at {time} NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL DEFAULT 1, \
             created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX calls_closes ON calls (closes_at)",
            "CREATE TABLE call_criteria (id {id}, call_id BIGINT NOT NULL REFERENCES calls (id), position BIGINT NOT NULL, criterion TEXT NOT NULL, \
             weight BIGINT NOT NULL, UNIQUE (call_id, criterion))",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["call_criteria", "calls"]).await
    }
}
