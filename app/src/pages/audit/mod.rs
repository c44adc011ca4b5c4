//! The whole audit trail: who did what when, of every record, for those who look into it.

use backend::audit::{self, AuditRow, Kind, Wanted};
use backend::ledger::periods::of_audit_number;
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{Page, audit_actor, audit_changes, audit_request, column, instant, page_head, pager, t, table};
use crate::web::{Routes, Visit, encode};

const PATH: &str = "/audit";

/// The routes of the audit trail.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().page(PATH, Action::ReadAudit, page)
}

/// `/audit`, with `search`, `filter` (a kind of record), `record`, `from` and `to`
async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let wanted = Wanted {
        kind: Kind::from_code(&request.filter),
        record: visit.query("record").trim().parse().ok(),
        from: visit.query("from").parse().ok(),
        to: visit.query("to").parse().ok(),
    };
    let found = audit::list(&visit.context, &wanted, &request).await?;
    let kept: Vec<String> = ["record", "from", "to"]
        .into_iter()
        .filter(|name| !visit.query(name).is_empty())
        .map(|name| format!("{name}={}", encode(visit.query(name))))
        .collect();
    let path = if kept.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", kept.join("&")) };
    Ok(Page::new(visit.reader.text("audit-page-title"), move || {
        let heads = [
            column("audit-when", false),
            column("audit-who", false),
            column("audit-what", false),
            column("audit-record", false),
            column("audit-request", false),
        ];
        view! {
            {page_head(&t("audit-page-title"), Some(t("audit-page-lead")), ())}
            {filters(&wanted, &request)}
            {table("audit-page-title", &heads, found.rows.iter().map(cells).collect())}
            {pager(&path, &request, &found)}
        }
        .into_any()
    })
    .wide())
}

fn cells(row: &AuditRow) -> Vec<AnyView> {
    vec![
        view! { <time datetime=row.at.to_rfc3339()>{instant(row.at)}</time> }.into_any(),
        audit_actor(row),
        view! { {t(&row.action)} {audit_changes(row)} }.into_any(),
        record_link(row.kind, row.record),
        audit_request(row),
    ]
}

/// The record by its kind and number, as a link where it has a page.
fn record_link(kind: Kind, record: i64) -> AnyView {
    let name = t(&kind.label_key());
    if kind == Kind::Setting {
        return name.into_any();
    }
    let name = format!("{name} {record}");
    match address(kind, record) {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

fn address(kind: Kind, record: i64) -> Option<String> {
    let folder = match kind {
        Kind::User => "users",
        Kind::Donor => "donors",
        Kind::Pledge => "contributions",
        Kind::Unidentified => "contributions/unidentified",
        Kind::BankStatement => "contributions/statements",
        Kind::PastImport => "contributions/past",
        Kind::Organisation => "organisations",
        Kind::Call => "calls",
        Kind::Application => "applications",
        Kind::Session => "board",
        Kind::Grant => "grants",
        Kind::Disbursement => "disbursements",
        Kind::Report => "reports",
        Kind::Entry => "ledger/entries",
        Kind::PaymentBatch => "disbursements/batches",
        Kind::BankFile => "disbursements/bank-files",
        Kind::Period => return of_audit_number(record).map(|period| format!("/ledger/periods/{period}")),
        Kind::Invitation | Kind::Rate | Kind::Mail | Kind::Setting => return None,
    };
    Some(format!("/{folder}/{record}"))
}

fn filters(wanted: &Wanted, request: &PageRequest) -> AnyView {
    let kinds: Vec<AnyView> = Kind::ALL
        .iter()
        .map(|kind| {
            let selected = wanted.kind == Some(*kind);
            view! { <option value=kind.code() selected=selected>{t(&kind.label_key())}</option> }.into_any()
        })
        .collect();
    let day = |name: &'static str, key: &str, value: Option<chrono::NaiveDate>| {
        view! {
            <div class="field">
                <label for=name>{t(key)}</label>
                <input id=name type="date" class="input-date" name=name value=value.map(|day| day.to_string())/>
            </div>
        }
    };
    view! {
        <form class="filters" method="get" action=PATH role="search">
            <div class="field">
                <label for="search">{t("audit-search")}</label>
                <input id="search" type="search" name="search" value=request.search.clone()/>
            </div>
            <div class="field">
                <label for="filter">{t("audit-kind")}</label>
                <select id="filter" name="filter"><option value="">{t("filter-all")}</option>{kinds}</select>
            </div>
            <div class="field">
                <label for="record">{t("audit-number")}</label>
                <input id="record" type="text" inputmode="numeric" name="record" value=wanted.record.map(|record| record.to_string())/>
            </div>
            {day("from", "audit-from", wanted.from)}
            {day("to", "audit-to", wanted.to)}
            <button class="button button-secondary">{t("filter-apply")}</button>
        </form>
    }
    .into_any()
}
