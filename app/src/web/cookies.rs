//! The three cookies: the session, the language that a visitor chose, and the browser that sent a kept form.

use axum::http::{HeaderMap, HeaderValue, header};

/// Name of the cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "session";
/// Name of the cookie that holds a visitor's language.
pub const LANGUAGE_COOKIE: &str = "language";

/// Name of the cookie that tells a visitor's browser again, whose refused forms are kept.
pub const KEPT_COOKIE: &str = "kept";

/// The value of a cookie in a request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// A `Set-Cookie` for the whole site, unreadable to scripts, not sent with requests from other sites.
#[must_use]
pub fn cookie(name: &str, value: &str, seconds: i64, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")).ok()
}
