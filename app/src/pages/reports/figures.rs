//! The figures of a report as tables: spent against budget, achieved against target, people by group.

use backend::reports::queries::ReportView;
use domain::budgets::Severity;
use domain::money::Money;
use domain::reports::deviation;
use leptos::prelude::*;

use crate::ui::{column, count, label, money, notice, percent, section, t, table, tm};

/// What the rules say of the report.
pub fn points(report: &ReportView) -> AnyView {
    if report.points.is_empty() {
        return ().into_any();
    }
    let items: Vec<AnyView> =
        report.points.iter().map(|point| view! { <li>{tm(&point.message)}</li> }.into_any()).collect();
    let bad = report.points.iter().any(|point| point.severity == Severity::Error);
    notice(if bad { "bad" } else { "warning" }, view! { <p><strong>{t("reports-points")}</strong></p><ul>{items}</ul> })
}

/// All tables.
pub fn tables(report: &ReportView) -> AnyView {
    view! {
        {section("reports-expenditure", expenditure(report))}
        {section("reports-results", results(report))}
        {section("reports-people", people(report))}
    }
    .into_any()
}

fn expenditure(report: &ReportView) -> AnyView {
    let heads = [
        column("reports-line", false),
        column("reports-category", false),
        column("reports-budget", true),
        column("reports-before", true),
        column("reports-spent", true),
        column("reports-so-far", true),
        column("reports-share", true),
        column("reports-explanation", false),
    ];
    let share = |budget: Money, spent: Money| {
        deviation(budget, spent)
            .map_or_else(|| t("reports-no-budget"), |per_cent| percent(per_cent + rust_decimal::Decimal::ONE_HUNDRED))
    };
    let mut rows: Vec<Vec<AnyView>> = report
        .lines
        .iter()
        .map(|line| {
            vec![
                format!("{}. {}", line.position, line.description).into_any(),
                t(&line.category.label_key()).into_any(),
                money(line.budget),
                money(line.before),
                money(line.spent),
                money(line.so_far()),
                share(line.budget, line.so_far()).into_any(),
                line.explanation.clone().into_any(),
            ]
        })
        .collect();
    let sum = |of: fn(&backend::reports::queries::LineView) -> Money| {
        Money::usd(report.lines.iter().fold(0, |sum, line| sum + of(line).minor))
    };
    let (budget, before, spent) = (sum(|line| line.budget), sum(|line| line.before), sum(|line| line.spent));
    let so_far = sum(backend::reports::queries::LineView::so_far);
    if !rows.is_empty() {
        rows.push(vec![
            t("reports-total").into_any(),
            ().into_any(),
            money(budget),
            money(before),
            money(spent),
            money(so_far),
            share(budget, so_far).into_any(),
            ().into_any(),
        ]);
    }
    table("reports-expenditure", &heads, rows)
}

fn results(report: &ReportView) -> AnyView {
    let heads = [
        column("reports-indicator", false),
        column("reports-unit", false),
        column("reports-baseline", true),
        column("reports-target", true),
        column("reports-before", true),
        column("reports-achieved", true),
        column("reports-comment", false),
    ];
    let rows = report
        .results
        .iter()
        .map(|row| {
            vec![
                row.indicator.clone().into_any(),
                row.unit.clone().into_any(),
                count(row.baseline).into_any(),
                count(row.target).into_any(),
                count(row.before).into_any(),
                count(row.achieved).into_any(),
                row.comment.clone().into_any(),
            ]
        })
        .collect();
    table("reports-results", &heads, rows)
}

fn people(report: &ReportView) -> AnyView {
    let heads = [
        column("reports-group", false),
        column("reports-exploitation", false),
        column("reports-help", false),
        column("reports-count", true),
    ];
    let rows = report
        .people
        .iter()
        .map(|row| {
            let group = [
                label("sex", row.cell.sex.code()),
                label("age", row.cell.age.code()),
                label("movement", row.cell.movement.code()),
                label("returnee", row.cell.returnee.code()),
            ];
            vec![
                group.join(" · ").into_any(),
                label("exploitation", row.cell.exploitation.code()).into_any(),
                label("help", row.help.code()).into_any(),
                count(row.cell.count).into_any(),
            ]
        })
        .collect();
    table("reports-people", &heads, rows)
}
