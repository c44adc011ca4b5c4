//! Disbursements: an instalment on its way. The database refuses a second one for the same instalment.

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
             certified_by BIGINT, certified_at {time}, approved_by BIGINT, approved_at {time}, released_by BIGINT, released_at {time}, confirmed_by BIGINT, confirmed_at {time}, \
             bank_reference TEXT UNIQUE, paid_on {day}, \
             payee_holder TEXT, payee_bank TEXT, payee_country CHAR(2), payee_number TEXT, payee_bic TEXT, command_id TEXT NOT NULL UNIQUE)",
            "CREATE UNIQUE INDEX disbursements_one_an_instalment ON disbursements (instalment_id) WHERE state NOT IN ('rejected', 'failed', 'voided')",
            "CREATE INDEX disbursements_grant ON disbursements (grant_id)",
            "CREATE INDEX disbursements_state ON disbursements (state)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["disbursements"]).await
    }
}
