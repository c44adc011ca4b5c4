//! `fund check-documents`

use backend::Context;
use chrono::Utc;
use domain::roles::Actor;

use super::{Outcome, require_schema, say, services};
use crate::config::Checked;

/// Checks the documents on the disk and reports.
pub async fn run(settings: &Checked) -> Outcome {
    let services = services(settings).await?;
    require_schema(&services).await?;
    let context = Context::new(services, Actor::system(), Utc::now(), "command-check-documents");
    let checked = backend::documents::check(&context).await?;
    for finding in &checked.findings {
        say(finding);
    }
    if checked.findings.is_empty() {
        say(&format!("all {} documents are there, and as they were uploaded", checked.contents));
    }
    Ok(u8::from(!checked.findings.is_empty()))
}
