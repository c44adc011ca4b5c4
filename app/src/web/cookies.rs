//! The four cookies: the session, the device that is known, the browser that sent a kept form, and the language that a
//! visitor chose.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

/// Name of the cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "session";
/// Name of the cookie that holds a visitor's language.
pub const LANGUAGE_COOKIE: &str = "language";
/// Name of the cookie by which a device is known from which somebody has signed in before.
pub const DEVICE_COOKIE: &str = "device";
/// Name of the cookie that tells a visitor's browser again, whose refused forms are kept.
pub const KEPT_COOKIE: &str = "kept";

/// The name under which a browser keeps a cookie. Over https it takes one of this prefix only from this very host and
/// over https, so that no neighbour under the same domain can plant one (RFC 6265bis, section 4.1.3.2). A language
/// opens nothing, and is read also where nobody knows the site.
fn full_name(name: &str, secure: bool) -> String {
    if secure && name != LANGUAGE_COOKIE { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of a cookie in a request. Of two with the same name nobody knows which is ours: then none counts.
pub fn read<'a>(headers: &'a HeaderMap, name: &str, secure: bool) -> Option<&'a str> {
    let name = full_name(name, secure);
    let mut values = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .flatten()
        .filter(|cookie| cookie.name() == name)
        .filter_map(|cookie| cookie.value_raw());
    values.next().filter(|_| values.next().is_none())
}

/// A `Set-Cookie` for the whole site, unreadable to scripts, not sent with requests from other sites.
#[must_use]
pub fn cookie(name: &str, value: &str, seconds: i64, secure: bool) -> Option<HeaderValue> {
    let cookie = Cookie::build((full_name(name, secure), value))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .path("/")
        .max_age(Duration::seconds(seconds));
    HeaderValue::from_str(&cookie.to_string()).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (header::COOKIE, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn of_two_cookies_with_one_name_none_counts() {
        let read = |lines: &[&'static str], secure| read(&headers(lines), SESSION_COOKIE, secure).map(str::to_owned);
        assert_eq!(read(&["a=1; session=own; b=2"], false).as_deref(), Some("own"));
        assert_eq!(read(&["session=planted; session=own"], false), None);
        assert_eq!(read(&["session=own", "session=planted"], false), None);
        assert_eq!(read(&["session=planted"], true), None, "over https the name has a prefix");
        assert_eq!(read(&["session=planted; __Host-session=own"], true).as_deref(), Some("own"));
        assert_eq!(read(&["__Host-session=planted; __Host-session=own"], true), None);
    }

    #[test]
    fn over_https_a_cookie_is_of_this_host_alone() {
        let set = cookie(SESSION_COOKIE, "x", 60, true).unwrap();
        assert_eq!(set, "__Host-session=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60");
        assert!(cookie(LANGUAGE_COOKIE, "fr", 60, true).unwrap().to_str().unwrap().starts_with("language=fr;"));
        assert_eq!(
            cookie(SESSION_COOKIE, "x", 60, false).unwrap(),
            "session=x; HttpOnly; SameSite=Lax; Path=/; Max-Age=60"
        );
    }
}
