//! A form that was sent: its fields and files, read within limits, and what an action answers.

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use domain::errors::AppError;
use domain::forms::Typed;
use http_body_util::{BodyExt as _, Limited};

use super::respond::with_query;

/// Most bytes of a form without files: a text of a million signs is still read, refused by its field, and kept.
pub const FORM_LIMIT: usize = 4 * 1024 * 1024;
/// Most bytes of a form with a file.
pub const UPLOAD_LIMIT: usize = 11 * 1024 * 1024;
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
    /// What a script that asked for JSON gets.
    pub json: Option<String>,
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

    /// The address of the page to show next, with what its line says.
    #[must_use]
    pub fn address(&self) -> String {
        self.notice.map_or_else(|| self.to.clone(), |notice| with_query(&self.to, "done", notice))
    }
}

/// Reads a form of either encoding; with `files`, up to the larger limit of forms that hold files.
///
/// # Errors
/// [`AppError::Refused`] when it is too large or broken.
pub async fn read(request: Request, files: bool) -> Result<Sent, AppError> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
    if kind.starts_with("multipart/form-data") {
        return read_multipart(request, if files { UPLOAD_LIMIT } else { FORM_LIMIT }).await;
    }
    let body = Limited::new(request.into_body(), FORM_LIMIT).collect().await;
    let bytes = body.map_err(|_| AppError::refused("refused-form-too-large"))?.to_bytes();
    let mut sent = Sent::default();
    for (name, value) in url::form_urlencoded::parse(&bytes).take(FIELD_LIMIT) {
        sent.typed.push(&name, value);
    }
    Ok(sent)
}

async fn read_multipart(request: Request, limit: usize) -> Result<Sent, AppError> {
    let broken = |_| AppError::refused("refused-upload-broken");
    let mut sent = Sent::default();
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| AppError::refused("refused-upload-broken"))?;
    let (mut left, mut text_left, mut fields) = (limit, FORM_LIMIT, 0_usize);
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or("").to_owned();
        let file_name = part.file_name().map(str::to_owned);
        fields += 1;
        if fields > FIELD_LIMIT {
            return Err(AppError::refused("refused-form-too-large"));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            left = left.checked_sub(chunk.len()).ok_or_else(|| AppError::refused("refused-upload-too-large"))?;
            if file_name.is_none() {
                text_left =
                    text_left.checked_sub(chunk.len()).ok_or_else(|| AppError::refused("refused-form-too-large"))?;
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(file_name) => sent.uploads.push(Upload { field, file_name, bytes: bytes.into() }),
            None => sent.typed.push(&field, String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
    Ok(sent)
}
