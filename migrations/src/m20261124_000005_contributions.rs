//! Donors, pledges, rates of exchange and receipts.

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
             contact_email TEXT NOT NULL, contact_phone TEXT NOT NULL, language TEXT NOT NULL, confirmed_by BIGINT, confirmed_at {time}, created_at {time} NOT NULL)",
            "CREATE INDEX donors_name ON donors (name)",
            "CREATE TABLE rates (id {id}, currency CHAR(3) NOT NULL, valid_from {day} NOT NULL, units_per_usd TEXT NOT NULL, \
             created_by BIGINT, created_at {time} NOT NULL, UNIQUE (currency, valid_from))",
            "CREATE TABLE pledges (id {id}, donor_id BIGINT NOT NULL REFERENCES donors (id), currency CHAR(3) NOT NULL, \
             amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), usd_minor BIGINT NOT NULL, rate TEXT NOT NULL, instrument TEXT NOT NULL, \
             date {day} NOT NULL, earmark TEXT NOT NULL, psc_basis_points BIGINT NOT NULL, note TEXT NOT NULL, command_id TEXT NOT NULL UNIQUE, \
             created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX pledges_donor ON pledges (donor_id)",
            "CREATE INDEX pledges_date ON pledges (date)",
            "CREATE TABLE pledge_instalments (id {id}, pledge_id BIGINT NOT NULL REFERENCES pledges (id), due {day} NOT NULL, amount_minor BIGINT NOT NULL)",
            "CREATE INDEX pledge_instalments_pledge ON pledge_instalments (pledge_id)",
            "CREATE TABLE receipts (id {id}, pledge_id BIGINT NOT NULL REFERENCES pledges (id), currency CHAR(3) NOT NULL, \
             amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), date {day} NOT NULL, bank_reference TEXT NOT NULL UNIQUE, rate TEXT NOT NULL, \
             usd_minor BIGINT NOT NULL, settled_minor BIGINT NOT NULL, settled_usd_minor BIGINT NOT NULL, psc_usd_minor BIGINT NOT NULL, \
             command_id TEXT NOT NULL UNIQUE, created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX receipts_pledge ON receipts (pledge_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["receipts", "pledge_instalments", "pledges", "rates", "donors"]).await
    }
}
