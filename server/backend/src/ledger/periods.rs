//! The months and years of the books: which are closed, what is looked at before one is, and reopening one.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ledger::Account;
use domain::message::Message;
use domain::money::Money;
use domain::periods::{Period, PeriodCheck, REOPEN, next_day};
use domain::roles::{Action, Subject};
use domain::time::{month_start, vienna_instant};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, FromQueryResult, ModelTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::closing::{self, Closing};
use super::entity::closed_period;
use super::kept;
use crate::audit;
use crate::context::Context;
use crate::contributions::statements::waiting_until;
use crate::database;
use crate::disbursements::entity::disbursement;
use crate::error::{Error, Result};

/// Who closed a period, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The person's name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why although something of the checklist was open; empty when nothing was.
    pub reason: String,
}

/// A period in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodRow {
    /// The period.
    pub period: Period,
    /// True when entries are dated in it.
    pub used: bool,
    /// False once it, or a later one, is closed: then it takes no entries.
    pub open: bool,
    /// Who closed it; none while it is open, and for one that was closed with a later one.
    pub closed: Option<Closed>,
}

/// One item of the checklist.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckItem {
    /// What was looked at.
    pub check: PeriodCheck,
    /// What is wrong, in words; none when all is well.
    pub open: Option<Message>,
}

/// A period with its checklist.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodView {
    /// What a list shows.
    pub row: PeriodRow,
    /// Empty for a period that takes no entries.
    pub checklist: Vec<CheckItem>,
    /// The closing that is under way, or the last one, which came to nothing; none for a period that takes no entries.
    pub closing: Option<Closing>,
}

impl PeriodView {
    /// True when nothing stands against closing it, or nothing but what a reason can answer for.
    #[must_use]
    pub fn may_be_closed(&self) -> bool {
        self.row.open && !self.checklist.iter().any(|item| item.check.is_needed() && item.open.is_some())
    }

    /// True when something is open that a reason can answer for.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.checklist.iter().any(|item| item.open.is_some())
    }
}

/// The number of a period in the audit trail.
#[must_use]
pub fn audit_number(period: Period) -> i64 {
    i64::from(period.year) * 100 + period.number()
}

/// The period that has a number in the audit trail.
#[must_use]
pub fn of_audit_number(number: i64) -> Option<Period> {
    Period::from_numbers(number.div_euclid(100), number.rem_euclid(100))
}

/// Refuses a day whose books are closed: an entry before a closed period would change the balances at its end, too.
///
/// # Errors
/// `refused-period-closed`, which names the last closed day; or the database's.
pub async fn refuse_closed<C: ConnectionTrait>(database: &C, date: NaiveDate) -> Result<()> {
    match closed_until(database).await? {
        Some(last) if date <= last => {
            Err(AppError::Refused(Message::new("refused-period-closed").with("date", date).with("to", last)).into())
        }
        _ => Ok(()),
    }
}

/// The last day whose books are closed; those of all days before it are closed with it.
pub(crate) async fn closed_until<C: ConnectionTrait>(database: &C) -> Result<Option<NaiveDate>> {
    Ok(latest_closed(database).await?.map(Period::last_day))
}

/// The latest closed period; of December and its year, the year.
async fn latest_closed<C: ConnectionTrait>(database: &C) -> Result<Option<Period>> {
    let found = closed_period::Entity::find()
        .order_by_desc(closed_period::Column::FiscalYear)
        .order_by_desc(closed_period::Column::Month)
        .one(database)
        .await?;
    found.map(|row| of_numbers(row.fiscal_year, row.month)).transpose()
}

/// The period of a row.
pub(super) fn of_numbers(fiscal_year: i64, month: i64) -> Result<Period> {
    Period::from_numbers(fiscal_year, month)
        .ok_or_else(|| Error::Defect(format!("no such period: {fiscal_year} {month}")))
}

/// True when a period takes entries: neither it nor a later one is closed. A year counts as later than its months.
fn is_open(period: Period, latest_closed: Option<Period>) -> bool {
    let place = |period: Period| (period.year, period.number());
    latest_closed.is_none_or(|latest| place(period) > place(latest))
}

#[derive(FromQueryResult)]
struct Used {
    fiscal_year: i64,
    month: i64,
}

/// The months that have entries, in order.
async fn used<C: ConnectionTrait>(database: &C) -> Result<Vec<Period>> {
    let sql = "SELECT DISTINCT fiscal_year, month FROM account_balances ORDER BY fiscal_year, month";
    let rows: Vec<Used> = database::rows(database, sql, []).await?;
    Ok(rows.into_iter().filter_map(|row| Period::from_numbers(row.fiscal_year, row.month)).collect())
}

fn has_entries(used: &[Period], period: Period) -> bool {
    used.iter().any(|known| *known == period || (period.month.is_none() && known.year == period.year))
}

/// The years of the books, newest first: those with entries, and the present one. Each with its months.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn list(context: &Context) -> Result<Vec<(PeriodRow, Vec<PeriodRow>)>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let used = used(context.database()).await?;
    let closed = closed_period::Entity::find().all(context.database()).await?;
    let latest = latest_closed(context.database()).await?;
    let row = |period: Period| PeriodRow {
        period,
        used: has_entries(&used, period),
        open: is_open(period, latest),
        closed: closed
            .iter()
            .find(|row| row.fiscal_year == i64::from(period.year) && row.month == period.number())
            .map(|row| row.into()),
    };
    let this_year = context.today().year();
    let mut years: Vec<i32> = used.iter().map(|period| period.year).chain([this_year]).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    Ok(years.into_iter().map(|year| (row(Period::of_year(year)), Period::months(year).map(row).collect())).collect())
}

impl From<&closed_period::Model> for Closed {
    fn from(row: &closed_period::Model) -> Self {
        Self { by: row.closed_by_name.clone(), at: row.closed_at, reason: row.reason.clone() }
    }
}

/// A period with its checklist as it stands now.
///
/// # Errors
/// The database's, or that the actor may not read the books.
pub async fn get(context: &Context, period: Period) -> Result<PeriodView> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let used = used(context.database()).await?;
    let closed = find(context.database(), period).await?.as_ref().map(Closed::from);
    let open = is_open(period, latest_closed(context.database()).await?);
    let (checklist, closing) = match open {
        false => (Vec::new(), None),
        true => (
            checklist(context.database(), period, context.today()).await?,
            closing::of(context.database(), period).await?,
        ),
    };
    Ok(PeriodView { row: PeriodRow { period, used: has_entries(&used, period), open, closed }, checklist, closing })
}

async fn find<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<closed_period::Model>> {
    Ok(closed_period::Entity::find_by_id((i64::from(period.year), period.number())).one(database).await?)
}

async fn checklist<C: ConnectionTrait>(database: &C, period: Period, today: NaiveDate) -> Result<Vec<CheckItem>> {
    let mut items = Vec::new();
    for check in PeriodCheck::ALL {
        let open = match check {
            PeriodCheck::Over => {
                (!period.is_over(today)).then(|| Message::new("period-check-over-open").with("date", period.last_day()))
            }
            PeriodCheck::EarlierClosed => earlier_open(database, period).await?,
            PeriodCheck::Identified => unidentified(database, period).await?,
            PeriodCheck::BankLines => undecided(database, period).await?,
            PeriodCheck::Certified => uncertified(database, period).await?,
            PeriodCheck::Rates => rates_missing(database, period).await?,
        };
        items.push(CheckItem { check: *check, open });
    }
    Ok(items)
}

/// The first month or year with entries that must be closed before, if it is open.
async fn earlier_open<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<Message>> {
    let closed = closed_period::Entity::find().all(database).await?;
    let is_closed = |wanted: Period| {
        closed.iter().any(|row| row.fiscal_year == i64::from(wanted.year) && row.month == wanted.number())
    };
    let found = used(database).await?.into_iter().find(|month| {
        let year = Period::of_year(month.year);
        month.first_day() < period.last_day() && *month != period && !is_closed(*month) && !is_closed(year)
    });
    Ok(found.map(|month| {
        Message::new("period-check-earlier-closed-open").with("from", month.first_day()).with("to", month.last_day())
    }))
}

async fn unidentified<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<Message>> {
    let sums = kept::sums_at(database, period.last_day()).await?;
    let waiting = -kept::by_account(&sums).get(&Account::ReceiptsUnidentified).copied().unwrap_or(0);
    Ok((waiting != 0).then(|| Message::new("period-check-identified-open").with("amount", Money::usd(waiting))))
}

/// Lines of bank statements until the end of the period that wait: their money is in no account of the books.
async fn undecided<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<Message>> {
    let waiting = waiting_until(database, period.last_day()).await?;
    let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
    Ok((waiting > 0).then(|| Message::new("period-check-bank-lines-open").with("count", waiting)))
}

async fn uncertified<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<Message>> {
    let after = vienna_instant(next_day(period.last_day()), NaiveTime::MIN);
    let waiting = disbursement::Entity::find()
        .filter(disbursement::Column::State.eq(DisbursementState::Requested.code()))
        .filter(disbursement::Column::RequestedAt.lt(after))
        .count(database)
        .await?;
    let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
    Ok((waiting > 0).then(|| Message::new("period-check-certified-open").with("count", waiting)))
}

#[derive(FromQueryResult)]
struct CurrencyRow {
    currency: String,
}

/// Currencies in which pledges are open, or money lies, and which have no rate in the period's last month.
async fn rates_missing<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<Message>> {
    let last = period.last_day();
    let sql = "SELECT p.currency FROM postings p JOIN journal_entries e ON e.id = p.entry_id \
               WHERE p.account IN ($1, $2) AND p.currency <> 'USD' AND e.posting_date <= $3 \
               AND NOT EXISTS (SELECT 1 FROM rates r WHERE r.currency = p.currency AND r.valid_from >= $4 AND r.valid_from <= $3) \
               GROUP BY p.account, p.currency HAVING SUM(p.amount_minor) <> 0";
    let values = [
        Account::ContributionsReceivable.code().into(),
        Account::ReceiptsUnidentified.code().into(),
        last.into(),
        month_start(last).into(),
    ];
    let rows: Vec<CurrencyRow> = database::rows(database, sql, values).await?;
    let mut missing: Vec<String> = rows.into_iter().map(|row| row.currency).collect();
    missing.sort();
    missing.dedup();
    Ok((!missing.is_empty()).then(|| {
        Message::new("period-check-rates-open")
            .with("currencies", missing.join(", "))
            .with("from", month_start(last))
            .with("to", last)
    }))
}

/// Refuses what cannot be closed now, or not without a reason.
///
/// # Errors
/// Closed already or with a later one, something of the checklist that must not be open, no reason although something else
/// is, or the database's.
pub(super) async fn refuse_closing<C: ConnectionTrait>(
    database: &C,
    period: Period,
    today: NaiveDate,
    reason: &str,
) -> Result<()> {
    if !is_open(period, latest_closed(database).await?) {
        return Err(AppError::refused("refused-period-closed-already").into());
    }
    let items = checklist(database, period, today).await?;
    if let Some(open) = items.iter().filter(|item| item.check.is_needed()).find_map(|item| item.open.clone()) {
        return Err(AppError::Refused(open).into());
    }
    if items.iter().any(|item| item.open.is_some()) && reason.is_empty() {
        return Err(AppError::field("reason", "error-period-reason").into());
    }
    Ok(())
}

/// What the audit trail keeps of a reopening.
#[derive(serde::Serialize)]
struct Reopened<'a> {
    reopened_because: &'a str,
}

/// Opens a closed period again. Only the latest closed one can be: those after it build on its figures.
///
/// # Errors
/// Not allowed, not closed, a later one that is closed, no reason, or the database's.
pub async fn reopen(context: &Context, period: Period, typed: &Typed) -> Result<()> {
    context.permit(Action::ReopenPeriods, &Subject::NONE)?;
    let answers = REOPEN.read(typed)?;
    let work = context.begin_money().await?;
    let row = find(&work.transaction, period).await?;
    let row = row.ok_or_else(|| AppError::refused("refused-period-open"))?;
    let later = closed_period::Entity::find()
        .filter(
            Condition::any().add(closed_period::Column::FiscalYear.gt(row.fiscal_year)).add(
                Condition::all()
                    .add(closed_period::Column::FiscalYear.eq(row.fiscal_year))
                    .add(closed_period::Column::Month.gt(row.month)),
            ),
        )
        .one(&work.transaction)
        .await?;
    if let Some(later) = later {
        let later = of_numbers(later.fiscal_year, later.month)?;
        let message =
            Message::new("refused-period-later-closed").with("from", later.first_day()).with("to", later.last_day());
        return Err(AppError::Refused(message).into());
    }
    let because = Reopened { reopened_because: answers.text("reason") };
    let (action, kind) = ("audit-period-reopened", audit::Kind::Period);
    audit::record(&work, action, kind, audit_number(period), Some(&row), Some(&because)).await?;
    row.delete(&work.transaction).await?;
    work.commit().await
}
