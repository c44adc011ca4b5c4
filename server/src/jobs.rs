//! What the server does by itself: sending mail, and reminding of reports.

use std::sync::Arc;
use std::time::Duration;

use backend::mail::{Transport, drain};
use backend::{Context, Services};
use chrono::Utc;
use domain::roles::Actor;
use lettre::message::Mailbox;

/// Pause between two looks into the outbox.
const PAUSE: Duration = Duration::from_secs(5);

/// Sends mails until the process ends. A failure is logged and tried again; it never ends the loop.
pub async fn send_mail(services: Arc<Services>, transport: Transport, sender: Mailbox) {
    loop {
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-mail");
        if let Err(cause) = drain(&context, &transport, &sender).await {
            tracing::error!(%cause, "the outbox could not be drained");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
