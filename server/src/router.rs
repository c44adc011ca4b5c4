//! The whole router: pages and actions, static files, health, and the guards around them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::web::{Site, number_requests};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use backend::Services;
use backend::readiness::Readiness;
use leptos_config::LeptosOptions;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::services::{ServeDir, ServeFile};
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::security::{Https, add_headers, refuse_other_origins};

/// Longest pause between two pieces of what somebody sends. There is no limit on the whole, since a document over a
/// slow line takes many minutes.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The router over a database.
///
/// # Errors
/// The database's, when it does not say whether it holds demo data.
pub async fn build(
    services: Arc<Services>,
    options: LeptosOptions,
    client_address_header: Option<HeaderName>,
) -> backend::Result<Router> {
    let demo = backend::settings::is_demo(&services.database).await?;
    let site = Arc::new(Site {
        stylesheet: stylesheet(&options),
        scripts: app::ui::scripts(),
        services: services.clone(),
        options,
        demo,
        client_address_header,
        proxy_told: Arc::new(std::sync::Once::new()),
    });
    let root = Path::new(&*site.options.site_root).to_owned();
    let hashed = Router::new()
        .fallback_service(ServeDir::new(root.join(&*site.options.site_pkg_dir)).precompressed_gzip().precompressed_br())
        .layer(middleware::from_fn(cache_for_a_year));
    let scripts = site.scripts.values().fold(Router::new(), |router, script| {
        let text = script.text.clone();
        router.route(
            &script.address,
            get(move || async move { ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], text) }),
        )
    });
    let mut router = app::web::router(&site, app::pages::routes())
        .merge(scripts.layer(middleware::from_fn(cache_for_a_year)))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .nest(&format!("/{}", site.options.site_pkg_dir), hashed)
        .merge(
            // These have fixed addresses, so their names hold no hash.
            Router::new()
                .route_service("/favicon.svg", ServeFile::new(root.join("favicon.svg")))
                .route_service("/robots.txt", ServeFile::new(root.join("robots.txt")))
                .layer(middleware::from_fn(cache_for_a_day)),
        )
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready).with_state((services.clone(), Arc::<Readiness>::default())))
        .layer(middleware::from_fn_with_state(site.clone(), refuse_other_origins))
        .layer(RequestBodyTimeoutLayer::new(LONGEST_PAUSE))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(add_headers));
    if site.secure() {
        router = router.layer(Extension(Https));
    }
    // Outermost, so that whatever is logged on the way carries the number.
    Ok(router.layer(middleware::from_fn(number_requests)))
}

/// Documents and spreadsheets are packed in themselves already; the predicate leaves out pictures by itself.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/vnd."))
}

/// The style sheet's address with its hash, read once from what cargo-leptos wrote beside the program.
fn stylesheet(options: &LeptosOptions) -> String {
    let hash = std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(|folder| folder.join(&*options.hash_file)))
        .filter(|_| options.hash_files)
        .and_then(|file| std::fs::read_to_string(file).ok())
        .and_then(|text| {
            text.lines().find_map(|line| line.trim().strip_prefix("css:").map(|hash| format!(".{}", hash.trim())))
        })
        .unwrap_or_default();
    format!("/{}/{}{hash}.css", options.site_pkg_dir, options.output_name)
}

/// Files with a hash in their name never change.
async fn cache_for_a_year(request: Request, next: Next) -> Response {
    cached(next.run(request).await, "public, max-age=31536000, immutable")
}

async fn cache_for_a_day(request: Request, next: Next) -> Response {
    cached(next.run(request).await, "public, max-age=86400")
}

fn cached(mut response: Response, how: &'static str) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(how));
    }
    response
}

/// Whether people can be sent here: only where their changes can be written. Why not is for the log.
async fn ready(State((services, readiness)): State<(Arc<Services>, Arc<Readiness>)>) -> Response {
    match readiness.obstacle(&services).await {
        None => "ready".into_response(),
        Some(cause) => {
            tracing::error!(%cause, "no change can be written");
            (StatusCode::SERVICE_UNAVAILABLE, "no change can be written").into_response()
        }
    }
}
