//! `fund bench-pledges`, for `make bench`: postings a second through a whole use case (a pledge entered by its form:
//! permission, rules, records, entry, kept balances, trail), against the same rows inserted bare.

use std::time::{Duration, Instant};

use backend::{Context, contributions};
use chrono::Utc;
use domain::forms::Typed;
use domain::ids::PledgeId;
use domain::roles::Actor;
use sea_orm::{ConnectionTrait as _, Statement, Value};

use super::{Outcome, bench_ledger, say, services};
use crate::config::Checked;

/// The two ways take turns of so many pledges, so that both meet the same disk and the same size of tables.
const TURN: i64 = 50;
/// Postings of one pledge.
const POSTINGS: i64 = 2;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Enters pledges each way, and prints the figures as JSON. The database is one of `fund seed-bench`.
pub async fn run(settings: &Checked, pledges: i64) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "bench-pledges");
    // Every bare row is a copy of one that the use case wrote: whatever columns there are, they are the same.
    let model = enter(&context, -1).await?;
    let copies = [
        Copies::new(&context, "pledges", "id", "command_id").await?,
        Copies::new(&context, "pledge_instalments", "pledge_id", "pledge_id").await?,
        Copies::new(&context, "audit", "subject_kind = 'pledge' AND subject_id", "subject_id").await?,
    ];
    let (mut entering, mut inserting) = (Duration::ZERO, Duration::ZERO);
    let mut done = 0;
    while done < pledges {
        let started = Instant::now();
        for number in done..done + TURN {
            enter(&context, number).await?;
        }
        entering += started.elapsed();
        let (last_id, last_number) = bench_ledger::last(&context).await?;
        let started = Instant::now();
        for number in 1..=TURN {
            insert(&context, &copies, model, (last_id + number, last_number + number)).await?;
        }
        inserting += started.elapsed();
        done += TURN;
    }
    context.services.database.clone().close().await?;
    let a_second = |time: Duration| ((done * POSTINGS) as f64 / time.as_secs_f64()).round();
    let figures = serde_json::json!({
        "pledges": done,
        "postings_a_second_through_the_use_case": a_second(entering),
        "postings_a_second_inserted_bare": a_second(inserting),
        "ratio": (entering.as_secs_f64() / inserting.as_secs_f64() * 100.0).round() / 100.0,
    });
    say(&figures.to_string());
    Ok(0)
}

/// The form of a pledge of 1,000 USD.
async fn enter(context: &Context, number: i64) -> Result<PledgeId, Failure> {
    let typed = Typed::default()
        .with("donor", "1")
        .with("amount", "1000")
        .with("currency", "USD")
        .with("instrument", "agreement")
        .with("date", context.today().to_string())
        .with("earmark", "none")
        .with("command_id", format!("bench-pledge-{}-{number}", context.now.timestamp_micros()));
    Ok(contributions::pledge(context, &typed).await?)
}

/// The same rows by SQL alone, in a transaction.
async fn insert(
    context: &Context,
    copies: &[Copies; 3],
    model: PledgeId,
    (entry, number): (i64, i64),
) -> Result<(), Failure> {
    let work = context.begin().await?;
    let command_id = format!("bench-copy-{}-{number}", context.now.timestamp_micros());
    let [pledges, instalments, trail] = copies;
    let pledge: i64 = pledges.copy(&work, model, command_id.into()).await?;
    instalments.copy(&work, model, pledge.into()).await?;
    trail.copy(&work, model, pledge.into()).await?;
    bench_ledger::insert_rows(&work, entry, number, pledge).await?;
    bench_ledger::add_to_balances(&work, 1).await?;
    Ok(work.commit().await?)
}

/// How the rows of a table that belong to a pledge are copied, with another value in one column.
struct Copies {
    sql: String,
}

impl Copies {
    async fn new(context: &Context, table: &str, belongs: &str, changed: &str) -> Result<Self, Failure> {
        let database = &context.services.database;
        let sql = format!("SELECT * FROM {table} LIMIT 1");
        let found = database.query_one_raw(Statement::from_string(database.get_database_backend(), sql)).await?;
        let columns = found.ok_or("the table is empty")?.column_names();
        let columns: Vec<&str> = columns.iter().map(String::as_str).filter(|column| *column != "id").collect();
        let values: Vec<&str> = columns.iter().map(|column| if *column == changed { "$1" } else { column }).collect();
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {belongs} = $2 RETURNING id",
            columns.join(", "),
            values.join(", ")
        );
        Ok(Self { sql })
    }

    async fn copy(&self, work: &backend::Work<'_>, model: PledgeId, value: Value) -> Result<i64, Failure> {
        let backend = work.transaction.get_database_backend();
        let values: [Value; 2] = [value, model.0.into()];
        let statement = Statement::from_sql_and_values(backend, &self.sql, values);
        Ok(work.transaction.query_one_raw(statement).await?.ok_or("nothing was copied")?.try_get("", "id")?)
    }
}
