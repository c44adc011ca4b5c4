//! Disbursements: an instalment on its way, its steps, conditions that were waived, officers' limits and delegations,
//! batches for the bank and the bank's files. The database refuses a second payment of the same instalment.

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
            "CREATE TABLE disbursements (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), instalment_id BIGINT NOT NULL REFERENCES instalments (id), \
             usd_minor BIGINT NOT NULL CHECK (usd_minor > 0), state TEXT NOT NULL, note TEXT NOT NULL, reason TEXT NOT NULL, requested_by BIGINT, requested_at {time} NOT NULL, \
             certified_by BIGINT, certified_for BIGINT, certified_at {time}, approved_by BIGINT, approved_for BIGINT, approved_at {time}, released_by BIGINT, released_at {time}, \
             confirmed_by BIGINT, confirmed_at {time}, bank_reference TEXT UNIQUE, paid_on {day}, bounced_on {day}, held_by BIGINT, held_at {time}, held_reason TEXT, \
             payee_sealed TEXT, command_id TEXT NOT NULL UNIQUE)",
            "CREATE UNIQUE INDEX disbursements_one_an_instalment ON disbursements (instalment_id) \
             WHERE state NOT IN ('returned', 'rejected', 'failed', 'voided', 'bounced')",
            "CREATE INDEX disbursements_grant ON disbursements (grant_id)",
            "CREATE INDEX disbursements_state ON disbursements (state)",
            "CREATE TABLE disbursement_steps (id {id}, disbursement_id BIGINT NOT NULL REFERENCES disbursements (id), step TEXT NOT NULL, user_id BIGINT, \
             actor TEXT NOT NULL, stands_for_id BIGINT, stands_for TEXT NOT NULL, reason TEXT NOT NULL, at {time} NOT NULL, command_id TEXT NOT NULL UNIQUE)",
            "CREATE INDEX disbursement_steps_disbursement ON disbursement_steps (disbursement_id)",
            "CREATE TABLE condition_waivers (id {id}, instalment_id BIGINT NOT NULL REFERENCES instalments (id), condition TEXT NOT NULL, reason TEXT NOT NULL, \
             waived_by BIGINT, waived_by_name TEXT NOT NULL, waived_at {time} NOT NULL, after_step BIGINT NOT NULL, UNIQUE (instalment_id, condition, after_step))",
            "CREATE TABLE officer_limits (user_id BIGINT PRIMARY KEY REFERENCES users (id), usd_minor BIGINT NOT NULL CHECK (usd_minor >= 0), set_at {time} NOT NULL)",
            "CREATE TABLE delegations (id {id}, from_user BIGINT NOT NULL REFERENCES users (id), to_user BIGINT NOT NULL REFERENCES users (id), \
             starts_on {day} NOT NULL, ends_on {day} NOT NULL, reason TEXT NOT NULL, created_at {time} NOT NULL, ended_at {time}, CHECK (from_user <> to_user))",
            "CREATE INDEX delegations_to ON delegations (to_user)",
            "CREATE TABLE payment_batches (id {id}, message_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, execution_date {day} NOT NULL, payments BIGINT NOT NULL, \
             usd_minor BIGINT NOT NULL, file_sealed TEXT NOT NULL, created_by TEXT NOT NULL, created_at {time} NOT NULL, cancelled_by TEXT, cancelled_at {time}, \
             cancel_reason TEXT NOT NULL DEFAULT '', command_id TEXT NOT NULL UNIQUE)",
            "CREATE TABLE payment_batch_items (id {id}, batch_id BIGINT NOT NULL REFERENCES payment_batches (id), disbursement_id BIGINT NOT NULL REFERENCES disbursements (id), \
             end_to_end_id TEXT NOT NULL UNIQUE, usd_minor BIGINT NOT NULL, live {flag} NOT NULL)",
            "CREATE INDEX payment_batch_items_batch ON payment_batch_items (batch_id)",
            "CREATE UNIQUE INDEX payment_batch_items_once ON payment_batch_items (disbursement_id) WHERE live",
            "CREATE TABLE bank_files (id {id}, sha256 TEXT NOT NULL UNIQUE, file_name TEXT NOT NULL, kind TEXT NOT NULL, imported_by TEXT NOT NULL, \
             imported_at {time} NOT NULL, outcomes TEXT NOT NULL)",
            ],
        )
        .await?;
        // Who signed what, and who let a condition go: what an auditor asks for.
        for table in ["disbursement_steps", "condition_waivers"] {
            sql::append_only(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(
            manager,
            &[
                "bank_files",
                "payment_batch_items",
                "payment_batches",
                "delegations",
                "officer_limits",
                "condition_waivers",
                "disbursement_steps",
                "disbursements",
            ],
        )
        .await
    }
}
