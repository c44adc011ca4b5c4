//! What other parts of the system need to know of an application's sections, read leniently from what was typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ACTIVITIES, BUDGET, Counted, PEOPLE, RESULTS, SUMMARY, Section, Sections};
use crate::budgets::Budget;
use crate::countries::{Region, region};
use crate::forms::{Typed, Values};
use crate::help::{AgeGroup, Exploitation, HelpKind, HelpedCell, Movement, Returnee, Sex, SubTheme, Theme, people};
use crate::money::Money;

/// The gist of an application, for lists, reviewers and the Board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationSummary {
    /// Title of the project.
    pub title: String,
    /// Theme, when chosen.
    pub theme: Option<Theme>,
    /// Sub-themes.
    pub sub_themes: Vec<SubTheme>,
    /// ISO 3166-1 alpha-2 code, when chosen.
    pub country: Option<String>,
    /// UN regional group of the country.
    pub region: Option<Region>,
    /// Months, when given.
    pub duration_months: Option<i64>,
    /// First day, when given.
    pub start_date: Option<NaiveDate>,
    /// Asked from the Fund, USD.
    pub requested: Money,
    /// People to be helped.
    pub people: i64,
    /// Kinds of help.
    pub help_kinds: Vec<HelpKind>,
}

/// Reads the gist of an application's sections.
#[must_use]
pub fn summarise(sections: &Sections) -> ApplicationSummary {
    let empty = Typed::default();
    let typed = |section: Section| sections.get(&section).unwrap_or(&empty);
    let (summary, _) = SUMMARY.read_lenient(typed(Section::Summary));
    let (activities, _) = ACTIVITIES.read_lenient(typed(Section::Activities));
    let country = summary.optional_text("country");
    ApplicationSummary {
        title: summary.text("title").to_owned(),
        theme: Theme::from_code(summary.text("theme")),
        sub_themes: summary.codes("sub_themes").iter().filter_map(|code| SubTheme::from_code(code)).collect(),
        region: country.as_deref().and_then(region),
        country,
        duration_months: summary.optional_count("duration_months"),
        start_date: summary.date("start_date"),
        requested: read_budget(typed(Section::Budget)).requested(),
        people: people(&helped_cells(typed(Section::People))),
        help_kinds: activities.codes("help_kinds").iter().filter_map(|code| HelpKind::from_code(code)).collect(),
    }
}

/// The budget in a budget section, complete or not.
#[must_use]
pub fn read_budget(budget: &Typed) -> Budget {
    Budget::from_answers(&BUDGET.read_lenient(budget).0)
}

/// One row of people; none when it is not complete.
#[must_use]
pub fn helped_cell(values: &Values) -> Option<HelpedCell> {
    Some(HelpedCell {
        sex: Sex::from_code(values.text("sex"))?,
        age: AgeGroup::from_code(values.text("age"))?,
        movement: Movement::from_code(values.text("movement"))?,
        returnee: Returnee::from_code(values.text("returnee"))?,
        exploitation: Exploitation::from_code(values.text("exploitation"))?,
        count: values.optional_count("count")?,
    })
}

/// The groups in a people section; rows that are not complete are left out.
#[must_use]
pub fn helped_cells(people: &Typed) -> Vec<HelpedCell> {
    PEOPLE.read_lenient(people).0.group("people").iter().filter_map(|(_, values)| helped_cell(values)).collect()
}

/// One planned result with its indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedResult {
    /// What is measured.
    pub indicator: String,
    /// Of what the numbers are.
    pub unit: String,
    /// What it counts; people, when nobody said.
    pub counted: Counted,
    /// Value at the start.
    pub baseline: i64,
    /// Value at the end.
    pub target: i64,
    /// How it is verified.
    pub verification: String,
}

/// The planned results in a results section; rows without an indicator are left out.
#[must_use]
pub fn planned_results(results: &Typed) -> Vec<PlannedResult> {
    RESULTS
        .read_lenient(results)
        .0
        .group("results")
        .iter()
        .filter(|(_, values)| !values.text("indicator").is_empty())
        .map(|(_, values)| PlannedResult {
            indicator: values.text("indicator").to_owned(),
            unit: values.text("unit").to_owned(),
            counted: Counted::from_code(values.text("counted")).unwrap_or(Counted::People),
            baseline: values.count("baseline"),
            target: values.count("target"),
            verification: values.text("verification").to_owned(),
        })
        .collect()
}
