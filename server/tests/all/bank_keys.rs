//! The program and its secrets: it does not start without the right keys of bank details, says which setting is meant,
//! the demo makes its own; what it writes is for its owner only, and no secret is printed.
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

#[test]
fn no_help_and_no_refusal_prints_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "s3cr3t-of-ours";
    for arguments in [&["--help"][..], &["serve", "--help"], &["migrate", "--help"], &["migrate"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fund"));
        program.args(arguments).env("DATA_DIR", folder.path()).env("BANK_KEYS", format!("1:{secret}"));
        program.env("DATABASE_URL", format!("postgres://fund:{secret}@127.0.0.1:1/fund"));
        for smtp in [format!("smtps://fund:{secret}@127.0.0.1"), format!("http://fund:{secret}@127.0.0.1")] {
            let output = program.env("SMTP_URL", smtp).output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            assert!(!String::from_utf8_lossy(&said).contains(secret), "{}", String::from_utf8_lossy(&said));
        }
    }
}

/// The files below a folder that anybody but their owner may read or write.
fn open_to_others(folder: &Path) -> Vec<std::path::PathBuf> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, about) = (entry.path(), entry.metadata().unwrap());
        if about.permissions().mode() & 0o077 != 0 {
            found.push(path.clone());
        }
        if about.is_dir() {
            found.extend(open_to_others(&path));
        }
    }
    found
}

#[test]
fn database_documents_mails_and_keys_are_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(run(&data, "migrate", None).status.success());
    assert!(run(&data, "seed-demo", None).status.success());
    for expected in ["fund.db", "bank-keys", "documents"] {
        assert!(data.join(expected).exists(), "{expected}");
    }
    // The demonstration's mails count as sent: one of a Fund that begins.
    let fresh = folder.path().join("fresh");
    assert!(run(&fresh, "migrate", None).status.success());
    let mut invite = fund(&fresh, "create-admin", None);
    assert!(invite.args(["--name", "Ada Lima", "--email", "ada@example.org"]).output().unwrap().status.success());
    assert!(run(&fresh, "send-mail", None).status.success());
    assert!(fresh.join("mail").exists());
    assert_eq!(open_to_others(folder.path()), Vec::<std::path::PathBuf>::new());
    let checked = run(&data, "check-documents", None);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}
