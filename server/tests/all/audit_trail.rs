//! The audit trail of the whole demonstration, read in each language: every field has a name, and codes, amounts, days,
//! yes and no, and people are shown as such. What the demonstration does not record is held to the tables' columns.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::TestSite;
use axum::http::StatusCode;
use domain::roles::Role;
use domain::users::Language;

/// A site with the demonstration's data.
async fn demonstration() -> TestSite {
    let site = TestSite::new().await;
    let folder = &site.services.data_dir;
    let seeded = Command::new(env!("CARGO_BIN_EXE_fund"))
        .arg("seed-demo")
        .env("DATABASE_URL", format!("sqlite://{}/test.db", folder.display()))
        .env("DATA_DIR", folder)
        .env_remove("BANK_KEYS")
        .output()
        .unwrap();
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
    site
}

/// Every change of the whole trail: the name of its field, and what stands beside it, as HTML.
async fn changes(site: &TestSite, cookie: &str) -> BTreeSet<(String, String)> {
    let mut changes = BTreeSet::new();
    for number in 1.. {
        let page = site.get(&format!("/audit?page={number}"), Some(cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("[audit-") && !page.body.contains("[field-"), "page {number}");
        for entry in page.body.split("<dt>").skip(1) {
            let (name, rest) = entry.split_once("</dt><dd>").unwrap();
            changes.insert((name.to_owned(), rest.split("</dd>").next().unwrap().to_owned()));
        }
        if !page.body.contains("rel=\"next\"") {
            break;
        }
    }
    changes
}

/// Fields that hold what somebody typed, a number, or a name: everything else has a meaning for the reader.
const AS_KEPT: &[&str] = &[
    "account",
    "account_holder",
    "account_number",
    "address",
    "after_terms",
    "application_id",
    "bank_name",
    "bank_reference",
    "before_terms",
    "bic",
    "building_number",
    "call_id",
    "clarification",
    "command_id",
    "comments",
    "conditions",
    "contact_email",
    "contact_name",
    "contact_phone",
    "countersigned_name",
    "currency",
    "decided_name",
    "decision_command_id",
    "donor_id",
    "duration_months",
    "email",
    "end_command_id",
    "ended_reason",
    "experience",
    "failed_tries",
    "file_name",
    "grant_id",
    "holder_latin",
    "id",
    "instalment_id",
    "item_id",
    "known_lines",
    "left_out",
    "legal_name",
    "level",
    "lines",
    "longest_months",
    "media_type",
    "message_id",
    "met_by_name",
    "months",
    "name",
    "note",
    "number",
    "objectives",
    "organisation_id",
    "other_contacts",
    "outcomes",
    "payer",
    "payments",
    "pending_lines",
    "pledge_id",
    "post_code",
    "proposed_name",
    "reason",
    "receipt",
    "receipt_id",
    "registration_number",
    "remittance",
    "reopened_reason",
    "revision",
    "session_id",
    "sha256",
    "shortest_months",
    "size",
    "street",
    "title",
    "told",
    "total",
    "town",
    "typed",
    "version",
    "vetting_reason",
    "wording",
];

#[tokio::test]
async fn the_whole_trail_of_the_demonstration_is_readable_in_each_language() {
    let site = demonstration().await;
    let session = site.session(Role::Auditor).await;
    for language in Language::ALL {
        let reader = i18n::Reader::new(*language);
        let kept: BTreeSet<String> = AS_KEPT.iter().map(|column| reader.text(&format!("field-{column}"))).collect();
        let found = changes(&site, &format!("{session}; language={language}")).await;
        assert!(found.len() > 2_000, "{} changes", found.len());
        let unnamed: Vec<_> = found.iter().filter(|(name, _)| name.contains("<code>")).collect();
        assert!(unnamed.is_empty(), "fields without a name in {language}: {unnamed:#?}");
        // The bank's kinds of files are called camt.053 and camt.054 everywhere.
        let raw = |value: &str| value.contains("lang=\"\"") && !value.contains("camt.05");
        let raw: Vec<_> = found.iter().filter(|(name, value)| !kept.contains(name) && raw(value)).collect();
        assert!(raw.is_empty(), "values as they are kept in {language}: {raw:#?}");
        let state = reader.text("grant-state-active");
        let has = |column: &str, part: &str| {
            let name = reader.text(&format!("field-{column}"));
            found.iter().any(|(found, value)| *found == name && value.contains(part))
        };
        assert!(has("state", &state) && has("needs_approval", &reader.text("audit-yes")), "{language}");
        assert!(has("approved_by", "Salma Rachidi") && has("amount_minor", "EUR"), "{language}");
    }
}

/// Tables whose rows the trail never holds.
const NEVER_RECORDED: &[&str] = &[
    "account_balances",
    "application_counts",
    "application_revisions",
    "application_sections",
    "audit",
    "bank_accounts",
    "bank_columns",
    "bank_details",
    "bank_lines",
    "bank_statement_lines",
    "call_criteria",
    "call_extensions",
    "decisions",
    "digests",
    "disbursement_steps",
    "donor_figures",
    "donor_grant_figures",
    "draft_versions",
    "grant_budget_lines",
    "grant_funding",
    "grant_totals",
    "instalments",
    "journal_entries",
    "kept_forms",
    "known_devices",
    "links",
    "money_uses",
    "outbox",
    "payment_batch_items",
    "people_counts",
    "period_closings",
    "pledge_changes",
    "pledge_instalments",
    "postings",
    "receipt_letter_files",
    "receipt_letters",
    "recovery_shares",
    "recovery_steps",
    "report_expenditure",
    "report_people",
    "report_results",
    "revision_documents",
    "screenings",
    "sessions",
    "settings",
    "sign_in_limits",
];

/// The columns of a source's tables that the trail may hold.
fn columns(source: &str) -> Vec<String> {
    let (mut columns, mut recorded, mut skipped) = (Vec::new(), false, false);
    for line in source.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix("#[sea_orm(table_name = \"") {
            recorded = !NEVER_RECORDED.contains(&table.split('"').next().unwrap());
        } else if line.starts_with("#[serde(skip") {
            skipped = true;
        } else if let Some((column, _)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
            if recorded && !skipped {
                columns.push(column.to_owned());
            }
            skipped = false;
        }
    }
    columns
}

#[test]
fn every_column_that_the_trail_may_hold_has_a_name_in_both_languages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/backend/src");
    let mut found = BTreeSet::new();
    for noun in std::fs::read_dir(folder).unwrap() {
        for file in ["entity.rs", "bank_entity.rs"] {
            if let Ok(source) = std::fs::read_to_string(noun.as_ref().unwrap().path().join(file)) {
                found.extend(columns(&source));
            }
        }
    }
    assert!(found.len() > 150, "the search finds too little to mean anything: {}", found.len());
    let unnamed: Vec<&String> = found.iter().filter(|column| !i18n::is_complete(&format!("field-{column}"))).collect();
    assert_eq!(unnamed, Vec::<&String>::new());
}
