//! Vienna time, in which the Fund's deadlines run, correct across daylight saving.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Vienna;

/// The instant of a wall-clock time in Vienna. A time that happens twice (autumn) is the later one, so that
/// nobody loses an hour before a deadline; a time that never happens (spring) is the first instant after the gap.
#[must_use]
pub fn vienna_instant(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wall = NaiveDateTime::new(date, time);
    match Vienna.from_local_datetime(&wall) {
        chrono::LocalResult::Single(instant) => instant.with_timezone(&Utc),
        chrono::LocalResult::Ambiguous(_, later) => later.with_timezone(&Utc),
        chrono::LocalResult::None => {
            // The gap is an hour long in Vienna: the same offset as an hour before names the instant after it.
            let before = wall - chrono::TimeDelta::hours(1);
            match Vienna.from_local_datetime(&before) {
                chrono::LocalResult::Single(instant) | chrono::LocalResult::Ambiguous(_, instant) => {
                    let after_gap = instant.with_timezone(&Utc) + chrono::TimeDelta::hours(1);
                    let minutes_into_gap =
                        i64::from(chrono::Timelike::minute(&time)) * 60 + i64::from(chrono::Timelike::second(&time));
                    after_gap - chrono::TimeDelta::seconds(minutes_into_gap)
                }
                chrono::LocalResult::None => wall.and_utc(),
            }
        }
    }
}

/// The wall clock in Vienna at an instant.
#[must_use]
pub fn vienna_wall_clock(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Vienna).naive_local()
}

/// The calendar day in Vienna at an instant.
#[must_use]
pub fn vienna_date(instant: DateTime<Utc>) -> NaiveDate {
    vienna_wall_clock(instant).date()
}

/// The abbreviation of Vienna's time at an instant: `CET` or `CEST`.
#[must_use]
pub fn vienna_abbreviation(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&Vienna).format("%Z").to_string()
}

/// The first day of a date's month, which names the month of a UN operational rate.
#[must_use]
pub fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The first day of a date's calendar quarter.
#[must_use]
pub fn quarter_start(date: NaiveDate) -> NaiveDate {
    month_start(date).with_month(date.month0() / 3 * 3 + 1).unwrap_or(date)
}

/// The first day of the calendar quarter after a date's.
#[must_use]
pub fn next_quarter_start(date: NaiveDate) -> NaiveDate {
    add_months(quarter_start(date), 3)
}

/// A date some months later; the last day of the month where the day does not exist.
#[must_use]
pub fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// A date some days later.
#[must_use]
pub fn add_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
