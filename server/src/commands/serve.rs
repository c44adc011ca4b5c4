//! `fund serve`

use std::time::Duration;

use axum::serve::ListenerExt as _;
use leptos_config::LeptosOptions;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Outcome, require_bank_keys, require_schema, say, services};
use crate::config::{Checked, ServeSettings};
use crate::connections::{self, Limits};

/// As long as the mail under way may take: a little more than a mail server is waited for.
const LAST_MAIL: Duration = Duration::from_secs(25);

/// Serves until it is told to stop, then lets requests under way finish, for as long as the settings allow.
pub async fn run(settings: Checked, serve: ServeSettings) -> Outcome {
    serve.check_site_root()?;
    let services = services(&settings).await?;
    require_schema(&services).await?;
    require_bank_keys(&services).await?;
    let demo = serve.print_demo && backend::settings::is_demo(&services.database).await?;
    let router = crate::router::build(services.clone(), options(&serve), serve.address_header()?).await?;
    let listener = TcpListener::bind(serve.listen)
        .await
        .map_err(|cause| format!("the setting LISTEN: cannot listen on {}: {cause}", serve.listen))?;
    let address = listener.local_addr()?;
    let listener = listener.tap_io(|stream| {
        // With Nagle's algorithm a page in two packets waits 40 ms for the browser's acknowledgement.
        if let Err(cause) = stream.set_nodelay(true) {
            tracing::warn!(%cause, "TCP_NODELAY could not be set");
        }
    });
    let (stop, stopping) = watch::channel(false);
    let mail = tokio::spawn(crate::jobs::send_mail(services.clone(), settings.transport, settings.sender, stopping));
    let others = [
        tokio::spawn(crate::jobs::close_periods(services.clone())),
        tokio::spawn(crate::jobs::remind_of_reports(services.clone())),
        tokio::spawn(crate::jobs::send_digests(services.clone())),
        tokio::spawn(crate::jobs::sweep_documents(services.clone())),
        tokio::spawn(crate::jobs::sweep_registrations(services.clone())),
        tokio::spawn(crate::jobs::optimize_database(services)),
    ];
    // Port 0 takes a free one: what is said is the address as it became.
    say(&format!("serving {} on http://{}", settings.public_url, address));
    if demo {
        super::seed_demo::print_logins();
    }
    let stopping = async {
        stop_signal().await;
        others.iter().for_each(tokio::task::JoinHandle::abort);
        // The last mail goes out while the last requests are answered, so that neither waits for the other.
        let _ = stop.send(true);
    };
    let limits =
        Limits { head: connections::LONGEST_HEAD, stop: Duration::from_secs(u64::from(serve.shutdown_seconds)) };
    connections::serve(listener, router, limits, stopping).await;
    // A mail that the mail server is just taking is marked as sent before the process ends, or it would go out again.
    if tokio::time::timeout(LAST_MAIL, mail).await.is_err() {
        tracing::warn!("the mail server did not answer before the end; the mail under way may go out twice");
    }
    say("stopped");
    Ok(0)
}

/// How cargo-leptos built the browser's files: with a hash in each name where a list of hashes lies beside the program.
fn options(serve: &ServeSettings) -> LeptosOptions {
    let hash_file =
        std::env::current_exe().ok().and_then(|program| program.parent().map(|folder| folder.join("hash.txt")));
    LeptosOptions::builder()
        .output_name("fund")
        .site_root(serve.site_root.clone())
        .site_addr(serve.listen)
        .hash_files(hash_file.is_some_and(|file| file.exists()))
        .build()
}

/// Waits for Ctrl-C or the signal by which service managers stop a program.
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
