//! Each request's number: in every line of the log, in the audit trail, and on the pages that say what failed.

use axum::extract::Request;
use axum::http::header::HeaderName;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

const HEADER: &str = "x-request-id";
/// So much of a number from outside is kept.
const LONGEST: usize = 64;

/// A request's number.
#[derive(Clone, Debug)]
struct Number(String);

fn new() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Gives a request its number. It is always ours, so that no two requests share one and nobody chooses what stands in
/// the audit trail; the number that a proxy or a client sent stands beside it in the log.
pub async fn number_requests(mut request: Request, next: Next) -> Response {
    let number = new();
    let span = tracing::error_span!("request", number, outside = outside(request.headers()));
    request.extensions_mut().insert(Number(number.clone()));
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(HeaderName::from_static(HEADER), value);
    }
    response
}

fn outside(headers: &HeaderMap) -> Option<String> {
    let sent = headers.get(HEADER)?;
    Some(String::from_utf8_lossy(sent.as_bytes()).chars().take(LONGEST).collect())
}

/// The number of a request.
pub(super) fn number_of(parts: &Parts) -> String {
    parts.extensions.get::<Number>().map_or_else(new, |Number(number)| number.clone())
}
