//! How a request becomes a page or a change: routes, visits, forms, answers.

mod cookies;
mod download;
mod number;
mod respond;
mod routes;
mod sent;
mod visit;

pub use cookies::{DEVICE_COOKIE, KEPT_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE, cookie};
pub use download::attachment;
pub use number::number_requests;
pub use respond::{encode, error_page, is_local};
pub use routes::{RouteInfo, RouteKind, Routes, address_of, router};
pub use sent::{Done, Sent, Upload};
pub use visit::{Visit, reader_of};

use std::collections::BTreeMap;
use std::sync::{Arc, Once};

use axum::http::HeaderName;
use backend::Services;
use leptos_config::LeptosOptions;

use crate::ui::Script;

/// What every handler needs, made once at start.
#[derive(Clone, Debug)]
pub struct Site {
    /// Database, folders, address.
    pub services: Arc<Services>,
    /// How cargo-leptos built the browser's files.
    pub options: LeptosOptions,
    /// URL of the style sheet.
    pub stylesheet: String,
    /// The script that keeps what people type, by language.
    pub scripts: BTreeMap<&'static str, Script>,
    /// True when the database holds demo data, so that a banner says so.
    pub demo: bool,
    /// Header in which a trusted proxy hands over the visitor's address.
    pub client_address_header: Option<HeaderName>,
    /// Done once it has been said that a proxy's requests arrive without that setting.
    pub proxy_told: Arc<Once>,
}

impl Site {
    /// True when cookies must only travel over https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.services.public_url.starts_with("https://")
    }
}
