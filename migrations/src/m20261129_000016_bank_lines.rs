//! What a line of a bank statement turns out to be besides a receipt: a payment of ours that came back, a recovery, one
//! half of a reversal, or something that somebody set aside.

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
                "ALTER TABLE bank_lines ADD COLUMN own_reference TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE bank_lines ADD COLUMN payment_references TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE bank_lines ADD COLUMN disbursement_id BIGINT",
                "ALTER TABLE bank_lines ADD COLUMN recovery_id BIGINT",
                "ALTER TABLE bank_lines ADD COLUMN counterpart_id BIGINT",
                "ALTER TABLE bank_lines ADD COLUMN set_aside_from TEXT",
                "ALTER TABLE bank_lines ADD COLUMN set_aside_reason TEXT",
                "UPDATE bank_lines SET own_reference = bank_reference",
                // Nobody was told of these so far: now they wait until somebody has settled them.
                "UPDATE bank_lines SET state = 'reversal' WHERE state = 'reversed'",
                "CREATE INDEX bank_lines_bank_reference ON bank_lines (bank_reference)",
                "CREATE INDEX bank_lines_own_reference ON bank_lines (own_reference)",
                "CREATE INDEX bank_lines_waiting ON bank_lines (state, date)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "DROP INDEX bank_lines_waiting",
                "DROP INDEX bank_lines_own_reference",
                "DROP INDEX bank_lines_bank_reference",
                "UPDATE bank_lines SET state = 'reversed' WHERE state = 'reversal'",
                "UPDATE bank_lines SET state = 'ignored' WHERE state IN ('returned', 'recovered', 'set-aside')",
                "ALTER TABLE bank_lines DROP COLUMN set_aside_reason",
                "ALTER TABLE bank_lines DROP COLUMN set_aside_from",
                "ALTER TABLE bank_lines DROP COLUMN counterpart_id",
                "ALTER TABLE bank_lines DROP COLUMN recovery_id",
                "ALTER TABLE bank_lines DROP COLUMN disbursement_id",
                "ALTER TABLE bank_lines DROP COLUMN payment_references",
                "ALTER TABLE bank_lines DROP COLUMN own_reference",
            ],
        )
        .await
    }
}
