//! Connections as a network sees them: how long one may stay silent, and what stopping does.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use server::connections::Limits;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const HEAD: Duration = Duration::from_millis(400);
const STOP: Duration = Duration::from_secs(3);

/// A server on a port of its own; what it returns stops it.
async fn serve() -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let router = Router::new()
        .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }))
        .route("/take", post(|body: String| async move { body }))
        .route("/slow", get(|| async { tokio::time::sleep(HEAD * 3).await }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let stopped = async { drop(stopped.await) };
    let limits = Limits { head: HEAD, stop: STOP };
    (address, stop, tokio::spawn(server::connections::serve(listener, router, limits, stopped)))
}

/// Sends something and reads until the server hangs up.
async fn say(address: SocketAddr, text: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let start = Instant::now();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(HEAD * 10, stream.read_to_end(&mut answer)).await.expect("the server hangs up").unwrap();
    (String::from_utf8(answer).unwrap(), start.elapsed())
}

#[tokio::test]
async fn a_connection_that_does_not_say_what_it_wants_is_closed() {
    let (address, _stop, _) = serve().await;
    for (text, answered) in
        [("", false), ("GET / HTTP/1.1\r\nHost: fund", false), ("GET / HTTP/1.1\r\nHost: fund\r\n\r\n", true)]
    {
        let (answer, took) = say(address, text).await;
        assert_eq!(answer.starts_with("HTTP/1.1 200"), answered, "{text:?}: {answer}");
        assert!(took >= HEAD.mul_f32(0.9), "{text:?} after {took:?}");
    }
}

#[tokio::test]
async fn an_answer_that_takes_longer_than_a_head_may_is_waited_for_also_when_stopping() {
    let (address, stop, server) = serve().await;
    let asked = tokio::spawn(say_owned(address));
    tokio::time::sleep(HEAD).await;
    stop.send(()).unwrap();
    server.await.unwrap();
    assert!(asked.await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(TcpStream::connect(address).await.is_err(), "nobody else is let in");
}

async fn say_owned(address: SocketAddr) -> String {
    say(address, "GET /slow HTTP/1.1\r\nHost: fund\r\n\r\n").await.0
}

#[tokio::test]
async fn a_page_knows_from_where_it_was_asked() {
    let (address, _stop, _) = serve().await;
    let (answer, _) = say(address, "GET / HTTP/1.1\r\nHost: fund\r\nConnection: close\r\n\r\n").await;
    assert!(answer.contains("127.0.0.1:"), "{answer}");
}

#[tokio::test]
async fn a_client_that_sends_a_byte_now_and_then_does_not_keep_the_server_from_stopping() {
    let (address, stop, server) = serve().await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"POST /take HTTP/1.1\r\nHost: fund\r\nContent-Length: 1000\r\n\r\n").await.unwrap();
    let trickle = tokio::spawn(async move {
        while slow.write_all(b"a").await.is_ok() {
            tokio::time::sleep(HEAD / 4).await;
        }
    });
    tokio::time::sleep(HEAD).await;
    let start = Instant::now();
    stop.send(()).unwrap();
    tokio::time::sleep(HEAD / 4).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody is let in from now on");
    tokio::time::timeout(STOP * 2, server).await.expect("the server stops").unwrap();
    let took = start.elapsed();
    assert!(took >= STOP.mul_f32(0.9) && took < STOP.mul_f32(1.5), "after {took:?}");
    tokio::time::timeout(STOP, trickle).await.expect("the connection is closed").unwrap();
}
