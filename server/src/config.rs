//! Settings, from flags or the environment, all checked at start.

use std::net::SocketAddr;
use std::path::PathBuf;

use backend::mail::Transport;
use clap::Args;
use lettre::message::Mailbox;

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
    #[arg(long, global = true, env = "DATABASE_URL", default_value = "sqlite://data/fund.db")]
    pub database_url: String,
    /// Folder of uploaded documents and, without a mail server, of mails
    #[arg(long, global = true, env = "DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// Address under which people reach the site
    #[arg(long, global = true, env = "PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
    /// Mail server, such as smtp://localhost:25 or smtps://USER:PASSWORD@HOST; without it mails become .eml files
    #[arg(long, global = true, env = "SMTP_URL")]
    pub smtp_url: Option<String>,
    /// Sender of all mails
    #[arg(
        long,
        global = true,
        env = "MAIL_FROM",
        default_value = "UN Voluntary Trust Fund <fund@localhost.localdomain>"
    )]
    pub mail_from: String,
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
    /// Print the demo logins after starting
    #[arg(long)]
    pub print_demo: bool,
}

impl ServeSettings {
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
        Ok(Checked {
            database_url: self.database_url.clone(),
            data_dir: self.data_dir.clone(),
            public_url: self.public_url.trim_end_matches('/').to_owned(),
            transport,
            sender,
        })
    }
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
            ("MAIL_FROM", Settings { mail_from: "nobody".to_owned(), ..settings() }),
        ];
        for (name, settings) in wrong {
            assert_eq!(settings.check().unwrap_err().name, name);
        }
        assert_eq!(settings().check().unwrap().public_url, "https://fund.example.org");
    }
}
