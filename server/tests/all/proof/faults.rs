//! Disks that are full, databases that may only be read or are restarted, mail servers that hang or refuse: people
//! are told so on a page with status 503, nothing is half done, and it goes on by itself when the fault is over.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::ids::PledgeId;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use tokio::process::Command;

use super::cluster::{Cluster, is_root};
use super::http::{Outcome, act, get};
use super::place::Place;
use super::program::Server;
use super::seed::{Fund, command, today};

/// As long as recovery may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server whose finance officer enters receipts of a pledge.
struct Site {
    place: Place,
    fund: Fund,
    pledge: PledgeId,
    server: Server,
    /// Receipts that were acknowledged.
    done: i64,
}

/// The amount of the next receipt: each has its own, as of two that are alike people are asked whether they are one.
static NEXT_AMOUNT: AtomicU64 = AtomicU64::new(100);

/// A receipt as typed, so that the very same form can be sent again.
struct Receipt {
    amount: String,
    reference: String,
    command: String,
}

impl Receipt {
    fn new() -> Self {
        let amount = NEXT_AMOUNT.fetch_add(1, Ordering::Relaxed).to_string();
        Self { amount, reference: command(), command: command() }
    }
}

impl Site {
    async fn new(place: Place, settings: &[(&str, &str)], start: impl FnOnce(&'static str) -> Command) -> Self {
        let fund = Fund::new(&place).await;
        let pledge = fund.pledge(&place, 900_000_000).await;
        let server = Server::start_with(&place, settings, start).await;
        Self { place, fund, pledge, server, done: 0 }
    }

    /// Sends the form of a receipt.
    async fn receive(&mut self, receipt: &Receipt) -> std::io::Result<Outcome> {
        let fields = [
            ("amount", &*receipt.amount),
            ("currency", "USD"),
            ("date", &*today()),
            ("bank_reference", &*receipt.reference),
            ("command_id", &*receipt.command),
        ];
        let path = format!("/contributions/{}/receive", self.pledge);
        let outcome = act(self.server.address, &path, &self.fund.finance.cookie, &fields).await?;
        self.done += i64::from(matches!(outcome, Outcome::Done(_)));
        Ok(outcome)
    }

    /// A receipt is refused; the person is told that nothing was changed, and not what the database said.
    async fn refused(&mut self, receipt: &Receipt) {
        let (status, page) = self.receive(receipt).await.unwrap().refused();
        assert_is_told(status, &page);
    }

    /// The same so often that every connection of the server to its database meets the fault more than once.
    async fn refused_often(&mut self, receipt: &Receipt) {
        for _ in 0..30 {
            self.refused(receipt).await;
        }
    }

    /// Pages can be read all the same.
    async fn assert_readable(&self) {
        let path = format!("/contributions/{}", self.pledge);
        let page = get(self.server.address, &path, &self.fund.finance.cookie).await.unwrap();
        assert_eq!(page.status, 200, "{}", page.body);
    }

    /// Whoever sends people to this server is told whether changes can be written; after the few seconds that an
    /// answer holds.
    async fn says_ready(&self, ready: bool) {
        let (began, expected) = (Instant::now(), if ready { 200 } else { 503 });
        loop {
            let answer = get(self.server.address, "/readyz", "").await.unwrap();
            if answer.status == expected {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "{}: {}", answer.status, answer.body);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// The same form again, until it is done: nobody had to lend a hand.
    async fn recovers(&mut self, receipt: &Receipt) {
        let began = Instant::now();
        loop {
            let outcome = self.receive(receipt).await;
            if matches!(outcome, Ok(Outcome::Done(_))) {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "after {PATIENCE:?}: {outcome:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        eprintln!("{}: went on after {} ms", self.place.kind, began.elapsed().as_millis());
        for _ in 0..10 {
            self.receive(&Receipt::new()).await.unwrap().done();
        }
    }

    /// Each receipt that was acknowledged is there once, and no other; the books hold.
    async fn assert_whole(&self) {
        for counted in
            ["receipts", "journal_entries WHERE event = 'receipt'", "audit WHERE action = 'audit-pledge-receipt'"]
        {
            assert_eq!(self.place.number(&format!("SELECT COUNT(*) FROM {counted}")).await, self.done, "{counted}");
        }
        self.place.assert_books().await;
    }

    async fn end(self) {
        self.assert_whole().await;
        self.server.kill().await;
        self.place.end().await;
    }
}

/// The page says that it is not the person's fault and that nothing was changed, without a word of the database's.
fn assert_is_told(status: u16, page: &str) {
    assert_eq!(status, 503, "{page}");
    assert!(page.contains("A part of the system does not answer. Nothing was changed."), "{page}");
    for word in ["SQL", "sql", "disk", "read-only", "readonly", "terminating", "Connection", "Error", "error:"] {
        assert!(!page.contains(word), "{word} is nothing for a person: {page}");
    }
}

fn run(program: &str, arguments: &[&str]) {
    let status = std::process::Command::new(program).args(arguments).status().unwrap();
    assert!(status.success(), "{program} {arguments:?}: {status}");
}

/// The limit on the size of files stands for a disk or a quota that is used up: writing fails with an error.
#[tokio::test]
async fn a_file_that_may_not_grow_any_more_is_told_and_overcome_on_sqlite() {
    let ignoring_the_signal = |program| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", program]);
        shell
    };
    let mut site = Site::new(Place::sqlite().await, &[], ignoring_the_signal).await;
    site.receive(&Receipt::new()).await.unwrap().done();
    let size = |name: &str| std::fs::metadata(site.place.folder().join(name)).map_or(0, |file| file.len());
    let limit = size("fund.db").max(size("fund.db-wal")) + 200_000;
    let process = site.server.process().to_string();
    run("prlimit", &["--pid", &process, &format!("--fsize={limit}:unlimited")]);
    let stopped = fill(&mut site).await;
    site.refused_often(&stopped).await;
    site.says_ready(false).await;
    site.assert_readable().await;
    site.assert_whole().await;
    run("prlimit", &["--pid", &process, "--fsize=unlimited"]);
    site.recovers(&stopped).await;
    site.says_ready(true).await;
    site.end().await;
}

/// Enters receipts until one is refused, and gives that one.
async fn fill(site: &mut Site) -> Receipt {
    for _ in 0..2_000 {
        let receipt = Receipt::new();
        if let Outcome::Refused(status, page) = site.receive(&receipt).await.unwrap() {
            assert_is_told(status, &page);
            return receipt;
        }
    }
    panic!("the disk never was full");
}

/// A small disk of its own, in memory; only root can make one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs", path])
            .status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("a disk of its own cannot be mounted here: not tried");
            return None;
        }
        Some(Self(folder))
    }

    /// Uses up all but some kilobytes.
    fn fill_up(&self, but: usize) {
        let ballast = vec![0_u8; 4096];
        let mut file = std::fs::File::create(self.0.path().join("ballast")).unwrap();
        while std::io::Write::write_all(&mut file, &ballast).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(u64::try_from(but).unwrap() * 1024)).unwrap();
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.path().join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_overcome_on_sqlite() {
    let Some(disk) = Disk::new("16m") else { return };
    let place = Place::sqlite_in(tempfile::tempdir_in(disk.0.path()).unwrap()).await;
    let mut site = Site::new(place, &[], Command::new).await;
    site.receive(&Receipt::new()).await.unwrap().done();
    disk.fill_up(100);
    let stopped = fill(&mut site).await;
    site.refused_often(&stopped).await;
    site.says_ready(false).await;
    site.assert_readable().await;
    site.assert_whole().await;
    disk.make_room();
    site.recovers(&stopped).await;
    site.says_ready(true).await;
    site.end().await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_overcome_on_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    let Some(disk) = Disk::new("48m") else { return };
    let space = disk.0.path().join("space");
    std::fs::create_dir(&space).unwrap();
    for path in [disk.0.path(), &space] {
        cluster.give(path);
    }
    // The database lies on the small disk, the log of writes beside it on a large one.
    let admin = backend::database::open(&cluster.url()).await.unwrap();
    admin.execute_unprepared(&format!("CREATE TABLESPACE small LOCATION '{}'", space.display())).await.unwrap();
    admin.execute_unprepared("ALTER SYSTEM SET default_tablespace = 'small'").await.unwrap();
    admin.execute_unprepared("SELECT pg_reload_conf()").await.unwrap();
    admin.close().await.unwrap();
    let mut site = Site::new(Place::postgres_on(&cluster.url()).await, &[], Command::new).await;
    site.receive(&Receipt::new()).await.unwrap().done();
    disk.fill_up(16);
    let stopped = fill(&mut site).await;
    site.refused_often(&stopped).await;
    site.says_ready(false).await;
    site.assert_readable().await;
    disk.make_room();
    site.recovers(&stopped).await;
    site.says_ready(true).await;
    site.end().await;
}

/// The file belongs to somebody else, as after a command that was run with `sudo`.
#[tokio::test]
async fn a_read_only_database_is_told_and_overcome_on_sqlite() {
    let place = Place::sqlite().await;
    let file = place.folder().join("fund.db").to_str().unwrap().to_owned();
    let as_a_plain_user = |program| {
        // Root may write everything, unless that right is given up.
        if !is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command.args(["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", program]);
        command
    };
    let fund = Fund::new(&place).await;
    let pledge = fund.pledge(&place, 900_000_000).await;
    let files = [file.clone(), format!("{file}-wal"), format!("{file}-shm")];
    let set =
        |mode: &str| files.iter().filter(|file| Path::new(file).exists()).for_each(|file| run("chmod", &[mode, file]));
    // A server ran here before.
    backend::sealed::check_keys(&place.services).await.unwrap().unwrap();
    set("0444");
    let server = Server::start_with(&place, &[], as_a_plain_user).await;
    let mut site = Site { place, fund, pledge, server, done: 0 };
    site.assert_readable().await;
    let receipt = Receipt::new();
    site.refused(&receipt).await;
    site.says_ready(false).await;
    site.assert_whole().await;
    set("0644");
    site.recovers(&receipt).await;
    site.says_ready(true).await;
    site.end().await;
}

#[tokio::test]
async fn a_read_only_database_is_told_and_overcome_on_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    let mut site = Site::new(Place::postgres_on(&cluster.url()).await, &[], Command::new).await;
    site.receive(&Receipt::new()).await.unwrap().done();
    let admin = backend::database::open(&cluster.url()).await.unwrap();
    let set = async |value: &str| {
        admin.execute_unprepared(&format!("ALTER SYSTEM SET default_transaction_read_only = {value}")).await.unwrap();
        admin.execute_unprepared("SELECT pg_reload_conf()").await.unwrap();
        tokio::time::sleep(Duration::from_millis(500)).await;
    };
    set("on").await;
    let receipt = Receipt::new();
    site.refused(&receipt).await;
    site.says_ready(false).await;
    site.assert_readable().await;
    site.assert_whole().await;
    set("off").await;
    site.recovers(&receipt).await;
    site.says_ready(true).await;
    site.end().await;
}

/// PostgreSQL goes down while a receipt is being entered, and comes back.
#[tokio::test]
async fn postgresql_restarted_in_mid_transaction_is_told_and_overcome() {
    let Some(cluster) = Cluster::start() else { return };
    let mut site = Site::new(Place::postgres_on(&cluster.url()).await, &[], Command::new).await;
    // What the server does by itself when it starts stands in the same queue: this comes after it.
    site.receive(&Receipt::new()).await.unwrap().done();
    for mode in ["fast", "immediate"] {
        let receipt = Receipt::new();
        // Somebody else holds the lock on money: the receipt's transaction has begun and waits for it.
        let holder = site.place.services.database.begin().await.unwrap();
        holder.execute_unprepared("SELECT id FROM fund_lock WHERE id = 1 FOR UPDATE").await.unwrap();
        let restart = async {
            let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
            while site.place.number(waiting).await == 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            cluster.control("restart", &["--mode", mode, "--log", "log"]);
        };
        let fields = [
            ("amount", &*receipt.amount),
            ("currency", "USD"),
            ("date", &*today()),
            ("bank_reference", &*receipt.reference),
            ("command_id", &*receipt.command),
        ];
        let path = format!("/contributions/{}/receive", site.pledge);
        let (outcome, ()) =
            futures::join!(act(site.server.address, &path, &site.fund.finance.cookie, &fields), restart);
        let (status, page) = outcome.unwrap().refused();
        assert_is_told(status, &page);
        drop(holder);
        site.assert_whole().await;
        site.recovers(&receipt).await;
        site.assert_readable().await;
    }
    site.end().await;
}
