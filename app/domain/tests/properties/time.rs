//! Vienna time on the days on which the clocks change, and deadlines to the second.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::calls::{CallState, state_at};
use domain::time::{add_months, vienna_abbreviation, vienna_date, vienna_instant, vienna_wall_clock};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn vienna(date: &str, time: &str) -> DateTime<Utc> {
    vienna_instant(day(date), NaiveTime::parse_from_str(time, "%H:%M:%S").unwrap())
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_deadline_at_the_end_of_a_day_is_right_on_both_days_on_which_clocks_change() {
    for (date, instant, abbreviation) in [
        ("2026-03-28", "2026-03-28T22:59:59Z", "CET"),
        ("2026-03-29", "2026-03-29T21:59:59Z", "CEST"),
        ("2026-10-24", "2026-10-24T21:59:59Z", "CEST"),
        ("2026-10-25", "2026-10-25T22:59:59Z", "CET"),
    ] {
        assert_eq!(vienna(date, "23:59:59"), utc(instant), "{date}");
        assert_eq!(vienna_abbreviation(utc(instant)), abbreviation, "{date}");
    }
}

#[test]
fn a_time_that_never_happens_is_the_first_instant_after_the_gap() {
    for time in ["02:00:00", "02:00:01", "02:30:00", "02:59:59"] {
        assert_eq!(vienna("2026-03-29", time), utc("2026-03-29T01:00:00Z"), "{time}");
    }
    assert_eq!(vienna("2026-03-29", "01:59:59"), utc("2026-03-29T00:59:59Z"));
    assert_eq!(vienna("2026-03-29", "03:00:00"), utc("2026-03-29T01:00:00Z"));
}

#[test]
fn a_time_that_happens_twice_is_the_later_one() {
    assert_eq!(vienna("2026-10-25", "02:30:00"), utc("2026-10-25T01:30:00Z"));
    assert_eq!(vienna("2026-10-25", "01:59:59"), utc("2026-10-24T23:59:59Z"));
    assert_eq!(vienna("2026-10-25", "03:00:00"), utc("2026-10-25T02:00:00Z"));
}

#[test]
fn a_call_is_open_through_the_second_of_its_deadline_and_no_longer() {
    for date in ["2026-03-29", "2026-10-25", "2026-07-15"] {
        let opens = vienna("2026-01-01", "00:00:00");
        let closes = vienna(date, "23:59:59");
        let state = |now| state_at(CallState::Published, opens, closes, now);
        assert_eq!(state(opens - TimeDelta::nanoseconds(1)), CallState::Published);
        assert_eq!(state(opens), CallState::Open);
        assert_eq!(state(closes), CallState::Open);
        assert_eq!(state(closes + TimeDelta::milliseconds(999)), CallState::Open, "within the deadline's second");
        assert_eq!(state(closes + TimeDelta::seconds(1)), CallState::Closed);
        assert_eq!(vienna_date(closes), day(date));
        assert_eq!(vienna_date(closes + TimeDelta::seconds(1)), day(date).succ_opt().unwrap());
    }
}

#[test]
fn a_month_later_is_the_last_day_where_the_day_does_not_exist() {
    assert_eq!(add_months(day("2026-01-31"), 1), day("2026-02-28"));
    assert_eq!(add_months(day("2027-08-31"), 6), day("2028-02-29"));
    assert_eq!(add_months(NaiveDate::MAX, 1), NaiveDate::MAX);
}

proptest! {
    #[test]
    fn the_wall_clock_of_an_instant_names_it_again_but_for_the_hour_that_comes_twice(seconds in 0_i64..4_000_000_000) {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        let wall = vienna_wall_clock(instant);
        let named = vienna_instant(wall.date(), wall.time());
        prop_assert!(named == instant || named == instant + TimeDelta::hours(1));
        prop_assert_eq!(vienna_wall_clock(named), wall);
    }

    #[test]
    fn a_later_wall_clock_is_never_an_earlier_instant(days in 0_u64..36_500, one in 0_u32..86_400, other in 0_u32..86_400) {
        let date = domain::time::add_days(day("2000-01-01"), days);
        let at = |seconds| vienna_instant(date, NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap());
        prop_assert!(at(one.min(other)) <= at(one.max(other)));
    }
}
