//! `fund bench-contributions`, for `make bench`: the statement of contributions of twenty fiscal years as CSV and as
//! XLSX, beside the pledges and receipts behind it read by SQL alone and added up.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use backend::Context;
use backend::statements::{Asked, Cell, Statement, csv_end, csv_rows, csv_start, open, write_xlsx};
use chrono::{Datelike as _, NaiveDate, Utc};
use domain::roles::Actor;
use domain::statements::StatementKind;
use domain::users::Language;
use i18n::Reader;
use sea_orm::{ConnectionTrait as _, Statement as Sql};

use super::{Outcome, say, services};
use crate::config::Checked;

/// How often each is asked; the ways take turns, so that all meet the same machine.
const ROUNDS: usize = 11;
/// Rows of a part, as in a download.
const PART: u64 = 1_000;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures on a database of `fund seed-bench --pledges-a-year`, and prints sizes, and medians in microseconds, as JSON.
pub async fn run(settings: &Checked) -> Outcome {
    let context = Context::new(services(settings).await?, Actor::system(), Utc::now(), "bench-contributions");
    let (mut opened, mut csv, mut xlsx, mut bare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sizes = serde_json::Value::Null;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let statement = contributions(&context).await?;
        opened.push(started.elapsed());
        let started = Instant::now();
        let as_csv = whole_csv(&context).await?;
        csv.push(started.elapsed());
        let started = Instant::now();
        let as_xlsx = whole_xlsx(&context).await?;
        xlsx.push(started.elapsed());
        let started = Instant::now();
        let floor = Floor::read(&context).await?;
        bare.push(started.elapsed());
        floor.compare(&statement)?;
        sizes = serde_json::json!({
            "fiscal_years": floor.years(),
            "pledges": floor.pledges,
            "receipts": floor.receipts,
            "statement_rows": statement.count,
            "csv_bytes": as_csv.len(),
            "xlsx_bytes": as_xlsx.len(),
        });
    }
    context.services.database.clone().close().await?;
    let figures = serde_json::json!({
        "sizes": sizes,
        "open_us": median(opened),
        "csv_us": median(csv),
        "xlsx_us": median(xlsx),
        "bare_us": median(bare),
    });
    say(&figures.to_string());
    Ok(0)
}

async fn contributions(context: &Context) -> Result<Statement, Failure> {
    let kind = StatementKind::Contributions;
    let asked = Asked { kind, at: context.today(), from: None, account: None, donor: None };
    Ok(open(context, &asked).await?)
}

/// Everything that a download sends.
async fn whole_csv(context: &Context) -> Result<Vec<u8>, Failure> {
    let reader = Reader::new(Language::English);
    let mut statement = contributions(context).await?;
    let mut bytes = csv_start(&statement, reader)?;
    loop {
        let rows = statement.next(context, PART).await?;
        if rows.is_empty() {
            bytes.extend(csv_end(&statement, reader)?);
            return Ok(bytes);
        }
        bytes.extend(csv_rows(&rows, reader)?);
    }
}

async fn whole_xlsx(context: &Context) -> Result<Vec<u8>, Failure> {
    let mut statement = contributions(context).await?;
    let sheet = statement.sheet(Reader::new(Language::English));
    let mut parts = Vec::new();
    loop {
        let rows = statement.next(context, PART).await?;
        if rows.is_empty() {
            break;
        }
        parts.push(rows);
    }
    let mut parts = parts.into_iter();
    let mut bytes = Vec::new();
    write_xlsx(&mut bytes, &sheet, || Ok(parts.next()))?;
    Ok(bytes)
}

/// What the statement says, from the least that could be read for it.
#[derive(Default)]
struct Floor {
    pledges: usize,
    receipts: usize,
    /// Pledged, received and settled in US cents, by donor, year and currency.
    sums: BTreeMap<(i64, i32, String), [i64; 3]>,
}

impl Floor {
    async fn read(context: &Context) -> Result<Self, Failure> {
        let database = &context.services.database;
        let mut floor = Self::default();
        let sql = "SELECT donor_id, date, currency, amount_minor, usd_minor, 0 AS settled_usd_minor FROM pledges";
        let pledges = database.query_all_raw(Sql::from_string(database.get_database_backend(), sql)).await?;
        floor.pledges = pledges.len();
        for row in pledges {
            floor.add(&row, 0)?;
        }
        let sql = "SELECT p.donor_id, r.date, r.currency, r.amount_minor, r.usd_minor, r.settled_usd_minor \
                   FROM receipts r JOIN pledges p ON p.id = r.pledge_id";
        let receipts = database.query_all_raw(Sql::from_string(database.get_database_backend(), sql)).await?;
        floor.receipts = receipts.len();
        for row in receipts {
            floor.add(&row, 1)?;
        }
        Ok(floor)
    }

    fn add(&mut self, row: &sea_orm::QueryResult, place: usize) -> Result<(), Failure> {
        let date: NaiveDate = row.try_get_by_index(1)?;
        let sums = self.sums.entry((row.try_get_by_index(0)?, date.year(), row.try_get_by_index(2)?)).or_default();
        let _amount: i64 = row.try_get_by_index(3)?;
        sums[place] += row.try_get_by_index::<i64>(4)?;
        if place == 1 {
            sums[2] += row.try_get_by_index::<i64>(5)?;
        }
        Ok(())
    }

    fn years(&self) -> usize {
        self.sums.keys().map(|(_, year, _)| year).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Both must say the same, or one of them was not worth measuring.
    fn compare(&self, statement: &Statement) -> Result<(), Failure> {
        let sum = |place: usize| self.sums.values().map(|sums| sums[place]).sum::<i64>();
        let expected = [sum(0), sum(1), sum(0) - sum(2)].map(Cell::usd);
        let cells = statement.total.as_ref().map(|row| row.cells.as_slice()).unwrap_or_default();
        if cells.ends_with(&expected) { Ok(()) } else { Err(format!("expected {expected:?}, found {cells:?}").into()) }
    }
}

fn median(mut times: Vec<Duration>) -> u128 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0, Duration::as_micros)
}
