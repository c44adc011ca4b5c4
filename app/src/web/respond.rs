//! Answers: a page as HTML with the right status, a refused form kept and shown again, a download.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONNECTION, CONTENT_TYPE, LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use backend::kept_forms::{self, Browser, KeptForm};
use backend::security_log;
use domain::errors::{AppError, FieldErrors};
use domain::roles::{Action, Subject};

use super::routes::{read_sent, visit_of};
use super::sent::{Done, Reading, Sent};
use super::{KEPT_COOKIE, Site, Visit, cookie, reader_of};
use crate::ui::{Page, render};

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// Answers with a page, or with the page that says why not.
pub async fn respond_with_page(
    site: Arc<Site>,
    parameters: HashMap<String, String>,
    request: Request,
    page: impl FnOnce(Visit) -> Answer<Page> + Send,
) -> Response {
    let (parts, _) = request.into_parts();
    let visit = match visit_of(site, parameters, &parts, true).await {
        Ok(visit) => visit,
        Err(error) => return bare(&error, &parts.headers),
    };
    match page(visit.clone()).await {
        Ok(page) => {
            let status = visit.kept.as_ref().filter(|kept| kept.is_refused()).map_or(200, |kept| kept.error.status());
            // Somebody whose session ended gets the form back after signing in: that is no error of the page.
            render(visit, page, if status == 401 { 200 } else { status }).await
        }
        Err(AppError::SignInNeeded) => {
            let wanted = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            redirect(&format!("/sign-in?next={}", encode(wanted)))
        }
        Err(error) => {
            log_refusal(&visit, &error);
            let status = error.status();
            render(visit.clone(), error_page(&visit, &error), status).await
        }
    }
}

/// Answers a sent form: does it and shows the next page, or keeps the form and shows it again. `is_page` says
/// whether there is a page at the action's own path.
pub async fn respond_to_action(
    site: Arc<Site>,
    parameters: HashMap<String, String>,
    request: Request,
    (permission, is_page): (Action, bool),
    action: Arc<dyn Fn(Visit, Sent) -> Answer<Done> + Send + Sync>,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut visit = match visit_of(site, parameters, &parts, false).await {
        Ok(visit) => visit,
        Err(error) => return bare(&error, &parts.headers),
    };
    let headers = parts.headers.clone();
    // Until the form has been read, and for one that names no page.
    visit.page = page_before(&visit, &headers, if is_page { &visit.path } else { "/" });
    let permitted = visit.context.permit(permission, &Subject::NONE);
    // Files come from people who may send them; from anybody else not even their bytes are taken.
    let files = permitted.is_ok() && visit.actor().user.is_some();
    let Reading { mut sent, error, cut_off } = read_sent(Request::from_parts(parts, body), files).await;
    if visit.reader.has_decimal_comma() {
        sent.typed = sent.typed.with_decimal_points();
    }
    let back = sent.typed.get("back");
    if is_local(back) {
        visit.page = back.to_owned();
    }
    if let Some(error) = error {
        let mut response = refuse(visit, &headers, &sent, error).await;
        if cut_off {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        return response;
    }
    let more = sent.typed.get("more");
    // The name of a group of rows; anything longer is something else.
    if permitted.is_ok() && (1..=60).contains(&more.len()) {
        visit.page = format!("{}#{}", without_query(&visit.page, &["kept", "done"]), encode(more));
        return refuse(visit, &headers, &sent, AppError::Invalid(FieldErrors::default())).await;
    }
    let outcome = match permitted {
        Ok(()) => action(visit.clone(), sent.clone()).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(done) if wants_json(&headers) => json(StatusCode::OK, done.json(), &done.cookies),
        Ok(done) => {
            let mut response = redirect(&done.address());
            for cookie in done.cookies {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => refuse(visit, &headers, &sent, error).await,
    }
}

/// Answers with a file, or with the page that says why not.
pub async fn respond_with_download(
    site: Arc<Site>,
    parameters: HashMap<String, String>,
    request: Request,
    permission: Action,
    download: Arc<dyn Fn(Visit) -> Answer<Response> + Send + Sync>,
) -> Response {
    let (parts, body) = request.into_parts();
    let visit = match visit_of(site.clone(), parameters.clone(), &parts, false).await {
        Ok(visit) => visit,
        Err(error) => return bare(&error, &parts.headers),
    };
    let outcome = match visit.context.permit(permission, &Subject::NONE) {
        Ok(()) => download(visit.clone()).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(response) => {
            log_download(&visit);
            response
        }
        Err(error) => {
            respond_with_page(site, parameters, Request::from_parts(parts, body), move |_| {
                Box::pin(async move { Err(error) })
            })
            .await
        }
    }
}

/// Writes into the security log that somebody asked for what is not theirs, or too often.
fn log_refusal(visit: &Visit, error: &AppError) {
    let why = match error {
        AppError::Forbidden(message) | AppError::TooManyRequests(message) => message.key.as_str(),
        _ => return,
    };
    let (status, path, address) = (error.status(), visit.path.as_str(), visit.address.as_str());
    let by = visit.actor().user.map(i64::from);
    tracing::info!(target: security_log::TARGET, status, why, path, by, address, "refused");
}

/// Writes into the security log who took a file out: a document such as a bank's letter, a statement, an order for the bank.
fn log_download(visit: &Visit) {
    let (path, address) = (visit.path.as_str(), visit.address.as_str());
    let by = visit.actor().user.map(i64::from);
    tracing::info!(target: security_log::TARGET, path, by, address, "downloaded");
}

/// Refuses a sent form: nothing typed is lost. The person comes back to the page that the form stood on.
async fn refuse(visit: Visit, headers: &HeaderMap, sent: &Sent, error: AppError) -> Response {
    log_refusal(&visit, &error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if wants_json(headers) {
        return match serde_json::to_string(&error) {
            Ok(body) => json(status, body, &[]),
            Err(_) => bare(&AppError::Internal, headers),
        };
    }
    if matches!(error, AppError::Forbidden(_) | AppError::NotFound) {
        return render(visit.clone(), error_page(&visit, &error), status.as_u16()).await;
    }
    let back = visit.page.clone();
    let kept = KeptForm { path: visit.path.clone(), typed: sent.typed.clone(), error: error.clone() };
    let (secret, set_cookie) = match browser_secret(&visit) {
        Ok(secret) => secret,
        Err(error) => return render(visit.clone(), error_page(&visit, &error), error.status()).await,
    };
    let browser =
        Browser { secret: secret.as_deref(), session: visit.session_token.as_deref(), address: &visit.address };
    let token = match kept_forms::keep(&visit.context, &kept, browser).await {
        Ok(token) => token,
        // Even the form could not be kept: show the page itself with the error, the browser's back key has the form.
        Err(_) => return render(visit.clone(), error_page(&visit, &AppError::Unavailable), 503).await,
    };
    let back = match &token {
        Some(token) => with_query(&back, "kept", token),
        // Too large to keep for a stranger: the browser's back key has it.
        None if error != AppError::SignInNeeded => {
            return render(visit.clone(), error_page(&visit, &error), status.as_u16()).await;
        }
        None => back,
    };
    let to = if error == AppError::SignInNeeded { format!("/sign-in?next={}", encode(&back)) } else { back };
    let mut response = redirect(&to);
    if let Some(cookie) = set_cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// For a visitor, the browser's secret, the same as before or a new one, and the cookie that holds it for as long
/// as the form is kept.
fn browser_secret(visit: &Visit) -> Result<(Option<String>, Option<HeaderValue>), AppError> {
    if visit.actor().user.is_some() {
        return Ok((None, None));
    }
    let secret = match &visit.kept_secret {
        Some(secret) => secret.clone(),
        None => backend::token::new().map_err(AppError::from)?,
    };
    let set_cookie = cookie(KEPT_COOKIE, &secret, kept_forms::LIFETIME.num_seconds(), visit.site.secure());
    Ok((Some(secret), set_cookie))
}

/// Where the browser came from, without what only one look is for; else another page.
fn page_before(visit: &Visit, headers: &HeaderMap, otherwise: &str) -> String {
    let public = visit.site.services.public_url.as_str();
    let referer = headers.get(REFERER).and_then(|value| value.to_str().ok()).unwrap_or("");
    let path = referer
        .strip_prefix(public)
        .or_else(|| referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])))
        .unwrap_or("");
    if is_local(path) { without_query(path, &["kept", "done"]) } else { otherwise.to_owned() }
}

/// A path of this site, never another one.
#[must_use]
pub fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control)
}

pub(super) fn without_query(path: &str, names: &[&str]) -> String {
    let path = path.split('#').next().unwrap_or(path);
    let Some((base, query)) = path.split_once('?') else { return path.to_owned() };
    let left: Vec<&str> =
        query.split('&').filter(|pair| !names.iter().any(|name| pair.split('=').next() == Some(name))).collect();
    if left.is_empty() { base.to_owned() } else { format!("{base}?{}", left.join("&")) }
}

pub(super) fn with_query(path: &str, name: &str, value: &str) -> String {
    let (path, fragment) = match path.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (path, String::new()),
    };
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}{name}={}{fragment}", encode(value))
}

/// A text as part of a query.
#[must_use]
pub fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}

fn json(status: StatusCode, body: String, cookies: &[HeaderValue]) -> Response {
    let mut response = (status, body).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    response
}

fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// The answer when not even a page can be made: the database does not tell who asks.
fn bare(error: &AppError, headers: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, reader_of(headers).text("error-page-unavailable-text")).into_response()
}

/// The page that says why something could not be shown or done.
#[must_use]
pub fn error_page(visit: &Visit, error: &AppError) -> Page {
    crate::ui::error_page(visit, error)
}
