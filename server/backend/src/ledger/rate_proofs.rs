//! Proof that the US cents of each posting in another currency are its amount at the rate that it remembers.

use chrono::NaiveDate;
use domain::ledger::{Account, Event, Posting, is_at_its_rate};
use domain::money::Money;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::queries::used_rate;
use crate::codes;
use crate::database;
use crate::error::{Result, unknown_code};

/// Postings of one query: in parts, because there may be a million.
const PART: i64 = 10_000;

#[derive(FromQueryResult)]
struct Line {
    id: i64,
    fiscal_year: i64,
    number: i64,
    event: String,
    account: String,
    earmark: String,
    currency: String,
    amount_minor: i64,
    usd_minor: i64,
    rate: Option<String>,
    rate_month: Option<NaiveDate>,
}

/// Every posting of an amount in another currency that has no rate, or other US cents than its rate makes of it.
pub(super) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    // Decimals are text, which no database divides exactly: the rows are read, and compared here.
    let sql = "SELECT p.id, e.fiscal_year, e.number, COALESCE(r.event, e.event) AS event, p.account, p.earmark, p.currency, \
               p.amount_minor, p.usd_minor, p.rate, p.rate_month FROM postings p JOIN journal_entries e ON e.id = p.entry_id \
               LEFT JOIN journal_entries r ON r.id = e.reverses \
               WHERE p.id > $1 AND p.currency <> 'USD' AND p.amount_minor <> 0 ORDER BY p.id LIMIT $2";
    let mut findings = Vec::new();
    let mut after = 0;
    loop {
        let lines: Vec<Line> = database::rows(database, sql, [after.into(), PART.into()]).await?;
        let Some(last) = lines.last() else { return Ok(findings) };
        after = last.id;
        for line in &lines {
            findings.extend(line.finding()?);
        }
    }
}

impl Line {
    fn finding(&self) -> Result<Option<String>> {
        let event = Event::from_code(&self.event).ok_or_else(|| unknown_code("event", &self.event))?;
        let account = Account::from_code(&self.account).ok_or_else(|| unknown_code("account", &self.account))?;
        let posting = Posting {
            account,
            earmark: codes::earmark(&self.earmark)?,
            amount: Money::new(self.amount_minor, codes::currency(&self.currency)?),
            usd_minor: self.usd_minor,
            rate: used_rate(self.rate.as_deref(), self.rate_month)?,
        };
        let named = || format!("entry {}/{}, account {account}", self.fiscal_year, self.number);
        Ok(match posting.rate {
            None => Some(format!("{}: {} without a rate", named(), posting.amount)),
            Some(rate) if !is_at_its_rate(event, &posting) => Some(format!(
                "{}: {} at {} for a dollar are not {} US cents",
                named(),
                posting.amount,
                rate.units_per_usd,
                self.usd_minor
            )),
            Some(_) => None,
        })
    }
}
