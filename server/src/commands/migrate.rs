//! `fund migrate`

use migrations::Migrator;
use sea_orm_migration::MigratorTrait as _;

use super::{Outcome, say, services};
use crate::config::Checked;

/// Brings the schema up to date.
pub async fn run(settings: &Checked) -> Outcome {
    let services = services(settings).await?;
    let pending = Migrator::get_pending_migrations(&services.database).await?.len();
    Migrator::up(&services.database, None).await?;
    say(&format!("{pending} steps applied; the schema is up to date"));
    Ok(0)
}
