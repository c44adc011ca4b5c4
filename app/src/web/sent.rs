//! A form that was sent: its fields and files, read within limits, and what an action answers.

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use backend::drafts::Saved;
use domain::errors::{AppError, FieldErrors};
use domain::forms::{LARGEST_FILE, LARGEST_FORM, MEGABYTE, Typed};
use domain::message::Message;
use http_body_util::BodyExt as _;
use i18n::Reader;
use serde::Serialize;

use super::respond::with_query;

/// Most bytes of a form with a file.
const UPLOAD_LIMIT: usize = LARGEST_FILE + MEGABYTE;
/// Most bytes that are read beyond that and thrown away, of people who may send files; of anybody else as many as a form
/// has at most.
const THROWN_AWAY: usize = 128 * 1024 * 1024;
/// Most fields of a form.
const FIELD_LIMIT: usize = 2_000;

/// A file that came with a form.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The form's field.
    pub field: String,
    /// The name that the person's device gave.
    pub file_name: String,
    /// The content.
    pub bytes: Bytes,
}

/// A form that was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The fields.
    pub typed: Typed,
    /// The files.
    pub uploads: Vec<Upload>,
}

impl Sent {
    /// What was chosen in the field `file`; none when nothing was.
    #[must_use]
    pub fn file(&self) -> Option<&Upload> {
        self.uploads.iter().find(|upload| upload.field == "file" && !upload.file_name.is_empty())
    }
}

/// What an action answers when all went well.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Path of the page to show next.
    pub to: String,
    /// Key `done-…` of the line that says what was done.
    pub notice: Option<&'static str>,
    /// Cookies to set.
    pub cookies: Vec<HeaderValue>,
    /// What a script learns of a draft that it sent.
    pub saved: Option<SavedDraft>,
}

/// A saved draft, for the script that sent it.
#[derive(Clone, Debug, Serialize)]
pub struct SavedDraft {
    /// The version that now stands.
    pub version: i64,
    /// When it was saved, in the reader's way.
    pub saved_at: String,
    /// What now stands, where it is not what was sent.
    pub merged: Option<Typed>,
}

/// What a script that asked for JSON gets.
#[derive(Serialize)]
struct Answer<'a> {
    next: String,
    saved: Option<&'a SavedDraft>,
}

impl Done {
    /// Shows a page, with a line that says what was done.
    #[must_use]
    pub fn to(path: impl Into<String>, notice: &'static str) -> Self {
        Self { to: path.into(), notice: Some(notice), ..Self::default() }
    }

    /// Shows a page.
    #[must_use]
    pub fn quietly(path: impl Into<String>) -> Self {
        Self { to: path.into(), ..Self::default() }
    }

    /// Shows the page that follows a saved draft, and says so when somebody else's changes are in it.
    #[must_use]
    pub fn draft(path: impl Into<String>, notice: &'static str, saved: Saved, reader: Reader) -> Self {
        let notice = if saved.merged.is_some() { "done-saved-together" } else { notice };
        let saved_at = reader.instant(saved.saved_at);
        let saved = SavedDraft { version: saved.version, saved_at, merged: saved.merged };
        Self { saved: Some(saved), ..Self::to(path, notice) }
    }

    /// What a script that asked for JSON gets.
    #[must_use]
    pub fn json(&self) -> String {
        let answer = Answer { next: self.address(), saved: self.saved.as_ref() };
        serde_json::to_string(&answer).unwrap_or_default()
    }

    /// The address of the page to show next, with what its line says.
    #[must_use]
    pub fn address(&self) -> String {
        self.notice.map_or_else(|| self.to.clone(), |notice| with_query(&self.to, "done", notice))
    }
}

/// What came of reading a form: what could be read, and why the rest could not.
#[derive(Debug, Default)]
pub struct Reading {
    /// The fields, and the files that are not too large.
    pub sent: Sent,
    /// What is wrong with it.
    pub error: Option<AppError>,
    /// There is more that was not even read, so that the connection is of no more use.
    pub cut_off: bool,
}

impl Reading {
    fn refused(&mut self, key: &str) {
        self.error.get_or_insert_with(|| AppError::refused(key));
    }

    fn cut_off(mut self, key: &str) -> Self {
        self.refused(key);
        self.cut_off = true;
        self
    }
}

/// Reads a form of either encoding; with `files`, up to the larger limit of forms that hold files. What is too large is
/// read on and thrown away, up to a bound: a browser shows the answer only after it has sent everything.
pub async fn read(request: Request, files: bool) -> Reading {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
    let thrown_away = if files { THROWN_AWAY } else { LARGEST_FORM };
    if kind.starts_with("multipart/form-data") {
        return read_multipart(request, if files { UPLOAD_LIMIT } else { LARGEST_FORM }, thrown_away).await;
    }
    let mut reading = Reading::default();
    let (mut body, mut bytes, mut size) = (request.into_body(), Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return reading.cut_off("refused-upload-broken") };
        let Some(chunk) = frame.data_ref() else { continue };
        size = size.saturating_add(chunk.len());
        if size > LARGEST_FORM + thrown_away {
            return reading.cut_off("refused-form-too-large");
        }
        if size > LARGEST_FORM {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(chunk);
        }
    }
    if size > LARGEST_FORM {
        reading.refused("refused-form-too-large");
        return reading;
    }
    for (name, value) in url::form_urlencoded::parse(&bytes).take(FIELD_LIMIT) {
        reading.sent.typed.push(&name, value);
    }
    reading
}

async fn read_multipart(request: Request, limit: usize, thrown_away: usize) -> Reading {
    let mut reading = Reading::default();
    let Ok(mut parts) = Multipart::from_request(request, &()).await else {
        return reading.cut_off("refused-upload-broken");
    };
    let (mut left, mut text_left, mut fields, mut read) = (limit, LARGEST_FORM, 0_usize, 0_usize);
    loop {
        let mut part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return reading,
            Err(_) => return reading.cut_off("refused-upload-broken"),
        };
        let field = part.name().unwrap_or("").to_owned();
        let file_name = part.file_name().map(str::to_owned);
        fields += 1;
        if fields > FIELD_LIMIT {
            return reading.cut_off("refused-form-too-large");
        }
        let (mut bytes, mut size, mut whole) = (Vec::new(), 0_usize, true);
        loop {
            let chunk = match part.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(_) => return reading.cut_off("refused-upload-broken"),
            };
            (size, read) = (size.saturating_add(chunk.len()), read.saturating_add(chunk.len()));
            if read > limit.saturating_add(thrown_away) {
                return reading.cut_off("refused-upload-too-large");
            }
            let room = if file_name.is_none() { left.min(text_left) } else { left.min(LARGEST_FILE) };
            whole = whole && size <= room;
            if whole { bytes.extend_from_slice(&chunk) } else { bytes = Vec::new() }
        }
        match file_name {
            Some(_) if !whole => {
                let message = Message::new("error-file-too-large")
                    .with("size", megabytes(size))
                    .with("most", megabytes(LARGEST_FILE));
                reading.error.get_or_insert(AppError::Invalid(FieldErrors::one(&field, message)));
            }
            None if !whole => reading.refused("refused-form-too-large"),
            Some(file_name) => {
                left -= size;
                reading.sent.uploads.push(Upload { field, file_name, bytes: bytes.into() });
            }
            None => {
                (left, text_left) = (left - size, text_left - size);
                reading.sent.typed.push(&field, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
}

/// Megabytes of so many bytes, the last one begun counted whole.
fn megabytes(bytes: usize) -> i64 {
    i64::try_from(bytes.div_ceil(MEGABYTE)).unwrap_or(i64::MAX)
}
