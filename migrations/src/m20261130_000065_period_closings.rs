//! The closing of a period that somebody asked for, while the books are proved, and why the last one came to nothing.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = "CREATE TABLE period_closings (id {id}, fiscal_year BIGINT NOT NULL, \
                     month BIGINT NOT NULL CHECK (month BETWEEN 1 AND 13), asked_by BIGINT NOT NULL REFERENCES users (id), \
                     asked_by_name TEXT NOT NULL, asked_at {time} NOT NULL, reason TEXT NOT NULL, parts BIGINT NOT NULL, \
                     checked BIGINT NOT NULL DEFAULT 0, tries BIGINT NOT NULL DEFAULT 0, claimed_until {time}, outcome TEXT)";
        // One at a time, whoever asks.
        let one =
            "CREATE UNIQUE INDEX period_closings_one ON period_closings ((outcome IS NULL)) WHERE outcome IS NULL";
        sql::run(manager, &[table, one]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["period_closings"]).await
    }
}
