//! Which statements told of a line, so that taking one of them back loses nothing that another one told; and what makes
//! two lines the same money, or lets a person say so.

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
                "CREATE TABLE bank_statement_lines (id {id}, statement_id BIGINT NOT NULL REFERENCES bank_statements (id), \
                 number BIGINT NOT NULL, line_id BIGINT NOT NULL REFERENCES bank_lines (id), UNIQUE (statement_id, number))",
                "CREATE INDEX bank_statement_lines_line ON bank_statement_lines (line_id)",
                "INSERT INTO bank_statement_lines (statement_id, number, line_id) SELECT statement_id, number, id FROM bank_lines ORDER BY id",
                "ALTER TABLE bank_lines ADD COLUMN reversal {flag} NOT NULL DEFAULT FALSE",
                "ALTER TABLE bank_lines ADD COLUMN entry TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE bank_lines ADD COLUMN alike_id BIGINT",
                "ALTER TABLE bank_lines ADD COLUMN other_than TEXT NOT NULL DEFAULT ''",
                "UPDATE bank_lines SET reversal = TRUE WHERE state IN ('reversal', 'reversed') AND NOT credit",
                // Money that somebody entered by hand is one line's only from here on.
                "UPDATE bank_lines SET receipt_id = (SELECT MIN(receipts.id) FROM receipts \
                 WHERE receipts.bank_reference = bank_lines.bank_reference AND NOT receipts.undone) \
                 WHERE state = 'known' AND receipt_id IS NULL",
                "UPDATE bank_lines SET unidentified_id = (SELECT unidentified_receipts.id FROM unidentified_receipts \
                 WHERE unidentified_receipts.bank_reference = bank_lines.bank_reference) \
                 WHERE state = 'known' AND receipt_id IS NULL AND unidentified_id IS NULL",
                "CREATE INDEX bank_lines_amount ON bank_lines (amount_minor, date)",
                "CREATE INDEX bank_lines_account ON bank_lines (account, date)",
                "CREATE INDEX bank_lines_receipt ON bank_lines (receipt_id)",
                "CREATE INDEX bank_lines_unidentified ON bank_lines (unidentified_id)",
                "CREATE INDEX bank_lines_alike ON bank_lines (alike_id)",
                "CREATE INDEX receipts_date ON receipts (date)",
                "CREATE INDEX unidentified_receipts_date ON unidentified_receipts (date)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "DROP INDEX unidentified_receipts_date",
                "DROP INDEX receipts_date",
                "DROP INDEX bank_lines_alike",
                "DROP INDEX bank_lines_unidentified",
                "DROP INDEX bank_lines_receipt",
                "DROP INDEX bank_lines_account",
                "DROP INDEX bank_lines_amount",
                "UPDATE bank_lines SET receipt_id = NULL, unidentified_id = NULL WHERE state = 'known'",
                "ALTER TABLE bank_lines DROP COLUMN other_than",
                "ALTER TABLE bank_lines DROP COLUMN alike_id",
                "ALTER TABLE bank_lines DROP COLUMN entry",
                "ALTER TABLE bank_lines DROP COLUMN reversal",
                "DROP TABLE bank_statement_lines",
            ],
        )
        .await
    }
}
