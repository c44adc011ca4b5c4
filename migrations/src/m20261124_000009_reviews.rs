//! Technical reviews.

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
            "CREATE TABLE reviews (id {id}, application_id BIGINT NOT NULL REFERENCES applications (id), reviewer_id BIGINT NOT NULL REFERENCES users (id), \
             state TEXT NOT NULL, conflict_reason TEXT NOT NULL, typed TEXT NOT NULL, total BIGINT, recommendable {flag}, version BIGINT NOT NULL DEFAULT 1, \
             assigned_by BIGINT, assigned_at {time} NOT NULL, submitted_at {time}, UNIQUE (application_id, reviewer_id))",
            "CREATE INDEX reviews_reviewer ON reviews (reviewer_id, state)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["reviews"]).await
    }
}
