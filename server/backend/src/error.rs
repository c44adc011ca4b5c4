//! Two errors in one: what a person may read ([`AppError`]) and what only the log may say.

use domain::errors::{AppError, FieldErrors};
use domain::money::MoneyError;
use sea_orm::{DbErr, SqlErr};

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

/// Words by which the databases say that trying again later may help.
const OUTAGES: &[&str] = &[
    "locked",
    "busy",
    "full",
    "readonly",
    "read-only",
    "shutting down",
    "terminating connection",
    "closed",
    "lock timeout",
    "statement timeout",
    "idle-in-transaction timeout",
];

/// True when trying again later may help: no connection, a busy or full database.
fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        other => {
            let text = other.to_string();
            OUTAGES.iter().any(|sign| text.contains(sign))
        }
    }
}

/// True when a unique index refused the row: somebody else was first, or the same command came twice.
#[must_use]
pub fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// A stored code that the program does not know.
pub(crate) fn unknown_code(list: &str, code: &str) -> Error {
    Error::Defect(format!("unknown {list} {code:?} in the database"))
}
