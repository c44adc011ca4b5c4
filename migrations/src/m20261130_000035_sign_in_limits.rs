//! How fast passwords may be tried, and the devices from which people have signed in before. They take the place of
//! the lock on an account, which anybody could close from outside.

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
                "DROP TABLE sign_in_tries",
                "CREATE TABLE sign_in_limits (scope TEXT PRIMARY KEY, whole_at {time} NOT NULL)",
                "CREATE INDEX sign_in_limits_whole ON sign_in_limits (whole_at)",
                "CREATE TABLE known_devices (token_hash TEXT NOT NULL, user_id BIGINT NOT NULL REFERENCES users (id), \
                 seen_at {time} NOT NULL, PRIMARY KEY (token_hash, user_id))",
                "CREATE INDEX known_devices_user ON known_devices (user_id, seen_at)",
                "ALTER TABLE users DROP COLUMN failed_tries",
                "ALTER TABLE users DROP COLUMN locked_until",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "ALTER TABLE users ADD COLUMN locked_until {time}",
                "ALTER TABLE users ADD COLUMN failed_tries BIGINT NOT NULL DEFAULT 0",
                "DROP TABLE known_devices",
                "DROP TABLE sign_in_limits",
                "CREATE TABLE sign_in_tries (id {id}, address TEXT NOT NULL, at {time} NOT NULL)",
                "CREATE INDEX sign_in_tries_address ON sign_in_tries (address, at)",
                "CREATE INDEX sign_in_tries_at ON sign_in_tries (at)",
            ],
        )
        .await
    }
}
