//! `fund seed-bench`, for `make bench`

use backend::Context;
use backend::bench_data::{Sizes, seed};
use chrono::Utc;
use domain::roles::Actor;

use super::{Outcome, say, services};
use crate::config::Checked;

/// Fills a migrated, empty database with data to measure with, and prints what is where as JSON.
pub async fn run(settings: &Checked, sizes: Sizes) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "seed-bench");
    let seeded = seed(&context, sizes).await?;
    // Closed in order, so that SQLite's write-ahead log does not outlive the seeding.
    context.services.database.clone().close().await?;
    say(&serde_json::to_string(&seeded)?);
    Ok(0)
}
