//! An invitation to a role that touches payments waits until a second person confirms it, and an officer without a limit
//! signs nothing: those who signed without one until now get the largest, so that a running Fund is not stopped.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The largest amount that the program knows, in US cents.
const LARGEST: &str = "10000000000000";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let now = match manager.get_database_backend() {
            DatabaseBackend::Postgres => "now()",
            _ => "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
        };
        sql::run(
            manager,
            &[
                "ALTER TABLE invitations ADD COLUMN needs_confirmation {flag} NOT NULL DEFAULT FALSE",
                "ALTER TABLE invitations ADD COLUMN confirmed_by BIGINT",
                // What one person sent is confirmed, too, before it can be accepted.
                "UPDATE invitations SET needs_confirmation = TRUE WHERE invited_by IS NOT NULL AND role IN \
                 ('administrator', 'certifying-officer', 'approving-officer', 'finance-officer', 'organisation-signatory')",
                &format!(
                    "INSERT INTO officer_limits (user_id, usd_minor, set_at) SELECT id, {LARGEST}, {now} FROM users \
                     WHERE state = 'active' AND role IN ('certifying-officer', 'approving-officer') \
                     AND id NOT IN (SELECT user_id FROM officer_limits)"
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                &format!("DELETE FROM officer_limits WHERE usd_minor = {LARGEST}"),
                "ALTER TABLE invitations DROP COLUMN confirmed_by",
                "ALTER TABLE invitations DROP COLUMN needs_confirmation",
            ],
        )
        .await
    }
}
