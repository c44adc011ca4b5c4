//! Grants: agreement, funding by receipt, instalments, budget lines and indicators.

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
            "CREATE TABLE grants (id {id}, number TEXT NOT NULL UNIQUE, application_id BIGINT NOT NULL UNIQUE REFERENCES applications (id), \
             call_id BIGINT NOT NULL REFERENCES calls (id), organisation_id BIGINT NOT NULL REFERENCES organisations (id), title TEXT NOT NULL, theme TEXT NOT NULL, \
             country TEXT NOT NULL, award_usd_minor BIGINT NOT NULL CHECK (award_usd_minor > 0), state TEXT NOT NULL, conditions TEXT NOT NULL, months BIGINT NOT NULL, \
             start_date {day}, end_date {day}, offered_by BIGINT, offered_at {time}, countersigned_by BIGINT, countersigned_name TEXT, countersigned_at {time}, \
             closed_at {time}, ended_reason TEXT NOT NULL DEFAULT '', created_at {time} NOT NULL)",
            "CREATE INDEX grants_organisation ON grants (organisation_id)",
            "CREATE INDEX grants_state ON grants (state)",
            "CREATE INDEX grants_published ON grants (country, theme, award_usd_minor)",
            "CREATE TABLE grant_funding (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), receipt_id BIGINT NOT NULL REFERENCES receipts (id), \
             usd_minor BIGINT NOT NULL, UNIQUE (grant_id, receipt_id))",
            "CREATE INDEX grant_funding_receipt ON grant_funding (receipt_id)",
            "CREATE TABLE instalments (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), number BIGINT NOT NULL, usd_minor BIGINT NOT NULL, condition TEXT NOT NULL, \
             after_report BIGINT, UNIQUE (grant_id, number))",
            "CREATE TABLE grant_budget_lines (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), position BIGINT NOT NULL, category TEXT NOT NULL, \
             description TEXT NOT NULL, requested_usd_minor BIGINT NOT NULL, UNIQUE (grant_id, position))",
            "CREATE TABLE grant_indicators (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), position BIGINT NOT NULL, indicator TEXT NOT NULL, unit TEXT NOT NULL, \
             baseline BIGINT NOT NULL, target BIGINT NOT NULL, UNIQUE (grant_id, position))",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["grant_indicators", "grant_budget_lines", "instalments", "grant_funding", "grants"])
            .await
    }
}
