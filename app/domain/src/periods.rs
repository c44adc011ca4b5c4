//! Periods of the books: a month, or a fiscal year as a whole. A closed one takes no more entries.

use chrono::{Datelike as _, NaiveDate};

use crate::forms::{Form, Kind, optional, required};
use crate::time::{add_days, add_months, month_start};

/// A month, or a fiscal year, which is the calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Fiscal year.
    pub year: i32,
    /// From 1 to 12; none for the whole year.
    pub month: Option<u32>,
}

/// The number under which the whole year is kept among its months.
const WHOLE_YEAR: i64 = 13;

impl Period {
    /// The month of a day.
    #[must_use]
    pub fn month_of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: Some(date.month()) }
    }

    /// A whole year.
    #[must_use]
    pub const fn of_year(year: i32) -> Self {
        Self { year, month: None }
    }

    /// From what is kept: month 13 is the year.
    #[must_use]
    pub fn from_numbers(year: i64, month: i64) -> Option<Self> {
        let year = i32::try_from(year).ok()?;
        let month = match month {
            WHOLE_YEAR => None,
            1..=12 => Some(u32::try_from(month).ok()?),
            _ => return None,
        };
        NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(Self { year, month })
    }

    /// Month from 1 to 12, or 13 for the year.
    #[must_use]
    pub fn number(self) -> i64 {
        self.month.map_or(WHOLE_YEAR, i64::from)
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), 1).unwrap_or_default()
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let after = add_months(self.first_day(), if self.month.is_some() { 1 } else { 12 });
        after.pred_opt().unwrap_or(after)
    }

    /// The months of a year.
    pub fn months(year: i32) -> impl Iterator<Item = Self> {
        (1..=12).map(move |month| Self { year, month: Some(month) })
    }

    /// True once its last day is past.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.last_day() < today
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.month {
            Some(month) => write!(formatter, "{:04}-{month:02}", self.year),
            None => write!(formatter, "{:04}", self.year),
        }
    }
}

/// The text names no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPeriod;

impl std::str::FromStr for Period {
    type Err = NoPeriod;

    /// Reads `2026-05` or `2026`.
    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let number = |text: &str, digits: usize| -> Result<i64, NoPeriod> {
            let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            if plain { text.parse().map_err(|_| NoPeriod) } else { Err(NoPeriod) }
        };
        match text.split_once('-') {
            Some((year, month)) => {
                let month = number(month, 2)?;
                let found = Self::from_numbers(number(year, 4)?, month).ok_or(NoPeriod)?;
                if found.month.is_some() { Ok(found) } else { Err(NoPeriod) }
            }
            None => Self::from_numbers(number(text, 4)?, WHOLE_YEAR).ok_or(NoPeriod),
        }
    }
}

code_list! {
    /// What is looked at before a period is closed.
    PeriodCheck, "period-check", {
        /// The last day is past.
        Over = "over",
        /// No earlier period with entries is open; of a year, no month of its own.
        EarlierClosed = "earlier-closed",
        /// No money waits for somebody to say what it is.
        Identified = "identified",
        /// No line of a bank statement waits for somebody.
        BankLines = "bank-lines",
        /// No request of a disbursement waits for its certificate.
        Certified = "certified",
        /// Every currency in which something is open has its rate of the month.
        Rates = "rates",
    }
}

impl PeriodCheck {
    /// True when a period cannot be closed without it. The others need a written reason.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Over | Self::EarlierClosed)
    }
}

/// Closing a period; the reason is needed when something of the checklist is open.
pub const CLOSE: Form = Form { name: "period-close", fields: &[optional("reason", Kind::Text(1000))], groups: &[] };

/// Reopening a period.
pub const REOPEN: Form = Form { name: "period-reopen", fields: &[required("reason", Kind::Text(1000))], groups: &[] };

/// The day before the first of a day's month: up to there, whole months are kept.
#[must_use]
pub fn whole_months_before(date: NaiveDate) -> NaiveDate {
    if Period::month_of(date).last_day() == date { date } else { month_start(date).pred_opt().unwrap_or(date) }
}

/// The day after.
#[must_use]
pub fn next_day(date: NaiveDate) -> NaiveDate {
    add_days(date, 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_written_as_it_is_read() {
        for text in ["2026-05", "2026", "2024-02", "1999-12"] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(Period::from_numbers(i64::from(period.year), period.number()), Some(period));
        }
        for text in ["", "2026-13", "2026-00", "2026-5", "26", "20266", "2026-05-01", "+026", "2026-1x"] {
            assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
        }
    }

    #[test]
    fn a_period_ends_on_its_last_day() {
        assert_eq!("2024-02".parse::<Period>().unwrap().last_day(), day("2024-02-29"));
        assert_eq!("2026-12".parse::<Period>().unwrap().last_day(), day("2026-12-31"));
        let year: Period = "2026".parse().unwrap();
        assert_eq!((year.first_day(), year.last_day()), (day("2026-01-01"), day("2026-12-31")));
        assert!(!year.is_over(day("2026-12-31")));
        assert!(year.is_over(day("2027-01-01")));
    }
}
