//! The budget section: its lines as a table of fields that works without a script, and below it the totals,
//! shares and broken rules of what was saved.

use domain::applications::{BUDGET, read_budget};
use domain::budgets::{BudgetCategory, BudgetLimits, MOST_LINES, Severity};
use domain::calls::CallLimits;
use domain::forms::{Kind, Typed};
use leptos::prelude::*;

use crate::ui::{FormState, column, definition, money, percent, section, summary, t, table, tm, tw};

/// Empty lines below those that are filled in.
const EMPTY_LINES: usize = 3;

/// The lines as a table of fields named `lines.N.field`.
pub fn budget_form(state: &FormState) -> AnyView {
    let mut lines = state.typed.rows("lines");
    let next = lines.last().map_or(0, |last| last + 1);
    lines.extend((next..next + EMPTY_LINES).take(MOST_LINES.saturating_sub(lines.len())));
    let heads: Vec<AnyView> = BUDGET.groups[0]
        .fields
        .iter()
        .map(|field| view! { <th scope="col" class=class_of(field.name, field.kind)>{label_of(field.name)}</th> }.into_any())
        .collect();
    let budget = read_budget(&state.typed);
    let rows: Vec<AnyView> = lines
        .into_iter()
        .enumerate()
        .map(|(position, row)| {
            let total = budget.lines.iter().find(|line| line.row == row).map(|line| money(line.total()));
            line_view(state, row, position + 1, total)
        })
        .collect();
    let error = state.errors.of("lines").map(tm);
    view! {
        {error.map(|text| view! { <p class="error-text">{text}</p> })}
        <p class="hint">{t("applications-budget-hint")}</p>
        <table class="budget" id="lines">
            <caption class="visually-hidden">{t("application-budget-lines")}</caption>
            <thead><tr>{heads}<th scope="col" class="num">{t("applications-budget-total")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn label_of(field: &str) -> String {
    t(&format!("application-budget-lines-{field}"))
}

fn class_of(field: &str, kind: Kind) -> &'static str {
    match kind {
        Kind::Amount | Kind::Count(_) => "num",
        Kind::Line(_) if field != "unit" => "wide",
        _ => "",
    }
}

fn line_view(state: &FormState, row: usize, number: usize, total: Option<AnyView>) -> AnyView {
    let fields = BUDGET.groups[0].fields;
    let mut errors: Vec<AnyView> = Vec::new();
    let cells: Vec<AnyView> = fields
        .iter()
        .map(|field| {
            let name = format!("lines.{row}.{}", field.name);
            let error = state.errors.of(&name).map(tm);
            let id = name.replace('.', "-");
            let invalid = error.is_some();
            let described = invalid.then(|| format!("{id}-error"));
            if let Some(text) = error {
                let label = label_of(field.name);
                errors.push(
                    view! { <p class="error-text" id=format!("{id}-error")><strong>{label}</strong>": "{text}</p> }.into_any(),
                );
            }
            let aria = tw("applications-budget-cell", &[("field", label_of(field.name).into()), ("number", number.into())]);
            let value = state.typed.get(&name).to_owned();
            let cell = Cell { id, name, value, aria, described, invalid };
            let class = class_of(field.name, field.kind);
            let class = if invalid { format!("{class} has-error") } else { class.to_owned() };
            view! { <td class=class data-label=label_of(field.name)>{cell.control(field.kind)}</td> }.into_any()
        })
        .collect();
    let error_row = (!errors.is_empty()).then(|| {
        view! { <tr class="row-error"><td colspan=(fields.len() + 1).to_string()>{errors}</td></tr> }
    });
    view! {
        <tr>{cells}<td class="num" data-label=t("applications-budget-total")><output>{total}</output></td></tr>
        {error_row}
    }
    .into_any()
}

struct Cell {
    id: String,
    name: String,
    value: String,
    aria: String,
    described: Option<String>,
    invalid: bool,
}

impl Cell {
    fn control(self, kind: Kind) -> AnyView {
        if matches!(kind, Kind::Choice(_)) {
            return self.select();
        }
        let mode = match kind {
            Kind::Amount => "decimal",
            Kind::Count(_) => "numeric",
            _ => "text",
        };
        view! {
            <input id=self.id name=self.name value=self.value inputmode=mode autocomplete="off" aria-label=self.aria
                aria-describedby=self.described aria-invalid=self.invalid.then_some("true")/>
        }
        .into_any()
    }

    fn select(self) -> AnyView {
        let options: Vec<AnyView> = BudgetCategory::ALL
            .iter()
            .map(|category| {
                let selected = category.code() == self.value;
                view! { <option value=category.code() selected=selected>{t(&category.label_key())}</option> }.into_any()
            })
            .collect();
        view! {
            <select id=self.id name=self.name aria-label=self.aria aria-describedby=self.described
                aria-invalid=self.invalid.then_some("true")>
                <option value="">{t("field-choose")}</option>
                {options}
            </select>
        }
        .into_any()
    }
}

/// Totals, the shares of the categories, and the rules that are broken.
pub fn budget_summary(typed: &Typed, limits: &CallLimits) -> AnyView {
    let budget = read_budget(typed);
    let totals = budget.totals();
    let heads = [
        column("applications-budget-category", false),
        column("applications-budget-requested", true),
        column("applications-budget-other", true),
        column("applications-budget-total", true),
        column("applications-budget-share", true),
    ];
    let rows = budget
        .shares()
        .into_iter()
        .filter(|share| share.totals.total.minor != 0 || share.totals.requested.minor != 0)
        .map(|share| {
            vec![
                t(&share.category.label_key()).into_any(),
                money(share.totals.requested),
                money(share.totals.other),
                money(share.totals.total),
                percent(share.per_cent).into_any(),
            ]
        })
        .collect();
    let breaches: Vec<AnyView> = match budget.lines.is_empty() {
        true => Vec::new(),
        false => budget
            .breaches(&BudgetLimits::from(limits))
            .iter()
            .map(|breach| {
                let class = if breach.severity == Severity::Error { "error-text" } else { "" };
                let href = format!("#{}", breach.field.replace('.', "-"));
                view! { <li class=class><a href=href>{tm(&breach.message)}</a></li> }.into_any()
            })
            .collect(),
    };
    let none = breaches.is_empty() && !budget.lines.is_empty();
    section("applications-budget-sums", view! {
        <p>{t("applications-budget-sums-text")}</p>
        {summary(vec![
            definition("applications-budget-requested", money(totals.requested)),
            definition("applications-budget-other", money(totals.other)),
            definition("applications-budget-total", money(totals.total)),
        ])}
        {table("applications-budget-by-category", &heads, rows)}
        {(!breaches.is_empty()).then(|| view! { <h3>{t("applications-budget-rules")}</h3><ul>{breaches}</ul> })}
        {none.then(|| view! { <p>{t("applications-budget-rules-kept")}</p> })}
    })
}
