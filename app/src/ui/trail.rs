//! The audit trail as people read it: fields by their names in the reader's language, codes by their labels, amounts,
//! days and times as everywhere else. What a person typed, and what has no name, stands as it is kept.

use backend::audit::{AuditRow, Kind, Trail, holds_person};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contributions::PledgeInstalment;
use domain::money::{Currency, Money};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::layout::section;
use super::text::{argument, date, instant, money, percent, reader, t, tw, usd};

/// The audit trail of a record, for those who may read it: its latest rows, and the way to all of them.
pub fn audit_trail(trail: Trail) -> AnyView {
    let shown = u64::try_from(trail.rows.len()).unwrap_or(u64::MAX);
    let all = (trail.total > shown).then(|| {
        let href = format!("/audit?filter={}&record={}", trail.kind, trail.record);
        let total = i64::try_from(trail.total).unwrap_or(i64::MAX);
        view! { <p><a href=href>{tw("audit-all", &[("total", total.into())])}</a></p> }
    });
    let items: Vec<AnyView> = trail.rows.iter().map(audit_row).collect();
    section("audit-title", view! { <ol class="timeline">{items}</ol> {all} })
}

fn audit_row(row: &AuditRow) -> AnyView {
    view! {
        <li>
            <time datetime=row.at.to_rfc3339()>{instant(row.at)}</time>
            <p>{audit_actor(row)}</p>
            <p>{t(&row.action)}" "{audit_request(row)}</p>
            {audit_changes(row)}
        </li>
    }
    .into_any()
}

/// Who did something, and in which role.
pub fn audit_actor(row: &AuditRow) -> AnyView {
    let role = row.role.map(|role| t(&role.label_key()));
    let name = if row.by_system { t("audit-system") } else { row.actor.clone() };
    view! { <strong>{name}</strong>" "{role.map(|role| view! { <span class="muted">{role}</span> })} }.into_any()
}

/// The request by which something was done.
pub fn audit_request(row: &AuditRow) -> AnyView {
    view! { <code class="muted small">{row.request_id.clone()}</code> }.into_any()
}

/// What was changed, field by field, to be opened.
pub fn audit_changes(row: &AuditRow) -> Option<AnyView> {
    let changes: Vec<AnyView> = row
        .changes
        .iter()
        .map(|(column, before, after)| {
            let (before, after) = (value(row, column, before), value(row, column, after));
            view! { <div><dt>{name(column)}</dt><dd>{before}" → "{after}</dd></div> }.into_any()
        })
        .collect();
    (!changes.is_empty()).then(|| {
        view! { <details><summary>{t("audit-changes")}</summary><dl class="summary">{changes}</dl></details> }
            .into_any()
    })
}

/// The name of a column; the column as code where it has none.
fn name(column: &str) -> AnyView {
    match reader().optional(&format!("field-{column}")) {
        Some(name) => name.into_any(),
        None => view! { <code>{column.to_owned()}</code> }.into_any(),
    }
}

/// What a column held. An empty text is nothing.
fn value(row: &AuditRow, column: &str, kept: &str) -> AnyView {
    if kept.is_empty() {
        return view! { <span class="muted">{t("audit-nothing")}</span> }.into_any();
    }
    known(row, column, kept).unwrap_or_else(|| {
        let kept = kept.to_owned();
        // In whatever language it was typed.
        view! { <span lang="">{kept}</span> }.into_any()
    })
}

/// The value in the reader's way; none where nobody but its author knows what it means.
fn known(row: &AuditRow, column: &str, kept: &str) -> Option<AnyView> {
    if column == "instalments" {
        return serde_json::from_str(kept).ok().map(instalments);
    }
    if column.ends_with("usd_minor") {
        return kept.parse().ok().map(usd);
    }
    if column.ends_with("_minor") {
        let currency = Currency::from_code(row.currency.as_deref()?)?;
        return kept.parse().ok().map(|minor| money(Money::new(minor, currency)));
    }
    if holds_person(column) && kept.parse::<i64>().is_err() {
        return Some(kept.to_owned().into_any());
    }
    if let Ok(instant_kept) = kept.parse::<DateTime<Utc>>() {
        let of_time = column.ends_with("_at") || matches!(column, "clarification_due" | "locked_until");
        return of_time.then(|| instant(instant_kept).into_any());
    }
    if let Ok(day) = kept.parse::<NaiveDate>() {
        return is_day(column).then(|| date(day).into_any());
    }
    match (column, kept) {
        (
            "demo" | "needs_approval" | "needs_confirmation" | "profile_complete" | "recommendable" | "stated"
            | "undone" | "verified",
            "true" | "false",
        ) => return Some(t(if kept == "true" { "audit-yes" } else { "audit-no" }).into_any()),
        ("psc_basis_points", _) => {
            return kept.parse().ok().map(|points| percent(Decimal::new(points, 2).normalize()).into_any());
        }
        ("mean_score_hundredths", _) => {
            return kept.parse().ok().map(|score| number(Decimal::new(score, 2)));
        }
        ("rate" | "pledge_rate" | "units_per_usd", _) => return kept.parse().ok().map(number),
        _ => {}
    }
    let prefix = prefix(row, column)?;
    let labels: Option<Vec<String>> =
        kept.split(',').map(|code| reader().optional(&format!("{prefix}-{code}"))).collect();
    labels.map(|labels| labels.join(", ").into_any())
}

/// The instalments of a pledge in one line.
fn instalments(planned: Vec<PledgeInstalment>) -> AnyView {
    let each = planned.into_iter().map(|instalment| {
        let (date, amount) = (argument(date(instalment.due)), argument(instalment.amount));
        tw("audit-instalment", &[("date", date), ("amount", amount)])
    });
    each.collect::<Vec<_>>().join(", ").into_any()
}

fn number(value: Decimal) -> AnyView {
    reader().decimal(value.normalize()).into_any()
}

fn is_day(column: &str) -> bool {
    column.ends_with("_on")
        || column.ends_with("_date")
        || matches!(
            column,
            "date"
                | "due"
                | "people_from"
                | "period_end"
                | "period_start"
                | "since"
                | "valid_from"
                | "vetting_valid_until"
        )
}

/// The code list whose code a column holds: what begins the keys of its labels.
fn prefix(row: &AuditRow, column: &str) -> Option<&'static str> {
    Some(match column {
        "role" => "role",
        "country" | "bank_country" => "country",
        "language" => "language",
        "theme" | "themes" => "theme",
        "priority_groups" => "priority-group",
        "regions" => "region",
        "earmark" => "earmark",
        "instrument" => "instrument",
        "vetting_status" => "vetting",
        "vote" => "vote",
        "outcome" => "outcome",
        "condition" => "payment-condition",
        "section" => "section",
        "counted" | "confirmed_counted" => "counted",
        "format" => "bank-statement-format",
        "kind" => match row.kind {
            Kind::Organisation => "organisation-kind",
            Kind::Donor => "donor-kind",
            Kind::Application => "document",
            Kind::Report => "report-kind",
            Kind::Grant => "amendment-kind",
            _ => return None,
        },
        "state" => match row.kind {
            Kind::User => "user-state",
            Kind::Call => "call-state",
            Kind::Application if row.action.starts_with("audit-review-") => "review-state",
            Kind::Application => "application-state",
            Kind::Session => "session-state",
            Kind::Grant if row.action.starts_with("audit-amendment-") => "amendment-state",
            Kind::Grant if row.action.starts_with("audit-recovery-") => "recovery-state",
            Kind::Grant => "grant-state",
            Kind::Disbursement => "disbursement-state",
            Kind::Report => "report-state",
            Kind::PaymentBatch => "payment-batch-state",
            Kind::Unidentified => "held-state",
            Kind::BankStatement => "bank-statement-state",
            Kind::PastImport => "past-state",
            Kind::Pledge => "reminder-state",
            _ => return None,
        },
        _ => return None,
    })
}
