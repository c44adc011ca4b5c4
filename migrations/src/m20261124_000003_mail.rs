//! The outbox: mails queued in the transaction of the change that they tell of.

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
            "CREATE TABLE outbox (id {id}, kind TEXT NOT NULL, to_address TEXT NOT NULL, to_name TEXT NOT NULL, language TEXT NOT NULL, \
             subject TEXT NOT NULL, text_body TEXT NOT NULL, html_body TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE, \
             state TEXT NOT NULL, tries BIGINT NOT NULL DEFAULT 0, next_try_at {time} NOT NULL, claimed_until {time}, last_error TEXT, \
             dedup_key TEXT UNIQUE, created_at {time} NOT NULL, sent_at {time})",
            "CREATE INDEX outbox_due ON outbox (state, next_try_at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["outbox"]).await
    }
}
