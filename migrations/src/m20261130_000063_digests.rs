//! Who was told when of what waits, and who does not want to be.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = "CREATE TABLE digests (user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id), \
                     wanted {flag} NOT NULL DEFAULT TRUE, day {day}, told TEXT NOT NULL DEFAULT '')";
        sql::run(manager, &[table]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(manager, &["digests"]).await
    }
}
