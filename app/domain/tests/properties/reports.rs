//! Reports: periods without gaps, and deviations at their very edge.

use chrono::NaiveDate;
use domain::budgets::{BudgetCategory, Severity};
use domain::forms::{Answers, Typed};
use domain::grants::end_date;
use domain::help::HelpKind;
use domain::money::Money;
use domain::reports::{
    BudgetedLine, REPORT, ReportKind, ReportState, check, deviation, expenditure, is_late, periods, reported_people,
};
use domain::time::add_days;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_grant_of_fourteen_months_has_two_interim_reports_and_a_final_one() {
    let periods = periods(day("2026-01-01"), 14);
    let seen: Vec<(i64, ReportKind, NaiveDate, NaiveDate, NaiveDate)> =
        periods.iter().map(|period| (period.number, period.kind, period.start, period.end, period.due)).collect();
    assert_eq!(
        seen,
        [
            (1, ReportKind::Interim, day("2026-01-01"), day("2026-06-30"), day("2026-07-30")),
            (2, ReportKind::Interim, day("2026-07-01"), day("2026-12-31"), day("2027-01-30")),
            (3, ReportKind::Final, day("2027-01-01"), day("2027-02-28"), day("2027-04-29")),
        ]
    );
}

proptest! {
    #[test]
    fn periods_follow_each_other_without_gap_to_the_end_of_the_grant(offset in 0_u64..40_000, months in 1_u32..=60) {
        let start = add_days(day("2000-01-31"), offset);
        let periods = periods(start, months);
        prop_assert_eq!(periods.first().unwrap().start, start);
        prop_assert_eq!(periods.last().unwrap().end, end_date(start, months));
        prop_assert!(periods.windows(2).all(|pair| pair[0].end.succ_opt() == Some(pair[1].start)));
        prop_assert!(periods.iter().all(|period| period.start <= period.end && period.end < period.due));
        let finals = periods.iter().filter(|period| period.kind == ReportKind::Final).count();
        prop_assert_eq!(finals, 1);
        prop_assert_eq!(periods.last().unwrap().kind, ReportKind::Final);
        prop_assert_eq!(periods.last().unwrap().number, i64::try_from(periods.len()).unwrap());
    }

    #[test]
    fn a_deviation_of_exactly_ten_per_cent_needs_no_reason_and_a_cent_more_does(budget in 1_i64..10_000_000) {
        let budget = budget * 10;
        let edge = budget + budget / 10;
        prop_assert!(points(ReportKind::Interim, &[(budget, edge, "")]).is_empty());
        let over = points(ReportKind::Interim, &[(budget, edge + 1, "")]);
        prop_assert_eq!(over, vec![(Severity::Error, "expenditure.0.explanation".to_owned(), "error-deviation-unexplained".to_owned())]);
        let under = budget - budget / 10;
        prop_assert!(points(ReportKind::Final, &[(budget, under, "")]).is_empty());
        prop_assert!(!points(ReportKind::Final, &[(budget, under - 1, "")]).is_empty());
        prop_assert!(points(ReportKind::Interim, &[(budget, under - 1, "")]).is_empty(), "not spent yet is no deviation");
    }
}

fn answers(lines: &[(i64, i64, &str)]) -> Answers {
    let mut typed = Typed::default()
        .with("achievements", "A")
        .with("challenges", "B")
        .with("lessons", "C")
        .with("safeguarding_incidents", "0")
        .with("indicators.0.indicator", "1")
        .with("indicators.0.achieved", "5");
    for (row, (_, spent, explanation)) in lines.iter().enumerate() {
        typed.set(&format!("expenditure.{row}.line"), row.to_string());
        typed.set(&format!("expenditure.{row}.spent"), Money::usd(*spent).to_decimal().to_string());
        typed.set(&format!("expenditure.{row}.explanation"), *explanation);
    }
    REPORT.read(&typed).unwrap()
}

fn budgeted(lines: &[(i64, i64, &str)]) -> Vec<BudgetedLine> {
    lines
        .iter()
        .enumerate()
        .map(|(row, (budget, _, _))| BudgetedLine {
            line: row.to_string(),
            category: BudgetCategory::Travel,
            budget: Money::usd(*budget),
            spent_before: Money::usd(0),
        })
        .collect()
}

fn points(kind: ReportKind, lines: &[(i64, i64, &str)]) -> Vec<(Severity, String, String)> {
    check(&answers(lines), kind, &budgeted(lines))
        .into_iter()
        .map(|point| (point.severity, point.field, point.message.key))
        .collect()
}

#[test]
fn a_category_is_judged_by_the_sum_of_its_lines() {
    assert!(points(ReportKind::Final, &[(1000, 1500, ""), (1000, 500, "")]).is_empty());
}

#[test]
fn an_explained_deviation_above_twenty_per_cent_still_needs_an_amendment() {
    assert!(points(ReportKind::Final, &[(1000, 1200, "Fuel rose")]).is_empty());
    let found = points(ReportKind::Final, &[(1000, 1201, "Fuel rose")]);
    assert_eq!(
        found,
        [(Severity::Warning, "expenditure.0.explanation".to_owned(), "warning-deviation-amendment".to_owned())]
    );
}

#[test]
fn money_spent_without_a_budget_strays() {
    assert_eq!(points(ReportKind::Interim, &[(0, 1, "")]).len(), 1);
    assert!(points(ReportKind::Interim, &[(0, 0, "")]).is_empty());
    assert_eq!(deviation(Money::usd(0), Money::usd(1)), None);
    assert_eq!(deviation(Money::usd(1000), Money::usd(1125)), Some(Decimal::new(125, 1)));
    assert_eq!(deviation(Money::usd(1000), Money::usd(900)), Some(Decimal::from(-10)));
}

#[test]
fn what_was_spent_before_counts() {
    let lines = [(1000, 200, "")];
    let mut budget = budgeted(&lines);
    budget[0].spent_before = Money::usd(901);
    assert_eq!(check(&answers(&lines), ReportKind::Interim, &budget).len(), 1);
    budget[0].spent_before = Money::usd(900);
    assert!(check(&answers(&lines), ReportKind::Interim, &budget).is_empty());
}

#[test]
fn every_budget_line_is_reported_once_and_no_other() {
    let lines = [(1000, 1000, ""), (1000, 1000, "")];
    let budget = budgeted(&lines);
    let keys = |answers: &Answers, budget: &[BudgetedLine]| -> Vec<String> {
        check(answers, ReportKind::Interim, budget).into_iter().map(|point| point.message.key).collect()
    };
    assert_eq!(keys(&answers(&lines), &budget), Vec::<String>::new());
    assert_eq!(keys(&answers(&lines[..1]), &budget), ["error-line-missing"]);
    assert_eq!(keys(&answers(&lines), &budget[..1]), ["error-no-such-choice"]);
    assert_eq!(expenditure(&answers(&lines))[1].spent, Money::usd(1000));
}

#[test]
fn people_are_counted_by_group_and_kind_of_help() {
    let mut typed = Typed::default();
    for (row, help) in ["physical", "social", "social"].iter().enumerate() {
        for (name, value) in [
            ("sex", "female"),
            ("age", "child"),
            ("movement", "internal"),
            ("returnee", "no"),
            ("exploitation", "forced-labour"),
            ("help", *help),
            ("count", "7"),
        ] {
            typed.set(&format!("people.{row}.{name}"), value);
        }
    }
    let (answers, _) = REPORT.read_lenient(&typed);
    let people = reported_people(&answers);
    assert_eq!(
        people.iter().map(|row| row.help).collect::<Vec<_>>(),
        [HelpKind::Physical, HelpKind::Social, HelpKind::Social]
    );
    let points = check(&answers, ReportKind::Interim, &[]);
    assert_eq!(points.iter().map(|point| point.field.as_str()).collect::<Vec<_>>(), ["people.2.count"]);
}

#[test]
fn a_report_is_late_from_the_day_after_it_was_due_until_it_is_sent() {
    let due = day("2026-07-30");
    for state in ReportState::ALL {
        assert!(!is_late(*state, due, due), "{state}");
        let waiting = matches!(state, ReportState::Due | ReportState::Draft | ReportState::Returned);
        assert_eq!(is_late(*state, due, day("2026-07-31")), waiting, "{state}");
        assert_eq!(state.is_editable(), waiting, "{state}");
    }
}
