//! Settings, from flags or the environment, all checked at start.

use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use backend::mail::Transport;
use backend::sealed::BankKeys;
use clap::Args;
use lettre::message::Mailbox;

/// Name of the setting that holds the keys of bank details.
pub const BANK_KEYS: &str = "BANK_KEYS";
/// The file of the data folder that is read where the setting is not given.
const KEY_FILE: &str = "bank-keys";

/// A setting that makes no sense; the text names it and says how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("the setting {name} cannot be used: {why}")]
pub struct SettingError {
    /// Name in the environment.
    pub name: &'static str,
    /// What is wrong.
    pub why: String,
}

/// Settings that every command takes.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Where the records are: sqlite://FILE (created when missing) or postgres://USER:PASSWORD@HOST/DATABASE
    #[arg(long, global = true, env = "DATABASE_URL", default_value = "sqlite://data/fund.db", hide_env_values = true)]
    pub database_url: String,
    /// Folder of uploaded documents and, without a mail server, of mails
    #[arg(long, global = true, env = "DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// Address under which people reach the site
    #[arg(long, global = true, env = "PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
    /// Keys that seal bank details, newest first: 2:BASE64,1:BASE64 (32 bytes each). Without it, the file bank-keys of
    /// the data folder is read if it is there
    #[arg(long, global = true, env = "BANK_KEYS", hide_env_values = true)]
    pub bank_keys: Option<String>,
    /// Mail server, such as smtp://localhost:25 or smtps://USER:PASSWORD@HOST; without it mails become .eml files
    #[arg(long, global = true, env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Megabytes that the documents of one organisation may take
    #[arg(long, global = true, env = "DOCUMENT_QUOTA_MB", default_value_t = 500, value_parser = clap::value_parser!(u32).range(10..))]
    pub document_quota_mb: u32,
    /// Sender of all mails
    #[arg(
        long,
        global = true,
        env = "MAIL_FROM",
        default_value = "UN Voluntary Trust Fund <fund@localhost.localdomain>"
    )]
    pub mail_from: String,
    /// File to which the security log is added; without it, it goes to standard error
    #[arg(long, global = true, env = "SECURITY_LOG")]
    pub security_log: Option<PathBuf>,
}

/// Settings of `fund serve`.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// Address and port to listen on
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Folder with the browser's files, as cargo-leptos wrote it
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site")]
    pub site_root: String,
    /// Header in which a proxy of yours hands over the visitor's address, such as x-forwarded-for; only behind such a proxy
    #[arg(long, env = "CLIENT_ADDRESS_HEADER")]
    pub client_address_header: Option<String>,
    /// Seconds that requests under way may still take after the word to stop; then their connections are closed
    #[arg(long, env = "SHUTDOWN_SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=3600))]
    pub shutdown_seconds: u16,
    /// Print the demo logins after starting
    #[arg(long)]
    pub print_demo: bool,
}

impl ServeSettings {
    /// Checks that the browser's files are there.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn check_site_root(&self) -> Result<(), SettingError> {
        if Path::new(&self.site_root).is_dir() {
            return Ok(());
        }
        let why = format!("there is no folder {}; build the browser's files first (`make run` does)", self.site_root);
        Err(SettingError { name: "LEPTOS_SITE_ROOT", why })
    }

    /// The header in which a proxy hands over the visitor's address.
    ///
    /// # Errors
    /// When it cannot be the name of a header.
    pub fn address_header(&self) -> Result<Option<axum::http::HeaderName>, SettingError> {
        self.client_address_header.as_ref().map(|name| name.parse()).transpose().map_err(|_| SettingError {
            name: "CLIENT_ADDRESS_HEADER",
            why: "it is not the name of a header".to_owned(),
        })
    }
}

/// Settings after checking.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Database URL.
    pub database_url: String,
    /// Folder for files.
    pub data_dir: PathBuf,
    /// Public address without a slash at the end.
    pub public_url: String,
    /// How mails leave.
    pub transport: Transport,
    /// Sender.
    pub sender: Mailbox,
    /// Keys of bank details; empty when there are none.
    pub bank_keys: BankKeys,
    /// Bytes that the documents of one organisation may take.
    pub document_quota: i64,
}

impl Settings {
    /// Checks every setting.
    ///
    /// # Errors
    /// The first setting that makes no sense.
    pub fn check(&self) -> Result<Checked, SettingError> {
        let wrong = |name, why: String| SettingError { name, why };
        let known = ["sqlite://", "postgres://", "postgresql://"];
        if !known.iter().any(|scheme| self.database_url.starts_with(scheme) && self.database_url.len() > scheme.len()) {
            return Err(wrong(
                "DATABASE_URL",
                "it must begin with sqlite:// or postgres://, then say where".to_owned(),
            ));
        }
        let url = url::Url::parse(&self.public_url).map_err(|cause| wrong("PUBLIC_URL", cause.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || url.path() != "/" {
            return Err(wrong("PUBLIC_URL", "it must be http:// or https:// and a host, without a path".to_owned()));
        }
        std::fs::create_dir_all(&self.data_dir)
            .map_err(|cause| wrong("DATA_DIR", format!("{}: {cause}", self.data_dir.display())))?;
        let transport = match &self.smtp_url {
            Some(smtp) => Transport::smtp(smtp).map_err(|cause| wrong("SMTP_URL", cause.to_string()))?,
            None => Transport::File(self.data_dir.join("mail")),
        };
        let sender = self.mail_from.parse().map_err(|cause| wrong("MAIL_FROM", format!("{cause}")))?;
        let bank_keys = self.bank_keys().map_err(|why| wrong(BANK_KEYS, why))?;
        Ok(Checked {
            bank_keys,
            document_quota: i64::from(self.document_quota_mb) * 1_000_000,
            database_url: self.database_url.clone(),
            data_dir: self.data_dir.clone(),
            public_url: self.public_url.trim_end_matches('/').to_owned(),
            transport,
            sender,
        })
    }
}

impl Settings {
    /// The keys of the setting, else those of the file in the data folder, else none.
    fn bank_keys(&self) -> Result<BankKeys, String> {
        if let Some(text) = &self.bank_keys {
            return BankKeys::parse(text);
        }
        let path = self.data_dir.join(KEY_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(BankKeys::default()),
            Err(cause) => return Err(format!("{}: {cause}", path.display())),
        };
        let mode = std::fs::metadata(&path).map_err(|cause| format!("{}: {cause}", path.display()))?.permissions();
        if mode.mode() & 0o077 != 0 {
            return Err(format!("others may read {}; type chmod 600 for it", path.display()));
        }
        BankKeys::parse(text.trim()).map_err(|why| format!("{}: {why}", path.display()))
    }
}

/// Makes a key for demo data where there is none, in the data folder, for its owner only.
///
/// # Errors
/// No randomness, or the file system's.
pub fn make_demo_key(settings: &mut Checked) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    if !settings.bank_keys.is_empty() {
        return Ok(());
    }
    let text = BankKeys::generate()?;
    let path = settings.data_dir.join(KEY_FILE);
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(format!("{text}\n").as_bytes())?;
    file.sync_all()?;
    settings.bank_keys = BankKeys::parse(&text)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            database_url: "sqlite://x.db".to_owned(),
            data_dir: std::env::temp_dir(),
            public_url: "https://fund.example.org/".to_owned(),
            smtp_url: None,
            mail_from: "fund@example.org".to_owned(),
            bank_keys: None,
            document_quota_mb: 500,
            security_log: None,
        }
    }

    #[test]
    fn each_wrong_setting_is_named() {
        let wrong = [
            ("DATABASE_URL", Settings { database_url: "mysql://x".to_owned(), ..settings() }),
            ("DATABASE_URL", Settings { database_url: "sqlite://".to_owned(), ..settings() }),
            ("PUBLIC_URL", Settings { public_url: "fund.example.org".to_owned(), ..settings() }),
            ("PUBLIC_URL", Settings { public_url: "https://fund.example.org/app".to_owned(), ..settings() }),
            ("SMTP_URL", Settings { smtp_url: Some("http://mail".to_owned()), ..settings() }),
            ("BANK_KEYS", Settings { bank_keys: Some("1:AAAA".to_owned()), ..settings() }),
            ("MAIL_FROM", Settings { mail_from: "nobody".to_owned(), ..settings() }),
        ];
        for (name, settings) in wrong {
            assert_eq!(settings.check().unwrap_err().name, name);
        }
        assert_eq!(settings().check().unwrap().public_url, "https://fund.example.org");
    }

    #[test]
    fn a_demo_key_is_made_once_for_its_owner_only_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { data_dir: folder.path().to_owned(), ..settings() };
        let mut checked = settings.check().unwrap();
        assert!(checked.bank_keys.is_empty());
        make_demo_key(&mut checked).unwrap();
        let file = folder.path().join(KEY_FILE);
        let (text, mode) = (std::fs::read_to_string(&file).unwrap(), std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode.mode() & 0o777, 0o600);
        let mut again = settings.check().unwrap();
        make_demo_key(&mut again).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(settings.check().unwrap_err().name, "BANK_KEYS");
    }
}
