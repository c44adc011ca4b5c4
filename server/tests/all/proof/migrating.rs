//! `fund migrate` killed with SIGKILL at random moments, and two of them at once: the database is as it was or whole,
//! and the next one brings it up to date. `CRASH_KILLS` says how often (12 where it is not set), `CRASH_SEED` repeats
//! a run's chance.

use std::process::Stdio;
use std::time::{Duration, Instant};

use backend::database;
use sea_orm::ConnectionTrait as _;
use tokio::process::Command;

use super::chance::Chance;

/// Empty databases of one kind, one after the other.
struct Ground {
    folder: tempfile::TempDir,
    /// The PostgreSQL server; none for SQLite.
    server: Option<String>,
    made: u64,
}

impl Ground {
    fn new(server: Option<String>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), server, made: 0 }
    }

    /// The address of an empty database; the one before is dropped.
    async fn next(&mut self) -> String {
        self.made += 1;
        let Some(server) = &self.server else {
            return format!("sqlite://{}/{}.db", self.folder.path().display(), self.made);
        };
        let name = format!("migrating_{}", std::process::id());
        let admin = database::open(server).await.unwrap();
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        admin.close().await.unwrap();
        let base = server.rsplit_once('/').map_or(&**server, |(base, _)| base);
        format!("{base}/{name}")
    }

    fn migrate(&self, url: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fund"));
        command.arg("migrate").env("DATABASE_URL", url).env("DATA_DIR", self.folder.path());
        command.env_remove("BANK_KEYS").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.kill_on_drop(true);
        command
    }

    /// Runs it to its end; what it says.
    async fn migrated(&self, url: &str) -> String {
        let output = self.migrate(url).output().await.unwrap();
        assert!(output.status.success(), "{url}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// How many steps a database lacks.
async fn missing(url: &str) -> usize {
    let database = database::open(url).await.unwrap();
    let (missing, unknown) = migrations::difference(&database).await.unwrap();
    database.close().await.unwrap();
    assert!(unknown.is_empty());
    missing.len()
}

async fn kill_often(mut ground: Ground) {
    let kills: u64 = std::env::var("CRASH_KILLS").map_or(12, |text| text.parse().unwrap());
    let seed = Chance::seed("CRASH_SEED");
    let mut chance = Chance::new(seed);
    let url = ground.next().await;
    let began = Instant::now();
    let all = ground.migrated(&url).await;
    let whole = u64::try_from(began.elapsed().as_micros()).unwrap();
    let (mut before, mut after) = (0, 0);
    for kill in 0..kills {
        let url = ground.next().await;
        let mut child = ground.migrate(&url).spawn().unwrap();
        tokio::time::sleep(Duration::from_micros(chance.between(0, whole))).await;
        child.kill().await.unwrap();
        let said = ground.migrated(&url).await;
        // All of them or none: a step more or less, and the next one would have failed, or applied a part.
        if said == all {
            before += 1;
        } else {
            assert!(said.starts_with("0 steps"), "kill {kill}, CRASH_SEED={seed}: {said}");
            after += 1;
        }
        assert_eq!(missing(&url).await, 0);
    }
    eprintln!("{kills} kills within {} ms: {before} left the database as it was, {after} came too late", whole / 1000);
}

async fn run_two_at_once(mut ground: Ground) {
    for _ in 0..6 {
        let url = ground.next().await;
        let (one, other) = futures::join!(ground.migrated(&url), ground.migrated(&url));
        let idle = [&one, &other].into_iter().filter(|said| said.starts_with("0 steps")).count();
        assert_eq!(idle, 1, "one does it, the other finds nothing to do: {one} {other}");
        assert_eq!(missing(&url).await, 0);
    }
}

fn postgres() -> Option<Ground> {
    let server = std::env::var("TEST_POSTGRES_URL").ok();
    assert!(server.is_some() || std::env::var_os("CI").is_none(), "TEST_POSTGRES_URL must name a server in CI");
    server.map(|server| Ground::new(Some(server)))
}

#[tokio::test]
async fn a_migration_that_is_killed_leaves_all_or_nothing_on_sqlite() {
    kill_often(Ground::new(None)).await;
}

#[tokio::test]
async fn two_migrations_at_once_are_one_on_sqlite() {
    run_two_at_once(Ground::new(None)).await;
}

/// One after the other, for both use the same name of a database.
#[tokio::test]
async fn a_migration_is_killed_and_doubled_without_harm_on_postgresql() {
    if let Some(ground) = postgres() {
        kill_often(ground).await;
    }
    if let Some(ground) = postgres() {
        run_two_at_once(ground).await;
    }
}
