//! Opening the database: SQLite embedded, or PostgreSQL for several server processes.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, Connection as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr,
    FromQueryResult, SqliteTransactionMode, SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait as _,
    Value,
};

use crate::error::is_read_only;

/// So that a process that froze in the middle of a transaction keeps the others waiting for seconds and not for hours.
const POSTGRES_LIMITS: [(&str, &str); 3] =
    [("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "30s"), ("statement_timeout", "60s")];

/// Statements that each connection to SQLite keeps ready: planning one with all conditions of a payment takes longer than
/// the answer.
const STATEMENTS: usize = 256;
/// KiB of the file that each connection to SQLite keeps in memory.
const CACHE: &str = "-8000";
/// So many rows of each index are looked at for statistics, so that a large database takes no longer than a small one.
const SAMPLE: u32 = 1_000;

/// Opens a database by its URL (`sqlite://data/fund.db` or `postgres://…`). A SQLite file is created, with its folder.
///
/// # Errors
/// The database's, or the file system's as [`DbErr::Custom`].
pub async fn open(url: &str) -> Result<DatabaseConnection, DbErr> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        return open_sqlite(path).await;
    }
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(20)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|postgres| postgres.options(POSTGRES_LIMITS));
    Database::connect(options).await
}

async fn open_sqlite(path: &str) -> Result<DatabaseConnection, DbErr> {
    let file = std::path::Path::new(path.split('?').next().unwrap_or(path));
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|cause| DbErr::Custom(format!("cannot create the folder {}: {cause}", folder.display())))?;
    }
    // FULL makes an acknowledged commit survive a power cut; money is worth the wait.
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(15))
        .analysis_limit(SAMPLE)
        .statement_cache_capacity(STATEMENTS)
        .pragma("cache_size", CACHE);
    let pool = SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(20))
        // A file does not hang up.
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(is_out_of_transaction(connection)))
        .connect_with(options)
        .await
        .map_err(|cause| DbErr::Custom(format!("cannot open {}: {cause}", file.display())))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Lets SQLite look at how its tables have grown: without statistics it reads all postings of an account for one grant.
/// PostgreSQL does so by itself.
///
/// # Errors
/// The database's.
pub async fn optimize(database: &DatabaseConnection) -> Result<(), DbErr> {
    if database.get_database_backend() == DatabaseBackend::Sqlite {
        // All tables, also those that this connection has not read yet.
        database.execute_unprepared("PRAGMA optimize = 0x10002").await?;
    }
    Ok(())
}

/// The same after an import, which stands whatever comes of it.
pub(crate) async fn optimize_after_import(database: &DatabaseConnection) {
    if let Err(cause) = optimize(database).await {
        tracing::warn!(%cause, "the database's statistics could not be brought up to date after an import");
    }
}

/// Whether a connection may serve again. On a full disk SQLite takes the whole transaction back by itself; the
/// `ROLLBACK` that follows fails, and sqlx goes on counting a transaction that is no more. What is committed on such
/// a connection later may be a savepoint in a transaction that never ends: acknowledged, and lost.
async fn is_out_of_transaction(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Answered after the rollback that a dropped transaction has asked for.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Begins a transaction that will write; on SQLite with the lock for writing at once.
///
/// A SQLite connection that was opened while the file could only be read stays so, and so does each that is opened
/// beside it, for they share what they know of the file. They are all closed, and one more try is made.
///
/// # Errors
/// The database's.
pub(crate) async fn begin_writing(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    match begin_immediate(database).await {
        Err(cause) if is_read_only(&cause) => {
            close_connections(database.get_sqlite_connection_pool()).await;
            begin_immediate(database).await
        }
        outcome => outcome,
    }
}

async fn begin_immediate(database: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = database.begin_with_options(options).await?;
    if database.get_database_backend() == DatabaseBackend::Sqlite {
        // Where nothing can be written, SQLite begins a transaction that reads, and says so at the first change only.
        transaction.execute_unprepared("UPDATE fund_lock SET id = id WHERE FALSE").await?;
    }
    Ok(transaction)
}

/// Closes all connections together. Those in use are given a little time to come back; the others are kept from being
/// used meanwhile, so that nobody opens one more beside them.
async fn close_connections(pool: &SqlitePool) {
    let mut taken = Vec::new();
    for _ in 0..20 {
        taken.extend(std::iter::from_fn(|| pool.try_acquire()));
        if taken.len() >= pool.size() as usize {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for connection in taken {
        // Whatever it says, the connection is gone.
        let _ = connection.close().await;
    }
}

/// The rows that SQL finds, for sums over several tables that would be longer and no clearer by the query builder.
/// It must read the same on both databases: `$1` for values, sums cast to `BIGINT`.
///
/// # Errors
/// The database's.
pub(crate) async fn rows<T: FromQueryResult, C: ConnectionTrait>(
    database: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>, DbErr> {
    let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, values);
    T::find_by_statement(statement).all(database).await
}
