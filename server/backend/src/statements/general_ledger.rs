//! Every posting to one account with the balance after it, read in parts: an account may have a million of them.

use chrono::NaiveDate;
use domain::ledger::{Account, Event};
use domain::money::Money;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{Asked, Cell, Rest, Row, Statement, amount, time, words};
use crate::codes;
use crate::database;
use crate::error::{Result, unknown_code};
use crate::ledger::kept;
use crate::ledger::queries::used_rate;

/// Where the reading stands.
pub(super) struct Lines {
    account: Account,
    from: NaiveDate,
    to: NaiveDate,
    /// The last posting when it was opened: what is added later is left out.
    last: i64,
    /// Day, entry and posting of the line before.
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

#[derive(FromQueryResult)]
struct Skipped {
    id: i64,
    entry: i64,
    date: NaiveDate,
    sum: i64,
}

/// Postings of the account after the line before, in the order of days, entries and postings.
/// `CROSS JOIN` keeps SQLite to the order of days: by account it would read and sort the whole account for each part.
const LINES: &str = "FROM journal_entries e CROSS JOIN postings p WHERE p.entry_id = e.id AND p.account = $1 AND p.id <= $2 \
                     AND e.posting_date >= $3 AND e.posting_date <= $4 AND (e.posting_date > $5 \
                     OR (e.posting_date = $5 AND (e.id > $6 OR (e.id = $6 AND p.id > $7))))";

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
    let after = (from.pred_opt().unwrap_or(from), 0, 0);
    let lines = Lines { account, from, to, last: counted.last, after, balance: opening };
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
    fn values(&self, further: u64) -> [Value; 8] {
        let (date, entry, posting) = self.after;
        [
            self.account.code().into(),
            self.last.into(),
            // What was read before is not looked at again.
            self.from.max(date).into(),
            self.to.into(),
            date.into(),
            entry.into(),
            posting.into(),
            i64::try_from(further).unwrap_or(i64::MAX).into(),
        ]
    }

    /// Leaves lines out, but not out of the balance.
    pub(super) async fn skip<C: ConnectionTrait>(&mut self, database: &C, lines: u64) -> Result<()> {
        if lines == 0 {
            return Ok(());
        }
        let sql = format!(
            "SELECT id, entry, date, CAST(SUM(usd_minor) OVER () AS BIGINT) AS sum FROM (SELECT p.id AS id, e.id AS entry, \
             e.posting_date AS date, p.usd_minor AS usd_minor {LINES} ORDER BY e.posting_date, e.id, p.id LIMIT $8) AS skipped \
             ORDER BY date DESC, entry DESC, id DESC LIMIT 1"
        );
        let found: Vec<Skipped> = database::rows(database, &sql, self.values(lines)).await?;
        if let Some(row) = found.into_iter().next() {
            self.after = (row.date, row.entry, row.id);
            self.balance += row.sum;
        }
        Ok(())
    }

    pub(super) async fn next<C: ConnectionTrait>(&mut self, database: &C, most: u64) -> Result<Vec<Row>> {
        let sql = format!(
            "SELECT p.id, e.id AS entry, e.posting_date AS date, e.fiscal_year, e.number, e.event, p.earmark, p.currency, \
             p.amount_minor, p.usd_minor, p.rate, p.rate_month {LINES} ORDER BY e.posting_date, e.id, p.id LIMIT $8"
        );
        let found: Vec<Line> = database::rows(database, &sql, self.values(most)).await?;
        found.into_iter().map(|line| self.row(&line)).collect()
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
