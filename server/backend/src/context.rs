//! What every use case gets first: the database, who asks, when, and in which request.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use domain::errors::AppError;
use domain::roles::{Action, Actor, Subject, may};
use sea_orm::{
    ConnectionTrait as _, DatabaseBackend, DatabaseConnection, DatabaseTransaction, IsolationLevel, TransactionOptions,
    TransactionTrait as _,
};
use tokio::sync::{Mutex, MutexGuard};

use crate::database::begin_writing;
use crate::error::Result;
use crate::reading::Reading;
use crate::sealed::BankKeys;
use crate::security_log;

/// Where this process's transactions that move money, and on SQLite all that write, queue for their turn, the first to
/// come first. Without it each of many at once would wait with a connection of its own, until the pages of all others had
/// none, and in no order, so that some gave up. Other processes are kept out by the database's lock.
static TURNS: Mutex<()> = Mutex::const_new(());

/// As long as a turn is waited for; a transaction takes some hundredths of a second.
const LONGEST_QUEUE: Duration = Duration::from_secs(60);

/// What the process was started with, made once.
#[derive(Clone, Debug)]
pub struct Services {
    /// The database.
    pub database: DatabaseConnection,
    /// Where documents and, without a mail server, mails are kept.
    pub data_dir: PathBuf,
    /// The address under which people reach the site, without a slash at the end.
    pub public_url: String,
    /// The keys that seal bank details; empty for commands that need none.
    pub bank_keys: BankKeys,
    /// Bytes that the documents of one organisation may take.
    pub document_quota: i64,
}

/// One request's view of the system.
#[derive(Clone, Debug)]
pub struct Context {
    /// The process's services.
    pub services: Arc<Services>,
    /// Who asks.
    pub actor: Actor,
    /// When; every record of one request carries the same instant, in whole microseconds as databases keep it.
    pub now: DateTime<Utc>,
    /// The request's number in logs and in the audit trail.
    pub request_id: String,
    /// Where it reads; see [`Context::for_page`].
    pub reading: Reading,
}

impl Context {
    /// A context for an actor.
    #[must_use]
    pub fn new(services: Arc<Services>, actor: Actor, now: DateTime<Utc>, request_id: impl Into<String>) -> Self {
        let reading = Reading::pool(services.database.clone());
        Self { services, actor, now: now.trunc_subsecs(6), request_id: request_id.into(), reading }
    }

    /// The same, for a page that changes nothing: it reads everything on one connection, as it was at one moment.
    #[must_use]
    pub fn for_page(&self) -> Self {
        Self { reading: self.reading.page(), ..self.clone() }
    }

    /// The database, for reading.
    #[must_use]
    pub fn database(&self) -> &Reading {
        &self.reading
    }

    /// Today in Vienna.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        domain::time::vienna_date(self.now)
    }

    /// Asks whether the actor may take an action on a record.
    ///
    /// # Errors
    /// See [`may`].
    pub fn permit(&self, action: Action, subject: &Subject) -> std::result::Result<(), AppError> {
        may(&self.actor, action, subject)
    }

    /// Begins a transaction that will write. On SQLite it waits for its turn and takes the write lock at once, so that
    /// what it reads cannot change before it writes. Dropped without [`Work::commit`], it leaves no trace.
    ///
    /// # Errors
    /// The database's; [`AppError::Unavailable`] when the turn does not come.
    pub async fn begin(&self) -> Result<Work<'_>> {
        let queues = self.services.database.get_database_backend() == DatabaseBackend::Sqlite;
        self.begin_in(if queues { Some(turn().await?) } else { None }).await
    }

    async fn begin_in(&self, turn: Option<MutexGuard<'static, ()>>) -> Result<Work<'_>> {
        let transaction = begin_writing(&self.services.database).await?;
        Ok(Work { context: self, transaction, turn, changes: std::sync::Mutex::default() })
    }

    /// Begins a transaction that only reads, and reads everything as it was at one moment.
    ///
    /// # Errors
    /// The database's.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction> {
        Ok(self.reading.snapshot().await?)
    }

    /// Begins a transaction that moves money: on PostgreSQL it waits for any other such transaction of any
    /// server process, so that what is available cannot be committed twice. (On SQLite every writer waits.)
    ///
    /// # Errors
    /// The database's; [`AppError::Unavailable`] when the turn does not come.
    pub async fn begin_money(&self) -> Result<Work<'_>> {
        let work = self.begin_in(Some(turn().await?)).await?;
        if work.transaction.get_database_backend() == DatabaseBackend::Postgres {
            work.transaction.execute_unprepared("SELECT id FROM fund_lock WHERE id = 1 FOR UPDATE").await?;
        }
        Ok(work)
    }
}

/// Waits for the next turn.
async fn turn() -> Result<MutexGuard<'static, ()>> {
    let turn = tokio::time::timeout(LONGEST_QUEUE, TURNS.lock()).await;
    Ok(turn.map_err(|_| {
        tracing::error!("a transaction gave up waiting for its turn");
        AppError::Unavailable
    })?)
}

/// A transaction in which everything is read as it was at one moment.
pub(crate) async fn snapshot(
    database: &DatabaseConnection,
) -> std::result::Result<DatabaseTransaction, sea_orm::DbErr> {
    if database.get_database_backend() != DatabaseBackend::Postgres {
        return database.begin().await;
    }
    let options =
        TransactionOptions { isolation_level: Some(IsolationLevel::RepeatableRead), ..TransactionOptions::default() };
    database.begin_with_options(options).await
}

/// A transaction under way, with the context it runs in.
pub struct Work<'a> {
    /// The context.
    pub context: &'a Context,
    /// The transaction; queries run on it.
    pub transaction: DatabaseTransaction,
    /// Held to the end by whoever queued for it.
    turn: Option<MutexGuard<'static, ()>>,
    /// What the security log will say once it is permanent: action and record.
    changes: std::sync::Mutex<Vec<(String, String)>>,
}

impl Work<'_> {
    /// Makes everything permanent at once.
    ///
    /// # Errors
    /// The database's; then nothing has changed.
    pub async fn commit(self) -> Result<()> {
        let Self { transaction, turn, changes, context } = self;
        transaction.commit().await?;
        drop(turn);
        for (action, record) in changes.into_inner().unwrap_or_default() {
            security_log::changed(&action, &record, context.actor.user);
        }
        Ok(())
    }

    /// Notes a change for the security log.
    pub(crate) fn note_change(&self, action: &str, record: String) {
        if let Ok(mut changes) = self.changes.lock() {
            changes.push((action.to_owned(), record));
        }
    }
}
