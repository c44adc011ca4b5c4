//! A page: loaded first, drawn afterwards, answered as complete HTML with its status.

use std::pin::Pin;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFRESH};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use futures::stream::{Stream, StreamExt as _, once};
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::shell::shell;
use crate::web::Visit;

type Body_ = Box<dyn FnOnce() -> AnyView + Send>;

/// A page whose data is loaded; the closure draws it.
pub struct Page {
    /// Title, for the browser's tab.
    pub title: String,
    /// Class of `main`.
    pub class: &'static str,
    /// True when the page has an island, and so needs the browser's build.
    pub islands: bool,
    /// Where the page stands: titles and paths from the top.
    pub breadcrumbs: Vec<(String, String)>,
    /// A path that the browser goes to by itself, and after how many seconds.
    pub next: Option<(u32, String)>,
    /// True when another site may not keep it and no cache may.
    pub(super) body: Body_,
}

impl Page {
    /// A page of ordinary width.
    #[must_use]
    pub fn new(title: impl Into<String>, body: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self {
            title: title.into(),
            class: "page",
            islands: false,
            breadcrumbs: Vec::new(),
            next: None,
            body: Box::new(body),
        }
    }

    /// With broad tables.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.class = "page page-wide";
        self
    }

    /// One narrow column.
    #[must_use]
    pub fn narrow(mut self) -> Self {
        self.class = "page page-narrow";
        self
    }

    /// With a hero over the whole width.
    #[must_use]
    pub fn hero(mut self) -> Self {
        self.class = "page-hero";
        self
    }

    /// With an island.
    #[must_use]
    pub fn with_islands(mut self) -> Self {
        self.islands = true;
        self
    }

    /// Followed by another page, or by itself anew, after so many seconds: for what is under way.
    #[must_use]
    pub fn followed_by(mut self, seconds: u32, path: impl Into<String>) -> Self {
        self.next = Some((seconds, path.into()));
        self
    }

    /// Under another page.
    #[must_use]
    pub fn under(mut self, title: impl Into<String>, path: impl Into<String>) -> Self {
        self.breadcrumbs.push((title.into(), path.into()));
        self
    }
}

type Chunks = Pin<Box<dyn Stream<Item = String> + Send>>;

/// Draws a page and answers with it.
pub async fn render(visit: Visit, page: Page, status: u16) -> Response {
    let reader = visit.reader;
    let request = request_for_rendering(&visit.path);
    let next = page.next.as_ref().map(|(seconds, path)| format!("{seconds}; url={path}"));
    let answer = leptos_axum::handle_response_inner(
        move || provide_context(reader),
        move || {
            let nonce = use_nonce();
            if let (Some(nonce), Some(options)) = (&nonce, use_context::<leptos_axum::ResponseOptions>())
                && let Ok(policy) = HeaderValue::from_str(&policy(nonce))
            {
                options.insert_header(CONTENT_SECURITY_POLICY, policy);
            }
            shell(visit, page)
        },
        request,
        |app, chunks, _| {
            Box::pin(async move {
                let html = app.to_html_stream_in_order().collect::<String>().await;
                let whole: Chunks = Box::pin(once(async move { html }).chain(chunks()));
                whole
            })
        },
    );
    let mut response = answer.await;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A header, as every browser heeds it without a script.
    if let Some(Ok(next)) = next.map(HeaderValue::try_from) {
        response.headers_mut().insert(REFRESH, next);
    }
    response
}

/// leptos looks at the path only; everything else that a page needs is in the visit.
fn request_for_rendering(path: &str) -> Request {
    let mut request = Request::new(Body::empty());
    if let Ok(uri) = path.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

/// Scripts only with this answer's nonce; nothing from other sites; not to be framed.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}
