//! Ties with organisations on the page of a member of staff: an administrator records and ends them, an auditor reads.
#![allow(clippy::unwrap_used)]

use crate::support::TestSite;
use axum::http::StatusCode;
use domain::roles::Role;

const PAGE: &str = "/users/1";

#[tokio::test]
async fn an_administrator_records_and_ends_a_tie_and_an_auditor_only_reads_it() {
    let site = TestSite::new().await;
    site.session(Role::CertifyingOfficer).await;
    let (administrator, auditor) = (site.session(Role::Administrator).await, site.session(Role::Auditor).await);
    site.sql(
        "INSERT INTO organisations (legal_name, search, country, registration_number, kind, yearly_income_usd_minor, address, \
         contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, created_at) \
         VALUES ('Casa Aurora', 'casa aurora r-1', 'PE', 'R-1', 'ngo', 1, '', '', '', '', '', FALSE, 'not-vetted', '', \
         '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let record = format!("{PAGE}/ties/record");
    let wrong = format!("back={PAGE}&organisation=Nobody&since=2026-01-01&note=A+<b>+sister");
    let refused = site.post(&record, Some(&administrator), &wrong).await;
    let back = site.get(refused.location(), Some(&administrator)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("No organisation has this name") && back.body.contains("Nobody"), "{}", back.body);
    let right = format!("back={PAGE}&organisation=casa+aurora&since=2026-01-01&note=A+sister");
    let done = site.post(&record, Some(&administrator), &right).await;
    assert_eq!(done.location(), "/users/1?done=done-tie-recorded");
    for (language, title) in [("en", "Ties with organisations"), ("fr", "Liens avec des organisations")] {
        let page = site.get(PAGE, Some(&format!("{auditor}; language={language}"))).await;
        assert!(page.body.contains(title) && page.body.contains("A sister"), "{}", page.body);
        assert!(page.body.contains("href=\"/organisations/1\""), "{}", page.body);
        assert!(!page.body.contains("/ties/"), "an auditor changes nothing");
        assert!(!page.body.contains("[tie") && !page.body.contains("[audit-tie"), "a text is missing in {language}");
    }
    let page = site.get(PAGE, Some(&administrator)).await;
    assert!(page.body.contains("action=\"/users/1/ties/1/end\""), "{}", page.body);
    let ended = site.post(&format!("{PAGE}/ties/1/end"), Some(&administrator), "").await;
    assert_eq!(ended.location(), "/users/1?done=done-tie-ended");
    let page = site.get(PAGE, Some(&administrator)).await;
    assert!(page.body.contains("Ended on") && !page.body.contains("/ties/1/end"), "{}", page.body);
}

#[tokio::test]
async fn a_member_of_an_organisation_has_no_ties_to_record() {
    let site = TestSite::new().await;
    site.session(Role::OrganisationEditor).await;
    let administrator = site.session(Role::Administrator).await;
    let page = site.get(PAGE, Some(&administrator)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/ties/record"), "{}", page.body);
}
