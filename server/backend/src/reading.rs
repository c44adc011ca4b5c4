//! Where a request reads: the pool, or one connection for the whole page.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, ExecResult, QueryResult,
    Statement, TransactionTrait as _,
};
use tokio::sync::OnceCell;

use crate::context::snapshot;

/// A page asks up to thirty questions. Each that goes to the pool by itself takes a connection and gives it back, which
/// costs more than the answer, and two of them may see the database before and after somebody's change. So a page reads
/// in one snapshot, begun with its first question. What writes, or reads for longer than a page, uses the pool.
#[derive(Clone, Debug)]
pub struct Reading {
    pool: DatabaseConnection,
    page: Option<Arc<OnceCell<DatabaseTransaction>>>,
}

impl Reading {
    pub(crate) fn pool(pool: DatabaseConnection) -> Self {
        Self { pool, page: None }
    }

    pub(crate) fn page(&self) -> Self {
        Self { pool: self.pool.clone(), page: Some(Arc::new(OnceCell::new())) }
    }

    /// The pool, for what is written while a page is read: its snapshot is thrown away.
    pub(crate) fn whole(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// A transaction that sees the database as it is now, or as the page saw it before.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        match self.begun().await? {
            Some(page) => page.begin().await,
            None => snapshot(&self.pool).await,
        }
    }

    async fn begun(&self) -> Result<Option<&DatabaseTransaction>, DbErr> {
        match &self.page {
            Some(page) => Ok(Some(page.get_or_try_init(|| snapshot(&self.pool)).await?)),
            None => Ok(None),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reading {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self.begun().await? {
            Some(page) => page.execute_raw(statement).await,
            None => self.pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.begun().await? {
            Some(page) => page.execute_unprepared(sql).await,
            None => self.pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self.begun().await? {
            Some(page) => page.query_one_raw(statement).await,
            None => self.pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self.begun().await? {
            Some(page) => page.query_all_raw(statement).await,
            None => self.pool.query_all_raw(statement).await,
        }
    }
}
