//! The real program, `fund serve`, as a process of its own.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use super::place::Place;

/// A server. It dies with the test.
pub struct Server {
    pub address: SocketAddr,
    child: Child,
    /// Held, or the server could not say that it stops.
    _said: BufReader<ChildStdout>,
}

impl Server {
    /// Starts a server on a database, with settings of its own, and waits until it listens.
    pub async fn start(place: &Place, settings: &[(&str, &str)]) -> Self {
        Self::start_with(place, settings, Command::new).await
    }

    /// The same, as part of a longer command where `command` makes one of it.
    pub async fn start_with(
        place: &Place,
        settings: &[(&str, &str)],
        command: impl FnOnce(&'static str) -> Command,
    ) -> Self {
        let log = place.folder().join("server.log");
        let log = std::fs::File::options().create(true).append(true).open(log).unwrap();
        let mut child = command(env!("CARGO_BIN_EXE_fund"))
            .arg("serve")
            .env("DATABASE_URL", &place.url)
            .env("DATA_DIR", place.folder())
            .env("BANK_KEYS", &place.bank_keys)
            .env("LISTEN", "127.0.0.1:0")
            .env("PUBLIC_URL", &place.services.public_url)
            .env("LEPTOS_SITE_ROOT", place.folder())
            .env_remove("SMTP_URL")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        let started = tokio::time::timeout(Duration::from_secs(60), said.read_line(&mut line)).await;
        started.expect("the server says nothing").unwrap();
        let address = line.trim().rsplit_once("http://").map(|(_, address)| address.parse().unwrap());
        let log = || std::fs::read_to_string(place.folder().join("server.log")).unwrap_or_default();
        let address = address.unwrap_or_else(|| panic!("the server did not start: {line} {}", log()));
        Self { address, child, _said: said }
    }

    /// The number of the process.
    pub fn process(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Asks the server to stop, as a service manager does, and waits until it has.
    pub async fn stop(mut self) {
        let told = std::process::Command::new("kill").arg(self.process().to_string()).status().unwrap();
        assert!(told.success());
        let ended = tokio::time::timeout(Duration::from_secs(60), self.child.wait()).await;
        assert!(ended.expect("the server does not stop").unwrap().success());
    }

    /// Ends the server with SIGKILL, as a power cut or the system's memory keeper would.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}
