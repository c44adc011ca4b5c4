//! Two errors in one: what a person may read ([`AppError`]) and what only the log may say.

use domain::errors::{AppError, FieldErrors};
use domain::money::MoneyError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// What a use case fails with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// May be shown.
    #[error(transparent)]
    App(#[from] AppError),
    /// The database's; only logged.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A file's; only logged.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// Something that cannot be, unless a record is damaged or the code is wrong; only logged.
    #[error("defect: {0}")]
    Defect(String),
}

/// What a use case gives.
pub type Result<T> = std::result::Result<T, Error>;

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::App(AppError::Invalid(errors))
    }
}

impl From<MoneyError> for Error {
    fn from(error: MoneyError) -> Self {
        Self::Defect(format!("amount: {error}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Defect(format!("stored JSON: {error}"))
    }
}

impl From<Error> for AppError {
    /// What the person reads; the cause goes to the log.
    fn from(error: Error) -> Self {
        match error {
            Error::App(error) => error,
            // The database's own guard; `post` has asked before.
            Error::Database(cause) if cause.to_string().contains("the period is closed") => {
                Self::refused("refused-period-closed-meanwhile")
            }
            Error::Database(cause) => {
                tracing::error!(%cause, "the database refused");
                if is_outage(&cause) { Self::Unavailable } else { Self::Internal }
            }
            Error::File(cause) => {
                tracing::error!(%cause, "a file could not be read or written");
                Self::Unavailable
            }
            Error::Defect(cause) => {
                tracing::error!(%cause, "defect");
                Self::Internal
            }
        }
    }
}

/// True when trying again later may help: no connection, a busy, full or read-only database. Told by codes and not by
/// words, which depend on the database's language and on what a person typed.
fn is_outage(error: &DbErr) -> bool {
    use sea_orm::error::{SqlxError, SqlxPostgresError};
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
        return true;
    }
    match cause_of(error) {
        Some(SqlxError::Io(_) | SqlxError::Tls(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed) => true,
        Some(SqlxError::WorkerCrashed) => true,
        Some(SqlxError::Database(refusal)) => {
            let code = refusal.code().unwrap_or_default();
            if let Some(code) = sqlite_code(error) {
                SQLITE_OUTAGES.contains(&code)
            } else if refusal.try_downcast_ref::<SqlxPostgresError>().is_some() {
                POSTGRES_OUTAGES.iter().any(|class| code.starts_with(class))
            } else {
                false
            }
        }
        _ => false,
    }
}

/// True when a SQLite file, or the connection to it, can only be read.
pub(crate) fn is_read_only(error: &DbErr) -> bool {
    sqlite_code(error) == Some(SQLITE_READ_ONLY)
}

/// True when SQLite was waited for in vain, as somebody else is writing.
pub(crate) fn is_busy(error: &DbErr) -> bool {
    sqlite_code(error) == Some(SQLITE_BUSY)
}

fn cause_of(error: &DbErr) -> Option<&sea_orm::error::SqlxError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause.as_ref()),
        _ => None,
    }
}

/// SQLite's primary code of an error.
fn sqlite_code(error: &DbErr) -> Option<i32> {
    use sea_orm::error::{SqlxError, SqlxSqliteError};
    let SqlxError::Database(refusal) = cause_of(error)? else { return None };
    refusal.try_downcast_ref::<SqlxSqliteError>()?;
    Some(refusal.code()?.parse::<i32>().ok()? & 0xff)
}

const SQLITE_BUSY: i32 = 5;
const SQLITE_READ_ONLY: i32 = 8;

/// SQLite's primary codes: busy, locked, no memory, read-only, input or output, full, cannot open, protocol of locks.
const SQLITE_OUTAGES: &[i32] = &[5, 6, 7, 8, 10, 13, 14, 15];

/// The beginnings of PostgreSQL's codes: connection, read-only, idle for too long in a transaction, serialisation,
/// resources (such as a full disk), lock timeout, an operator's doing (such as a restart), the system below.
const POSTGRES_OUTAGES: &[&str] = &["08", "25006", "25P03", "40001", "40P01", "53", "55P03", "57", "58"];

/// True when a unique index refused the row: somebody else was first, or the same command came twice.
#[must_use]
pub fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// A stored code that the program does not know.
pub(crate) fn unknown_code(list: &str, code: &str) -> Error {
    Error::Defect(format!("unknown {list} {code:?} in the database"))
}
