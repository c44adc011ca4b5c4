//! `fund check-books`

use super::{Outcome, say, services};
use crate::config::Checked;

/// Checks the books and reports.
pub async fn run(settings: &Checked) -> Outcome {
    let services = services(settings).await?;
    let findings = backend::ledger::check::check_books(&services.database).await?;
    for finding in &findings {
        say(finding);
    }
    if findings.is_empty() {
        say(
            "the books hold: every entry balances, numbers have no gaps, nothing is committed or paid beyond the money",
        );
    }
    Ok(u8::from(!findings.is_empty()))
}
