//! `fund bench-bank-statement`, for `make bench`: a long bank statement imported, its sure lines taken for pledges and
//! the others held, as its page does; each against the same rows inserted bare into a copy of the database.

use std::time::{Duration, Instant};

use backend::Context;
use backend::bench_data::bare::{Marks, Rows, marks, since};
use backend::contributions::statements::{accounts, confirm_account, enter_account, hold_rest, import, match_sure};
use backend::contributions::unidentified_queries::open_pledges;
use chrono::Utc;
use domain::forms::Typed;
use domain::ids::{StatementId, UserId};
use domain::roles::Actor;
use sea_orm::DatabaseConnection;

use super::bench_bank_file::{ACCOUNT, BankFile, bank_file};
use super::{Outcome, say, services};
use crate::config::Checked;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What a step took: by the use case, bare, and how many rows it wrote.
struct Step {
    lines: usize,
    through: Duration,
    bare: Duration,
    rows: usize,
}

/// Measures on a database of `fund seed-bench --pledges-a-year`, of which `copy` is a copy, and prints the figures as
/// JSON, in seconds.
pub async fn run(settings: &Checked, lines: usize, copy: &str) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "bench-bank-statement");
    let copy = backend::database::open(copy).await?;
    let open = open_pledges(&context).await?;
    let file = |number| bank_file(&open, lines, context.today(), number).ok_or("too few open pledges: seed more");
    let (first, other) = (file(1)?, file(2)?);
    list_account(&context).await?;

    let before = marks(&context.services.database).await?;
    let started = Instant::now();
    let id = bring(&context, &first).await?;
    let imported = step(&context, &copy, &before, lines, started.elapsed()).await?;

    let before = marks(&context.services.database).await?;
    let started = Instant::now();
    let matched = match_sure(&context, id).await?;
    let taken = step(&context, &copy, &before, matched, started.elapsed()).await?;

    let before = marks(&context.services.database).await?;
    let started = Instant::now();
    let held = hold_rest(&context, id).await?;
    let kept = step(&context, &copy, &before, held, started.elapsed()).await?;
    expect("lines taken and held", (first.sure, first.other), (matched, held))?;

    let again = again(&context, id, &first).await?;
    let overlapping = overlapping(&context, &other, lines).await?;
    context.services.database.clone().close().await?;
    copy.close().await?;
    let figures = serde_json::json!({
        "open_pledges": open.len(),
        "lines": lines,
        "kilobytes": first.xml.len() / 1_000,
        "import": imported.figures(),
        "match": taken.figures(),
        "hold": kept.figures(),
        "again_s": again.as_secs_f64(),
        "other_file_s": overlapping.as_secs_f64(),
    });
    say(&figures.to_string());
    Ok(0)
}

/// The account of the files becomes one of the Fund's, as two people make it one.
async fn list_account(context: &Context) -> Result<(), Failure> {
    let somebody = Actor { user: Some(UserId(1)), ..Actor::system() };
    let typed =
        Typed::default().with("account_number", ACCOUNT).with("currency", "EUR").with("bank_name", "Bank of the bench");
    enter_account(&Context { actor: somebody, ..context.clone() }, &typed).await?;
    for account in accounts(context).await? {
        confirm_account(context, account.id, &Typed::default().with("seen", account.seen)).await?;
    }
    Ok(())
}

async fn bring(context: &Context, file: &BankFile) -> Result<StatementId, Failure> {
    Ok(import(context, &Typed::default(), "bench.xml", file.xml.as_bytes()).await?)
}

/// The floor of a step: what it wrote, inserted bare into the copy, which holds by now what the steps before wrote.
async fn step(
    context: &Context,
    copy: &DatabaseConnection,
    before: &Marks,
    lines: usize,
    through: Duration,
) -> Result<Step, Failure> {
    let written: Rows = since(&context.services.database, before).await?;
    let bare = written.insert(copy).await?;
    Ok(Step { lines, through, bare, rows: written.rows.values().sum() })
}

impl Step {
    fn figures(&self) -> serde_json::Value {
        serde_json::json!({
            "lines": self.lines,
            "rows": self.rows,
            "seconds": self.through.as_secs_f64(),
            "bare_seconds": self.bare.as_secs_f64(),
        })
    }
}

/// The same file and the same steps once more: nothing may change.
async fn again(context: &Context, id: StatementId, file: &BankFile) -> Result<Duration, Failure> {
    let before = marks(&context.services.database).await?;
    let started = Instant::now();
    let same = bring(context, file).await?;
    let (matched, held) = (match_sure(context, id).await?, hold_rest(context, id).await?);
    let took = started.elapsed();
    expect("statement, lines taken and held again", (id.0, 0, 0), (same.0, matched, held))?;
    expect("the ends of all tables", before, marks(&context.services.database).await?)?;
    Ok(took)
}

/// Another file with the same lines: the statement, its audit row, and that it told of the lines are new, and nothing
/// else.
async fn overlapping(context: &Context, file: &BankFile, lines: usize) -> Result<Duration, Failure> {
    let before = marks(&context.services.database).await?;
    let started = Instant::now();
    let id = bring(context, file).await?;
    let (matched, held) = (match_sure(context, id).await?, hold_rest(context, id).await?);
    let took = started.elapsed();
    let written = since(&context.services.database, &before).await?;
    let written: Vec<(&str, usize)> = written.rows.into_iter().collect();
    expect("lines of another file taken and held", (0, 0), (matched, held))?;
    expect(
        "rows of another file",
        vec![("audit", 1), ("bank_statement_lines", lines), ("bank_statements", 1)],
        written,
    )?;
    Ok(took)
}

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, expected: T, found: T) -> Result<(), Failure> {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected {expected:?}, found {found:?}").into()) }
}
