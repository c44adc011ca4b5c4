//! The audit trail: who did what when, before and after. Rows are only ever added.

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
            "CREATE TABLE audit (id {id}, at {time} NOT NULL, user_id BIGINT, actor TEXT NOT NULL, role TEXT, action TEXT NOT NULL, \
             subject_kind TEXT NOT NULL, subject_id BIGINT NOT NULL, before TEXT, after TEXT, request_id TEXT NOT NULL)",
            "CREATE INDEX audit_subject ON audit (subject_kind, subject_id, id)",
            "CREATE INDEX audit_kind ON audit (subject_kind, at, id)",
            "CREATE INDEX audit_time ON audit (at, id)",
            "CREATE INDEX audit_person ON audit (user_id, at, id)",
            "CREATE INDEX audit_request ON audit (request_id)",
            ],
        )
        .await?;
        sql::append_only(manager, "audit").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["audit"]).await
    }
}
