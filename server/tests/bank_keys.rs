//! The program and the keys of bank details: it does not start without the right ones, says which setting is meant, and
//! the demo makes its own.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use backend::sealed::BankKeys;

fn fund(folder: &Path, command: &str, keys: Option<&str>) -> Command {
    let mut fund = Command::new(env!("CARGO_BIN_EXE_fund"));
    fund.arg(command)
        .env("DATABASE_URL", format!("sqlite://{}/fund.db", folder.display()))
        .env("DATA_DIR", folder)
        .env("LISTEN", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", folder)
        .env_remove("BANK_KEYS")
        .stdin(Stdio::null());
    if let Some(keys) = keys {
        fund.env("BANK_KEYS", keys);
    }
    fund
}

fn run(folder: &Path, command: &str, keys: Option<&str>) -> Output {
    fund(folder, command, keys).output().unwrap()
}

/// Starts a server, and gives what it said when it ended by itself; empty when it had to be stopped.
fn serve(folder: &Path, keys: Option<&str>) -> String {
    let mut server = fund(folder, "serve", keys).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(3) {
        if let Some(status) = server.try_wait().unwrap() {
            assert_eq!(status.code(), Some(2));
            return String::from_utf8(server.wait_with_output().unwrap().stderr).unwrap();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    server.kill().unwrap();
    server.wait().unwrap();
    String::new()
}

#[test]
fn the_server_does_not_start_without_its_schema_or_the_browsers_files_and_says_which_setting_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let key = BankKeys::generate().unwrap();
    let said = serve(folder, Some(&key));
    assert!(said.contains("DATABASE_URL") && said.contains("run `fund migrate` first"), "{said}");
    assert!(run(folder, "migrate", None).status.success());
    assert_eq!(serve(folder, Some(&key)), "");
    let mut elsewhere = fund(folder, "serve", Some(&key));
    let said = elsewhere.env("LEPTOS_SITE_ROOT", folder.join("nowhere")).output().unwrap();
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(said.contains("LEPTOS_SITE_ROOT") && said.contains("nowhere"), "{said}");
}

#[test]
fn the_server_starts_with_the_right_keys_only_and_names_the_setting() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(run(folder, "migrate", None).status.success(), "the schema needs no key");
    let said = serve(folder, None);
    assert!(said.contains("the setting BANK_KEYS cannot be used: it is missing"), "{said}");
    let said = serve(folder, Some("1:short"));
    assert!(said.contains("BANK_KEYS") && !said.contains("short"), "{said}");
    let (key, other) = (BankKeys::generate().unwrap(), BankKeys::generate().unwrap());
    assert_eq!(serve(folder, Some(&key)), "");
    let said = serve(folder, Some(&other));
    assert!(said.contains("BANK_KEYS") && said.contains("key 1 is not the one"), "{said}");
    assert!(!said.contains(&other[2..10]), "no part of a key is said");
    let second = other.replacen('1', "2", 1);
    let said = serve(folder, Some(&second));
    assert!(said.contains("key 1 is missing"), "{said}");
    assert_eq!(serve(folder, Some(&format!("{second},{key}"))), "");
    assert!(run(folder, "rotate-bank-keys", Some(&format!("{second},{key}"))).status.success());
    assert_eq!(serve(folder, Some(&second)), "", "the old key can go");
}
