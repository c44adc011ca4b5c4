//! The database's schema, one dated file a step, up and down, on SQLite and PostgreSQL alike.

use sea_orm_migration::prelude::*;

mod m20261124_000001_users;
mod m20261124_000002_audit;
mod m20261124_000003_mail;
mod m20261124_000004_organisations;
mod m20261124_000005_contributions;
mod m20261124_000006_ledger;
mod m20261124_000007_calls;
mod m20261124_000008_applications;
mod m20261124_000009_reviews;
mod m20261124_000010_board;
mod m20261124_000011_grants;
mod m20261124_000012_disbursements;
mod m20261124_000013_reports;
mod m20261124_000014_limits;
mod sql;

/// Every step in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_users::Migration),
            Box::new(m20261124_000002_audit::Migration),
            Box::new(m20261124_000003_mail::Migration),
            Box::new(m20261124_000004_organisations::Migration),
            Box::new(m20261124_000005_contributions::Migration),
            Box::new(m20261124_000006_ledger::Migration),
            Box::new(m20261124_000007_calls::Migration),
            Box::new(m20261124_000008_applications::Migration),
            Box::new(m20261124_000009_reviews::Migration),
            Box::new(m20261124_000010_board::Migration),
            Box::new(m20261124_000011_grants::Migration),
            Box::new(m20261124_000012_disbursements::Migration),
            Box::new(m20261124_000013_reports::Migration),
            Box::new(m20261124_000014_limits::Migration),
        ]
    }
}
