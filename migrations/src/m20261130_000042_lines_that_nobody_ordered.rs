//! Money that left and is no payment of ours waits for somebody, like everything that a bank tells.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let paid = "(SELECT MIN(disbursements.id) FROM disbursements WHERE disbursements.bank_reference = bank_lines.own_reference \
                    AND disbursements.usd_minor = bank_lines.amount_minor)";
        sql::run(
            manager,
            &[
                &format!(
                    "UPDATE bank_lines SET disbursement_id = {paid} WHERE state = 'ignored' AND NOT credit AND currency = 'USD' \
                     AND own_reference <> ''"
                ),
                "UPDATE bank_lines SET state = CASE WHEN disbursement_id IS NULL THEN 'unordered' ELSE 'paid' END \
                 WHERE state = 'ignored'",
                "CREATE INDEX bank_lines_disbursement ON bank_lines (disbursement_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "DROP INDEX bank_lines_disbursement",
                "UPDATE bank_lines SET state = 'ignored', disbursement_id = NULL WHERE state IN ('unordered', 'paid')",
            ],
        )
        .await
    }
}
