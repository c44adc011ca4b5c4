//! The books: journal entries and their postings. Rows are only ever added; sums of them are kept beside.

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
            "CREATE TABLE journal_entries (id {id}, fiscal_year BIGINT NOT NULL, number BIGINT NOT NULL, posting_date {day} NOT NULL, \
             event TEXT NOT NULL, source_kind TEXT NOT NULL, source_id BIGINT NOT NULL, donor_id BIGINT, grant_id BIGINT, actor_id BIGINT, \
             actor TEXT NOT NULL, command_id TEXT NOT NULL UNIQUE, reverses BIGINT UNIQUE REFERENCES journal_entries (id), created_at {time} NOT NULL, \
             UNIQUE (fiscal_year, number))",
            "CREATE INDEX journal_entries_source ON journal_entries (source_kind, source_id)",
            "CREATE INDEX journal_entries_grant ON journal_entries (grant_id)",
            "CREATE TABLE postings (id {id}, entry_id BIGINT NOT NULL REFERENCES journal_entries (id), account TEXT NOT NULL, earmark TEXT NOT NULL, \
             currency CHAR(3) NOT NULL, amount_minor BIGINT NOT NULL, usd_minor BIGINT NOT NULL)",
            "CREATE INDEX postings_entry ON postings (entry_id)",
            "CREATE INDEX postings_account ON postings (account, earmark, usd_minor)",
            "CREATE TABLE account_balances (fiscal_year BIGINT NOT NULL, account TEXT NOT NULL, event TEXT NOT NULL, earmark TEXT NOT NULL, \
             usd_minor BIGINT NOT NULL, PRIMARY KEY (fiscal_year, account, event, earmark))",
            "CREATE TABLE fund_lock (id BIGINT PRIMARY KEY)",
            "INSERT INTO fund_lock (id) VALUES (1)",
            ],
        )
        .await?;
        sql::append_only(manager, "journal_entries").await?;
        sql::append_only(manager, "postings").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["fund_lock", "account_balances", "postings", "journal_entries"]).await
    }
}
