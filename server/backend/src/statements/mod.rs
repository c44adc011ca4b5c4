//! Statements of the books at any day: on a page, and as CSV and XLSX from the same rows. Every figure is worked
//! out of postings, so that it ties to the books. The general ledger is read in parts, never as a whole.

mod advances;
mod contributions;
mod csv;
mod donor;
mod funds;
mod general_ledger;
mod grants;
mod psc;
mod xlsx;

use chrono::{Datelike as _, NaiveDate};
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::ledger::Account;
use domain::money::Money;
use domain::roles::{Action, Subject};
use domain::statements::StatementKind;
use i18n::Reader;
use rust_decimal::Decimal;
use sea_orm::DatabaseTransaction;

pub use self::csv::{csv_end, csv_rows, csv_size, csv_start};
pub use self::xlsx::{LONGEST_XLSX, Sheet, write_xlsx};
use crate::context::Context;
use crate::error::Result;
use crate::ledger::entries::NO_DONOR;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text as it stands: a name, a number of a grant.
    Text(String),
    /// A key of the locale files.
    Label(String),
    /// An account: its number, and its name by its key.
    Account(Account),
    /// A year.
    Year(i64),
    /// A day.
    Date(NaiveDate),
    /// The month of a day.
    Month(NaiveDate),
    /// Units of a currency for one USD.
    Rate(Decimal),
    /// An amount; its currency is in a column of its own, or is USD.
    Money(Money),
}

impl Cell {
    /// US cents.
    #[must_use]
    pub const fn usd(minor: i64) -> Self {
        Self::Money(Money::usd(minor))
    }

    /// The words of a cell that is no number and no day.
    fn words(&self, reader: Reader) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Label(key) => reader.text(key),
            Self::Account(account) => format!("{} {}", account.code(), reader.text(&account.label_key())),
            _ => String::new(),
        }
    }
}

/// How a column reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words.
    Words,
    /// A year or a day.
    Time,
    /// An amount.
    Amount,
}

/// A column: the key of its heading, and how it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Key of the heading.
    pub key: &'static str,
    /// How it reads.
    pub shape: Shape,
}

const fn words(key: &'static str) -> Head {
    Head { key, shape: Shape::Words }
}

const fn time(key: &'static str) -> Head {
    Head { key, shape: Shape::Time }
}

const fn amount(key: &'static str) -> Head {
    Head { key, shape: Shape::Amount }
}

/// A row, with the way to the entries behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// Path of the page that shows the entries.
    pub entries: Option<String>,
}

impl Row {
    fn new(cells: Vec<Cell>, entries: String) -> Self {
        Self { cells, entries: Some(entries) }
    }

    fn plain(cells: Vec<Cell>) -> Self {
        Self { cells, entries: None }
    }
}

/// Which statement is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub kind: StatementKind,
    /// The day at whose end it is true.
    pub at: NaiveDate,
    /// The first day of the general ledger; without it the first of the year.
    pub from: Option<NaiveDate>,
    /// The account of the general ledger.
    pub account: Option<Account>,
    /// The donor of a donor's statement.
    pub donor: Option<DonorId>,
}

impl Asked {
    fn from(&self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.at.year(), 1, 1).unwrap_or(self.at);
        self.from.unwrap_or(first).min(self.at)
    }
}

/// A statement under way: heads and total are known, rows come in parts.
pub struct Statement {
    /// What was asked.
    pub asked: Asked,
    /// Of whom or what, such as a donor's name; empty for the whole Fund.
    pub of: Cell,
    /// The columns.
    pub heads: Vec<Head>,
    /// What stands above the first row, such as a balance that is carried forward.
    pub opening: Option<Row>,
    /// The last row, which sums up.
    pub total: Option<Row>,
    /// Rows of the whole statement, without opening and total.
    pub count: u64,
    rest: Rest,
}

/// Where further rows come from.
enum Rest {
    Rows(Vec<Row>),
    Ledger(general_ledger::Lines),
}

impl Statement {
    fn whole(asked: &Asked, heads: Vec<Head>, rows: Vec<Row>, total: Option<Row>) -> Self {
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Self { asked: *asked, of: Cell::Empty, heads, opening: None, total, count, rest: Rest::Rows(rows) }
    }

    /// Rows before those that come next are left out, for a page in the middle.
    ///
    /// # Errors
    /// The database's.
    pub async fn skip(&mut self, context: &Context, rows: u64) -> Result<()> {
        match &mut self.rest {
            Rest::Rows(all) => {
                let gone = usize::try_from(rows).unwrap_or(usize::MAX).min(all.len());
                all.drain(..gone);
                Ok(())
            }
            Rest::Ledger(lines) => lines.skip(context.database(), rows).await,
        }
    }

    /// The next rows, at most so many; none at the end. Rows that are added to the books meanwhile do not appear.
    ///
    /// # Errors
    /// The database's.
    pub async fn next(&mut self, context: &Context, most: u64) -> Result<Vec<Row>> {
        match &mut self.rest {
            Rest::Rows(all) => {
                let most = usize::try_from(most).unwrap_or(usize::MAX).min(all.len());
                Ok(all.drain(..most).collect())
            }
            Rest::Ledger(lines) => lines.next(context.database(), most).await,
        }
    }

    /// What a workbook says beside the rows.
    #[must_use]
    pub fn sheet(&self, reader: Reader) -> Sheet {
        let (of, heads) = (self.of.clone(), self.heads.clone());
        Sheet { asked: self.asked, of, heads, opening: self.opening.clone(), total: self.total.clone(), reader }
    }

    /// The name of a file: `fund-trial-balance-2026-06-30`.
    #[must_use]
    pub fn file_name(&self) -> String {
        let asked = self.asked;
        let account = asked.account.filter(|_| asked.kind == StatementKind::GeneralLedger);
        let account = account.map(|account| format!("-{}", account.code())).unwrap_or_default();
        let donor = asked.donor.map(|donor| format!("-{donor}")).unwrap_or_default();
        format!("fund-{}{account}{donor}-{}", asked.kind, asked.at)
    }
}

/// Opens a statement; everything in it is of one moment.
///
/// # Errors
/// Not allowed, a statement that needs an account or a donor and has none, or the database's.
pub async fn open(context: &Context, asked: &Asked) -> Result<Statement> {
    match (asked.kind, asked.donor) {
        (StatementKind::Donor, Some(donor)) => context.permit(Action::ReadContributions, &Subject::donor(donor))?,
        _ => context.permit(Action::ReadLedger, &Subject::NONE)?,
    }
    let snapshot = context.snapshot().await?;
    let statement = read(&snapshot, asked).await?;
    snapshot.commit().await?;
    Ok(statement)
}

async fn read(snapshot: &DatabaseTransaction, asked: &Asked) -> Result<Statement> {
    match asked.kind {
        StatementKind::Contributions => contributions::read(snapshot, asked).await,
        StatementKind::Position => funds::position(snapshot, asked).await,
        StatementKind::Grants => grants::read(snapshot, asked).await,
        StatementKind::Advances => advances::read(snapshot, asked).await,
        StatementKind::TrialBalance => funds::trial_balance(snapshot, asked).await,
        StatementKind::GeneralLedger => {
            general_ledger::read(snapshot, asked, asked.account.ok_or(AppError::NotFound)?).await
        }
        StatementKind::Donor => donor::read(snapshot, asked, asked.donor.ok_or(AppError::NotFound)?).await,
        StatementKind::ProgrammeSupport => psc::read(snapshot, asked).await,
    }
}

/// The path of the entries behind a figure.
fn entries(parts: &[(&str, String)]) -> String {
    let query: Vec<String> = parts.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("/ledger/entries?{}", query.join("&"))
}

/// The donor whose entries are behind a figure, or that they are nobody's.
fn whose(donor: Option<i64>) -> (&'static str, String) {
    ("donor", donor.map_or_else(|| NO_DONOR.to_owned(), |donor| donor.to_string()))
}

/// The first and the last day of a year, the last no later than the day of the statement.
fn days_of(year: i64, at: NaiveDate) -> [(&'static str, String); 2] {
    let last = format!("{year:04}-12-31").parse().unwrap_or(at).min(at);
    [("from", format!("{year:04}-01-01")), ("to", last.to_string())]
}
