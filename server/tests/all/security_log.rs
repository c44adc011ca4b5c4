//! What the security log says and under which number, and the cookies of a site that is reached over https.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::sync::{Arc, Mutex};

use crate::support::{Answer, TestSite};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use backend::{token, users};
use domain::roles::Role;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A log in memory.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'writer> MakeWriter<'writer> for Lines {
    type Writer = Self;
    fn make_writer(&'writer self) -> Self {
        self.clone()
    }
}

impl Lines {
    /// What was written since the last look.
    fn take(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }
}

/// Both logs of this thread.
fn logs(filter: &str) -> (Lines, Lines, tracing::subscriber::DefaultGuard) {
    let (log, security) = (Lines::default(), Lines::default());
    let subscriber = server::logging::subscriber(EnvFilter::new(filter), log.clone(), security.clone(), false);
    let guard = tracing::subscriber::set_default(subscriber);
    (log, security, guard)
}

fn number(answer: &Answer) -> &str {
    answer.headers["x-request-id"].to_str().unwrap()
}

/// The one line that was written, with all of what it should hold.
fn assert_line(lines: &[String], number: &str, holds: &[&str]) {
    assert_eq!(lines.len(), 1, "{lines:#?}");
    let number = format!("number=\"{number}\"");
    for part in holds.iter().chain([&number.as_str()]) {
        assert!(lines[0].contains(part), "{part} is missing in {}", lines[0]);
    }
}

async fn person_with_password(site: &TestSite) -> i64 {
    site.session(Role::FinanceOfficer).await;
    let hash = users::hash_password("brume sifflet carton").await.unwrap();
    site.sql(&format!("UPDATE users SET email = 'kari@example.org', password_hash = '{hash}'")).await;
    1
}

#[tokio::test]
async fn wrong_and_refused_passwords_are_logged_without_password_or_strangers_addresses() {
    let site = TestSite::at("http://fund.example.org", Some("x-forwarded-for")).await;
    let id = person_with_password(&site).await;
    let (_, security, _guard) = logs("warn");
    let send = |email: &str, password: &str| {
        let request = Request::builder()
            .method("POST")
            .uri("/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", "192.0.2.7")
            .body(Body::from(format!("back=/sign-in&email={email}&password={password}")))
            .unwrap();
        site.send(request)
    };
    let known = send("kari@example.org", "guess-one").await;
    let account = format!("account={id}");
    let lines = security.take();
    assert_line(&lines, number(&known), &["security: sign-in-failed", &account, "address=\"192.0.2.7\""]);
    assert!(!lines[0].contains("guess-one") && !lines[0].contains("kari"), "{}", lines[0]);
    let unknown = send("nobody.at.all@example.net", "guess-two").await;
    let lines = security.take();
    assert_line(&lines, number(&unknown), &["sign-in-failed", "typed=\"no…@example.net\""]);
    for _ in 1..8 {
        send("kari@example.org", "guess-three").await;
    }
    security.take();
    let refused = send("kari@example.org", "guess-four").await;
    let lines = security.take();
    assert_line(&lines[..1], number(&refused), &["sign-in-refused", &account]);
    assert_line(&lines[1..], number(&refused), &["refused status=429", "path=\"/sign-in\"", "address=\"192.0.2.7\""]);
}

#[tokio::test]
async fn refused_origins_forbidden_pages_downloads_and_changes_of_accounts_are_logged() {
    let site = TestSite::new().await;
    let (auditor, finance) = (site.session(Role::Auditor).await, site.session(Role::FinanceOfficer).await);
    let admin = site.session(Role::Administrator).await;
    let (log, security, _guard) = logs("info");
    let evil = Request::builder()
        .method("POST")
        .uri("/sign-out")
        .header("origin", "https://evil.example")
        .header("cookie", &finance)
        .body(Body::empty())
        .unwrap();
    let answer = site.send(evil).await;
    let holds = ["origin-refused", "path=\"/sign-out\"", "origin=\"https://evil.example\""];
    assert_line(&security.take(), number(&answer), &holds);
    let answer = site.get("/users/invite", Some(&finance)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let holds = ["refused status=403", "path=\"/users/invite\"", "by=2"];
    assert_line(&security.take(), number(&answer), &holds);
    let answer = site.post("/users/1/disable", Some(&finance), "").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_line(&security.take(), number(&answer), &["refused status=403", "path=\"/users/1/disable\"", "by=2"]);
    let export = "/ledger/statements/position/csv";
    let answer = site.get(export, Some(&auditor)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_line(&security.take(), number(&answer), &["downloaded", &format!("path=\"{export}\""), "by=1"]);
    let answer = site.post("/users/2/disable", Some(&admin), "").await;
    let holds = ["recorded", "action=\"audit-user-disabled\"", "record=\"user-2\"", "by=3"];
    assert_line(&security.take(), number(&answer), &holds);
    assert!(log.take().iter().all(|line| !line.contains("security:")), "each fact stands in one log");
}

#[tokio::test]
async fn a_failure_is_logged_under_the_number_that_the_page_shows_and_a_number_from_outside_stands_beside_it() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    site.sql("ALTER TABLE donors RENAME TO hidden").await;
    let (log, _, _guard) = logs("warn");
    let outside = format!("forgedé{}", "x".repeat(100));
    let request = Request::builder()
        .uri("/donors")
        .header("cookie", &finance)
        .header("x-request-id", outside.as_bytes())
        .body(Body::empty())
        .unwrap();
    let answer = site.send(request).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let number = number(&answer).to_owned();
    assert!(answer.body.contains(&format!("<code>{number}</code>")), "{}", answer.body);
    assert!(!answer.body.contains("forged"));
    assert_line(&log.take(), &number, &["the database refused", "outside=\"forgedé"]);
    assert_ne!(site.get("/", None).await.headers["x-request-id"].to_str().unwrap(), number);
}

#[tokio::test]
async fn a_proxy_whose_header_is_not_configured_is_named_once() {
    let site = TestSite::new().await;
    let behind = TestSite::at("http://fund.example.org", Some("x-real-ip")).await;
    let (log, _, _guard) = logs("warn");
    for _ in 0..3 {
        for site in [&site, &behind] {
            let request =
                Request::builder().uri("/").header("x-forwarded-for", "192.0.2.1").body(Body::empty()).unwrap();
            site.send(request).await;
        }
    }
    let lines = log.take();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("CLIENT_ADDRESS_HEADER") && lines[0].contains("x-forwarded-for"), "{}", lines[0]);
}

#[tokio::test]
async fn over_https_the_session_has_a_cookie_that_only_this_host_can_set_and_two_of_a_name_count_as_none() {
    let site = TestSite::at("https://fund.example.org", None).await;
    person_with_password(&site).await;
    let form = "back=/sign-in&email=kari@example.org&password=brume+sifflet+carton";
    let entered = site.post("/sign-in", None, form).await;
    let set: Vec<&str> = entered.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert_eq!(set.len(), 2, "{set:?}");
    for (cookie, name) in set.iter().zip(["__Host-session=", "__Host-device="]) {
        assert!(cookie.starts_with(name) && cookie.contains("; Path=/;") && cookie.contains("; Secure;"), "{cookie}");
        assert!(cookie.contains("HttpOnly") && !cookie.contains("Domain"), "{cookie}");
    }
    let session = set[0].split(';').next().unwrap();
    let bare = session.strip_prefix("__Host-").unwrap();
    let planted = format!("__Host-session={}", token::new().unwrap());
    let both = [format!("{session}; {planted}"), format!("{planted}; {session}")];
    let cases = [(session, true), (bare, false), (both[0].as_str(), false), (both[1].as_str(), false)];
    for (cookies, is_in) in cases {
        let status = site.get("/account", Some(cookies)).await.status;
        assert_eq!(status == StatusCode::OK, is_in, "{cookies}: {status}");
    }
}
