//! Reports of grantees: when they are due, what they hold, and when spending strays too far from the budget.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::budgets::{BudgetCategory, Severity};
use crate::forms::{Answers, Form, Group, Kind, optional, required};
use crate::help::{AgeGroup, Exploitation, HelpKind, HelpedCell, Movement, Returnee, Sex};
use crate::message::{Argument, Message};
use crate::money::Money;
use crate::time::{add_days, add_months};

code_list! {
    /// How far a report is.
    ReportState, "report-state", {
        Due = "due",
        Draft = "draft",
        Submitted = "submitted",
        Returned = "returned",
        Accepted = "accepted",
    }
}

code_list! {
    /// What is done with a report.
    ReportEvent, "report-event", {
        Start = "start",
        Submit = "submit",
        Return = "return",
        Resubmit = "resubmit",
        Accept = "accept",
    }
}

state_machine!(
    ReportState,
    ReportEvent,
    "refused-report-transition",
    [
        (Due, Start, Draft),
        (Draft, Submit, Submitted),
        (Submitted, Return, Returned),
        (Returned, Resubmit, Submitted),
        (Submitted, Accept, Accepted),
    ]
);

impl ReportState {
    /// True while the organisation may write in it.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Due | Self::Draft | Self::Returned)
    }
}

code_list! {
    /// Whether help goes on after the period.
    ReportKind, "report-kind", { Interim = "interim", Final = "final" }
}

/// Months that a report covers, except the last one, which covers the rest.
pub const PERIOD_MONTHS: u32 = 6;
/// Days after its period within which an interim report is due.
pub const INTERIM_DAYS: u64 = 30;
/// Days after the end of the grant within which the final report is due.
pub const FINAL_DAYS: u64 = 60;
/// A report that is due within so many days is due soon.
pub const SOON_DAYS: u64 = 30;

/// Days after its return within which a report is due again at the earliest: mending it takes some time.
pub const MENDING_DAYS: u64 = 14;

/// A report: narrative, expenditure by budget line, results by indicator, people helped by group.
/// `line` and `indicator` hold the numbers of the grant's budget lines and indicators.
pub const REPORT: Form = Form {
    name: "report",
    fields: &[
        required("achievements", Kind::Text(4000)),
        required("challenges", Kind::Text(3000)),
        required("lessons", Kind::Text(3000)),
        required("safeguarding_incidents", Kind::Count(1000)),
        optional("safeguarding_measures", Kind::Text(2000)),
    ],
    groups: &[
        Group {
            name: "expenditure",
            fields: &[
                required("line", Kind::Hidden),
                required("spent", Kind::Amount),
                optional("explanation", Kind::Line(500)),
            ],
            least: 1,
            most: crate::budgets::MOST_LINES,
        },
        Group {
            name: "indicators",
            fields: &[
                required("indicator", Kind::Hidden),
                required("achieved", Kind::Count(1_000_000)),
                optional("comment", Kind::Line(500)),
            ],
            least: 1,
            most: 30,
        },
        Group {
            name: "people",
            fields: &[
                required("sex", Kind::Choice(Sex::OPTIONS)),
                required("age", Kind::Choice(AgeGroup::OPTIONS)),
                required("movement", Kind::Choice(Movement::OPTIONS)),
                required("returnee", Kind::Choice(Returnee::OPTIONS)),
                required("exploitation", Kind::Choice(Exploitation::OPTIONS)),
                required("help", Kind::Choice(HelpKind::OPTIONS)),
                required("count", Kind::Count(100_000)),
            ],
            least: 0,
            most: 100,
        },
    ],
};

/// Sending a report off.
pub const SUBMIT: Form = Form {
    name: "report-submit",
    fields: &[required("declaration", Kind::Tick), required("full_name", Kind::Line(120))],
    groups: &[],
};

/// Returning a report to the organisation.
pub const RETURN: Form = Form { name: "report-return", fields: &[required("comments", Kind::Text(3000))], groups: &[] };

/// Accepting a report.
pub const ACCEPT: Form = Form { name: "report-accept", fields: &[optional("comments", Kind::Text(3000))], groups: &[] };

/// The time that one report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// From 1.
    pub number: i64,
    /// Interim or final.
    pub kind: ReportKind,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Last day on which the report is in time.
    pub due: NaiveDate,
}

/// The report periods of a grant: every six months, the last one final.
#[must_use]
pub fn periods(start: NaiveDate, months: u32) -> Vec<Period> {
    let number_of_periods = months.div_ceil(PERIOD_MONTHS);
    (0..number_of_periods)
        .map(|index| {
            let last = index + 1 == number_of_periods;
            let until = if last { months } else { (index + 1) * PERIOD_MONTHS };
            let next_start = add_months(start, until);
            let end = next_start.pred_opt().unwrap_or(next_start);
            let (kind, days) = if last { (ReportKind::Final, FINAL_DAYS) } else { (ReportKind::Interim, INTERIM_DAYS) };
            Period {
                number: i64::from(index) + 1,
                kind,
                start: add_months(start, index * PERIOD_MONTHS),
                end,
                due: add_days(end, days),
            }
        })
        .collect()
}

/// True when a report is late on a day.
#[must_use]
pub fn is_late(state: ReportState, due: NaiveDate, today: NaiveDate) -> bool {
    matches!(state, ReportState::Due | ReportState::Draft | ReportState::Returned) && today > due
}

/// By how many per cent of the budget the spending differs, with one decimal: above zero when more was spent.
/// None where there is no budget, so that any spending strays.
#[must_use]
pub fn deviation(budget: Money, spent: Money) -> Option<Decimal> {
    if budget.minor == 0 {
        return None;
    }
    let difference = Decimal::from(spent.minor) - Decimal::from(budget.minor);
    let per_cent = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(Decimal::from(budget.minor))?;
    Some(per_cent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

/// Deviation of a category, in per cent, above which a reason is needed.
pub const EXPLAIN_ABOVE: i64 = 10;
/// Deviation of a category, in per cent, above which the agreement must be amended.
pub const AMEND_ABOVE: i64 = 20;

/// A budget line of the grant, as a report compares with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetedLine {
    /// What the report's hidden field `line` holds.
    pub line: String,
    /// Category.
    pub category: BudgetCategory,
    /// Budget of the whole grant.
    pub budget: Money,
    /// Accepted expenditure of earlier reports.
    pub spent_before: Money,
}

/// What a report says of one budget line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedExpenditure {
    /// The row in the form.
    pub row: usize,
    /// The budget line.
    pub line: String,
    /// Spent in the period.
    pub spent: Money,
    /// Why it strays from the budget.
    pub explanation: String,
}

/// What a report says of one indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedResult {
    /// The row in the form.
    pub row: usize,
    /// The indicator.
    pub indicator: String,
    /// Achieved in the period.
    pub achieved: i64,
    /// Comment.
    pub comment: String,
}

/// People of one group helped in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedPeople {
    /// The group and how many.
    pub cell: HelpedCell,
    /// Kind of help.
    pub help: HelpKind,
}

/// Something that a report should not leave as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportPoint {
    /// Stops the report or not.
    pub severity: Severity,
    /// Field of the form.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: Message,
}

/// The expenditure of a report.
#[must_use]
pub fn expenditure(answers: &Answers) -> Vec<ReportedExpenditure> {
    answers
        .group("expenditure")
        .iter()
        .map(|(row, values)| ReportedExpenditure {
            row: *row,
            line: values.text("line").to_owned(),
            spent: Money::usd(values.minor("spent")),
            explanation: values.text("explanation").to_owned(),
        })
        .collect()
}

/// The results of a report.
#[must_use]
pub fn results(answers: &Answers) -> Vec<ReportedResult> {
    answers
        .group("indicators")
        .iter()
        .map(|(row, values)| ReportedResult {
            row: *row,
            indicator: values.text("indicator").to_owned(),
            achieved: values.count("achieved"),
            comment: values.text("comment").to_owned(),
        })
        .collect()
}

/// The people whom a report counts; rows that are not complete are left out.
#[must_use]
pub fn reported_people(answers: &Answers) -> Vec<ReportedPeople> {
    answers
        .group("people")
        .iter()
        .filter_map(|(_, values)| {
            Some(ReportedPeople {
                cell: crate::applications::helped_cell(values)?,
                help: HelpKind::from_code(values.text("help"))?,
            })
        })
        .collect()
}

/// Rules of a report beyond its form: every budget line once, deviations explained. While help goes on, a
/// category that is not spent yet is no deviation; in the final report it is.
#[must_use]
pub fn check(answers: &Answers, kind: ReportKind, budget: &[BudgetedLine]) -> Vec<ReportPoint> {
    let reported = expenditure(answers);
    let mut points = line_points(&reported, budget);
    for category in BudgetCategory::ALL {
        points.extend(deviation_point(*category, kind, &reported, budget));
    }
    points.extend(people_points(answers));
    points
}

fn error(field: String, message: Message) -> ReportPoint {
    ReportPoint { severity: Severity::Error, field, message }
}

fn line_points(reported: &[ReportedExpenditure], budget: &[BudgetedLine]) -> Vec<ReportPoint> {
    let mut points = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in reported {
        let field = format!("expenditure.{}.line", row.row);
        if !budget.iter().any(|line| line.line == row.line) {
            points.push(error(field, Message::new("error-no-such-choice").with("value", row.line.as_str())));
        } else if seen.insert(&row.line, row.row).is_some() {
            points.push(error(field, Message::new("error-line-twice")));
        }
    }
    if budget.iter().any(|line| !seen.contains_key(line.line.as_str())) {
        points.push(error("expenditure".to_owned(), Message::new("error-line-missing")));
    }
    points
}

fn deviation_point(
    category: BudgetCategory,
    kind: ReportKind,
    reported: &[ReportedExpenditure],
    budget: &[BudgetedLine],
) -> Option<ReportPoint> {
    let lines: Vec<&BudgetedLine> = budget.iter().filter(|line| line.category == category).collect();
    let rows: Vec<&ReportedExpenditure> =
        reported.iter().filter(|row| lines.iter().any(|line| line.line == row.line)).collect();
    let planned = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.budget.minor));
    let before = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.spent_before.minor));
    let spent = rows.iter().fold(before, |sum, row| sum.saturating_add(row.spent.minor));
    let strays = |limit: i64| {
        let over = (i128::from(spent) - i128::from(planned)) * 100;
        let allowed = i128::from(limit) * i128::from(planned);
        over > allowed || (kind == ReportKind::Final && -over > allowed)
    };
    if !strays(EXPLAIN_ABOVE) {
        return None;
    }
    let message = |key: &str| {
        Message::new(key)
            .with("category", Argument::Key(category.label_key()))
            .with("budget", Money::usd(planned))
            .with("spent", Money::usd(spent))
    };
    let first = rows.first()?;
    let field = format!("expenditure.{}.explanation", first.row);
    if rows.iter().all(|row| row.explanation.is_empty()) {
        return Some(error(field, message("error-deviation-unexplained").with("per_cent", EXPLAIN_ABOVE)));
    }
    strays(AMEND_ABOVE).then(|| ReportPoint {
        severity: Severity::Warning,
        field,
        message: message("warning-deviation-amendment").with("per_cent", AMEND_ABOVE),
    })
}

fn people_points(answers: &Answers) -> Vec<ReportPoint> {
    let mut points = Vec::new();
    let mut seen: Vec<ReportedPeople> = Vec::new();
    for (row, values) in answers.group("people") {
        let Some(cell) = crate::applications::helped_cell(values) else {
            continue;
        };
        let Some(help) = HelpKind::from_code(values.text("help")) else {
            continue;
        };
        if seen.iter().any(|earlier| earlier.help == help && earlier.cell.same_group(&cell)) {
            points.push(error(format!("people.{row}.count"), Message::new("error-people-twice")));
        }
        seen.push(ReportedPeople { cell, help });
    }
    points
}
