//! Guards in front of every route: no change from another site, headers that browsers act upon.

use std::sync::Arc;

use app::web::{Site, address_of};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use backend::security_log;

/// So much of a refused origin is logged.
const LONGEST_ORIGIN: usize = 200;

/// Refuses a change that another site's page sends: by `Origin` where the browser says it, else by
/// `Sec-Fetch-Site`. Programs that send neither carry no cookies of a browser.
pub async fn refuse_other_origins(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let own = &site.services.public_url;
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) || is_own(own, &request) {
        return next.run(request).await;
    }
    let origin = request.headers().get(ORIGIN).map(|origin| String::from_utf8_lossy(origin.as_bytes()));
    let origin = origin.map(|origin| origin.chars().take(LONGEST_ORIGIN).collect::<String>());
    let (path, address) = (request.uri().path(), address_of(&site, request.headers(), request.extensions()));
    tracing::info!(target: security_log::TARGET, path, origin, address, "origin-refused");
    (StatusCode::FORBIDDEN, app::web::reader_of(request.headers()).text("error-other-origin")).into_response()
}

fn is_own(own: &str, request: &Request<Body>) -> bool {
    let text = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text(&ORIGIN) {
        // A page whose origin is hidden (`null`) is not ours. Without https the host that the browser asked for
        // counts as well as the public address, so that a server reached by its plain address works too. With it
        // it does not: anybody between may show a page of `http://` and the same host.
        let same_host = || text(&HOST).is_some_and(|host| origin.strip_prefix("http://") == Some(host));
        return origin == own || (own.starts_with("http://") && same_host());
    }
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    matches!(site, None | Some("same-origin" | "none"))
}

/// Headers for every answer. The policy on scripts comes with each page, as it holds the page's nonce.
pub async fn add_headers(request: Request, next: Next) -> Response {
    let secure = request.extensions().get::<Https>().is_some();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if secure {
        headers.insert("strict-transport-security", HeaderValue::from_static("max-age=31536000"));
    }
    if !headers.contains_key("content-security-policy") {
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.insert("content-security-policy", nothing);
    }
    response
}

/// Marks requests of a site that is reached over https.
#[derive(Clone, Copy, Debug)]
pub struct Https;
