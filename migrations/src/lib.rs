//! The database's schema, one dated file a step, up and down, on SQLite and PostgreSQL alike.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    DatabaseBackend, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _,
};

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
mod m20261130_000030_invitations;
mod m20261130_000035_sign_in_limits;
mod m20261130_000036_kept_forms_by_network;
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
mod m20261130_000061_second_person;
mod m20261130_000062_funds_accounts;
mod m20261130_000063_digests;
mod m20261130_000064_kept_flags;
mod m20261130_000065_period_closings;
mod m20261201_000066_waiting_indexes;
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
            Box::new(m20261130_000030_invitations::Migration),
            Box::new(m20261130_000035_sign_in_limits::Migration),
            Box::new(m20261130_000036_kept_forms_by_network::Migration),
            Box::new(m20261130_000040_lines_told_once::Migration),
            Box::new(m20261130_000041_ordered_and_valued::Migration),
            Box::new(m20261130_000042_lines_that_nobody_ordered::Migration),
            Box::new(m20261130_000045_rates_corrected::Migration),
            Box::new(m20261130_000046_structured_addresses::Migration),
            Box::new(m20261130_000050_draft_versions::Migration),
            Box::new(m20261130_000055_released_sessions::Migration),
            Box::new(m20261130_000056_told_in_screening::Migration),
            Box::new(m20261130_000057_call_extensions::Migration),
            Box::new(m20261130_000058_reopened_reviews::Migration),
            Box::new(m20261130_000059_award_conditions::Migration),
            Box::new(m20261130_000060_instalments_paid::Migration),
            Box::new(m20261130_000061_second_person::Migration),
            Box::new(m20261130_000062_funds_accounts::Migration),
            Box::new(m20261130_000063_digests::Migration),
            Box::new(m20261130_000064_kept_flags::Migration),
            Box::new(m20261130_000065_period_closings::Migration),
            Box::new(m20261201_000066_waiting_indexes::Migration),
        ]
    }
}

/// Key of PostgreSQL's advisory lock that one migrator of a database holds at a time.
const MIGRATING: i64 = 0x0066_756e_6464_6201;
/// How often a migrator on SQLite asks for the lock, of which each time waits as long as the connection's `busy_timeout`.
const TRIES: usize = 40;

/// Applies every step that the database lacks, in one transaction: whoever is interrupted leaves the database as it was.
/// A second migrator waits for the first, and then finds nothing to do. Gives the number of steps.
///
/// # Errors
/// The database's; a database of a later program; one that an earlier program left half-way.
pub async fn apply(database: &DatabaseConnection) -> Result<usize, DbErr> {
    let transaction = begin_alone(database).await?;
    let pending = Migrator::get_pending_migrations(&transaction).await?.len();
    Migrator::up(&transaction, None).await.map_err(explain_half_way)?;
    if database.get_database_backend() == DatabaseBackend::Sqlite {
        // The tables of statistics are made here: made later, by `PRAGMA optimize`, they would change the schema while
        // others work, and SQLite may tell one of them then that a table is not there.
        transaction.execute_unprepared("ANALYZE").await?;
    }
    transaction.commit().await?;
    Ok(pending)
}

async fn begin_alone(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = || TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let mut begun = database.begin_with_options(options()).await;
    for _ in 1..TRIES {
        if !begun.as_ref().is_err_and(is_busy) {
            break;
        }
        begun = database.begin_with_options(options()).await;
    }
    let transaction = begun?;
    if database.get_database_backend() == DatabaseBackend::Postgres {
        // However long the other one and the steps take; a lock that the running program holds is waited for as usual.
        let wait = format!(
            "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({MIGRATING}); \
             SET LOCAL lock_timeout TO DEFAULT"
        );
        transaction.execute_unprepared(&wait).await?;
    }
    Ok(transaction)
}

fn is_busy(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}

/// Until this program, SQLite kept what a step had done before it was interrupted; the same step then fails for ever.
fn explain_half_way(error: DbErr) -> DbErr {
    let cause = error.to_string();
    if !["already exists", "duplicate column name", "no such table", "no such column"]
        .iter()
        .any(|sign| cause.contains(sign))
    {
        return error;
    }
    DbErr::Custom(format!(
        "the database was left half-way by an update that was interrupted ({cause}). Nothing was changed now. Put back \
         the backup that was made before that update, and run `fund migrate` again; a new database that holds no \
         records yet can be deleted instead"
    ))
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
