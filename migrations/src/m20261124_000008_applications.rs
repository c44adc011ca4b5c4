//! Applications: sections as typed, numbered revisions as submitted, documents, screening.

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
            "CREATE TABLE applications (id {id}, number TEXT NOT NULL UNIQUE, call_id BIGINT NOT NULL REFERENCES calls (id), \
             organisation_id BIGINT NOT NULL REFERENCES organisations (id), state TEXT NOT NULL, title TEXT NOT NULL, theme TEXT NOT NULL, \
             country TEXT NOT NULL, duration_months BIGINT NOT NULL, requested_usd_minor BIGINT NOT NULL, revision BIGINT NOT NULL DEFAULT 0, \
             clarification TEXT NOT NULL, clarification_due {time}, mean_score_hundredths BIGINT, submitted_at {time}, updated_at {time} NOT NULL, \
             created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX applications_call ON applications (call_id, state)",
            "CREATE INDEX applications_organisation ON applications (organisation_id)",
            "CREATE INDEX applications_state ON applications (state)",
            "CREATE INDEX applications_updated ON applications (updated_at)",
            "CREATE INDEX applications_title ON applications (title)",
            "CREATE TABLE application_sections (id {id}, application_id BIGINT NOT NULL REFERENCES applications (id), section TEXT NOT NULL, \
             typed TEXT NOT NULL, version BIGINT NOT NULL, updated_by BIGINT, updated_by_name TEXT NOT NULL, updated_at {time} NOT NULL, \
             UNIQUE (application_id, section))",
            "CREATE TABLE application_revisions (id {id}, application_id BIGINT NOT NULL REFERENCES applications (id), number BIGINT NOT NULL, \
             content TEXT NOT NULL, declaration_version TEXT NOT NULL, declared_by BIGINT, declared_name TEXT NOT NULL, submitted_at {time} NOT NULL, \
             UNIQUE (application_id, number))",
            "CREATE TABLE documents (id {id}, organisation_id BIGINT NOT NULL REFERENCES organisations (id), application_id BIGINT REFERENCES applications (id), \
             kind TEXT NOT NULL, file_name TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, uploaded_by BIGINT, \
             uploaded_at {time} NOT NULL, removed_at {time})",
            "CREATE INDEX documents_application ON documents (application_id)",
            "CREATE TABLE screenings (id {id}, application_id BIGINT NOT NULL REFERENCES applications (id), checklist TEXT NOT NULL, eligible {flag} NOT NULL, \
             reason TEXT NOT NULL, screened_by BIGINT, screened_by_name TEXT NOT NULL, screened_at {time} NOT NULL)",
            "CREATE INDEX screenings_application ON screenings (application_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["screenings", "documents", "application_revisions", "application_sections", "applications"]).await
    }
}
