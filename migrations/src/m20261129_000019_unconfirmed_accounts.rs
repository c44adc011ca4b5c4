//! Finding the accounts whose owners have not confirmed their address, which lists leave out.

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
            &["CREATE INDEX users_unconfirmed ON users (organisation_id, donor_id) \
               WHERE state = 'unconfirmed' AND password_hash IS NOT NULL"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, &["DROP INDEX users_unconfirmed"]).await
    }
}
