//! The database's schema, one dated file a step, up and down, on SQLite and PostgreSQL alike.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, Statement};

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
mod m20261125_000015_confirmed_indicators;
mod m20261129_000016_bank_lines;
mod m20261129_000017_agreements_taken_back;
mod m20261129_000018_vetted_as;
mod m20261129_000019_unconfirmed_accounts;
mod m20261129_000020_people_by_quarter;
mod m20261130_000021_bank_accounts;
mod m20261130_000040_lines_told_once;
mod m20261130_000041_ordered_and_valued;
mod m20261130_000042_lines_that_nobody_ordered;
mod m20261130_000045_rates_corrected;
mod m20261130_000046_structured_addresses;
mod m20261130_000050_draft_versions;
mod m20261130_000055_released_sessions;
mod m20261130_000056_told_in_screening;
mod m20261130_000057_call_extensions;
mod m20261130_000058_reopened_reviews;
mod m20261130_000059_award_conditions;
mod m20261130_000060_instalments_paid;
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
            Box::new(m20261125_000015_confirmed_indicators::Migration),
            Box::new(m20261129_000016_bank_lines::Migration),
            Box::new(m20261129_000017_agreements_taken_back::Migration),
            Box::new(m20261129_000018_vetted_as::Migration),
            Box::new(m20261129_000019_unconfirmed_accounts::Migration),
            Box::new(m20261129_000020_people_by_quarter::Migration),
            Box::new(m20261130_000021_bank_accounts::Migration),
            Box::new(m20261130_000050_draft_versions::Migration),
            Box::new(m20261130_000040_lines_told_once::Migration),
            Box::new(m20261130_000041_ordered_and_valued::Migration),
            Box::new(m20261130_000042_lines_that_nobody_ordered::Migration),
            Box::new(m20261130_000055_released_sessions::Migration),
            Box::new(m20261130_000056_told_in_screening::Migration),
            Box::new(m20261130_000057_call_extensions::Migration),
            Box::new(m20261130_000058_reopened_reviews::Migration),
            Box::new(m20261130_000059_award_conditions::Migration),
            Box::new(m20261130_000045_rates_corrected::Migration),
            Box::new(m20261130_000046_structured_addresses::Migration),
            Box::new(m20261130_000060_instalments_paid::Migration),
        ]
    }
}

/// The steps that a database lacks, and those of a later program that it has. Nothing is written: the database may be
/// one that can only be read.
///
/// # Errors
/// The database's.
pub async fn difference(database: &DatabaseConnection) -> Result<(Vec<String>, Vec<String>), DbErr> {
    let wanted: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let applied: Vec<String> = if SchemaManager::new(database).has_table("seaql_migrations").await? {
        let statement = Statement::from_string(database.get_database_backend(), "SELECT version FROM seaql_migrations");
        let rows = database.query_all_raw(statement).await?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let missing = wanted.iter().filter(|step| !applied.contains(step)).cloned().collect();
    let unknown = applied.into_iter().filter(|step| !wanted.contains(step)).collect();
    Ok((missing, unknown))
}
