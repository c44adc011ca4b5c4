//! Takes connections and serves them. axum's own loop sets no limit on how long a browser may take to say what it
//! wants, so that anybody could hold connections open for nothing.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// Longest time for the head of a request, from the connection or the answer before it: also how long a connection
/// may stay open without a request.
pub const LONGEST_HEAD: Duration = Duration::from_secs(30);

/// How long connections may last.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The head of a request; see [`LONGEST_HEAD`].
    pub head: Duration,
    /// From the word to stop on: what is not answered by then is broken off.
    pub stop: Duration,
}

/// Serves until `stop` ends. From then on nobody is let in, and requests under way have a while to finish.
pub async fn serve<L>(mut listener: L, router: Router, limits: Limits, stop: impl Future<Output = ()>)
where
    L: Listener<Addr = SocketAddr>,
{
    // Each connection holds a receiver: they are counted by it, and told by it that their time is over.
    let (over, _) = watch::channel(());
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = graceful.watch(protocol.serve_connection(TokioIo::new(stream), service));
        let mut time_over = over.subscribe();
        tokio::spawn(async move {
            let ended = tokio::select! {
                ended = connection => ended,
                _ = time_over.changed() => return,
            };
            if let Err(cause) = ended {
                // A browser that went away or said nothing is no fault of ours.
                tracing::debug!(%cause, %peer, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.stop, graceful.shutdown()).await.is_err() {
        let (connections, seconds) = (over.receiver_count(), limits.stop.as_secs());
        tracing::warn!(connections, seconds, "connections were closed before their requests were answered");
    }
}
