//! Applications: sections as typed, numbered revisions as submitted, documents, screening.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

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
            "CREATE TABLE applications (id {id}, number TEXT NOT NULL UNIQUE, search TEXT NOT NULL DEFAULT '', call_id BIGINT NOT NULL REFERENCES calls (id), \
             organisation_id BIGINT NOT NULL REFERENCES organisations (id), state TEXT NOT NULL, title TEXT NOT NULL, theme TEXT NOT NULL, \
             country TEXT NOT NULL, duration_months BIGINT NOT NULL, requested_usd_minor BIGINT NOT NULL, revision BIGINT NOT NULL DEFAULT 0, \
             clarification TEXT NOT NULL, clarification_due {time}, mean_score_hundredths BIGINT, submitted_at {time}, updated_at {time} NOT NULL, \
             created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE INDEX applications_call ON applications (call_id, state)",
            "CREATE INDEX applications_organisation ON applications (organisation_id)",
            "CREATE INDEX applications_state ON applications (state)",
            // The secretariat's list holds what was submitted; an index for each order, of all states and of one.
            "CREATE INDEX applications_by_number ON applications (id) WHERE revision > 0",
            "CREATE INDEX applications_by_updated ON applications (updated_at, id) WHERE revision > 0",
            "CREATE INDEX applications_by_title ON applications (title, id) WHERE revision > 0",
            "CREATE INDEX applications_by_country ON applications (country, id) WHERE revision > 0",
            "CREATE INDEX applications_by_requested ON applications (requested_usd_minor, id) WHERE revision > 0",
            "CREATE INDEX applications_by_organisation ON applications (organisation_id, id) WHERE revision > 0",
            "CREATE INDEX applications_by_state ON applications (state, id) WHERE revision > 0",
            "CREATE INDEX applications_by_state_updated ON applications (state, updated_at, id) WHERE revision > 0",
            "CREATE INDEX applications_by_state_title ON applications (state, title, id) WHERE revision > 0",
            "CREATE INDEX applications_by_state_country ON applications (state, country, id) WHERE revision > 0",
            "CREATE INDEX applications_by_state_requested ON applications (state, requested_usd_minor, id) WHERE revision > 0",
            "CREATE TABLE application_counts (call_id BIGINT NOT NULL, state TEXT NOT NULL, submitted {flag} NOT NULL, number BIGINT NOT NULL, \
             PRIMARY KEY (call_id, state, submitted))",
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
            "CREATE INDEX documents_sha256 ON documents (sha256)",
            // Which documents a revision holds, so that nobody reads whole revisions to find out.
            "CREATE TABLE revision_documents (application_id BIGINT NOT NULL, number BIGINT NOT NULL, \
             document_id BIGINT NOT NULL REFERENCES documents (id), PRIMARY KEY (application_id, number, document_id), \
             FOREIGN KEY (application_id, number) REFERENCES application_revisions (application_id, number))",
            "CREATE INDEX revision_documents_document ON revision_documents (document_id)",
            "CREATE TABLE screenings (id {id}, application_id BIGINT NOT NULL REFERENCES applications (id), checklist TEXT NOT NULL, eligible {flag} NOT NULL, \
             reason TEXT NOT NULL, screened_by BIGINT, screened_by_name TEXT NOT NULL, screened_at {time} NOT NULL)",
            "CREATE INDEX screenings_application ON screenings (application_id)",
            ],
        )
        .await?;
        count_applications(manager).await?;
        index_search(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(
            manager,
            &[
                "screenings",
                "revision_documents",
                "documents",
                "application_revisions",
                "application_sections",
                "applications",
                "application_counts",
            ],
        )
        .await?;
        let rest = match manager.get_database_backend() {
            DatabaseBackend::Postgres => "DROP FUNCTION count_application",
            _ => "DROP TABLE application_search",
        };
        manager.get_connection().execute_unprepared(rest).await?;
        Ok(())
    }
}

/// Makes the database itself count applications by call and state, whoever writes them.
async fn count_applications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        // Both rows of a change in one statement and in order, so that two changes wait for each other without a deadlock.
        return sql::run(
            manager,
            &[
            "CREATE FUNCTION count_application() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             INSERT INTO application_counts (call_id, state, submitted, number) \
             SELECT call_id, state, submitted, SUM(change) FROM ( \
             SELECT OLD.call_id, OLD.state, OLD.revision > 0, -1 WHERE TG_OP <> 'INSERT' UNION ALL \
             SELECT NEW.call_id, NEW.state, NEW.revision > 0, 1 WHERE TG_OP <> 'DELETE') AS changes (call_id, state, submitted, change) \
             GROUP BY call_id, state, submitted HAVING SUM(change) <> 0 ORDER BY call_id, state, submitted \
             ON CONFLICT (call_id, state, submitted) DO UPDATE SET number = application_counts.number + excluded.number; \
             RETURN NULL; END $$",
            "CREATE TRIGGER applications_counted AFTER INSERT OR DELETE OR UPDATE OF call_id, state, revision ON applications \
             FOR EACH ROW EXECUTE FUNCTION count_application()",
            ],
        )
        .await;
    }
    let one_more = "INSERT INTO application_counts (call_id, state, submitted, number) VALUES (NEW.call_id, NEW.state, NEW.revision > 0, 1) \
                    ON CONFLICT (call_id, state, submitted) DO UPDATE SET number = number + 1;";
    let one_less = "UPDATE application_counts SET number = number - 1 \
                    WHERE call_id = OLD.call_id AND state = OLD.state AND submitted = (OLD.revision > 0);";
    for trigger in [
        format!("CREATE TRIGGER applications_counted_new AFTER INSERT ON applications BEGIN {one_more} END"),
        format!(
            "CREATE TRIGGER applications_counted_changed AFTER UPDATE OF call_id, state, revision ON applications \
             BEGIN {one_less} {one_more} END"
        ),
        format!("CREATE TRIGGER applications_counted_gone AFTER DELETE ON applications BEGIN {one_less} END"),
    ] {
        manager.get_connection().execute_unprepared(&trigger).await?;
    }
    Ok(())
}

/// Lets a part of a word be found without reading every application: an index of all triples of letters.
async fn index_search(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        // Whoever runs the database may not offer the extension; then a search reads every application.
        return sql::run(
            manager,
            &["DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; \
               CREATE INDEX applications_search ON applications USING gin (search gin_trgm_ops); \
               EXCEPTION WHEN OTHERS THEN \
               RAISE WARNING 'without the extension pg_trgm a search reads every application: %', SQLERRM; END $$"],
        )
        .await;
    }
    let add = "INSERT INTO application_search (rowid, search) VALUES (NEW.id, NEW.search);";
    let remove =
        "INSERT INTO application_search (application_search, rowid, search) VALUES ('delete', OLD.id, OLD.search);";
    for statement in [
        "CREATE VIRTUAL TABLE application_search USING fts5 (search, content = 'applications', content_rowid = 'id', tokenize = 'trigram')"
            .to_owned(),
        format!("CREATE TRIGGER applications_search_new AFTER INSERT ON applications BEGIN {add} END"),
        format!(
            "CREATE TRIGGER applications_search_changed AFTER UPDATE OF search ON applications BEGIN {remove} {add} END"
        ),
        format!("CREATE TRIGGER applications_search_gone AFTER DELETE ON applications BEGIN {remove} END"),
    ] {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}
