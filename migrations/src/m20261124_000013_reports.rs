//! Reports of grantees: as typed, and once accepted as figures.

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
            "CREATE TABLE reports (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), number BIGINT NOT NULL, kind TEXT NOT NULL, period_start {day} NOT NULL, \
             period_end {day} NOT NULL, due {day} NOT NULL, state TEXT NOT NULL, typed TEXT NOT NULL, submitted_typed TEXT, version BIGINT NOT NULL DEFAULT 1, comments TEXT NOT NULL, \
             spent_usd_minor BIGINT NOT NULL DEFAULT 0, submitted_by BIGINT, submitted_at {time}, assessed_by BIGINT, assessed_at {time}, reminded_due_at {time}, \
             reminded_late_at {time}, UNIQUE (grant_id, number))",
            "CREATE INDEX reports_due ON reports (state, due)",
            "CREATE TABLE report_expenditure (id {id}, report_id BIGINT NOT NULL REFERENCES reports (id), budget_line_id BIGINT NOT NULL REFERENCES grant_budget_lines (id), \
             spent_usd_minor BIGINT NOT NULL, explanation TEXT NOT NULL, UNIQUE (report_id, budget_line_id))",
            "CREATE TABLE report_results (id {id}, report_id BIGINT NOT NULL REFERENCES reports (id), indicator_id BIGINT NOT NULL REFERENCES grant_indicators (id), \
             achieved BIGINT NOT NULL, comment TEXT NOT NULL, UNIQUE (report_id, indicator_id))",
            "CREATE INDEX report_results_indicator ON report_results (indicator_id)",
            "CREATE TABLE report_people (id {id}, report_id BIGINT NOT NULL REFERENCES reports (id), sex TEXT NOT NULL, age TEXT NOT NULL, movement TEXT NOT NULL, \
             returnee TEXT NOT NULL, exploitation TEXT NOT NULL, help TEXT NOT NULL, people BIGINT NOT NULL CHECK (people >= 0))",
            "CREATE TABLE people_totals (sex TEXT NOT NULL, age TEXT NOT NULL, movement TEXT NOT NULL, returnee TEXT NOT NULL, exploitation TEXT NOT NULL, \
             help TEXT NOT NULL, people BIGINT NOT NULL, PRIMARY KEY (sex, age, movement, returnee, exploitation, help))",
            "CREATE INDEX report_people_report ON report_people (report_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(
            manager,
            &["people_totals", "report_people", "report_results", "report_expenditure", "reports"],
        )
        .await
    }
}
