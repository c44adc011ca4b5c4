//! Organisations say their address in parts, as payment orders have to carry it. What was typed as one text stays.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const PARTS: [&str; 4] = ["street", "building_number", "post_code", "town"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in PARTS {
            let column = format!("ALTER TABLE organisations ADD COLUMN {part} TEXT NOT NULL DEFAULT ''");
            sql::run(manager, &[&column]).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in PARTS {
            sql::run(manager, &[&format!("ALTER TABLE organisations DROP COLUMN {part}")]).await?;
        }
        Ok(())
    }
}
