//! A PostgreSQL of the test's own, which it may restart, fill and make read-only. Data is written as in operation:
//! unlike the one of `make test`, it waits for the disk.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A private, throw-away PostgreSQL on loopback.
pub struct Cluster {
    pub folder: tempfile::TempDir,
    programs: PathBuf,
    /// PostgreSQL refuses to run as root: the account that it runs under instead.
    owner: Option<&'static str>,
    port: u16,
}

impl Cluster {
    /// None where PostgreSQL is not installed, which is a failure in CI.
    pub fn start() -> Option<Self> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
        let programs = versions.map(|version| version.unwrap().path().join("bin")).max();
        let Some(programs) = programs else {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL must be installed in CI");
            eprintln!("PostgreSQL is not installed: not tried");
            return None;
        };
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let owner = is_root().then(|| if has_account("postgres") { "postgres" } else { "nobody" });
        let cluster = Self { folder: tempfile::tempdir().unwrap(), programs, owner, port };
        cluster.give(cluster.folder.path());
        let data = ["--pgdata", "data"];
        let options = ["--username", "fund", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"];
        cluster.run("initdb", &[&data[..], &options].concat());
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\n",
            cluster.folder.path().display()
        );
        let file = cluster.folder.path().join("data/postgresql.conf");
        std::fs::write(&file, std::fs::read_to_string(&file).unwrap() + &settings).unwrap();
        cluster.control("start", &["--log", "log"]);
        Some(cluster)
    }

    /// The address of its first database.
    pub fn url(&self) -> String {
        format!("postgres://fund@127.0.0.1:{}/postgres", self.port)
    }

    /// Makes a file or folder that of the account that PostgreSQL runs under.
    pub fn give(&self, path: &Path) {
        if let Some(owner) = self.owner {
            assert!(Command::new("chown").arg(owner).arg(path).status().unwrap().success());
        }
    }

    /// `pg_ctl`, waiting for the end.
    pub fn control(&self, verb: &str, options: &[&str]) {
        self.run("pg_ctl", &[&[verb, "--pgdata", "data", "--wait", "--silent"], options].concat());
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program).args(arguments).status().unwrap();
        assert!(status.success(), "{program} {arguments:?}: {status}");
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = match self.owner {
            Some(owner) => {
                let mut command = Command::new("runuser");
                command.args(["-u", owner, "--"]).arg(&program);
                command
            }
            None => Command::new(&program),
        };
        // In its own folder: the project's may be closed to that account.
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The log is the first that one wants to see.
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            eprintln!("{}", log.lines().rev().take(20).collect::<Vec<_>>().join("\n"));
        }
        let _ = self.command("pg_ctl").args(["stop", "--pgdata", "data", "--mode", "immediate", "--silent"]).status();
    }
}

/// True when the test runs as root, as it does in a container.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    String::from_utf8_lossy(&id.stdout).trim() == "0"
}

fn has_account(name: &str) -> bool {
    Command::new("id").arg(name).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}
