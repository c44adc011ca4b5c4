//! Donors, pledges, rates of exchange, bank statements and receipts.

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
            "CREATE TABLE donors (id {id}, name TEXT NOT NULL, search TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, country CHAR(2), contact_name TEXT NOT NULL, \
             contact_email TEXT NOT NULL, contact_phone TEXT NOT NULL, other_contacts TEXT NOT NULL DEFAULT '[]', language TEXT NOT NULL, confirmed_by BIGINT, confirmed_at {time}, created_at {time} NOT NULL)",
            "CREATE INDEX donors_name ON donors (name)",
            "CREATE TABLE rates (id {id}, currency CHAR(3) NOT NULL, valid_from {day} NOT NULL, units_per_usd TEXT NOT NULL, \
             created_by BIGINT, created_at {time} NOT NULL, UNIQUE (currency, valid_from))",
            "CREATE TABLE pledges (id {id}, donor_id BIGINT NOT NULL REFERENCES donors (id), currency CHAR(3) NOT NULL, \
             amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), usd_minor BIGINT NOT NULL, rate TEXT NOT NULL, instrument TEXT NOT NULL, \
             date {day} NOT NULL, earmark TEXT NOT NULL, psc_basis_points BIGINT NOT NULL, note TEXT NOT NULL, \
             written_down_minor BIGINT NOT NULL DEFAULT 0, written_down_usd_minor BIGINT NOT NULL DEFAULT 0, command_id TEXT NOT NULL UNIQUE, \
             created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX pledges_donor ON pledges (donor_id)",
            "CREATE INDEX pledges_date ON pledges (date)",
            "CREATE TABLE pledge_instalments (id {id}, pledge_id BIGINT NOT NULL REFERENCES pledges (id), due {day} NOT NULL, amount_minor BIGINT NOT NULL, \
             withdrawn_at {time})",
            "CREATE INDEX pledge_instalments_pledge ON pledge_instalments (pledge_id)",
            "CREATE TABLE receipts (id {id}, pledge_id BIGINT NOT NULL REFERENCES pledges (id), currency CHAR(3) NOT NULL, \
             amount_minor BIGINT NOT NULL, date {day} NOT NULL, booked_on {day} NOT NULL, bank_reference TEXT NOT NULL, rate TEXT NOT NULL, pledge_rate TEXT, \
             stated {flag} NOT NULL DEFAULT FALSE, usd_minor BIGINT NOT NULL, charge_minor BIGINT NOT NULL DEFAULT 0, credited_minor BIGINT NOT NULL, settled_minor BIGINT NOT NULL, settled_usd_minor BIGINT NOT NULL, psc_usd_minor BIGINT NOT NULL, spent_before_usd_minor BIGINT NOT NULL DEFAULT 0, \
             command_id TEXT NOT NULL UNIQUE, undone {flag} NOT NULL DEFAULT FALSE, undoes BIGINT UNIQUE REFERENCES receipts (id), created_by BIGINT, created_at {time} NOT NULL, \
             CHECK (pledge_rate IS NULL OR NOT stated), CHECK ((amount_minor > 0 AND undoes IS NULL) OR (amount_minor < 0 AND undoes IS NOT NULL)))",
            "CREATE INDEX receipts_pledge ON receipts (pledge_id)",
            "CREATE UNIQUE INDEX receipts_bank_reference ON receipts (bank_reference) WHERE NOT undone",
            "CREATE TABLE pledge_changes (id {id}, pledge_id BIGINT NOT NULL REFERENCES pledges (id), kind TEXT NOT NULL, date {day} NOT NULL, \
             amount_minor BIGINT NOT NULL, usd_minor BIGINT NOT NULL, reason TEXT NOT NULL, instalments TEXT NOT NULL, command_id TEXT NOT NULL UNIQUE, \
             actor TEXT NOT NULL, created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX pledge_changes_pledge ON pledge_changes (pledge_id)",
            "CREATE TABLE pledge_reminders (id {id}, instalment_id BIGINT NOT NULL REFERENCES pledge_instalments (id), \
             pledge_id BIGINT NOT NULL REFERENCES pledges (id), level BIGINT NOT NULL, state TEXT NOT NULL, drafted_at {time} NOT NULL, \
             decided_by BIGINT, decided_at {time}, UNIQUE (instalment_id, level))",
            "CREATE INDEX pledge_reminders_state ON pledge_reminders (state)",
            "CREATE TABLE bank_statements (id {id}, account TEXT NOT NULL, format TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, \
             lines BIGINT NOT NULL, known_lines BIGINT NOT NULL, pending_lines BIGINT NOT NULL, state TEXT NOT NULL, created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE TABLE bank_lines (id {id}, statement_id BIGINT NOT NULL REFERENCES bank_statements (id), account TEXT NOT NULL, reference TEXT NOT NULL, bank_reference TEXT NOT NULL, \
             number BIGINT NOT NULL, credit {flag} NOT NULL, currency CHAR(3) NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), \
             charge_minor BIGINT NOT NULL, date {day} NOT NULL, payer TEXT NOT NULL, remittance TEXT NOT NULL, state TEXT NOT NULL, \
             receipt_id BIGINT REFERENCES receipts (id), unidentified_id BIGINT, UNIQUE (account, reference))",
            "CREATE INDEX bank_lines_statement ON bank_lines (statement_id, state, number)",
            "CREATE TABLE bank_columns (account TEXT PRIMARY KEY, columns TEXT NOT NULL, changed_at {time} NOT NULL)",
            "CREATE TABLE unidentified_receipts (id {id}, currency CHAR(3) NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), \
             charge_minor BIGINT NOT NULL, date {day} NOT NULL, bank_reference TEXT NOT NULL UNIQUE, payer TEXT NOT NULL, remittance TEXT NOT NULL, \
             rate TEXT NOT NULL, usd_minor BIGINT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, receipt_id BIGINT REFERENCES receipts (id), \
             held_on {day}, decided_on {day}, decided_by BIGINT, decided_at {time}, command_id TEXT NOT NULL UNIQUE, created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX unidentified_receipts_state ON unidentified_receipts (state, date)",
            "CREATE TABLE past_imports (id {id}, file_name TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, lines TEXT NOT NULL, state TEXT NOT NULL, \
             created_by BIGINT, created_at {time} NOT NULL, imported_at {time})",
            "CREATE TABLE receipt_letters (id {id}, year BIGINT NOT NULL, number BIGINT NOT NULL, receipt_id BIGINT NOT NULL UNIQUE REFERENCES receipts (id), \
             content TEXT NOT NULL, issued_by BIGINT, issued_at {time} NOT NULL, UNIQUE (year, number))",
            "CREATE TABLE receipt_letter_files (letter_id BIGINT PRIMARY KEY REFERENCES receipt_letters (id), pdf {bytes} NOT NULL)",
            ],
        )
        .await?;
        // Entries in the books were made with these rates, and letters were sent as they stand here.
        for table in ["rates", "pledge_changes", "receipt_letters", "receipt_letter_files"] {
            sql::append_only(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(
            manager,
            &[
                "receipt_letter_files",
                "receipt_letters",
                "past_imports",
                "unidentified_receipts",
                "bank_columns",
                "bank_lines",
                "bank_statements",
                "pledge_reminders",
                "pledge_changes",
                "receipts",
                "pledge_instalments",
                "pledges",
                "rates",
                "donors",
            ],
        )
        .await
    }
}
