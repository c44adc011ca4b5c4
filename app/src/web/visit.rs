//! One request as pages and actions see it: who asks, in which language, for which record.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use backend::Context;
use backend::audit::{self, Trail};
use backend::kept_forms::{Browser, KeptForm};
use backend::page::PageRequest;
use backend::users::{Caller, sessions};
use chrono::Utc;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::{Action, Actor, role_may};
use i18n::Reader;

use super::number::number_of;
use super::respond::without_query;
use super::{DEVICE_COOKIE, KEPT_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE, Site, cookies};

/// True for what this program may have put into the cookie, and goes into another one unharmed.
fn is_secret(text: &str) -> bool {
    (32..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn chosen_reader(headers: &HeaderMap) -> Option<Reader> {
    cookies::read(headers, LANGUAGE_COOKIE, false).and_then(Reader::from_tag)
}

/// The language in which to answer a browser without asking the database who sits at it: the one chosen there, else
/// the one that the browser asks for.
#[must_use]
pub fn reader_of(headers: &HeaderMap) -> Reader {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    chosen_reader(headers).unwrap_or_else(|| Reader::negotiate(accepted))
}

/// One request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The site.
    pub site: Arc<Site>,
    /// What use cases take.
    pub context: Context,
    /// In which language, with which formats.
    pub reader: Reader,
    /// Path of the request, without the query.
    pub path: String,
    /// The page to come back to: its address with the query, or for a sent form the page that it stood on.
    pub page: String,
    /// Parts of the path that the route names.
    pub parameters: HashMap<String, String>,
    /// The query.
    pub query: HashMap<String, String>,
    /// A refused form to show again.
    pub kept: Option<KeptForm>,
    /// The session's token, for ending it.
    pub session_token: Option<String>,
    /// The secret of the browser's own cookie, by which it gets back what a visitor typed.
    pub kept_secret: Option<String>,
    /// The secret by which a device is known from which somebody has signed in before.
    pub device: Option<String>,
    /// The address that the request came from, for limits on signing in.
    pub address: String,
}

impl Visit {
    /// Finds out who asks; `is_page` for what is answered by a page, which reads that, too, on its one connection.
    ///
    /// # Errors
    /// The database's.
    pub async fn new(
        site: Arc<Site>,
        parts: &Parts,
        parameters: HashMap<String, String>,
        address: String,
        is_page: bool,
    ) -> Result<Self, AppError> {
        let now = Utc::now();
        let (headers, uri) = (&parts.headers, &parts.uri);
        let path = uri.path().to_owned();
        let query: HashMap<String, String> = Query::try_from_uri(uri).map(|Query(query)| query).unwrap_or_default();
        let page = without_query(uri.path_and_query().map_or("/", |whole| whole.as_str()), &["done"]);
        let secret = |name| cookies::read(headers, name, site.secure());
        let session_token = secret(SESSION_COOKIE).filter(|token| !token.is_empty()).map(str::to_owned);
        let mut context = Context::new(site.services.clone(), Actor::visitor(), now, number_of(parts));
        if is_page {
            context = context.for_page();
        }
        let signed_in = match &session_token {
            Some(token) => sessions::find(context.database(), token, now).await.map_err(AppError::from)?,
            None => None,
        };
        let reader = chosen_reader(headers)
            .or_else(|| signed_in.as_ref().map(|person| Reader::new(person.language)))
            .unwrap_or_else(|| reader_of(headers));
        if let Some(person) = signed_in {
            context.actor = person.actor;
        }
        let kept_secret = secret(KEPT_COOKIE).filter(|secret| is_secret(secret)).map(str::to_owned);
        let device = secret(DEVICE_COOKIE).filter(|secret| is_secret(secret)).map(str::to_owned);
        let browser = Browser { secret: kept_secret.as_deref(), session: session_token.as_deref(), address: &address };
        let kept = match query.get("kept") {
            Some(token) => backend::kept_forms::find(&context, token, browser).await.map_err(AppError::from)?,
            None => None,
        };
        Ok(Self {
            site,
            context,
            reader,
            path,
            page,
            parameters,
            query,
            kept,
            session_token,
            kept_secret,
            device,
            address,
        })
    }

    /// Where the request comes from, for signing in.
    #[must_use]
    pub fn caller(&self) -> Caller<'_> {
        Caller { address: &self.address, device: self.device.as_deref(), session: self.session_token.as_deref() }
    }

    /// Who asks.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.context.actor
    }

    /// True when the person's role may take an action; for showing links and buttons.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        role_may(self.actor().role, action)
    }

    /// The latest part of a record's audit trail, for those who may read it.
    ///
    /// # Errors
    /// The database's.
    pub async fn trail(&self, kind: audit::Kind, record: i64) -> Result<Option<Trail>, AppError> {
        if !self.may(Action::ReadAudit) {
            return Ok(None);
        }
        Ok(Some(audit::of(&self.context, kind, record).await?))
    }

    /// The number of a record in the path.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is no number.
    pub fn id<I: FromStr>(&self, name: &str) -> Result<I, AppError> {
        self.parameters.get(name).and_then(|text| text.parse().ok()).ok_or(AppError::NotFound)
    }

    /// A part of the path, or an empty text.
    #[must_use]
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// A value of the query, or an empty text.
    #[must_use]
    pub fn query(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// What part of a list the query asks for.
    #[must_use]
    pub fn page_request(&self) -> PageRequest {
        PageRequest {
            search: self.query("search").chars().take(100).filter(|character| !character.is_control()).collect(),
            sort: self.query("sort").to_owned(),
            filter: self.query("filter").to_owned(),
            page: self.query("page").parse().unwrap_or(1).max(1),
        }
    }

    /// What stands in a form: what was typed before it was refused, else the values given.
    #[must_use]
    pub fn form_state(&self, action: &str, initial: Typed) -> crate::ui::FormState {
        match &self.kept {
            Some(kept) if kept.path == action => crate::ui::FormState::kept(kept),
            _ => crate::ui::FormState::new(initial),
        }
    }
}
