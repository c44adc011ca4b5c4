//! The page of the audit trail: found from the navigation and from each record, and closed to everybody else.
#![allow(clippy::unwrap_used)]

use crate::support::TestSite;
use axum::http::StatusCode;
use domain::roles::Role;

/// Rows about a donor and about the settings.
async fn site() -> TestSite {
    let site = TestSite::new().await;
    site.sql("INSERT INTO donors (id, name, kind, language, contact_name, contact_email, contact_phone, created_at) VALUES (1, 'Norway', 'member-state', 'en', 'N', 'n@example.org', '', '2026-01-01T00:00:00+00:00')").await;
    for second in 10..40 {
        site.sql(&format!(
            "INSERT INTO audit (at, actor, role, action, subject_kind, subject_id, before, after, request_id) VALUES \
             ('2026-05-01T10:00:{second}+00:00', 'Benedikt', 'finance-officer', 'audit-donor-updated', 'donor', 1, \
             '{{\"name\":\"old <b>\"}}', '{{\"name\":\"new {second}\"}}', 'request-{second}')"
        ))
        .await;
    }
    site.sql("INSERT INTO audit (at, actor, action, subject_kind, subject_id, request_id) VALUES ('2026-05-02T10:00:00+00:00', 'system', 'audit-bank-keys-rotated', 'setting', 0, 'rotation')").await;
    site
}

#[tokio::test]
async fn an_auditor_reads_the_whole_trail_and_goes_from_a_record_to_all_of_its_rows() {
    let site = site().await;
    for role in [Role::Auditor, Role::Administrator] {
        let reader = site.session(role).await;
        let whole = site.get("/audit", Some(&reader)).await;
        assert_eq!(whole.status, StatusCode::OK);
        assert!(whole.body.contains("rotation") && whole.body.contains("href=\"/donors/1\""), "{}", whole.body);
        assert!(whole.body.contains("new 39") && !whole.body.contains("new 10"), "the newest first");
        assert!(whole.body.contains("old &lt;b&gt;"), "what was typed is no markup");
        assert!(whole.body.contains("href=\"/audit\""), "the navigation leads there");
        let record = site.get("/donors/1", Some(&reader)).await;
        assert!(record.body.contains("href=\"/audit?filter=donor&amp;record=1\""), "{}", record.body);
        assert!(record.body.contains("All 30 entries"), "{}", record.body);
        let rest = site.get("/audit?filter=donor&record=1&page=2", Some(&reader)).await;
        assert!(rest.body.contains("new 10") && !rest.body.contains("rotation"), "{}", rest.body);
        let back = "record=1&amp;search=&amp;sort=&amp;filter=donor&amp;page=1";
        assert!(rest.body.contains(back), "the pager keeps the filters: {}", rest.body);
        let one = site.get("/audit?search=request-20&from=2026-05-01&to=2026-05-01", Some(&reader)).await;
        assert!(one.body.contains("new 20") && !one.body.contains("new 21"), "{}", one.body);
        let nonsense = site.get("/audit?filter=x&record=x&from=x&to=x&page=x", Some(&reader)).await;
        assert_eq!(nonsense.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn organisations_donors_and_officers_do_not_see_the_trail() {
    let site = site().await;
    for role in Role::ALL.iter().filter(|role| !matches!(role, Role::Auditor | Role::Administrator)) {
        let reader = site.session(*role).await;
        let answer = site.get("/audit", Some(&reader)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
        assert!(!answer.body.contains("rotation") && !answer.body.contains("href=\"/audit"), "{role}");
    }
}
