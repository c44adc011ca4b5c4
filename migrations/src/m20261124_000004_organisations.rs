//! Organisations, their vetting and their bank details.

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
            "CREATE TABLE organisations (id {id}, legal_name TEXT NOT NULL, search TEXT NOT NULL DEFAULT '', country CHAR(2) NOT NULL, registration_number TEXT NOT NULL, \
             registration_date {day}, kind TEXT NOT NULL, yearly_income_usd_minor BIGINT NOT NULL, address TEXT NOT NULL, \
             contact_name TEXT NOT NULL, contact_email TEXT NOT NULL, contact_phone TEXT NOT NULL, other_contacts TEXT NOT NULL DEFAULT '[]', experience TEXT NOT NULL, \
             profile_complete {flag} NOT NULL, vetting_status TEXT NOT NULL, vetting_valid_until {day}, vetting_reason TEXT NOT NULL, \
             vetted_by BIGINT REFERENCES users (id), version BIGINT NOT NULL DEFAULT 1, created_at {time} NOT NULL)",
            "CREATE INDEX organisations_name ON organisations (legal_name)",
            "CREATE INDEX organisations_vetting ON organisations (vetting_status)",
            "CREATE TABLE bank_details (organisation_id BIGINT PRIMARY KEY REFERENCES organisations (id), sealed TEXT NOT NULL, \
             updated_by BIGINT, updated_at {time} NOT NULL, verified_by BIGINT, verified_at {time}, verified_note TEXT NOT NULL DEFAULT '')",
            "CREATE INDEX bank_details_verified ON bank_details (verified_at)",
            "CREATE TABLE staff_ties (id {id}, user_id BIGINT NOT NULL REFERENCES users (id), organisation_id BIGINT NOT NULL REFERENCES organisations (id), \
             since {day} NOT NULL, note TEXT NOT NULL, recorded_by BIGINT, recorded_at {time} NOT NULL, ended_by BIGINT, ended_at {time})",
            "CREATE UNIQUE INDEX staff_ties_once ON staff_ties (user_id, organisation_id) WHERE ended_at IS NULL",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["staff_ties", "bank_details", "organisations"]).await
    }
}
