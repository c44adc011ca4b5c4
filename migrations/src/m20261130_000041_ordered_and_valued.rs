//! The value day of a line beside its booking day, and what its payer ordered where the bank turned it into another
//! currency.

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
                "ALTER TABLE bank_lines ADD COLUMN valued_on {day}",
                "ALTER TABLE bank_lines ADD COLUMN ordered_currency CHAR(3)",
                "ALTER TABLE bank_lines ADD COLUMN ordered_minor BIGINT",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "ALTER TABLE bank_lines DROP COLUMN ordered_minor",
                "ALTER TABLE bank_lines DROP COLUMN ordered_currency",
                "ALTER TABLE bank_lines DROP COLUMN valued_on",
            ],
        )
        .await
    }
}
