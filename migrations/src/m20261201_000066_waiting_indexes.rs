//! What home pages count, and what lists show first, is found by an index that ends where the answer ends.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let changes = [
            "CREATE INDEX applications_clarification ON applications (state, clarification_due) WHERE revision > 0",
            "DROP INDEX organisations_vetting",
            "CREATE INDEX organisations_by_vetting ON organisations (vetting_status, vetting_valid_until)",
            // Payments are listed by their numbers, which is how they were requested.
            "DROP INDEX disbursements_requested",
        ];
        sql::run(manager, &changes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let changes = [
            "CREATE INDEX disbursements_requested ON disbursements (requested_at, id)",
            "DROP INDEX organisations_by_vetting",
            "CREATE INDEX organisations_vetting ON organisations (vetting_status)",
            "DROP INDEX applications_clarification",
        ];
        sql::run(manager, &changes).await
    }
}
