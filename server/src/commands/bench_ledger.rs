//! `fund bench-ledger`, for `make bench`: what the rules of the books cost, against the same rows inserted bare.

use std::time::{Duration, Instant};

use backend::ledger::{NewEntry, post};
use backend::{Context, Work};
use chrono::{Datelike as _, Utc};
use domain::contributions::Earmark;
use domain::ledger::{Event, Posting, pledge};
use domain::money::Money;
use domain::roles::Actor;
use sea_orm::{ConnectionTrait as _, Statement, Value};

use super::{Outcome, say, services};
use crate::config::Checked;

/// The two ways take turns of so many entries, so that both meet the same disk and the same size of tables.
const TURN: i64 = 50;

/// The entries name pledges beyond this number, which are not there: those that are would differ from their books.
const NO_PLEDGE: i64 = 1_000_000_000;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Posts and inserts pledge entries, each in a transaction of its own, and prints the figures as JSON. The
/// database is one of `fund seed-bench`: the entries belong to no pledge.
pub async fn run(settings: &Checked, entries: i64) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "bench-ledger");
    let (mut posting, mut inserting) = (Duration::ZERO, Duration::ZERO);
    let mut done = 0;
    while done < entries {
        let started = Instant::now();
        for number in done..done + TURN {
            post_one(&context, number).await?;
        }
        posting += started.elapsed();
        // Looked up once a turn: counting on from it is not what is measured.
        let (last_id, last) = last(&context).await?;
        let started = Instant::now();
        for number in 1..=TURN {
            insert_one(&context, last_id + number, last + number, NO_PLEDGE + done + number).await?;
        }
        inserting += started.elapsed();
        done += TURN;
    }
    keep_balances(&context, done).await?;
    context.services.database.clone().close().await?;
    let a_second = |time: Duration| (done as f64 / time.as_secs_f64()).round();
    let figures = serde_json::json!({
        "entries": done,
        "posted_a_second": a_second(posting),
        "inserted_a_second": a_second(inserting),
        "ratio": (posting.as_secs_f64() / inserting.as_secs_f64() * 100.0).round() / 100.0,
    });
    say(&figures.to_string());
    Ok(0)
}

/// The postings of one pledge of 1,000 USD.
fn postings() -> Vec<Posting> {
    pledge(Earmark::None, Money::usd(100_000), 100_000, None)
}

/// The way of the use cases: the lock, the rules, the next number, the rows.
async fn post_one(context: &Context, number: i64) -> Result<(), Failure> {
    let command_id = format!("bench-post-{}-{number}", context.now.timestamp_micros());
    let work = context.begin_money().await?;
    let entry = NewEntry {
        event: Event::Pledge,
        date: context.today(),
        source_kind: "pledge",
        source_id: NO_PLEDGE + number,
        donor: None,
        grant: None,
        command_id: &command_id,
        reverses: None,
        postings: postings(),
    };
    post(&work, entry).await?;
    Ok(work.commit().await?)
}

/// The same rows by SQL alone: a transaction, two inserts, in the order that the database wants.
async fn insert_one(context: &Context, id: i64, number: i64, source_id: i64) -> Result<(), Failure> {
    let work = context.begin().await?;
    insert_rows(&work, id, number, source_id).await?;
    Ok(work.commit().await?)
}

/// An entry and its postings.
pub(super) async fn insert_rows(work: &Work<'_>, id: i64, number: i64, source_id: i64) -> Result<(), Failure> {
    let context = work.context;
    let backend = work.transaction.get_database_backend();
    let command_id = format!("bench-insert-{}-{number}", context.now.timestamp_micros());
    let values = postings().into_iter().flat_map(|line| -> [Value; 8] {
        [
            id.into(),
            line.account.code().into(),
            line.earmark.code().into(),
            line.amount.currency.code().into(),
            line.amount.minor.into(),
            line.usd_minor.into(),
            line.rate.map(|rate| rate.units_per_usd.to_string()).into(),
            line.rate.map(|rate| rate.month).into(),
        ]
    });
    let sql = "INSERT INTO postings (entry_id, account, earmark, currency, amount_minor, usd_minor, rate, rate_month) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8), ($9, $10, $11, $12, $13, $14, $15, $16)";
    work.transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let values: [Value; 10] = [
        id.into(),
        context.today().year().into(),
        number.into(),
        context.today().into(),
        Event::Pledge.code().into(),
        "pledge".into(),
        source_id.into(),
        context.actor.name.as_str().into(),
        command_id.into(),
        context.now.into(),
    ];
    let sql = "INSERT INTO journal_entries (id, fiscal_year, number, posting_date, event, source_kind, source_id, actor, \
               command_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    work.transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}

/// Brings the kept balances up to date with the bare inserts, which skip them: not measured, so that `check-books`
/// finds nothing.
async fn keep_balances(context: &Context, entries: i64) -> Result<(), Failure> {
    let work = context.begin_money().await?;
    add_to_balances(&work, entries).await?;
    Ok(work.commit().await?)
}

/// Adds so many entries to the kept balances.
pub(super) async fn add_to_balances(work: &Work<'_>, entries: i64) -> Result<(), Failure> {
    let context = work.context;
    for line in postings() {
        let values: [Value; 6] = [
            (line.usd_minor * entries).into(),
            context.today().year().into(),
            i64::from(context.today().month()).into(),
            line.account.code().into(),
            Event::Pledge.code().into(),
            line.earmark.code().into(),
        ];
        let sql = "UPDATE account_balances SET usd_minor = usd_minor + $1 \
                   WHERE fiscal_year = $2 AND month = $3 AND account = $4 AND event = $5 AND earmark = $6";
        let backend = work.transaction.get_database_backend();
        work.transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

/// The last identifier of an entry, and the last number of the year.
pub(super) async fn last(context: &Context) -> Result<(i64, i64), Failure> {
    let database = &context.services.database;
    let sql = "SELECT (SELECT MAX(id) FROM journal_entries) AS id, \
               (SELECT MAX(number) FROM journal_entries WHERE fiscal_year = $1) AS number";
    let values: [Value; 1] = [context.today().year().into()];
    let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, values);
    let row = database.query_one_raw(statement).await?.ok_or("the journal has no numbers")?;
    Ok((row.try_get("", "id")?, row.try_get("", "number")?))
}
