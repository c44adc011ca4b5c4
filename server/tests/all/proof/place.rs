//! A migrated database of its own for one test, on SQLite or on PostgreSQL, with the folder that files live in.

use std::path::Path;
use std::sync::Arc;

use backend::sealed::BankKeys;
use backend::{Context, Services, database};
use chrono::Utc;
use domain::roles::Actor;
use sea_orm::{ConnectionTrait as _, QueryResult, Statement};

/// A database, opened by the test itself beside the servers that it starts.
pub struct Place {
    /// `sqlite` or `postgres`.
    pub kind: &'static str,
    pub url: String,
    pub services: Arc<Services>,
    /// The setting `BANK_KEYS` of the servers on this database.
    pub bank_keys: String,
    folder: tempfile::TempDir,
    /// The PostgreSQL server, to drop the database on at the end.
    server: Option<String>,
}

impl Place {
    /// A SQLite file in a folder of its own.
    pub async fn sqlite() -> Self {
        Self::sqlite_in(tempfile::tempdir().unwrap()).await
    }

    /// A SQLite file in a folder.
    pub async fn sqlite_in(folder: tempfile::TempDir) -> Self {
        let url = format!("sqlite://{}/fund.db", folder.path().display());
        Self::open("sqlite", url, folder, None).await
    }

    /// A database of its own on a PostgreSQL server.
    pub async fn postgres_on(server: &str) -> Self {
        let name = format!("proof_{}", backend::token::hash(&backend::token::new().unwrap()));
        let name = &name[..40];
        let admin = database::open(server).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        admin.close().await.unwrap();
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        let folder = tempfile::tempdir().unwrap();
        Self::open("postgres", format!("{base}/{name}"), folder, Some(server.to_owned())).await
    }

    /// The same on the server that `TEST_POSTGRES_URL` names; none where it names none, which is a failure in CI.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            assert!(std::env::var_os("CI").is_none(), "TEST_POSTGRES_URL must name a PostgreSQL server in CI");
            eprintln!("TEST_POSTGRES_URL is not set: not tried on PostgreSQL");
            return None;
        };
        Some(Self::postgres_on(&server).await)
    }

    async fn open(kind: &'static str, url: String, folder: tempfile::TempDir, server: Option<String>) -> Self {
        // As `fund migrate` does, in a process of its own.
        let migrating = database::open(&url).await.unwrap();
        migrations::apply(&migrating).await.unwrap();
        migrating.close().await.unwrap();
        let database = database::open(&url).await.unwrap();
        let bank_keys = BankKeys::generate().unwrap();
        let services = Services {
            database,
            data_dir: folder.path().to_owned(),
            public_url: "http://fund.example.org".to_owned(),
            bank_keys: BankKeys::parse(&bank_keys).unwrap(),
            document_quota: 500_000_000,
        };
        Self { kind, url, services: Arc::new(services), bank_keys, folder, server }
    }

    /// The folder of files, and of the database where it is a file.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// An actor's context now.
    pub fn at(&self, actor: &Actor) -> Context {
        Context::new(self.services.clone(), actor.clone(), Utc::now(), "proof")
    }

    /// Runs SQL.
    pub async fn sql(&self, sql: &str) {
        let done = self.services.database.execute_unprepared(sql).await;
        done.unwrap_or_else(|cause| panic!("{cause}: {sql}"));
    }

    /// The rows of a query.
    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let database = &self.services.database;
        let statement = Statement::from_string(database.get_database_backend(), sql);
        database.query_all_raw(statement).await.unwrap()
    }

    /// The number in the first column of the first row.
    pub async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].try_get_by_index(0).unwrap()
    }

    /// Asserts that the books hold, by the same check as `fund check-books`.
    pub async fn assert_books(&self) {
        let findings = backend::ledger::check::check_books(&self.services.database).await.unwrap();
        assert!(findings.is_empty(), "{}: {findings:#?}", self.kind);
    }

    /// Closes the database, and drops it where it is one of a server.
    pub async fn end(self) {
        let Self { url, services, server, folder, .. } = self;
        services.database.clone().close().await.unwrap();
        if let Some(server) = server {
            let name = url.rsplit_once('/').unwrap().1;
            let admin = database::open(&server).await.unwrap();
            admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
            admin.close().await.unwrap();
        }
        folder.close().unwrap();
    }
}
