//! What every backend test starts from: a fresh database of each kind, people of each role, and a clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

pub mod accounts;
pub mod applications;
pub mod books;
pub mod decide;
pub mod grants;
pub mod money;
pub mod payments;
pub mod room;
pub mod statements;

use std::future::Future;
use std::sync::Arc;

use backend::sealed::BankKeys;
use backend::{Context, Services, database};
use chrono::{DateTime, TimeZone as _, Utc};
use domain::ids::{DonorId, OrganisationId, UserId};
use domain::money::LARGEST_MINOR;
use domain::roles::{Actor, Role};
use sea_orm::ConnectionTrait as _;

/// A database under test, with the folder that its files live in.
pub struct World {
    /// `sqlite` or `postgres`.
    pub kind: &'static str,
    pub services: Arc<Services>,
    _folder: tempfile::TempDir,
}

impl World {
    /// On SQLite alone, in memory where the system has a disk there: for what takes long.
    pub async fn fast() -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self::sqlite_in(folder.unwrap()).await
    }

    async fn sqlite_in(folder: tempfile::TempDir) -> Self {
        let url = format!("sqlite://{}/test.db", folder.path().display());
        Self::open("sqlite", &url, folder).await
    }

    async fn open(kind: &'static str, url: &str, folder: tempfile::TempDir) -> Self {
        // As `fund migrate` does, in a process of its own.
        let migrating = database::open(url).await.unwrap();
        migrations::apply(&migrating).await.unwrap();
        migrating.close().await.unwrap();
        let database = database::open(url).await.unwrap();
        let services = Services {
            database,
            data_dir: folder.path().to_owned(),
            public_url: "http://localhost:3000".to_owned(),
            bank_keys: BankKeys::parse(&BankKeys::generate().unwrap()).unwrap(),
            document_quota: 500_000_000,
        };
        Self { kind, services: Arc::new(services), _folder: folder }
    }

    /// The system's own context at the usual time.
    pub fn system(&self) -> Context {
        self.at(Actor::system(), noon())
    }

    /// An actor's context at an instant.
    pub fn at(&self, actor: Actor, now: DateTime<Utc>) -> Context {
        Context::new(self.services.clone(), actor, now, "test")
    }

    /// A member of staff, entered into the table of users; each call makes another person.
    pub async fn staff(&self, role: Role) -> Context {
        self.person(role, None, None).await
    }

    /// A person with a role, of an organisation or a donor.
    pub async fn person(&self, role: Role, organisation: Option<OrganisationId>, donor: Option<DonorId>) -> Context {
        let number = uuid::Uuid::now_v7().simple().to_string();
        let sql = format!(
            "INSERT INTO users (email, name, role, organisation_id, donor_id, language, state, created_at) \
             VALUES ('{number}@example.org', 'Test {role}', '{role}', {}, {}, 'en', 'active', '2026-01-01 00:00:00+00:00') RETURNING id",
            organisation.map_or("NULL".to_owned(), |id| id.to_string()),
            donor.map_or("NULL".to_owned(), |id| id.to_string()),
        );
        let statement = sea_orm::Statement::from_string(self.services.database.get_database_backend(), sql);
        let row = self.services.database.query_one_raw(statement).await.unwrap().unwrap();
        let id: i64 = row.try_get("", "id").unwrap();
        // As if an administrator had set it: without a limit an officer signs nothing.
        if matches!(role, Role::CertifyingOfficer | Role::ApprovingOfficer) {
            let columns = "INSERT INTO officer_limits (user_id, usd_minor, set_at)";
            self.sql(&format!("{columns} VALUES ({id}, {LARGEST_MINOR}, '2026-01-01 00:00:00+00:00')")).await;
        }
        let actor = Actor {
            user: Some(UserId(id)),
            role: Some(role),
            organisation,
            donor,
            name: format!("Test {role}"),
            system: false,
        };
        self.at(actor, noon())
    }

    /// Asserts that the books balance; every test that moves money ends with it.
    pub async fn assert_books(&self) {
        let findings = backend::ledger::check::check_books(&self.services.database).await.unwrap();
        assert!(findings.is_empty(), "{}: {findings:#?}", self.kind);
    }

    /// Runs SQL that a test needs to prepare or inspect.
    pub async fn sql(&self, sql: &str) {
        self.services.database.execute_unprepared(sql).await.unwrap();
    }
}

/// Takes away what keeps rows of a table from being changed, as whoever owns the database can.
pub async fn append_only_no_more(world: &World, table: &str) {
    let drops = match world.kind {
        "sqlite" => ["UPDATE", "DELETE"].map(|verb| format!("DROP TRIGGER {table}_append_only_{verb}")).to_vec(),
        _ => vec![format!("DROP TRIGGER {table}_append_only ON {table}")],
    };
    for sql in drops {
        world.sql(&sql).await;
    }
}

/// The time at which tests happen: 1 June 2026, noon UTC.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap()
}

/// The same context at another time.
pub fn later(context: &Context, now: DateTime<Utc>) -> Context {
    Context { now, ..context.clone() }
}

/// Runs a test on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` names a server (`make test` starts one).
/// `CI` without that server is a failure: half of the test would be missing.
pub async fn on_both<F, T>(test: F)
where
    F: Fn(World) -> T,
    T: Future<Output = ()>,
{
    test(World::sqlite_in(tempfile::tempdir().unwrap()).await).await;

    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var_os("CI").is_none(), "TEST_POSTGRES_URL must name a PostgreSQL server in CI");
        eprintln!("TEST_POSTGRES_URL is not set: tried on SQLite only");
        return;
    };
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let admin = database::open(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    let folder = tempfile::tempdir().unwrap();
    let world = World::open("postgres", &format!("{base}/{name}"), folder).await;
    let services = world.services.clone();
    test(world).await;
    services.database.clone().close().await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}
