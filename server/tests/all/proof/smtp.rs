//! The mail server for tests, `end2end/tools/smtp-server.mjs`, as a process of its own.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A mail server. It ends with the test.
pub struct MailServer {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl MailServer {
    /// None where `SMTP_TEST_SERVER` does not name the server's script, which is a failure in CI.
    pub fn start(port: u16, options: &[&str]) -> Option<Self> {
        let Ok(script) = std::env::var("SMTP_TEST_SERVER") else {
            assert!(std::env::var_os("CI").is_none(), "SMTP_TEST_SERVER must name the mail server's script in CI");
            eprintln!("SMTP_TEST_SERVER is not set: not tried against a real mail server");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("node");
        command.arg(script).arg(port.to_string()).arg(folder.path()).args(options);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("listening ").unwrap().parse().unwrap();
        Some(Self { child, port, folder })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The setting `SMTP_URL` that leads to it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// How often each mail came in, by its `Message-ID`.
    pub fn received(&self) -> HashMap<String, i64> {
        let mut received = HashMap::new();
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        // A mail that is still being written has another ending.
        for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "eml")) {
            let text = std::fs::read_to_string(path).unwrap();
            let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap();
            *received.entry(id.trim().to_owned()).or_default() += 1;
        }
        received
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
