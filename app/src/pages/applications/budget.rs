//! The budget section: what the budget editor needs, made on the server. The editor's own HTML is the form
//! that works without a script.

use std::collections::{BTreeMap, BTreeSet};

use domain::applications::{BUDGET, budget_warnings};
use domain::budgets::{BudgetCategory, MOST_LINES};
use domain::calls::CallLimits;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::islands::{BudgetEditor, BudgetRow, NumberLook, Words};
use crate::ui::refused;
use crate::ui::{FormState, reader, t, tm};

/// Empty lines below those that are filled in, for those who have no script to add some.
const EMPTY_LINES: usize = 3;

/// Texts without values.
const PLAIN: &[&str] = &[
    "application-budget-lines",
    "budget-line-total",
    "budget-line-actions",
    "budget-add-line",
    "field-choose",
    "budget-requested",
    "budget-share",
    "budget-breach",
    "budget-warning",
    "budget-breaches",
    "budget-sums",
    "budget-total-requested",
    "budget-total-other",
    "budget-total",
    "error-amount-too-large",
];

/// Texts with places for values, and the names of these.
const WITH_VALUES: &[(&str, &[&str])] = &[
    ("budget-line-field", &["field", "line"]),
    ("budget-line-up", &["line"]),
    ("budget-line-down", &["line"]),
    ("budget-line-remove", &["line"]),
    ("error-budget-line-over", &["total", "requested", "other", "difference"]),
    ("error-budget-line-under", &["total", "requested", "other", "difference"]),
    ("error-budget-below-award", &["requested", "smallest", "largest"]),
    ("error-budget-above-award", &["requested", "smallest", "largest"]),
    ("error-budget-indirect", &["per_cent", "indirect", "most"]),
    ("warning-budget-personnel", &["per_cent", "amount"]),
    ("warning-budget-equipment", &["per_cent", "amount"]),
    ("warning-budget-line-large", &["per_cent", "amount"]),
];

/// The lines of the budget with their sums, as an island.
pub fn budget_editor(state: &FormState, limits: CallLimits) -> AnyView {
    let error = refused::error_of(state, "lines", "lines", &t("application-budget-lines"));
    view! {
        {error.map(|text| view! { <p class="error-text">{text}</p> })}
        <p class="hint">{t("applications-budget-hint")}</p>
        <BudgetEditor rows=rows(state, &limits) limits=limits words=words()/>
    }
    .into_any()
}

fn rows(state: &FormState, limits: &CallLimits) -> Vec<BudgetRow> {
    let warned: BTreeSet<String> =
        budget_warnings(&state.typed, limits).into_iter().map(|breach| breach.field).collect();
    let lines = state.typed.rows("lines");
    let empty = EMPTY_LINES.min(MOST_LINES.saturating_sub(lines.len()));
    let filled = lines.into_iter().map(|line| {
        let mut row = BudgetRow::default();
        for field in BUDGET.groups[0].fields {
            let name = format!("lines.{line}.{}", field.name);
            let value = state.typed.get(&name);
            if !value.is_empty() {
                row.values.insert(field.name.to_owned(), value.to_owned());
            }
            if let Some(message) = state.errors.of(&name) {
                row.errors.insert(field.name.to_owned(), tm(message));
                refused::note_field("application-budget-lines", &name, &state.typed);
            }
            if warned.contains(&name) {
                row.linked.insert(field.name.to_owned());
            }
        }
        row
    });
    filled.chain(std::iter::repeat_n(BudgetRow::default(), empty)).collect()
}

/// The editor's texts in the reader's language.
fn words() -> Words {
    let mut texts: BTreeMap<String, String> = PLAIN.iter().map(|key| ((*key).to_owned(), t(key))).collect();
    for field in BUDGET.groups[0].fields {
        let key = format!("application-budget-lines-{}", field.name);
        texts.insert(key.clone(), t(&key));
    }
    for category in BudgetCategory::ALL {
        texts.insert(category.label_key(), t(&category.label_key()));
    }
    for (key, names) in WITH_VALUES {
        texts.insert((*key).to_owned(), crate::ui::template(key, names));
    }
    Words::new(texts, number_look())
}

/// How the reader writes numbers, read off a number that ICU wrote.
fn number_look() -> NumberLook {
    let sample = reader().decimal(Decimal::new(12_345_675, 1));
    let signs: Vec<char> = sample.chars().filter(|sign| !sign.is_ascii_digit()).collect();
    let amount = reader().money(domain::money::Money::usd(100));
    NumberLook {
        group: signs.first().map(char::to_string).unwrap_or_default(),
        decimal: signs.last().map(char::to_string).unwrap_or_default(),
        code_first: amount.starts_with("USD"),
        before_percent: reader().percent(Decimal::ONE).chars().filter(|sign| !"1%".contains(*sign)).collect(),
    }
}
