//! Opening the database: SQLite embedded, or PostgreSQL for several server processes.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, Connection as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, FromQueryResult, SqlxSqliteConnector,
    Statement, Value,
};

/// So that a process that froze in the middle of a transaction keeps the others waiting for seconds and not for hours.
const POSTGRES_LIMITS: [(&str, &str); 3] =
    [("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "30s"), ("statement_timeout", "60s")];

/// A connection that was opened while the file could only be read stays like that for as long as it lives. Opening
/// one takes a millisecond.
const SQLITE_LIFETIME: Duration = Duration::from_secs(20);

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
        .busy_timeout(Duration::from_secs(15));
    let pool = SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(20))
        .max_lifetime(SQLITE_LIFETIME)
        .after_release(|connection, _| Box::pin(is_out_of_transaction(connection)))
        .connect_with(options)
        .await
        .map_err(|cause| DbErr::Custom(format!("cannot open {}: {cause}", file.display())))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Whether a connection may serve again. On a full disk SQLite takes the whole transaction back by itself; the
/// `ROLLBACK` that follows fails, and sqlx goes on counting a transaction that is no more. What is committed on such
/// a connection later may be a savepoint in a transaction that never ends: acknowledged, and lost.
async fn is_out_of_transaction(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Answered after the rollback that a dropped transaction has asked for.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
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

/// Asks the database for a sign of life.
///
/// # Errors
/// The database's.
pub async fn ping(database: &DatabaseConnection) -> Result<(), DbErr> {
    database.execute_unprepared("SELECT 1").await.map(|_| ())
}
