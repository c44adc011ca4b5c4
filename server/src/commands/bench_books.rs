//! `fund bench-books`, for `make bench`: what the Fund's position and the trial balance cost, beside the least that
//! could be read for them and beside adding up all postings; and what a thousand lines of the longest account cost.

use std::time::{Duration, Instant};

use backend::Context;
use backend::ledger::queries;
use backend::statements::{Asked, open};
use chrono::{NaiveDate, Utc};
use domain::ledger::Account;
use domain::roles::Actor;
use domain::statements::StatementKind;
use sea_orm::{ConnectionTrait as _, Statement};

use super::{Outcome, say, services};
use crate::config::Checked;

/// How often each is asked; the ways take turns, so that all meet the same machine.
const ROUNDS: usize = 41;
/// How often all postings are added up, which takes long.
const LONG_ROUNDS: usize = 5;
/// Lines of the general ledger that are read at once, as for its files.
const PART: u64 = 1_000;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures on a database of `fund seed-bench`, and prints medians as JSON, in microseconds.
pub async fn run(settings: &Checked) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "bench-books");
    let postings = count(&context, "SELECT COUNT(*) AS counted FROM postings").await?;
    let (mut position, mut books, mut bare, mut summed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let started = Instant::now();
        queries::position(&context.services.database).await?;
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
    let (lines, lines_bare, read, read_bare) = general_ledger(&context).await?;
    context.services.database.clone().close().await?;
    let figures = serde_json::json!({
        "postings": postings,
        "position_us": median(position),
        "position_and_trial_balance_us": median(books),
        "bare_read_of_kept_balances_us": median(bare),
        "adding_up_all_postings_us": median(summed),
        "ledger_lines": lines,
        "ledger_us_a_thousand_lines": a_thousand(read, lines),
        "bare_read_us_a_thousand_lines": a_thousand(read_bare, lines_bare),
    });
    say(&figures.to_string());
    Ok(0)
}

fn a_thousand(time: Duration, lines: usize) -> u128 {
    time.as_micros() * 1_000 / lines.max(1) as u128
}

/// Lines of the longest account and how long they took: in parts, as for a file, and all at once without their words.
async fn general_ledger(context: &Context) -> Result<(usize, usize, Duration, Duration), Failure> {
    let database = &context.services.database;
    let sql = "SELECT account FROM postings GROUP BY account ORDER BY COUNT(*) DESC, account LIMIT 1";
    let longest = Statement::from_string(database.get_database_backend(), sql);
    let code: String = database.query_one_raw(longest).await?.ok_or("there are no postings")?.try_get("", "account")?;
    let account = Account::from_code(&code);
    let (from, at) = (Some(NaiveDate::default()), context.today());
    let asked = Asked { kind: StatementKind::GeneralLedger, at, from, account, donor: None };
    let started = Instant::now();
    let mut statement = open(context, &asked).await?;
    let mut lines = 0;
    loop {
        let part = statement.next(context, PART).await?.len();
        lines += part;
        if part == 0 {
            break;
        }
    }
    let read = started.elapsed();
    let sql = format!(
        "SELECT e.posting_date, p.* FROM postings p JOIN journal_entries e ON e.id = p.entry_id \
         WHERE p.account = '{code}' ORDER BY e.posting_date, e.id, p.id"
    );
    let started = Instant::now();
    let bare = database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await?.len();
    Ok((lines, bare, read, started.elapsed()))
}

async fn ask(context: &Context, sql: &str) -> Result<Duration, Failure> {
    let database = &context.services.database;
    let started = Instant::now();
    database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await?;
    Ok(started.elapsed())
}

async fn count(context: &Context, sql: &str) -> Result<i64, Failure> {
    let database = &context.services.database;
    let statement = Statement::from_string(database.get_database_backend(), sql);
    Ok(database.query_one_raw(statement).await?.ok_or("nothing was counted")?.try_get("", "counted")?)
}

fn median(mut times: Vec<Duration>) -> u128 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0, Duration::as_micros)
}
