//! The budget editor: add, remove and reorder lines; totals, shares and broken rules as one types, exact to the
//! cent with the server's own rules. Without a script it is a form whose buttons the server answers.

use std::collections::{BTreeMap, BTreeSet};

use domain::applications::BUDGET;
use domain::budgets::{Budget, BudgetCategory, BudgetLimits, MOST_LINES, Severity};
use domain::calls::CallLimits;
use domain::forms::Typed;
use leptos::html::Tbody;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast as _;

use super::browser;
use super::words::Words;

/// Fields of a line in the order of the table, with their look.
const FIELDS: &[(&str, &str, &str)] = &[
    ("description", "wide", "text"),
    ("unit", "", "text"),
    ("quantity", "num", "numeric"),
    ("unit_cost", "num", "decimal"),
    ("times", "num", "numeric"),
    ("requested", "num", "decimal"),
    ("other", "num", "decimal"),
    ("purpose", "wide", "text"),
];

/// A line as the server sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetRow {
    /// What stands in the fields, by name.
    pub values: BTreeMap<String, String>,
    /// What the server found wrong in them, by name.
    pub errors: BTreeMap<String, String>,
    /// Further fields that links lead to, by name: those of warnings.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub linked: BTreeSet<String>,
}

impl BudgetRow {
    fn get(&self, name: &str) -> String {
        self.values.get(name).cloned().unwrap_or_default()
    }
}

/// The lines of a budget with their sums. Every text comes in `words`.
#[island]
pub fn BudgetEditor(rows: Vec<BudgetRow>, limits: CallLimits, words: Words) -> impl IntoView {
    let next_key = StoredValue::new(rows.len());
    let typed = RwSignal::new(typed_of(&rows));
    let keyed: Vec<(usize, BudgetRow)> = rows.into_iter().enumerate().collect();
    let lines = RwSignal::new(keyed);
    let body = NodeRef::<Tbody>::new();
    let words = StoredValue::new(words);
    let word = move |key: &str| words.with_value(|words| words.get(key));
    let decimal_comma = words.with_value(|words| words.look.decimal == ",");
    let refresh = move || {
        if let Some(body) = body.get_untracked() {
            let now = read(&body);
            typed.set(if decimal_comma { now.with_decimal_points() } else { now });
        }
    };
    // What was typed before the script came is taken over.
    Effect::new(move |_| refresh());
    // Rows moved or went: read them once they stand where they belong.
    Effect::new(move |_| {
        lines.track();
        request_animation_frame(refresh);
    });
    // Draft keeping hears of lines that were moved or removed as it hears of typing.
    let moved = Callback::new(move |()| {
        request_animation_frame(move || {
            if let Some(body) = body.get_untracked() {
                browser::tell_of_input(&body);
            }
        });
    });
    let add = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if lines.with_untracked(Vec::len) < MOST_LINES {
            let key = next_key.get_value();
            next_key.set_value(key + 1);
            lines.update(|lines| lines.push((key, BudgetRow::default())));
        }
    };
    let budget = Memo::new(move |_| typed.with(|typed| Budget::from_answers(&BUDGET.read_lenient(typed).0)));
    let heads: Vec<AnyView> = std::iter::once("category")
        .chain(FIELDS.iter().map(|(name, _, _)| *name))
        .map(|name| view! { <th scope="col">{word(&format!("application-budget-lines-{name}"))}</th> }.into_any())
        .collect();
    view! {
        <div class="budget-editor" on:input=move |_| refresh() on:change=move |_| refresh()>
            <table class="budget" id="lines">
                <caption class="visually-hidden">{word("application-budget-lines")}</caption>
                <thead><tr>{heads}<th scope="col" class="num">{word("budget-line-total")}</th>
                    <th scope="col"><span class="visually-hidden">{word("budget-line-actions")}</span></th></tr></thead>
                <tbody node_ref=body>
                    <For each=move || lines.get() key=|(key, _)| *key let:line>
                        {line_view(line.0, line.1, lines, moved, budget, words)}
                    </For>
                </tbody>
            </table>
            <div class="button-row">
                <button class="button button-secondary" name="then" value="rows" on:click=add>{word("budget-add-line")}</button>
            </div>
            {sums(budget, limits, words)}
        </div>
    }
}

type Lines = RwSignal<Vec<(usize, BudgetRow)>>;

/// One line; its inputs are named by where it stands, so that the order is what is sent.
fn line_view(
    key: usize,
    row: BudgetRow,
    lines: Lines,
    moved: Callback<()>,
    budget: Memo<Budget>,
    words: StoredValue<Words>,
) -> impl IntoView {
    let word = move |key: &str| words.with_value(|words| words.get(key));
    let position =
        Memo::new(move |_| lines.with(|lines| lines.iter().position(|(known, _)| *known == key).unwrap_or(0)));
    let name = move |field: &'static str| move || format!("lines.{}.{field}", position.get());
    // Only where a link to an error or a warning leads: hundreds of identifiers would be a tenth of a full page.
    let id = move |field: &'static str, row: &BudgetRow| {
        let known = row.errors.contains_key(field) || row.linked.contains(field);
        move || known.then(|| format!("lines-{}-{field}", position.get()))
    };
    let label_of = move |field: &'static str| {
        let head = word(&format!("application-budget-lines-{field}"));
        move || {
            words.with_value(|words| {
                words.with("budget-line-field", "field", &head).replace("{line}", &(position.get() + 1).to_string())
            })
        }
    };
    let chosen = row.get("category");
    let options: Vec<AnyView> = BudgetCategory::ALL
        .iter()
        .map(|category| {
            let selected = category.code() == chosen;
            view! { <option value=category.code() selected=selected>{word(&category.label_key())}</option> }.into_any()
        })
        .collect();
    let errors: Vec<AnyView> = row
        .errors
        .iter()
        .map(|(field, text)| {
            let head = word(&format!("application-budget-lines-{field}"));
            let field = field.clone();
            let error_id = move || format!("lines-{}-{field}-error", position.get());
            view! { <p class="error-text" id=error_id><strong>{head}</strong>": "{text.clone()}</p> }.into_any()
        })
        .collect();
    let wrong = move |field: &str, row: &BudgetRow| row.errors.contains_key(field).then_some("true");
    let described = move |field: &'static str, row: &BudgetRow| {
        let known = row.errors.contains_key(field);
        move || known.then(|| format!("lines-{}-{field}-error", position.get()))
    };
    let cells: Vec<AnyView> = FIELDS
        .iter()
        .map(|(field, class, mode)| {
            view! {
                <td class=*class data-label=word(&format!("application-budget-lines-{field}"))>
                    <input id=id(field, &row) name=name(field) data-field=*field inputmode=*mode autocomplete="off"
                        aria-label=label_of(field) aria-invalid=wrong(field, &row)
                        aria-describedby=described(field, &row) value=row.get(field)/>
                </td>
            }
            .into_any()
        })
        .collect();
    let total = move || {
        let row = position.get();
        let minor =
            budget.with(|budget| budget.lines.iter().find(|line| line.row == row).map(|line| line.total().minor));
        minor.map(|minor| words.with_value(|words| words.look.usd(minor)))
    };
    let shift = move |up: bool| {
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            lines.update(|lines| {
                let at = lines.iter().position(|(known, _)| *known == key).unwrap_or(0);
                let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|other| *other < lines.len()) };
                if let Some(other) = other {
                    lines.swap(at, other);
                }
            });
            moved.run(());
        }
    };
    let remove = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        lines.update(|lines| lines.retain(|(known, _)| *known != key));
        moved.run(());
    };
    let numbered = move |key: &'static str| {
        move || words.with_value(|words| words.with(key, "line", &(position.get() + 1).to_string()))
    };
    view! {
        <tr data-line="">
            <td data-label=word("application-budget-lines-category")>
                <select id=id("category", &row) name=name("category") data-field="category" aria-label=label_of("category")
                    aria-invalid=wrong("category", &row) aria-describedby=described("category", &row)>
                    <option value="">{word("field-choose")}</option>
                    {options}
                </select>
            </td>
            {cells}
            <td class="num" data-label=word("budget-line-total")><output>{total}</output></td>
            <td class="row-actions script-only">
                <button type="button" class="button button-quiet button-small" aria-label=numbered("budget-line-up") on:click=shift(true)>"↑"</button>
                <button type="button" class="button button-quiet button-small" aria-label=numbered("budget-line-down") on:click=shift(false)>"↓"</button>
                <button type="button" class="button button-quiet button-small" aria-label=numbered("budget-line-remove") on:click=remove>"✕"</button>
            </td>
        </tr>
        {(!errors.is_empty()).then(|| view! { <tr class="row-error"><td colspan="11">{errors}</td></tr> })}
    }
}

/// Totals, shares by category, and what breaks a rule.
fn sums(budget: Memo<Budget>, limits: CallLimits, words: StoredValue<Words>) -> impl IntoView {
    let word = move |key: &str| words.with_value(|words| words.get(key));
    let usd = move |minor: i64| words.with_value(|words| words.look.usd(minor));
    let totals = Memo::new(move |_| budget.with(Budget::totals));
    let shares = move || {
        budget
            .with(Budget::shares)
            .into_iter()
            .filter(|share| share.totals.total.minor != 0 || share.totals.requested.minor != 0)
            .map(|share| {
                let per_cent = words.with_value(|words| words.look.percent(share.per_cent));
                view! {
                    <tr>
                        <th scope="row">{word(&share.category.label_key())}</th>
                        <td class="num" data-label=word("budget-requested")>{usd(share.totals.requested.minor)}</td>
                        <td class="num" data-label=word("budget-share")>{per_cent}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let breaches = move || {
        let limits = BudgetLimits::from(&limits);
        let items: Vec<(Severity, String)> = budget
            // Rules are for a budget that somebody has begun.
            .with(|budget| if budget.lines.is_empty() { Vec::new() } else { budget.breaches(&limits) })
            .into_iter()
            .map(|breach| (breach.severity, words.with_value(|words| words.message(&breach.message))))
            .collect();
        (!items.is_empty()).then(|| {
            let items = items
                .into_iter()
                .map(|(severity, text)| {
                    let strong =
                        if severity == Severity::Error { word("budget-breach") } else { word("budget-warning") };
                    view! { <li><strong>{strong}</strong>" "{text}</li> }
                })
                .collect_view();
            view! { <div class="notice notice-warning"><h2>{word("budget-breaches")}</h2><ul>{items}</ul></div> }
        })
    };
    view! {
        <table class="data budget-sums">
            <caption>{word("budget-sums")}</caption>
            <thead><tr><th scope="col">{word("application-budget-lines-category")}</th>
                <th scope="col" class="num">{word("budget-requested")}</th>
                <th scope="col" class="num">{word("budget-share")}</th></tr></thead>
            <tbody>{shares}</tbody>
            <tfoot>
                <tr><th scope="row">{word("budget-total-requested")}</th>
                    <td class="num" data-label=word("budget-requested")><output id="budget-requested">{move || usd(totals.get().requested.minor)}</output></td><td></td></tr>
                <tr><th scope="row">{word("budget-total-other")}</th>
                    <td class="num" data-label=word("budget-requested")>{move || usd(totals.get().other.minor)}</td><td></td></tr>
                <tr><th scope="row">{word("budget-total")}</th>
                    <td class="num" data-label=word("budget-requested")>{move || usd(totals.get().total.minor)}</td><td></td></tr>
            </tfoot>
        </table>
        <div role="status" aria-live="polite">{breaches}</div>
    }
}

/// The lines as the form sends them, before the browser is asked.
fn typed_of(rows: &[BudgetRow]) -> Typed {
    let mut typed = Typed::default();
    for (position, row) in rows.iter().enumerate() {
        for (name, value) in &row.values {
            typed.set(&format!("lines.{position}.{name}"), value.as_str());
        }
    }
    typed
}

/// Reads the lines as they stand in the table.
fn read(body: &web_sys::HtmlTableSectionElement) -> Typed {
    let mut typed = Typed::default();
    let Ok(rows) = body.query_selector_all("tr[data-line]") else { return typed };
    for position in 0..rows.length() {
        let Some(row) = rows.item(position).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) else { continue };
        let Ok(fields) = row.query_selector_all("[data-field]") else { continue };
        for index in 0..fields.length() {
            let Some(field) = fields.item(index).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) else {
                continue;
            };
            if let Some(name) = field.get_attribute("data-field") {
                typed.set(&format!("lines.{position}.{name}"), browser::value_of(&field));
            }
        }
    }
    typed
}
