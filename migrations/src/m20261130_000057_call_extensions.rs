//! Deadlines of calls that were extended, each with its reason.

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
                "CREATE TABLE call_extensions (id {id}, call_id BIGINT NOT NULL REFERENCES calls (id), closed_at {time} NOT NULL, \
                 closes_at {time} NOT NULL, reason TEXT NOT NULL, extended_by BIGINT, extended_at {time} NOT NULL)",
                "CREATE INDEX call_extensions_call ON call_extensions (call_id)",
            ],
        )
        .await?;
        sql::append_only(manager, "call_extensions").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["call_extensions"]).await
    }
}
