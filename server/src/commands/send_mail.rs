//! `fund send-mail`

use backend::Context;
use chrono::Utc;
use domain::roles::Actor;

use super::{Outcome, say, services};
use crate::config::Checked;

/// Drains the outbox once.
pub async fn run(settings: &Checked) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "send-mail");
    let drained = backend::mail::drain(&context, &settings.transport, &settings.sender).await?;
    say(&format!("{} sent, {} failed", drained.sent, drained.failed));
    Ok(u8::from(drained.failed > 0))
}
