//! Budgets of applications: lines, totals by category, and the Fund's rules, exact to the cent. The server and
//! the budget editor in the browser use the same code.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calls::CallLimits;
use crate::forms::{Answers, Values};
use crate::message::{Argument, Message};
use crate::money::{Currency, LARGEST_MINOR, Money, split_in_proportion};

code_list! {
    /// The harmonised budget categories of the United Nations (UN Sustainable Development Group).
    BudgetCategory, "budget-category", {
        Staff = "staff",
        Supplies = "supplies",
        Equipment = "equipment",
        Contractual = "contractual",
        Travel = "travel",
        Transfers = "transfers",
        Operating = "operating",
        Indirect = "indirect",
    }
}

code_list! {
    /// Whether a broken rule stops a submission.
    Severity, "severity", { Error = "error", Warning = "warning" }
}

/// Most lines in a budget.
pub const MOST_LINES: usize = 60;

/// One line of a budget. All amounts are in USD.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// The number of the row in the form, which names its fields: `lines.3.requested`.
    pub row: usize,
    /// None while it is not chosen yet.
    pub category: Option<BudgetCategory>,
    /// What it is.
    pub description: String,
    /// Of what the quantity is: month, person, piece.
    pub unit: String,
    /// How many units.
    pub quantity: i64,
    /// Cost of one unit.
    pub unit_cost: Money,
    /// How often: months or times.
    pub times: i64,
    /// Asked from the Fund.
    pub requested: Money,
    /// Paid by others.
    pub other: Money,
    /// What for.
    pub purpose: String,
}

impl BudgetLine {
    fn from_values(row: usize, values: &Values) -> Self {
        let usd = |name: &str| Money::usd(values.minor(name));
        Self {
            row,
            category: BudgetCategory::from_code(values.text("category")),
            description: values.text("description").to_owned(),
            unit: values.text("unit").to_owned(),
            quantity: values.count("quantity"),
            unit_cost: usd("unit_cost"),
            times: values.count("times"),
            requested: usd("requested"),
            other: usd("other"),
            purpose: values.text("purpose").to_owned(),
        }
    }

    /// What the line costs: quantity × times × unit cost, or what is financed where that is the same but for the unit
    /// cost having been rounded to the cent, by half a cent a unit at most (100 for 7 × 14.29). The largest number there
    /// is when it does not fit, which [`Budget::breaches`] then reports.
    #[must_use]
    pub fn total(&self) -> Money {
        let units = self.quantity.checked_mul(self.times);
        let cost = units.and_then(|units| units.checked_mul(self.unit_cost.minor));
        let (Some(units), Some(cost)) = (units, cost) else { return Money::usd(i64::MAX) };
        let financed = self.financed();
        let apart = (i128::from(financed) - i128::from(cost)).abs();
        Money::usd(if 2 * apart <= i128::from(units) { financed } else { cost })
    }

    fn financed(&self) -> i64 {
        self.requested.minor.saturating_add(self.other.minor)
    }

    /// Asked + others − total: zero when the line adds up, above when more is financed than it costs.
    #[must_use]
    pub fn difference(&self) -> Money {
        Money::usd(self.financed().saturating_sub(self.total().minor))
    }
}

/// A whole budget.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// The lines in the order of the form.
    pub lines: Vec<BudgetLine>,
}

/// The sums of one category, or of a whole budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetTotals {
    /// Asked from the Fund.
    pub requested: Money,
    /// Paid by others.
    pub other: Money,
    /// What the lines cost.
    pub total: Money,
}

impl Default for BudgetTotals {
    fn default() -> Self {
        Self {
            requested: Money::zero(Currency::USD),
            other: Money::zero(Currency::USD),
            total: Money::zero(Currency::USD),
        }
    }
}

impl BudgetTotals {
    fn add(&mut self, line: &BudgetLine) {
        let plus = |sum: Money, part: Money| Money::usd(sum.minor.saturating_add(part.minor));
        self.requested = plus(self.requested, line.requested);
        self.other = plus(self.other, line.other);
        self.total = plus(self.total, line.total());
    }
}

/// The sums of a category and its share in what is asked from the Fund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryShare {
    /// The category.
    pub category: BudgetCategory,
    /// Its sums.
    pub totals: BudgetTotals,
    /// Per cent of all that is asked from the Fund, with one decimal; the shares add up to 100.0.
    pub per_cent: Decimal,
}

/// What a budget must keep to. Shares are in hundredths of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLimits {
    /// Smallest award, USD.
    pub smallest_award: Money,
    /// Largest award, USD.
    pub largest_award: Money,
    /// Most indirect support costs, of the direct costs asked.
    pub indirect_basis_points: i64,
    /// Personnel above this share of the grant is questioned.
    pub personnel_basis_points: i64,
    /// Equipment above this share of the grant is questioned.
    pub equipment_basis_points: i64,
    /// A single line above this share of the grant is questioned.
    pub line_basis_points: i64,
}

impl Default for BudgetLimits {
    fn default() -> Self {
        Self::from(&CallLimits::default())
    }
}

impl From<&CallLimits> for BudgetLimits {
    fn from(limits: &CallLimits) -> Self {
        Self {
            smallest_award: limits.smallest_award,
            largest_award: limits.largest_award,
            indirect_basis_points: 700,
            personnel_basis_points: 4000,
            equipment_basis_points: 1500,
            line_basis_points: 5000,
        }
    }
}

/// A rule that a budget breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BudgetBreach {
    /// Stops a submission or not.
    pub severity: Severity,
    /// The field in the form: `lines.3.requested`, or `lines` for the whole.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: Message,
}

impl Budget {
    /// Reads the budget section's answers, complete or not: what is missing counts as nothing.
    #[must_use]
    pub fn from_answers(answers: &Answers) -> Self {
        Self {
            lines: answers.group("lines").iter().map(|(row, values)| BudgetLine::from_values(*row, values)).collect(),
        }
    }

    /// The sums of all lines.
    #[must_use]
    pub fn totals(&self) -> BudgetTotals {
        let mut totals = BudgetTotals::default();
        for line in &self.lines {
            totals.add(line);
        }
        totals
    }

    /// All that is asked from the Fund.
    #[must_use]
    pub fn requested(&self) -> Money {
        self.totals().requested
    }

    /// The sums of each category that has a line.
    #[must_use]
    pub fn by_category(&self) -> BTreeMap<BudgetCategory, BudgetTotals> {
        let mut categories: BTreeMap<BudgetCategory, BudgetTotals> = BTreeMap::new();
        for line in &self.lines {
            if let Some(category) = line.category {
                categories.entry(category).or_default().add(line);
            }
        }
        categories
    }

    /// Every category with its sums and its share, in the order of the list.
    #[must_use]
    pub fn shares(&self) -> Vec<CategoryShare> {
        let by_category = self.by_category();
        let totals: Vec<BudgetTotals> =
            BudgetCategory::ALL.iter().map(|category| by_category.get(category).copied().unwrap_or_default()).collect();
        let weights: Vec<i64> = totals.iter().map(|totals| totals.requested.minor).collect();
        BudgetCategory::ALL
            .iter()
            .zip(totals)
            .zip(split_in_proportion(1000, &weights))
            .map(|((category, totals), tenths)| CategoryShare {
                category: *category,
                totals,
                per_cent: Decimal::new(tenths, 1),
            })
            .collect()
    }

    /// Every rule that the budget breaks: lines first, then the whole.
    #[must_use]
    pub fn breaches(&self, limits: &BudgetLimits) -> Vec<BudgetBreach> {
        let mut breaches: Vec<BudgetBreach> = self.lines.iter().filter_map(line_breach).collect();
        self.award_breaches(limits, &mut breaches);
        self.share_breaches(limits, &mut breaches);
        breaches
    }

    fn award_breaches(&self, limits: &BudgetLimits, breaches: &mut Vec<BudgetBreach>) {
        let requested = self.requested();
        let message = |key: &str| {
            Message::new(key)
                .with("requested", requested)
                .with("smallest", limits.smallest_award)
                .with("largest", limits.largest_award)
        };
        if requested.minor < limits.smallest_award.minor {
            breaches.push(breach(Severity::Error, "lines", message("error-budget-below-award")));
        } else if requested.minor > limits.largest_award.minor {
            breaches.push(breach(Severity::Error, "lines", message("error-budget-above-award")));
        }
    }

    fn share_breaches(&self, limits: &BudgetLimits, breaches: &mut Vec<BudgetBreach>) {
        let requested = self.requested().minor;
        let by_category = self.by_category();
        let of = |category| by_category.get(&category).map_or(0, |totals: &BudgetTotals| totals.requested.minor);
        let indirect = of(BudgetCategory::Indirect);
        let direct = requested.saturating_sub(indirect);
        if exceeds(indirect, limits.indirect_basis_points, direct) {
            let most = Money::usd(portion(direct, limits.indirect_basis_points));
            let message = Message::new("error-budget-indirect")
                .with("per_cent", per_cent(limits.indirect_basis_points))
                .with("indirect", Money::usd(indirect))
                .with("most", most);
            let field = self.first_field(BudgetCategory::Indirect);
            breaches.push(breach(Severity::Error, &field, message));
        }
        let questioned = [
            (BudgetCategory::Staff, limits.personnel_basis_points, "warning-budget-personnel"),
            (BudgetCategory::Equipment, limits.equipment_basis_points, "warning-budget-equipment"),
        ];
        for (category, limit, key) in questioned {
            if exceeds(of(category), limit, requested) {
                let message =
                    Message::new(key).with("per_cent", per_cent(limit)).with("amount", Money::usd(of(category)));
                breaches.push(breach(Severity::Warning, &self.first_field(category), message));
            }
        }
        for line in self.lines.iter().filter(|line| exceeds(line.requested.minor, limits.line_basis_points, requested))
        {
            let message = Message::new("warning-budget-line-large")
                .with("per_cent", per_cent(limits.line_basis_points))
                .with("amount", line.requested);
            breaches.push(breach(Severity::Warning, &format!("lines.{}.requested", line.row), message));
        }
    }

    fn first_field(&self, category: BudgetCategory) -> String {
        self.lines
            .iter()
            .find(|line| line.category == Some(category))
            .map_or_else(|| "lines".to_owned(), |line| format!("lines.{}.requested", line.row))
    }
}

fn breach(severity: Severity, field: &str, message: Message) -> BudgetBreach {
    BudgetBreach { severity, field: field.to_owned(), message }
}

/// A line that does not add up, or is too large to be meant.
fn line_breach(line: &BudgetLine) -> Option<BudgetBreach> {
    let total = line.total();
    let field = |name: &str| format!("lines.{}.{name}", line.row);
    if total.minor > LARGEST_MINOR {
        return Some(breach(Severity::Error, &field("unit_cost"), Message::new("error-amount-too-large")));
    }
    if line.difference().minor == 0 {
        return None;
    }
    let key = if line.difference().minor > 0 { "error-budget-line-over" } else { "error-budget-line-under" };
    let message = Message::new(key)
        .with("total", total)
        .with("requested", line.requested)
        .with("other", line.other)
        .with("difference", Money::usd(line.difference().minor.saturating_abs()));
    Some(breach(Severity::Error, &field("requested"), message))
}

/// True when the part is more than so many hundredths of a per cent of the whole, without rounding.
fn exceeds(part: i64, basis_points: i64, whole: i64) -> bool {
    i128::from(part) * 10_000 > i128::from(basis_points) * i128::from(whole)
}

/// So many hundredths of a per cent of the whole, rounded down: the most that does not exceed.
fn portion(whole: i64, basis_points: i64) -> i64 {
    i64::try_from(i128::from(whole) * i128::from(basis_points) / 10_000).unwrap_or(i64::MAX)
}

/// A limit as people read it: 700 hundredths of a per cent are `7`.
fn per_cent(basis_points: i64) -> Argument {
    Argument::Text(Decimal::new(basis_points, 2).normalize().to_string())
}
