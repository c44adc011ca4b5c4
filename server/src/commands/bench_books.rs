//! `fund bench-books`, for `make bench`: what the Fund's position and the trial balance cost, beside the least that
//! could be read for them and beside adding up all postings.

use std::time::{Duration, Instant};

use backend::Context;
use backend::ledger::queries;
use chrono::Utc;
use domain::roles::Actor;
use sea_orm::{ConnectionTrait as _, Statement};

use super::{Outcome, say, services};
use crate::config::Checked;

/// How often each is asked; the ways take turns, so that all meet the same machine.
const ROUNDS: usize = 41;
/// How often all postings are added up, which takes long.
const LONG_ROUNDS: usize = 5;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures on a database of `fund seed-bench`, and prints medians as JSON, in microseconds.
pub async fn run(settings: &Checked) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "bench-books");
    let postings = count(&context, "SELECT COUNT(*) AS counted FROM postings").await?;
    let (mut position, mut books, mut bare, mut summed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let started = Instant::now();
        queries::position(context.database()).await?;
        position.push(started.elapsed());
        let started = Instant::now();
        queries::books(&context).await?;
        books.push(started.elapsed());
        bare.push(ask(&context, "SELECT account, event, earmark, usd_minor FROM account_balances").await?);
        if round < LONG_ROUNDS {
            let sql = "SELECT account, CAST(SUM(usd_minor) AS BIGINT) AS sum FROM postings GROUP BY account";
            summed.push(ask(&context, sql).await?);
        }
    }
    context.database().clone().close().await?;
    let figures = serde_json::json!({
        "postings": postings,
        "position_us": median(position),
        "position_and_trial_balance_us": median(books),
        "bare_read_of_kept_balances_us": median(bare),
        "adding_up_all_postings_us": median(summed),
    });
    say(&figures.to_string());
    Ok(0)
}

async fn ask(context: &Context, sql: &str) -> Result<Duration, Failure> {
    let database = context.database();
    let started = Instant::now();
    database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await?;
    Ok(started.elapsed())
}

async fn count(context: &Context, sql: &str) -> Result<i64, Failure> {
    let database = context.database();
    let statement = Statement::from_string(database.get_database_backend(), sql);
    Ok(database.query_one_raw(statement).await?.ok_or("nothing was counted")?.try_get("", "counted")?)
}

fn median(mut times: Vec<Duration>) -> u128 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0, Duration::as_micros)
}
