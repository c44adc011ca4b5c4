//! What stands in sections and other long forms, as text: for staff, for frozen revisions, and for comparing two versions.

use domain::applications::{Section, Sections, read_budget};
use domain::forms::{Field, Form, Group, Kind, Options, Typed, Values};
use leptos::prelude::*;

use crate::ui::{column, count, date, label, money, summary, t, table};

/// All sections below each other; documents are shown apart.
pub fn sections_view(sections: &Sections) -> AnyView {
    let empty = Typed::default();
    let parts: Vec<AnyView> = Section::ALL
        .iter()
        .filter(|part| **part != Section::Documents)
        .map(|part| {
            let typed = sections.get(part).unwrap_or(&empty);
            view! { <section class="section"><h2>{t(&part.label_key())}</h2>{section_view(*part, typed)}</section> }
                .into_any()
        })
        .collect();
    view! { {parts} }.into_any()
}

/// One section as text, complete or not.
pub fn section_view(part: Section, typed: &Typed) -> AnyView {
    let totals = (part == Section::Budget).then(|| {
        let totals = read_budget(typed).totals();
        summary(vec![
            crate::ui::definition("budget-total-requested", money(totals.requested)),
            crate::ui::definition("budget-total-other", money(totals.other)),
            crate::ui::definition("budget-total", money(totals.total)),
        ])
    });
    view! { {form_view(part.form(), typed, None)} {totals} }.into_any()
}

/// What stands in a form as text; with `units`, only those fields, rows and groups.
pub fn form_view(form: &Form, typed: &Typed, units: Option<&[String]>) -> AnyView {
    let typed = units.map_or_else(|| typed.clone(), |units| typed.compacted().of_units(units));
    let (answers, _) = form.read_lenient(&typed);
    let is_of = |unit: &String, name: &str| unit == name || unit.split('.').next() == Some(name);
    let wanted = |name: &str| units.is_none_or(|units| units.iter().any(|unit| is_of(unit, name)));
    let rows: Vec<AnyView> = form
        .fields
        .iter()
        .filter(|field| wanted(field.name))
        .map(|field| {
            let name = t(&format!("{}-{}", form.name, field.name));
            let value = value_view(field, &answers.values, typed.all(field.name));
            view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
        })
        .collect();
    let groups: Vec<AnyView> = form
        .groups
        .iter()
        .filter(|group| wanted(group.name))
        .map(|group| group_view(form, group, &typed, answers.group(group.name)))
        .collect();
    view! { {(!rows.is_empty()).then(|| summary(rows))} {groups} }.into_any()
}

fn group_view(form: &Form, group: &Group, typed: &Typed, rows: &[(usize, Values)]) -> AnyView {
    let labels = format!("{}-{}", form.name, group.name);
    let seen: Vec<&Field> = group.fields.iter().filter(|field| field.kind != Kind::Hidden).collect();
    let heads: Vec<_> = seen
        .iter()
        .map(|field| column(&format!("{labels}-{}", field.name), matches!(field.kind, Kind::Amount | Kind::Count(_))))
        .collect();
    let cells = rows
        .iter()
        .map(|(row, values)| {
            seen.iter()
                .map(|field| value_view(field, values, typed.all(&format!("{}.{row}.{}", group.name, field.name))))
                .collect()
        })
        .collect();
    view! { <h3>{t(&labels)}</h3> {table(&labels, &heads, cells)} }.into_any()
}

/// A value in the reader's way; what could not be read as such is shown as it was typed.
fn value_view(field: &Field, values: &Values, raw: &[String]) -> AnyView {
    let typed = raw.first().cloned().unwrap_or_default();
    match field.kind {
        Kind::Choice(options) | Kind::Choices(options) => {
            let chosen: Vec<String> = raw.iter().map(|code| option_label(options, code)).collect();
            chosen.join(", ").into_any()
        }
        Kind::Tick => t(if typed.trim().is_empty() { "applications-no" } else { "applications-yes" }).into_any(),
        Kind::Amount => values.money(field.name).map_or_else(|| typed.into_any(), money),
        Kind::Count(_) => values.optional_count(field.name).map_or(typed, count).into_any(),
        Kind::Date => values.date(field.name).map_or(typed, date).into_any(),
        Kind::Text(_) => view! { <div class="text">{typed}</div> }.into_any(),
        _ => typed.into_any(),
    }
}

fn option_label(options: Options, code: &str) -> String {
    match options {
        Options::List { prefix, .. } => label(prefix, code),
        Options::Countries => label("country", code),
        Options::Currencies | Options::Given => code.to_owned(),
    }
}
