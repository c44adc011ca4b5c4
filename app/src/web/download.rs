//! A file that the browser keeps and never draws on this site: its answer, with the headers that all of them have.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What must be encoded in a file's name: all but letters, digits and these.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Answers with a file to keep.
pub fn attachment(content: Body, name: &str, media_type: &str) -> Response {
    let value = |text: &str, otherwise| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(otherwise));
    let headers = [
        (CONTENT_TYPE, value(media_type, "application/octet-stream")),
        (CONTENT_DISPOSITION, value(&disposition(name), "attachment")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, content).into_response()
}

/// The file's name; one with other signs in ASCII for old programs, and whole in the way of RFC 8187.
fn disposition(name: &str) -> String {
    let whole = utf8_percent_encode(name, ENCODED).to_string();
    if whole == name {
        return format!("attachment; filename=\"{name}\"");
    }
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-._~".contains(sign);
    let ascii: String = name.chars().map(|sign| if plain(sign) { sign } else { '_' }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        let text = disposition("statuts \"2024\"\r\nX: é.pdf");
        assert_eq!(
            text,
            "attachment; filename=\"statuts__2024___X___.pdf\"; filename*=UTF-8''statuts%20%222024%22%0D%0AX%3A%20%C3%A9.pdf"
        );
        assert_eq!(disposition("L-2026-0001.pdf"), "attachment; filename=\"L-2026-0001.pdf\"");
    }
}
