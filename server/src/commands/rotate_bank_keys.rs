//! `fund rotate-bank-keys`

use backend::Context;
use chrono::Utc;
use domain::roles::Actor;

use super::{Outcome, require_bank_keys, say, services};
use crate::config::Checked;

/// Seals everything anew with the newest key, and says how much that was.
pub async fn run(settings: &Checked) -> Outcome {
    let services = services(settings).await?;
    require_bank_keys(&services).await?;
    let context = Context::new(services, Actor::system(), Utc::now(), "rotate-bank-keys");
    let rotated = backend::sealed::rotate(&context).await?;
    say(&format!(
        "sealed anew with the newest key: {} accounts, {} payees of disbursements, {} files of batches; the older keys \
         can be taken out of BANK_KEYS",
        rotated.accounts, rotated.payees, rotated.files
    ));
    Ok(0)
}
