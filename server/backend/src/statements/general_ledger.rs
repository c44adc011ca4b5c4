//! Every posting to one account with the balance after it, read in parts: an account may have a million of them.

use chrono::NaiveDate;
use domain::ledger::{Account, Event};
use domain::money::Money;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use super::{Asked, Cell, Rest, Row, Statement, amount, time, words};
use crate::codes;
use crate::database;
use crate::error::{Result, unknown_code};
use crate::ledger::kept;
use crate::ledger::queries::used_rate;

/// Where the reading stands.
pub(super) struct Lines {
    account: Account,
    to: NaiveDate,
    /// Whether it has at most [`FEW`] lines.
    few: bool,
    /// The last posting when it was opened: what is added later is left out.
    last: i64,
    /// Day, entry and posting of the line before; or the next entry that may come, and no posting of it.
    after: (NaiveDate, i64, i64),
    balance: i64,
}

#[derive(FromQueryResult)]
struct Counted {
    lines: i64,
    last: i64,
    debits: i64,
    credits: i64,
}

#[derive(FromQueryResult)]
struct Line {
    id: i64,
    entry: i64,
    date: NaiveDate,
    fiscal_year: i64,
    number: i64,
    event: String,
    earmark: String,
    currency: String,
    amount_minor: i64,
    usd_minor: i64,
    rate: Option<String>,
    rate_month: Option<NaiveDate>,
}

/// An entry, and one of its lines if it has any.
struct EntryLine {
    entry: i64,
    date: NaiveDate,
    line: Option<Line>,
}

impl FromQueryResult for EntryLine {
    fn from_query_result(row: &QueryResult, prefix: &str) -> std::result::Result<Self, DbErr> {
        let id: Option<i64> = row.try_get(prefix, "id")?;
        let line = id.map(|_| Line::from_query_result(row, prefix)).transpose()?;
        Ok(Self { entry: row.try_get(prefix, "entry")?, date: row.try_get(prefix, "date")?, line })
    }
}

#[derive(FromQueryResult)]
struct Skipped {
    id: i64,
    entry: i64,
    date: NaiveDate,
    sum: i64,
}

/// An account of so many lines is read by its own index and sorted for each part; one of more by entries as they come.
const FEW: i64 = 10_000;
/// Entries that are looked through at once. More of them, and PostgreSQL would rather read the whole account each time.
const ENTRIES: usize = 500;

/// Entries of the rest of the day of the line before, and of later days. Asked for apart, each goes by the index of days
/// and entries from where the reading stands.
const DAYS: [&str; 2] = ["e.posting_date = $4 AND e.id >= $5", "e.posting_date > $4 AND e.posting_date <= $3"];
/// Postings of the account that are not read yet.
const POSTINGS: &str = "p.entry_id = e.id AND p.account = $1 AND p.id <= $2 AND NOT (e.id = $5 AND p.id <= $6)";
/// What a line shows.
const COLUMNS: &str = "e.fiscal_year, e.number, e.event, p.earmark, p.currency, p.amount_minor, p.usd_minor, p.rate, \
                       p.rate_month";

/// Lines after the one before, at most so many. `CROSS JOIN` keeps SQLite to the order of the tables.
fn lines(few: bool, columns: &str, most: u64) -> String {
    let tables =
        if few { "postings p CROSS JOIN journal_entries e" } else { "journal_entries e CROSS JOIN postings p" };
    let [same_day, later] = DAYS.map(|days| {
        format!(
            "SELECT e.posting_date AS date, e.id AS entry, p.id AS id, {columns} FROM {tables} WHERE {POSTINGS} AND {days}"
        )
    });
    format!("{same_day} UNION ALL {later} ORDER BY date, entry, id LIMIT {most}")
}

/// The next entries with their lines, also those that have none. Each part has a limit of its own, without which
/// PostgreSQL would sort all that is left.
fn entries() -> String {
    let [same_day, later] = DAYS.map(|days| {
        format!(
            "SELECT * FROM (SELECT e.id, e.posting_date, e.fiscal_year, e.number, e.event FROM journal_entries e \
             WHERE {days} ORDER BY e.posting_date, e.id LIMIT {ENTRIES}) AS part"
        )
    });
    format!(
        "WITH e AS MATERIALIZED ({same_day} UNION ALL {later} ORDER BY posting_date, id LIMIT {ENTRIES}) \
         SELECT e.posting_date AS date, e.id AS entry, p.id AS id, {COLUMNS} FROM e LEFT JOIN postings p ON {POSTINGS} \
         ORDER BY date, entry, id"
    )
}

pub(super) async fn read<C: ConnectionTrait>(database: &C, asked: &Asked, account: Account) -> Result<Statement> {
    let (from, to) = (asked.from(), asked.at);
    let before = kept::sums_at(database, from.pred_opt().unwrap_or(from)).await?;
    let opening = kept::by_account(&before).get(&account).copied().unwrap_or(0);
    let sql = "SELECT COUNT(*) AS lines, COALESCE(MAX(p.id), 0) AS last, \
               CAST(COALESCE(SUM(CASE WHEN p.usd_minor > 0 THEN p.usd_minor ELSE 0 END), 0) AS BIGINT) AS debits, \
               CAST(COALESCE(SUM(CASE WHEN p.usd_minor < 0 THEN -p.usd_minor ELSE 0 END), 0) AS BIGINT) AS credits \
               FROM postings p JOIN journal_entries e ON e.id = p.entry_id \
               WHERE p.account = $1 AND e.posting_date >= $2 AND e.posting_date <= $3";
    let found: Vec<Counted> = database::rows(database, sql, [account.code().into(), from.into(), to.into()]).await?;
    let counted = found.into_iter().next().unwrap_or(Counted { lines: 0, last: 0, debits: 0, credits: 0 });
    let mut total = vec![Cell::Empty; 11];
    total[0] = Cell::Label("ledger-total".to_owned());
    total[8] = Cell::usd(counted.debits);
    total[9] = Cell::usd(counted.credits);
    total[10] = Cell::usd(opening + counted.debits - counted.credits);
    let mut carried = vec![Cell::Empty; 11];
    carried[0] = Cell::Label("books-carried-forward".to_owned());
    carried[10] = Cell::usd(opening);
    // No entry of the day before comes after this.
    let after = (from.pred_opt().unwrap_or(from), i64::MAX, 0);
    let few = counted.lines <= FEW;
    let lines = Lines { account, to, few, last: counted.last, after, balance: opening };
    let heads = vec![
        time("ledger-date"),
        words("books-number"),
        words("ledger-event"),
        words("ledger-earmark"),
        words("books-currency"),
        amount("books-amount"),
        amount("ledger-rate"),
        time("ledger-rate-month"),
        amount("books-debit-usd"),
        amount("books-credit-usd"),
        amount("books-balance"),
    ];
    Ok(Statement {
        asked: *asked,
        of: Cell::Account(account),
        heads,
        opening: Some(Row::plain(carried)),
        total: Some(Row::plain(total)),
        count: u64::try_from(counted.lines).unwrap_or(0),
        rest: Rest::Ledger(lines),
    })
}

impl Lines {
    fn values(&self) -> [Value; 6] {
        let (date, entry, posting) = self.after;
        [self.account.code().into(), self.last.into(), self.to.into(), date.into(), entry.into(), posting.into()]
    }

    /// Leaves lines out, but not out of the balance.
    pub(super) async fn skip<C: ConnectionTrait>(&mut self, database: &C, further: u64) -> Result<()> {
        if further == 0 {
            return Ok(());
        }
        let sql = format!(
            "SELECT id, entry, date, CAST(SUM(usd_minor) OVER () AS BIGINT) AS sum FROM ({}) AS skipped \
             ORDER BY date DESC, entry DESC, id DESC LIMIT 1",
            lines(self.few, "p.usd_minor", further)
        );
        let found: Vec<Skipped> = database::rows(database, &sql, self.values()).await?;
        if let Some(row) = found.into_iter().next() {
            self.after = (row.date, row.entry, row.id);
            self.balance += row.sum;
        }
        Ok(())
    }

    pub(super) async fn next<C: ConnectionTrait>(&mut self, database: &C, most: u64) -> Result<Vec<Row>> {
        if self.few {
            let found: Vec<Line> = database::rows(database, &lines(true, COLUMNS, most), self.values()).await?;
            return found.into_iter().map(|line| self.row(&line)).collect();
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut rows = Vec::new();
        while rows.len() < most {
            let found: Vec<EntryLine> = database::rows(database, &entries(), self.values()).await?;
            let Some(last) = found.last() else { break };
            let end = (last.date, last.entry + 1, 0);
            let lines: Vec<Line> = found.into_iter().filter_map(|found| found.line).collect();
            let all = lines.len() <= most - rows.len();
            for line in lines.iter().take(most - rows.len()) {
                rows.push(self.row(line)?);
            }
            if all {
                self.after = end;
            }
        }
        Ok(rows)
    }

    fn row(&mut self, line: &Line) -> Result<Row> {
        self.after = (line.date, line.entry, line.id);
        self.balance += line.usd_minor;
        let event = Event::from_code(&line.event).ok_or_else(|| unknown_code("event", &line.event))?;
        let earmark = codes::earmark(&line.earmark)?;
        let currency = codes::currency(&line.currency)?;
        let rate = used_rate(line.rate.as_deref(), line.rate_month)?;
        let side = |minor: i64| if minor > 0 { Cell::usd(minor) } else { Cell::Empty };
        let cells = vec![
            Cell::Date(line.date),
            Cell::Text(format!("{}/{}", line.fiscal_year, line.number)),
            Cell::Label(event.label_key()),
            Cell::Label(earmark.label_key()),
            Cell::Text(line.currency.clone()),
            Cell::Money(Money::new(line.amount_minor, currency)),
            rate.map_or(Cell::Empty, |rate| Cell::Rate(rate.units_per_usd)),
            rate.map_or(Cell::Empty, |rate| Cell::Month(rate.month)),
            side(line.usd_minor),
            side(-line.usd_minor),
            Cell::usd(self.balance),
        ];
        Ok(Row::new(cells, format!("/ledger/entries/{}", line.entry)))
    }
}
