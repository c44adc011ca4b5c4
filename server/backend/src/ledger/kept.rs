//! Sums of postings by month, account, event and earmark, kept as entries are posted, so that no page has to add
//! up the whole journal: a day's figures are whole months and a part of one. `check_books` proves them.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use domain::contributions::Earmark;
use domain::ledger::{Account, Event, Position, Posting};
use domain::periods::{Period, whole_months_before};
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult, Set};

use super::entity::account_balance;
use super::figures::POSTINGS;
use crate::codes;
use crate::context::Work;
use crate::database;
use crate::error::{Result, unknown_code};

/// US cents by account and event, debit positive, over all earmarks. A reversal counts under the event that it
/// undoes, so that it leaves no trace in any sum.
pub(crate) type Sums = BTreeMap<(Account, Event), i64>;

/// The same by earmark.
pub(crate) type SumsByEarmark = BTreeMap<Earmark, Sums>;

/// Adds the postings of one entry. The caller's transaction holds the money lock.
pub(super) async fn add(work: &Work<'_>, date: NaiveDate, event: Event, postings: &[Posting]) -> Result<()> {
    // Added up first: one statement may not change a row twice.
    let mut amounts: BTreeMap<(Account, Earmark), i64> = BTreeMap::new();
    for posting in postings {
        *amounts.entry((posting.account, posting.earmark)).or_default() += posting.usd_minor;
    }
    let month = Period::month_of(date);
    let rows = amounts.into_iter().map(|((account, earmark), usd_minor)| account_balance::ActiveModel {
        fiscal_year: Set(i64::from(month.year)),
        month: Set(month.number()),
        account: Set(account.code().to_owned()),
        event: Set(event.code().to_owned()),
        earmark: Set(earmark.code().to_owned()),
        usd_minor: Set(usd_minor),
    });
    use account_balance::Column as C;
    let sum = Expr::col((account_balance::Entity, C::UsdMinor)).add(Expr::col((Alias::new("excluded"), C::UsdMinor)));
    let conflict = OnConflict::columns([C::FiscalYear, C::Month, C::Account, C::Event, C::Earmark])
        .value(C::UsdMinor, sum)
        .to_owned();
    account_balance::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(&work.transaction).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct SumRow {
    account: String,
    event: String,
    earmark: String,
    sum: i64,
}

/// Account and event of a row.
pub(crate) fn key(account: &str, event: &str) -> Result<(Account, Event)> {
    Ok((
        Account::from_code(account).ok_or_else(|| unknown_code("account", account))?,
        Event::from_code(event).ok_or_else(|| unknown_code("event", event))?,
    ))
}

/// The sums at the end of a day: months that are whole by then as kept, and the postings of the month under way.
pub(crate) async fn sums_by_earmark_at<C: ConnectionTrait>(database: &C, at: NaiveDate) -> Result<SumsByEarmark> {
    let whole = whole_months_before(at);
    let kept = "SELECT account, event, earmark, CAST(SUM(usd_minor) AS BIGINT) AS sum FROM account_balances \
                WHERE fiscal_year < $1 OR (fiscal_year = $1 AND month <= $2) GROUP BY account, event, earmark";
    let mut rows: Vec<SumRow> =
        database::rows(database, kept, [i64::from(whole.year()).into(), i64::from(whole.month()).into()]).await?;
    if whole < at {
        let partial = format!(
            "SELECT p.account, COALESCE(r.event, e.event) AS event, p.earmark, CAST(SUM(p.usd_minor) AS BIGINT) AS sum FROM {POSTINGS} \
             WHERE e.posting_date > $1 AND e.posting_date <= $2 \
             GROUP BY p.account, COALESCE(r.event, e.event), p.earmark"
        );
        rows.extend(database::rows::<SumRow, _>(database, &partial, [whole.into(), at.into()]).await?);
    }
    add_up(rows)
}

fn add_up(rows: Vec<SumRow>) -> Result<SumsByEarmark> {
    let mut sums = SumsByEarmark::new();
    for row in rows {
        let of_earmark = sums.entry(codes::earmark(&row.earmark)?).or_default();
        *of_earmark.entry(key(&row.account, &row.event)?).or_default() += row.sum;
    }
    Ok(sums)
}

/// The same over all earmarks.
pub(crate) async fn sums_at<C: ConnectionTrait>(database: &C, at: NaiveDate) -> Result<Sums> {
    Ok(all(&sums_by_earmark_at(database, at).await?))
}

/// All earmarks together.
pub(crate) fn all(by_earmark: &SumsByEarmark) -> Sums {
    let mut sums = Sums::new();
    for (key, sum) in by_earmark.values().flatten() {
        *sums.entry(*key).or_default() += sum;
    }
    sums
}

/// Everything that was kept, whatever its day: it costs the same however many entries there are.
pub(crate) async fn sums_by_earmark<C: ConnectionTrait>(database: &C) -> Result<SumsByEarmark> {
    let sql = "SELECT account, event, earmark, usd_minor AS sum FROM account_totals";
    add_up(database::rows(database, sql, []).await?)
}

/// The same over all earmarks.
pub(crate) async fn sums<C: ConnectionTrait>(database: &C) -> Result<Sums> {
    Ok(all(&sums_by_earmark(database).await?))
}

/// US cents available to commit by earmark, in the order of people's lists; earmarks of which nothing was received are
/// left out.
pub(crate) fn available(by_earmark: &SumsByEarmark) -> Vec<(Earmark, i64)> {
    let positions = Earmark::ALL.iter().filter_map(|earmark| Some((*earmark, position(by_earmark.get(earmark)?))));
    positions
        .filter(|(_, position)| position.received != 0)
        .map(|(earmark, position)| (earmark, position.available))
        .collect()
}

/// The balance of each account.
pub(crate) fn by_account(sums: &Sums) -> BTreeMap<Account, i64> {
    let mut balances = BTreeMap::new();
    for ((account, _), sum) in sums {
        *balances.entry(*account).or_default() += sum;
    }
    balances
}

/// Where the Fund stands by these sums.
pub(crate) fn position(sums: &Sums) -> Position {
    Position::of(sums)
}
