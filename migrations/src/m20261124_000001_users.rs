//! People, their sessions and single-use links, forms kept for them, and settings.

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
            "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE users (id {id}, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, search TEXT NOT NULL DEFAULT '', password_hash TEXT, \
             role TEXT NOT NULL, organisation_id BIGINT, donor_id BIGINT, language TEXT NOT NULL, state TEXT NOT NULL, \
             failed_tries BIGINT NOT NULL DEFAULT 0, locked_until {time}, demo {flag} NOT NULL DEFAULT FALSE, state_before TEXT, created_at {time} NOT NULL)",
            "CREATE TABLE colleague_invitations (id {id}, organisation_id BIGINT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL, \
             invited_at {time} NOT NULL, UNIQUE (organisation_id, email))",
            "CREATE INDEX users_role ON users (role)",
            "CREATE INDEX users_organisation ON users (organisation_id)",
            "CREATE INDEX users_donor ON users (donor_id)",
            "CREATE TABLE links (id {id}, user_id BIGINT NOT NULL REFERENCES users (id), purpose TEXT NOT NULL, \
             token_hash TEXT NOT NULL UNIQUE, created_at {time} NOT NULL, expires_at {time} NOT NULL, used_at {time})",
            "CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, user_id BIGINT NOT NULL REFERENCES users (id), \
             created_at {time} NOT NULL, seen_at {time} NOT NULL, expires_at {time} NOT NULL)",
            "CREATE INDEX sessions_user ON sessions (user_id)",
            "CREATE TABLE sign_in_tries (id {id}, address TEXT NOT NULL, at {time} NOT NULL)",
            "CREATE INDEX sign_in_tries_address ON sign_in_tries (address, at)",
            "CREATE TABLE kept_forms (token TEXT PRIMARY KEY, user_id BIGINT, path TEXT NOT NULL, typed TEXT NOT NULL, \
             error TEXT NOT NULL, created_at {time} NOT NULL)",
            "CREATE INDEX kept_forms_created ON kept_forms (created_at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(
            manager,
            &["kept_forms", "sign_in_tries", "sessions", "links", "colleague_invitations", "users", "settings"],
        )
        .await
    }
}
