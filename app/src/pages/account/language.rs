//! Choosing the language of pages and mails.

use axum::http::HeaderValue;
use backend::users;
use domain::errors::AppError;
use domain::users::Language;
use i18n::Reader;

use crate::web::{Done, LANGUAGE_COOKIE, Sent, Visit, cookie, is_local};

/// How long a browser keeps the choice: a year.
const KEPT_SECONDS: i64 = 365 * 24 * 60 * 60;

/// `POST /language`
pub async fn choose(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let tag = sent.typed.get("language");
    let reader = Reader::from_tag(tag).ok_or_else(|| AppError::field("language", "error-choose"))?;
    // The mirrored language of the tests is the browser's alone: no mail is written in it.
    if let Some(language) = Language::from_code(tag) {
        users::choose_language(&visit.context, language).await?;
    }
    let next = sent.typed.get("next");
    let next = if is_local(next) { next } else { "/" };
    Ok(Done { cookies: kept(&visit, reader).into_iter().collect(), ..Done::quietly(next) })
}

/// The cookie that keeps a language in the browser.
pub(super) fn kept(visit: &Visit, reader: Reader) -> Option<HeaderValue> {
    cookie(LANGUAGE_COOKIE, reader.tag(), KEPT_SECONDS, visit.site.secure())
}
