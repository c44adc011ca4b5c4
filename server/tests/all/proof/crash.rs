//! Servers killed with SIGKILL at random moments while money moves. `CRASH_KILLS` says how often (12 where it is
//! not set; `make crash-test` says 200), `CRASH_SEED` repeats a run's chance.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use backend::Context;
use backend::mail::{Drained, Transport, drain};
use chrono::{TimeDelta, Utc};
use domain::roles::Actor;
use futures::future::join_all;

use super::chance::Chance;
use super::place::Place;
use super::program::Server;
use super::seed::Fund;
use super::smtp::MailServer;
use super::stream::{AWARD, Sent, Stream};

/// A server may live so many milliseconds after it began to listen.
const LIFE: (u64, u64) = (20, 600);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_by_killing_the_server_on_sqlite() {
    crash(Place::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_by_killing_either_of_two_servers_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        crash(place).await;
    }
}

async fn crash(place: Place) {
    let Some(mails) = MailServer::start(0, &[]) else { return };
    let kills: u64 = std::env::var("CRASH_KILLS").map_or(12, |text| text.parse().unwrap());
    let seed = Chance::seed("CRASH_SEED");
    eprintln!("{}: {kills} kills, CRASH_SEED={seed}", place.kind);
    let mut chance = Chance::new(seed);
    let fund = Fund::new(&place).await;
    let applications = fund.recommended(&place, 20 + i64::try_from(kills).unwrap() * 10, AWARD).await;
    let mut running = vec![start(&place, &mails).await.0];
    if place.kind == "postgres" {
        running.push(start(&place, &mails).await.0);
    }
    let stream = Stream {
        place,
        fund,
        servers: running.iter().map(|server| Mutex::new(server.address)).collect(),
        running: AtomicBool::new(true),
        sent: Mutex::default(),
        unanswered: AtomicU64::new(0),
        gifts: AtomicI64::new(0),
        next_application: AtomicI64::new(*applications.start()),
        last_application: *applications.end(),
        grants: Mutex::default(),
    };
    let clients = async {
        futures::join!(
            stream.contribute(chance.split()),
            stream.contribute(chance.split()),
            stream.decide(chance.split()),
            stream.decide(chance.split()),
            stream.disburse(chance.split()),
            stream.disburse(chance.split()),
            stream.disburse(chance.split()),
        )
    };
    let killing = kill(&stream, &mails, running, Chance::new(seed ^ 1), kills);
    let (_, running) = futures::join!(clients, killing);
    for server in running {
        server.kill().await;
    }
    check_commands(&stream).await;
    check_mails(&stream.place, &mails, kills).await;
    stream.place.assert_books().await;
    if stream.place.kind == "sqlite" {
        let rows = stream.place.rows("PRAGMA integrity_check").await;
        assert_eq!(rows[0].try_get_by_index::<String>(0).unwrap(), "ok");
        assert!(stream.place.rows("PRAGMA foreign_key_check").await.is_empty());
    }
    stream.place.end().await;
}

/// Starts a server; how long it took until it listened.
async fn start(place: &Place, mails: &MailServer) -> (Server, Duration) {
    let started = Instant::now();
    let server = Server::start(place, &[("SMTP_URL", &mails.url())]).await;
    (server, started.elapsed())
}

/// Kills one server after the other, and starts each again.
async fn kill(
    stream: &Stream,
    mails: &MailServer,
    mut running: Vec<Server>,
    mut chance: Chance,
    kills: u64,
) -> Vec<Server> {
    let (began, mut slowest) = (Instant::now(), Duration::ZERO);
    for number in 1..=kills {
        tokio::time::sleep(Duration::from_millis(chance.between(LIFE.0, LIFE.1))).await;
        let which = usize::try_from(chance.between(0, 1000)).unwrap() % running.len();
        running.remove(which).kill().await;
        let (server, took) = start(&stream.place, mails).await;
        *stream.servers[which].lock().unwrap() = server.address;
        running.insert(which, server);
        slowest = slowest.max(took);
        if number % 20 == 0 || number == kills {
            let answered = stream.sent.lock().unwrap().len();
            let unanswered = stream.unanswered.load(Ordering::Relaxed);
            eprintln!(
                "{}: {number} of {kills} kills after {} s; {answered} commands answered, {unanswered} tries without \
                 an answer; the slowest start took {} ms",
                stream.place.kind,
                began.elapsed().as_secs(),
                slowest.as_millis()
            );
        }
    }
    stream.running.store(false, Ordering::Relaxed);
    running
}

/// Every command that was acknowledged is in the books once, with its record and its trail; none that was refused
/// is there; and nothing is there that nobody sent.
async fn check_commands(stream: &Stream) {
    let place = &stream.place;
    let sent = stream.sent.lock().unwrap().clone();
    let (done, refused): (Vec<Sent>, Vec<Sent>) = sent.into_iter().partition(|sent| sent.done);
    assert!(stream.unanswered.load(Ordering::Relaxed) > 0, "no kill has interrupted anything");
    let mut books: HashMap<String, Vec<String>> = HashMap::new();
    for row in place.rows("SELECT command_id, event FROM journal_entries").await {
        let id = row.try_get_by_index(0).unwrap();
        books.entry(id).or_default().push(row.try_get_by_index(1).unwrap());
    }
    let mut by_event: BTreeMap<&str, i64> = BTreeMap::new();
    for sent in &done {
        assert_eq!(books.remove(&sent.id), Some(vec![sent.event.to_owned()]), "{}: {sent:?}", place.kind);
        *by_event.entry(sent.event).or_default() += 1;
    }
    for sent in &refused {
        assert!(!books.contains_key(&sent.id), "{}: refused, and in the books: {sent:?}", place.kind);
    }
    assert!(books.is_empty(), "{}: in the books, and acknowledged to nobody: {books:?}", place.kind);
    eprintln!("{}: acknowledged {by_event:?}, refused {}", place.kind, refused.len());
    let of = |event: &str| by_event.get(event).copied().unwrap_or(0);
    let count = async |table: &str| place.number(&format!("SELECT COUNT(*) FROM {table}")).await;
    assert_eq!(count("pledges").await, of("pledge"));
    assert_eq!(count("receipts").await, of("receipt"));
    assert_eq!(count("grants").await, of("commitment"));
    assert_eq!(count("decisions").await, of("commitment"));
    assert_eq!(count("disbursements").await, of("disbursement-requested"));
    let trail = [
        ("pledge-made", "pledge"),
        ("pledge-receipt", "receipt"),
        ("grant-awarded", "commitment"),
        ("disbursement-request", "disbursement-requested"),
        ("disbursement-certify", "disbursement-certified"),
        ("disbursement-approve", "disbursement-approved"),
        ("disbursement-release", "disbursement-released"),
        ("disbursement-confirm", "disbursement-confirmed"),
    ];
    for (action, event) in trail {
        assert_eq!(count(&format!("audit WHERE action = 'audit-{action}'")).await, of(event), "{action}");
    }
    assert_eq!(count("outbox WHERE kind = 'decision-awarded'").await, of("commitment"));
    assert_eq!(count("outbox WHERE kind = 'disbursement-released'").await, of("disbursement-released"));
    let offered = count("grants WHERE offered_at IS NOT NULL").await;
    assert_eq!(count("outbox WHERE kind = 'agreement-to-sign'").await, offered);
    for event in ["pledge", "receipt", "commitment", "disbursement-confirmed"] {
        assert!(of(event) > 0, "{}: the stream has no {event}: {by_event:?}", place.kind);
    }
}

/// No mail is lost. A mail comes twice only where a server was killed after the mail server had taken it and before
/// that was written down: then it was claimed once more than once, and no kill does that to more than one mail.
async fn check_mails(place: &Place, mails: &MailServer, kills: u64) {
    // What a killed server had claimed waits five minutes for another one. Here they pass at once.
    let later = Utc::now() + TimeDelta::minutes(6);
    let context = Context::new(place.services.clone(), Actor::system(), later, "proof");
    let transport = Transport::smtp(&mails.url()).unwrap();
    let sender = "fund@example.org".parse().unwrap();
    let drained = join_all((0..8).map(|_| drain(&context, &transport, &sender))).await;
    let drained: Vec<Drained> = drained.into_iter().map(Result::unwrap).collect();
    assert!(drained.iter().all(|drained| drained.failed == 0), "{drained:?}");
    let received = mails.received();
    let rows = place.rows("SELECT message_id, state, tries FROM outbox").await;
    let (mut known, mut twice) = (HashSet::new(), 0);
    for row in rows {
        let (id, state): (String, String) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        let tries: i64 = row.try_get_by_index(2).unwrap();
        let times = received.get(&id).copied().unwrap_or(0);
        assert_eq!(state, "sent", "{}: {id}", place.kind);
        assert!((1..=tries).contains(&times), "{}: {id} came {times} times in {tries} tries", place.kind);
        twice += times - 1;
        known.insert(id);
    }
    assert!(received.keys().all(|id| known.contains(id)), "a mail came that nobody queued");
    assert!(twice <= i64::try_from(kills).unwrap(), "{twice} mails came twice");
    eprintln!(
        "{}: {} mails, none lost, {} of them sent after the last kill, {twice} came twice",
        place.kind,
        known.len(),
        drained.iter().map(|drained| drained.sent).sum::<usize>()
    );
}
