//! Board sessions, votes, recommendations, and the executive director's decisions.

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
            "CREATE TABLE board_sessions (id {id}, call_id BIGINT NOT NULL REFERENCES calls (id), title TEXT NOT NULL, search TEXT NOT NULL DEFAULT '', date {day} NOT NULL, state TEXT NOT NULL, \
             created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE TABLE board_items (id {id}, session_id BIGINT NOT NULL REFERENCES board_sessions (id), application_id BIGINT NOT NULL REFERENCES applications (id), \
             outcome TEXT, amount_usd_minor BIGINT, conditions TEXT NOT NULL, recorded_by BIGINT, recorded_at {time}, UNIQUE (session_id, application_id))",
            "CREATE INDEX board_items_application ON board_items (application_id)",
            "CREATE TABLE board_votes (id {id}, item_id BIGINT NOT NULL REFERENCES board_items (id), member_id BIGINT NOT NULL REFERENCES users (id), vote TEXT NOT NULL, \
             note TEXT NOT NULL, voted_at {time} NOT NULL, UNIQUE (item_id, member_id))",
            "CREATE TABLE decisions (id {id}, application_id BIGINT NOT NULL REFERENCES applications (id), item_id BIGINT NOT NULL REFERENCES board_items (id), \
             approved {flag} NOT NULL, note TEXT NOT NULL, decided_by BIGINT, decided_at {time} NOT NULL, command_id TEXT NOT NULL UNIQUE)",
            "CREATE INDEX decisions_application ON decisions (application_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["decisions", "board_votes", "board_items", "board_sessions"]).await
    }
}
