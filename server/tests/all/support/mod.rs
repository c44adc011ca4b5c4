//! The real router over a fresh SQLite database, called without a network.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode};
use backend::sealed::BankKeys;
use backend::{Services, database, token};
use domain::roles::Role;
use http_body_util::BodyExt as _;
use leptos_config::LeptosOptions;
use sea_orm::ConnectionTrait as _;
use tower::ServiceExt as _;

/// A site under test.
pub struct TestSite {
    pub router: Router,
    pub services: Arc<Services>,
    _folder: tempfile::TempDir,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where a redirection leads; empty for other answers.
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

impl TestSite {
    /// A site with an empty database.
    pub async fn new() -> Self {
        Self::at("http://fund.example.org", None).await
    }

    /// A site at a public address, behind a proxy that hands over the visitor's address in a header.
    pub async fn at(public_url: &str, client_address_header: Option<&'static str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", folder.path().display());
        // As `fund migrate` does, in a process of its own.
        let migrating = database::open(&url).await.unwrap();
        migrations::apply(&migrating).await.unwrap();
        migrating.close().await.unwrap();
        let database = database::open(&url).await.unwrap();
        let services = Arc::new(Services {
            database,
            data_dir: folder.path().to_owned(),
            public_url: public_url.to_owned(),
            bank_keys: BankKeys::parse(&BankKeys::generate().unwrap()).unwrap(),
            document_quota: 500_000_000,
        });
        let options = LeptosOptions::builder().output_name("fund").build();
        let router =
            server::router::build(services.clone(), options, client_address_header.map(HeaderName::from_static))
                .await
                .unwrap();
        Self { router, services, _folder: folder }
    }

    /// Enters a person with a session, and gives the session's cookie. Members belong to organisation 1, donors'
    /// representatives to donor 1.
    pub async fn session(&self, role: Role) -> String {
        let secret = token::new().unwrap();
        let organisation = if role.of_organisation() { "1" } else { "NULL" };
        let donor = if role == Role::DonorRepresentative { "1" } else { "NULL" };
        self.sql(&format!(
            "INSERT INTO users (email, name, role, organisation_id, donor_id, language, state, created_at) VALUES \
             ('{secret}@example.org', 'Test {role}', '{role}', {organisation}, {donor}, 'en', 'active', '2026-01-01T00:00:00+00:00')"
        ))
        .await;
        self.start_session("SELECT max(id) FROM users").await
    }

    /// Signs the person of a session in once more, gives the new session's cookie.
    pub async fn session_again(&self, cookie: &str) -> String {
        let hash = token::hash(cookie.strip_prefix("session=").unwrap());
        self.start_session(&format!("SELECT user_id FROM sessions WHERE token_hash = '{hash}'")).await
    }

    async fn start_session(&self, user: &str) -> String {
        let secret = token::new().unwrap();
        let now = chrono::Utc::now();
        let (from, to) = (now.to_rfc3339(), (now + chrono::TimeDelta::days(1)).to_rfc3339());
        self.sql(&format!(
            "INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at) \
             VALUES ('{}', ({user}), '{from}', '{from}', '{to}')",
            token::hash(&secret)
        ))
        .await;
        format!("session={secret}")
    }

    /// Runs SQL.
    pub async fn sql(&self, sql: &str) {
        self.services.database.execute_unprepared(sql).await.unwrap();
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Gets a page.
    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.send(request(Method::GET, path, cookie, Body::empty())).await
    }

    /// Posts a form.
    pub async fn post(&self, path: &str, cookie: Option<&str>, form: &str) -> Answer {
        self.send(request(Method::POST, path, cookie, Body::from(form.to_owned()))).await
    }
}

fn request(method: Method, path: &str, cookie: Option<&str>, body: Body) -> Request<Body> {
    let mut builder = Request::builder().method(method.clone()).uri(path);
    if method == Method::POST {
        builder = builder.header("content-type", "application/x-www-form-urlencoded");
    }
    if let Some(cookie) = cookie {
        builder = builder.header("cookie", cookie);
    }
    builder.body(body).unwrap()
}
