//! The numbers of the accounts whose statements were imported are sealed from here on. Statements, lines and what is
//! remembered of a bank's columns name an account by its ending.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Accounts with the same ending are told apart by a number. No key is known here, so that numbers from before
        // are forgotten: the next statement of an account with that ending brings its number anew.
        let ending = "substr(account, CASE WHEN length(account) > 4 THEN length(account) - 3 ELSE 1 END)";
        let rename = |table: &str| {
            format!("UPDATE {table} SET account = (SELECT code FROM bank_accounts a WHERE a.number = {table}.account)")
        };
        sql::run(
            manager,
            &[
                "CREATE TABLE bank_accounts (id {id}, code TEXT NOT NULL UNIQUE, number_sealed TEXT, number TEXT)",
                &format!(
                    "INSERT INTO bank_accounts (code, number) SELECT CASE WHEN place = 1 THEN '…' || ending \
                     ELSE '…' || ending || ' (' || place || ')' END, account FROM (SELECT account, {ending} AS ending, \
                     ROW_NUMBER() OVER (PARTITION BY {ending} ORDER BY account) AS place FROM (SELECT account FROM bank_statements \
                     UNION SELECT account FROM bank_lines UNION SELECT account FROM bank_columns) AS used) AS placed"
                ),
                &rename("bank_statements"),
                &rename("bank_lines"),
                &rename("bank_columns"),
                "ALTER TABLE bank_accounts DROP COLUMN number",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The numbers cannot be opened here: statements keep naming their account by its ending.
        sql::run(manager, &["DROP TABLE bank_accounts"]).await
    }
}
