//! The accounts whose statements are read become the list of the Fund's accounts: each has a currency, is entered by one
//! person and confirmed by another. Accounts of which statements were imported before stay, and wait to be confirmed. A
//! statement keeps which rows of its file were left out.

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
                "ALTER TABLE bank_accounts ADD COLUMN currency CHAR(3)",
                "ALTER TABLE bank_accounts ADD COLUMN bank_name TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE bank_accounts ADD COLUMN entered_by BIGINT",
                "ALTER TABLE bank_accounts ADD COLUMN entered_name TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE bank_accounts ADD COLUMN entered_at {time}",
                "ALTER TABLE bank_accounts ADD COLUMN confirmed_by BIGINT",
                "ALTER TABLE bank_accounts ADD COLUMN confirmed_name TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE bank_accounts ADD COLUMN confirmed_at {time}",
                "ALTER TABLE bank_accounts ADD COLUMN closed_at {time}",
                "ALTER TABLE bank_statements ADD COLUMN left_out TEXT NOT NULL DEFAULT ''",
                // Lines in several currencies do not say which one is the account's: somebody has to enter it.
                "UPDATE bank_accounts SET currency = (SELECT MIN(currency) FROM bank_lines \
                 WHERE bank_lines.account = bank_accounts.code HAVING COUNT(DISTINCT currency) = 1)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = |column: &str| format!("ALTER TABLE bank_accounts DROP COLUMN {column}");
        let columns = [
            "closed_at",
            "confirmed_at",
            "confirmed_name",
            "confirmed_by",
            "entered_at",
            "entered_name",
            "entered_by",
            "bank_name",
            "currency",
        ]
        .map(drop);
        sql::run(manager, &columns.each_ref().map(String::as_str)).await?;
        sql::run(manager, &["ALTER TABLE bank_statements DROP COLUMN left_out"]).await
    }
}
