//! The three ways a mail leaves: SMTP, a file, or the memory of a test.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::message::Message;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport as _, Tokio1Executor};

/// After this time without an end a mail server is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a mail could not be handed over.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The mail server's answer, or that there was none.
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The mail server took the connection and then said nothing.
    #[error("the mail server did not answer within {} seconds", PATIENCE.as_secs())]
    Silent,
    /// The file could not be written.
    #[error("{0}")]
    File(#[from] std::io::Error),
}

/// Most characters of somebody else's words that are kept.
const WORDS: usize = 400;

impl TransportError {
    /// What an administrator reads. The words of a mail server and of the operating system stay as they are.
    #[must_use]
    pub fn message(&self) -> Message {
        let seconds = i64::try_from(PATIENCE.as_secs()).unwrap_or(i64::MAX);
        let (key, words) = match self {
            Self::Silent => return Message::new("mail-failed-silent").with("seconds", seconds),
            Self::Smtp(cause) => match cause.status() {
                Some(code) => {
                    return Message::new("mail-failed-refused")
                        .with("code", code.to_string())
                        .with("words", cut(&said(cause)));
                }
                None => ("mail-failed-unreachable", said(cause)),
            },
            Self::File(cause) => ("mail-failed-file", cause.to_string()),
        };
        Message::new(key).with("words", cut(&words))
    }
}

/// What the other side said, without the library's own words before it.
fn said(cause: &lettre::transport::smtp::Error) -> String {
    std::error::Error::source(cause).map_or_else(|| cause.to_string(), ToString::to_string)
}

pub(super) fn cut(words: &str) -> String {
    words.chars().take(WORDS).collect()
}

/// How mails leave.
#[derive(Clone, Debug)]
pub enum Transport {
    /// To a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// As `.eml` files in a folder.
    File(PathBuf),
    /// Kept for a test to look at.
    Memory(Arc<Mutex<Vec<lettre::Message>>>),
}

impl Transport {
    /// A mail server by its URL: `smtp://localhost:25`, `smtps://user:password@host`, `smtp://host:587?tls=required`.
    ///
    /// # Errors
    /// When the URL makes no sense.
    pub fn smtp(url: &str) -> Result<Self, TransportError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(PATIENCE)).build();
        Ok(Self::Smtp(transport))
    }

    /// Hands a mail over. `name` is unique to the mail: a file written twice is the same file.
    ///
    /// # Errors
    /// When the other side did not take it.
    pub async fn send(&self, message: lettre::Message, name: &str) -> Result<(), TransportError> {
        match self {
            Self::Smtp(transport) => {
                // The transport's own timeout ends with the connecting; a server that then keeps silent would
                // stop the whole outbox.
                tokio::time::timeout(PATIENCE, transport.send(message)).await.map_err(|_| TransportError::Silent)??;
            }
            Self::File(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                // Written beside and renamed, so that nobody reads half a mail.
                let part = folder.join(format!(".{name}.part"));
                tokio::fs::write(&part, message.formatted()).await?;
                tokio::fs::rename(part, folder.join(format!("{name}.eml"))).await?;
            }
            Self::Memory(messages) => {
                messages.lock().map_err(|_| std::io::Error::other("a test panicked"))?.push(message);
            }
        }
        Ok(())
    }
}
