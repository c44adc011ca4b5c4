//! The table of routes: each page, action and download with the permission it needs. The table is data, so
//! that a test can call every route as every role.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use domain::errors::AppError;
use domain::roles::Action;

use super::respond::{respond_to_action, respond_with_page};
use super::sent::{self, Done, Reading, Sent};
use super::{Site, Visit};
use crate::ui::Page;

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;
type PageHandler = Arc<dyn Fn(Visit) -> Answer<Page> + Send + Sync>;
type ActionHandler = Arc<dyn Fn(Visit, Sent) -> Answer<Done> + Send + Sync>;
type DownloadHandler = Arc<dyn Fn(Visit) -> Answer<Response> + Send + Sync>;

#[derive(Clone)]
enum Handler {
    Page(PageHandler),
    Action(ActionHandler),
    Download(DownloadHandler),
}

struct Route {
    path: &'static str,
    permission: Action,
    handler: Handler,
}

/// What kind of route it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteKind {
    /// GET, a page.
    Page,
    /// POST, a change.
    Action,
    /// GET, a file.
    Download,
}

/// A route as the permission test sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// Kind.
    pub kind: RouteKind,
    /// The permission that it needs.
    pub permission: Action,
}

/// A table of routes, built by each noun's `routes()`.
#[derive(Default)]
pub struct Routes(Vec<Route>);

impl Routes {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page.
    #[must_use]
    pub fn page<F, A>(mut self, path: &'static str, permission: Action, handler: F) -> Self
    where
        F: Fn(Visit) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Page, AppError>> + Send + 'static,
    {
        let handler: PageHandler = Arc::new(move |visit| Box::pin(handler(visit)));
        self.0.push(Route { path, permission, handler: Handler::Page(handler) });
        self
    }

    /// Adds an action: a form posts to it.
    #[must_use]
    pub fn action<F, A>(mut self, path: &'static str, permission: Action, handler: F) -> Self
    where
        F: Fn(Visit, Sent) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Done, AppError>> + Send + 'static,
    {
        let handler: ActionHandler = Arc::new(move |visit, sent| Box::pin(handler(visit, sent)));
        self.0.push(Route { path, permission, handler: Handler::Action(handler) });
        self
    }

    /// Adds a download.
    #[must_use]
    pub fn download<F, A>(mut self, path: &'static str, permission: Action, handler: F) -> Self
    where
        F: Fn(Visit) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response, AppError>> + Send + 'static,
    {
        let handler: DownloadHandler = Arc::new(move |visit| Box::pin(handler(visit)));
        self.0.push(Route { path, permission, handler: Handler::Download(handler) });
        self
    }

    /// Adds another table.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// What the table holds.
    #[must_use]
    pub fn list(&self) -> Vec<RouteInfo> {
        self.0
            .iter()
            .map(|route| RouteInfo {
                path: route.path,
                permission: route.permission,
                kind: match route.handler {
                    Handler::Page(_) => RouteKind::Page,
                    Handler::Action(_) => RouteKind::Action,
                    Handler::Download(_) => RouteKind::Download,
                },
            })
            .collect()
    }
}

/// The router of the whole table.
pub fn router(site: &Arc<Site>, routes: Routes) -> Router {
    // Drawing a page asks leptos' executor; a second router of the process finds it set already.
    let _ = any_spawner::Executor::init_tokio();
    let mut router = Router::new();
    let pages: HashSet<&'static str> =
        routes.0.iter().filter(|route| matches!(route.handler, Handler::Page(_))).map(|route| route.path).collect();
    for route in routes.0 {
        let is_page = pages.contains(route.path);
        router = router.route(route.path, method(site.clone(), route.permission, route.handler, is_page));
    }
    let missing = site.clone();
    router
        .fallback(move |request: Request| {
            let site = missing.clone();
            async move {
                respond_with_page(site, HashMap::new(), request, |_| Box::pin(async { Err(AppError::NotFound) })).await
            }
        })
        // `sent` has limits of its own, and says what is too large.
        .layer(DefaultBodyLimit::disable())
}

type Parameters = Path<HashMap<String, String>>;

/// What answers a route; `is_page` when there is a page at its path, whatever else there is.
fn method(site: Arc<Site>, permission: Action, handler: Handler, is_page: bool) -> MethodRouter {
    match handler {
        Handler::Page(page) => get(move |Path(parameters): Parameters, request: Request| {
            let (site, page) = (site.clone(), page.clone());
            async move {
                respond_with_page(site, parameters, request, move |visit| {
                    Box::pin(async move {
                        visit.context.permit(permission, &domain::roles::Subject::NONE)?;
                        page(visit).await
                    })
                })
                .await
            }
        }),
        Handler::Action(action) => post(move |Path(parameters): Parameters, request: Request| {
            let (site, action) = (site.clone(), action.clone());
            async move { respond_to_action(site, parameters, request, (permission, is_page), action).await }
        }),
        Handler::Download(download) => get(move |Path(parameters): Parameters, request: Request| {
            let (site, download) = (site.clone(), download.clone());
            async move { super::respond::respond_with_download(site, parameters, request, permission, download).await }
        }),
    }
}

/// Finds out who sends a request; `is_page` for one that is answered by a page.
pub(super) async fn visit_of(
    site: Arc<Site>,
    parameters: HashMap<String, String>,
    parts: &Parts,
    is_page: bool,
) -> Result<Visit, AppError> {
    let address = address_of(&site, &parts.headers, &parts.extensions);
    Visit::new(site, parts, parameters, address, is_page).await
}

/// Headers in which proxies hand over a visitor's address.
const PROXY_HEADERS: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

/// Where a request came from. Behind a proxy of ours its header says so. What the visitor sent may stand before the
/// proxy's own word, on the same line or on an earlier one: only the last entry of the last line counts.
#[must_use]
pub fn address_of(site: &Site, headers: &HeaderMap, extensions: &Extensions) -> String {
    let forwarded = || PROXY_HEADERS.iter().find(|name| headers.contains_key(**name));
    if site.client_address_header.is_none()
        && let Some(header) = forwarded()
    {
        site.proxy_told.call_once(|| {
            tracing::warn!(
                header,
                "requests come through a proxy, and CLIENT_ADDRESS_HEADER is not set: all visitors share one limit on \
                 signing in"
            );
        });
    }
    let handed_over = site
        .client_address_header
        .as_ref()
        .and_then(|header| headers.get_all(header).iter().next_back()?.to_str().ok()?.rsplit(',').next())
        .map(|address| address.trim().chars().take(64).collect::<String>());
    handed_over.filter(|address| !address.is_empty()).unwrap_or_else(|| {
        let connection = extensions.get::<ConnectInfo<SocketAddr>>();
        connection.map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_string())
    })
}

/// Reads a form that an action is to take, with `files` one that holds files.
pub(super) async fn read_sent(request: Request, files: bool) -> Reading {
    sent::read(request, files).await
}
