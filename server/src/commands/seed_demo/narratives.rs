//! The reports of the demo: what organisations write of a period, with expenditure, results and people that fit together.

use backend::reports::queries::{LineView, ReportView};
use backend::{Result, reports};
use chrono::NaiveDate;
use domain::forms::Typed;
use domain::ids::ReportId;

use super::applications::Award;
use super::data::ORGANISATIONS;
use super::people::People;
use super::projects::{FOOD, TRAINING, planned_people};
use super::{Demo, texts};

/// Which report of a grant is written.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// From 0.
    pub turn: usize,
    /// How many reports the grant has.
    pub number: usize,
    /// Whether hardly any training was paid for in the period, of which the report says nothing.
    pub little_training: bool,
}

impl Part {
    fn is_last(self) -> bool {
        self.turn + 1 == self.number
    }

    /// The share of the budget, in hundredths of a per cent, that the report accounts for: the first one enough for the
    /// instalment after it, the last one all that is left.
    fn share(self) -> i64 {
        match (self.turn, self.number) {
            _ if self.is_last() => 10_000,
            (0, _) => 4_000,
            (_, number) => 4_500 / i64::try_from(number.saturating_sub(2)).unwrap_or(1).max(1),
        }
    }
}

/// Writes a report.
pub(super) async fn write(
    demo: &Demo,
    people: &People,
    award: &Award,
    report: ReportId,
    part: Part,
    written: NaiveDate,
) -> Result<()> {
    let signatory = demo.at(&people.signatories[award.organisation], written);
    let view = reports::queries::get(&signatory, report).await?;
    let texts = texts::report(ORGANISATIONS[award.organisation].theme, award.number + part.turn);
    let mut typed = Typed::default()
        .with("achievements", texts.achievements)
        .with("challenges", texts.challenges)
        .with("lessons", texts.lessons)
        .with("safeguarding_incidents", "0");
    expenditure(&mut typed, &view.lines, award.number, part);
    let helped = people_rows(&mut typed, award.number, part);
    results(&mut typed, &view, part, helped);
    reports::save(&signatory, report, &typed).await?;
    Ok(())
}

/// Submits a report.
pub(super) async fn submit(
    demo: &Demo,
    people: &People,
    award: &Award,
    report: ReportId,
    sent: NaiveDate,
) -> Result<()> {
    let signatory = demo.at(&people.signatories[award.organisation], sent);
    let declaration =
        Typed::default().with("declaration", "yes").with("full_name", ORGANISATIONS[award.organisation].signatory);
    reports::submit(&signatory, report, &declaration).await
}

/// Each line by the report's share of it. Some projects spend more on food and less on training than was planned, by more
/// than a tenth of either category and not more in all; their final reports say why.
fn expenditure(typed: &mut Typed, lines: &[LineView], number: usize, part: Part) {
    let strays = number % 3 == 1;
    let moved = if strays { moved_to_food(lines) } else { 0 };
    for (row, line) in lines.iter().enumerate() {
        let goal = match row {
            FOOD => line.budget.minor + moved,
            TRAINING => line.budget.minor - moved,
            _ => line.budget.minor,
        };
        let left = goal - line.before.minor;
        let planned = if part.is_last() { left } else { (goal * part.share() / 10_000).min(left) };
        let spent = if part.little_training && row == TRAINING { planned / 4 } else { planned };
        typed.set(&format!("expenditure.{row}.line"), line.position.to_string());
        typed.set(&format!("expenditure.{row}.spent"), format!("{}.{:02}", spent / 100, spent % 100));
        let reason = match row {
            FOOD => texts::overspent(number / 3),
            TRAINING => texts::underspent(number / 3),
            _ => continue,
        };
        if strays && part.is_last() {
            typed.set(&format!("expenditure.{row}.explanation"), reason);
        }
    }
}

/// An eighth of the larger one of the categories of food and of training, in US cents.
fn moved_to_food(lines: &[LineView]) -> i64 {
    let whole = |row: usize| {
        let category = lines.get(row).map(|line| line.category);
        let of_it = lines.iter().filter(|line| Some(line.category) == category);
        of_it.map(|line| line.budget.minor).sum::<i64>()
    };
    whole(FOOD).max(whole(TRAINING)) / 8
}

/// Nearly what was planned for each indicator, the same in each period, and never more than the people who were helped.
fn results(typed: &mut Typed, view: &ReportView, part: Part, helped: i64) {
    let (turn, number) = (i64::try_from(part.turn).unwrap_or(0), i64::try_from(part.number).unwrap_or(1));
    for (row, result) in view.results.iter().enumerate() {
        let reached = |periods: i64| result.target * periods * 95 / (number * 100);
        let achieved = (reached(turn + 1) - reached(turn)).min(helped);
        typed.set(&format!("indicators.{row}.indicator"), result.position.to_string());
        typed.set(&format!("indicators.{row}.achieved"), achieved.to_string());
    }
}

/// The people of a period, as many as the project planned for it or a few more or less; gives how many in all.
fn people_rows(typed: &mut Typed, number: usize, part: Part) -> i64 {
    let groups = [
        ("female", "adult", "cross-border", "yes", "sexual", "physical"),
        ("female", "child", "internal", "no", "domestic-servitude", "psychological"),
        ("male", "adult", "cross-border", "yes", "forced-labour", "social"),
        ("male", "child", "internal", "not-stated", "forced-begging", "physical"),
        ("female", "adult", "internal", "no", "forced-marriage", "social"),
        ("other", "adult", "cross-border", "yes", "mixed-or-other", "psychological"),
    ];
    let planned = planned_people(number).into_iter().map(|planned| planned.div_ceil(part.number.max(1)));
    let counts = planned.enumerate().map(|(row, planned)| planned * (97 + (number + part.turn * 2 + row) % 9) / 100);
    let counts = counts.chain([(number + part.turn) % 2]);
    let fields = ["sex", "age", "movement", "returnee", "exploitation", "help"];
    let mut helped = 0;
    for (row, ((sex, age, movement, returnee, exploitation, help), count)) in groups.into_iter().zip(counts).enumerate()
    {
        if count > 0 {
            for (name, value) in fields.iter().zip([sex, age, movement, returnee, exploitation, help]) {
                typed.set(&format!("people.{row}.{name}"), value);
            }
            typed.set(&format!("people.{row}.count"), count.to_string());
            helped += i64::try_from(count).unwrap_or(0);
        }
    }
    helped
}
