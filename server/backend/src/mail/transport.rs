//! The three ways a mail leaves: SMTP, a file, or the memory of a test.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport as _, Message, Tokio1Executor};

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

/// How mails leave.
#[derive(Clone, Debug)]
pub enum Transport {
    /// To a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// As `.eml` files in a folder.
    File(PathBuf),
    /// Kept for a test to look at.
    Memory(Arc<Mutex<Vec<Message>>>),
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
    pub async fn send(&self, message: Message, name: &str) -> Result<(), TransportError> {
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
