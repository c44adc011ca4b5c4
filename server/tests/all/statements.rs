//! The files of the statements arrive whole, also where the answer is compressed on its way.
#![allow(clippy::unwrap_used)]

use crate::support::TestSite;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use backend::Context;
use domain::roles::{Actor, Role};
use domain::statements::StatementKind;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// The bytes of a download, with or without compression.
async fn download(site: &TestSite, path: &str, cookie: &str, encoding: &str) -> (StatusCode, String, Vec<u8>) {
    let request = Request::builder()
        .method(Method::GET)
        .uri(path)
        .header("cookie", format!("session={cookie}"))
        .header("accept-encoding", encoding)
        .body(Body::empty())
        .unwrap();
    let response = site.router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let kind = response.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
    (status, kind, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn every_statement_is_shown_and_arrives_whole_as_csv_and_as_xlsx() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let session = finance.strip_prefix("session=").unwrap_or(&finance).to_owned();
    for kind in StatementKind::ALL.iter().filter(|kind| **kind != StatementKind::Donor) {
        let path = format!("/ledger/statements/{kind}");
        let page = site.get(&format!("{path}?at=2026-01-31"), Some(&finance)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("31 January 2026"), "{path}");
        let (status, media, plain) = download(&site, &format!("{path}/csv"), &session, "identity").await;
        assert_eq!((status, media.as_str()), (StatusCode::OK, "text/csv; charset=utf-8"));
        assert!(plain.starts_with("\u{feff}".as_bytes()) && plain.ends_with(b"\r\n"), "{path}");
        let (status, _, workbook) = download(&site, &format!("{path}/xlsx"), &session, "identity").await;
        // A ZIP archive ends with its directory: without it the file broke off.
        assert!(status == StatusCode::OK && workbook.starts_with(b"PK") && workbook.len() > 2_000, "{path}");
        assert!(workbook.windows(4).any(|signs| signs == b"PK\x05\x06"), "{path}");
        for file in ["csv", "xlsx"] {
            let (status, _, packed) = download(&site, &format!("{path}/{file}"), &session, "gzip").await;
            assert!(status == StatusCode::OK && !packed.is_empty(), "{path}/{file}");
        }
    }
    let unknown = site.get("/ledger/statements/nothing", Some(&finance)).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_period_is_named_by_year_and_month_and_nothing_else() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    for (path, status) in [("2026-01", 200), ("2026", 200), ("2026-13", 404), ("x", 404), ("2026-1", 404)] {
        let page = site.get(&format!("/ledger/periods/{path}"), Some(&finance)).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn the_page_of_a_period_that_is_being_closed_says_how_far_it_is_and_looks_again_by_itself() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let path = "/ledger/periods/2024-01";
    let refreshes =
        |page: &crate::support::Answer| page.headers.get("refresh").map(|value| value.to_str().unwrap().to_owned());
    let before = site.get(path, Some(&finance)).await;
    assert!(refreshes(&before).is_none() && before.body.contains("/close"));
    for _ in 0..2 {
        let asked = site.post(&format!("{path}/close"), Some(&finance), "").await;
        assert_eq!(asked.location(), format!("{path}?done=done-period-closing-asked"), "{}", asked.status);
    }
    site.sql("UPDATE period_closings SET checked = 4").await;
    let page = site.get(&format!("{path}?done=done-period-closing-asked"), Some(&finance)).await;
    assert_eq!(refreshes(&page).unwrap(), format!("3; url={path}"));
    assert!(page.body.contains("Being closed") && page.body.contains("Parts checked: 4 of 9."), "{}", page.body);
    assert!(!page.body.contains("/close\""), "it is asked for already");

    let context = Context::new(site.services.clone(), Actor::system(), chrono::Utc::now(), "test");
    assert!(backend::ledger::closing::go_on(&context).await.unwrap());
    let closed = site.get(path, Some(&finance)).await;
    assert!(refreshes(&closed).is_none() && !closed.body.contains("Being closed"));
    assert!(closed.body.contains("Test finance-officer"), "{}", closed.body);
}
