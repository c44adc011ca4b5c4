//! What the Board tells an applicant, apart from the conditions of an award and from notes of the Fund; a session's
//! decisions are released once it is closed.

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
                "ALTER TABLE board_items ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE board_items ADD COLUMN note TEXT NOT NULL DEFAULT ''",
                // Only the text of a rejection was mailed; that of a reserve stayed in the Fund.
                "UPDATE board_items SET reason = conditions, conditions = '' WHERE outcome = 'reject'",
                "UPDATE board_items SET note = conditions, conditions = '' WHERE outcome = 'reserve'",
                // Until now mails went out at recording.
                "UPDATE board_sessions SET state = 'released' WHERE state = 'closed'",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "UPDATE board_sessions SET state = 'closed' WHERE state = 'released'",
                "UPDATE board_items SET conditions = reason WHERE outcome = 'reject'",
                "UPDATE board_items SET conditions = note WHERE outcome = 'reserve'",
                "ALTER TABLE board_items DROP COLUMN note",
                "ALTER TABLE board_items DROP COLUMN reason",
            ],
        )
        .await
    }
}
