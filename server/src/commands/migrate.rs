//! `fund migrate`

use super::{Outcome, say, services};
use crate::config::Checked;

/// Brings the schema up to date.
pub async fn run(settings: &Checked) -> Outcome {
    let services = services(settings).await?;
    let applied = migrations::apply(&services.database).await?;
    say(&format!("{applied} steps applied; the schema is up to date"));
    Ok(0)
}
