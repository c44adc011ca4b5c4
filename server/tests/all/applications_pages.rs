//! Calls and applications through the real router: from a draft of a call to a screened application, by forms only.
#![allow(clippy::unwrap_used, clippy::panic)]

use crate::support::{Answer, TestSite};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{TimeDelta, Utc};
use domain::applications::Section;
use domain::roles::Role;

/// Keys that no locale file has are printed in brackets.
fn missing_keys(body: &str) -> Vec<String> {
    body.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(key, _)| key))
        .filter(|key| key.len() > 3 && key.chars().all(|sign| sign.is_ascii_lowercase() || "-_".contains(sign)))
        .map(str::to_owned)
        .collect()
}

async fn page(site: &TestSite, path: &str, cookie: Option<&str>) -> String {
    for language in ["en", "fr"] {
        let cookies = format!("{}; language={language}", cookie.unwrap_or("a=b"));
        let answer = site.get(path, Some(&cookies)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert_eq!(missing_keys(&answer.body), Vec::<String>::new(), "{path} in {language}");
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
        if let Ok(folder) = std::env::var("KEEP_PAGES") {
            std::fs::write(format!("{folder}/{}-{language}.html", path.replace(['/', '?'], "_")), &answer.body)
                .unwrap();
        }
    }
    site.get(path, cookie).await.body
}

fn sent(answer: &Answer, to: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.location().starts_with(to) && !answer.location().contains("kept="), "{}", answer.location());
}

fn call_form() -> String {
    let day = |days| (Utc::now() + TimeDelta::days(days)).date_naive();
    let weights =
        [("relevance", 25), ("design", 20), ("rights", 15), ("capacity", 15), ("sustainability", 10), ("budget", 15)];
    let criteria: String = weights
        .iter()
        .enumerate()
        .map(|(row, (code, weight))| format!("&criteria.{row}.criterion={code}&criteria.{row}.weight={weight}"))
        .collect();
    format!(
        "title=Call&objectives=Help&themes=trafficking&priority_groups=women&smallest_award=20000&largest_award=60000\
         &shortest_months=12&longest_months=24&opens_on={}&opens_at=00:00&closes_on={}&closes_at=23:59:59{criteria}",
        day(-2),
        day(20)
    )
}

/// A site with an organisation and an open call, and cookies of a signatory, an officer and an auditor.
async fn prepared() -> (TestSite, String, String, String) {
    let site = TestSite::new().await;
    site.sql(
        "INSERT INTO organisations (legal_name, country, registration_number, registration_date, kind, yearly_income_usd_minor, \
         address, contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, \
         version, created_at) VALUES ('Casa Aurora', 'KE', 'R-1', '2015-03-01', 'ngo', 1, 'x', 'x', 'x@example.org', '', 'x', TRUE, \
         'vetted', '', 1, '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let signatory = site.session(Role::OrganisationSignatory).await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    let auditor = site.session(Role::Auditor).await;
    (site, signatory, officer, auditor)
}

async fn open_call(site: &TestSite, officer: &str) {
    page(site, "/calls/new", Some(officer)).await;
    sent(&site.post("/calls/create", Some(officer), &call_form()).await, "/calls/1");
    page(site, "/calls/1/edit", Some(officer)).await;
    sent(&site.post("/calls/1/publish", Some(officer), "").await, "/calls/1");
}

#[tokio::test]
async fn a_call_is_published_and_everybody_reads_it() {
    let (site, signatory, officer, auditor) = prepared().await;
    page(&site, "/calls", None).await;
    open_call(&site, &officer).await;
    for cookie in [None, Some(signatory.as_str()), Some(officer.as_str()), Some(auditor.as_str())] {
        assert!(page(&site, "/calls", cookie).await.contains("Closes in"));
        page(&site, "/calls/1", cookie).await;
    }
    assert!(page(&site, "/calls/1", None).await.contains("/register"));
    assert_eq!(site.get("/calls/2", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_section_is_saved_by_form_and_by_script_and_a_conflict_shows_both_texts() {
    let (site, signatory, officer, _) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    page(&site, "/applications", Some(&signatory)).await;
    page(&site, "/applications/1", Some(&signatory)).await;
    for section in Section::ALL {
        page(&site, &format!("/applications/1/{section}"), Some(&signatory)).await;
        page(&site, &format!("/applications/1/{section}?check=1"), Some(&signatory)).await;
    }
    page(&site, "/applications/1/check", Some(&signatory)).await;
    page(&site, "/applications/1/submit", Some(&signatory)).await;
    page(&site, "/applications/1/withdraw", Some(&signatory)).await;

    let context = "/applications/1/context";
    sent(&site.post(context, Some(&signatory), "version=0&needs=first&then=next").await, "/applications/1/people");
    let hostile = "version=0&needs=%3C%2Ftextarea%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E&then=stay";
    let refused = site.post(context, Some(&signatory), hostile).await;
    assert!(refused.location().starts_with("/applications/1/context?kept="), "{}", refused.location());
    let conflict = site.get(refused.location(), Some(&signatory)).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert_eq!(missing_keys(&conflict.body), Vec::<String>::new());
    assert!(conflict.body.contains("class=\"conflict\"") && conflict.body.contains("first"));
    assert!(conflict.body.contains("&lt;/textarea&gt;&lt;script&gt;") && !conflict.body.contains("<script>alert"));
    // The page holds the version that is stored now, so that sending it again overwrites.
    assert!(conflict.body.contains("name=\"version\" value=\"1\""));
    sent(
        &site.post(context, Some(&signatory), "version=1&needs=second&then=stay").await,
        "/applications/1/context?check=1",
    );
    assert_eq!(site.get("/applications/1", Some(&officer)).await.status, StatusCode::NOT_FOUND);
    let lines = "lines.0.category=staff&lines.0.description=A&lines.0.quantity=1&lines.0.unit_cost=1000&lines.0.times=12&lines.0.requested=-1";
    sent(
        &site.post("/applications/1/budget", Some(&signatory), &format!("{lines}&then=rows")).await,
        "/applications/1/budget?done=done-saved#lines",
    );
    let budget = page(&site, "/applications/1/budget?check=1", Some(&signatory)).await;
    assert!(budget.contains("12,000.00") && budget.contains("id=\"lines-0-requested-error\""));
}

#[tokio::test]
async fn two_people_write_one_section_and_only_what_both_changed_is_shown_to_the_second() {
    let (site, signatory, officer, _) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    let editor = site.session(Role::OrganisationEditor).await;
    let context = "/applications/1/context";
    site.post(context, Some(&signatory), "version=0&needs=shelter&partners=none").await;
    site.post(context, Some(&editor), "version=1&needs=shelter&partners=the+city").await;
    // Without a script: the page that follows says that there is more in it than was sent.
    let saved = site.post(context, Some(&signatory), "version=1&needs=food&partners=none&then=stay").await;
    assert!(saved.location().ends_with("done=done-saved-together"), "{}", saved.location());
    let shown = page(&site, context, Some(&signatory)).await;
    assert!(shown.contains("food") && shown.contains("the city"));
    // With one: the answer brings what stands now.
    let script = |version: i64, form: &str| {
        let request = Request::builder()
            .method("POST")
            .uri(context)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("cookie", &editor)
            .body(Body::from(format!("version={version}&{form}")));
        site.send(request.unwrap())
    };
    let answer = script(2, "needs=shelter&partners=the+city&root_causes=poverty").await;
    assert!(answer.body.contains("\"version\":4") && answer.body.contains("\"needs\":[\"food\"]"), "{}", answer.body);
    let answer = script(4, "needs=rent&partners=the+city&root_causes=poverty").await;
    assert!(answer.body.contains("\"version\":5") && answer.body.contains("\"merged\":null"), "{}", answer.body);
    assert!(script(4, "needs=tents&partners=the+city").await.body.contains("Conflict"));
    let refused = site.post(context, Some(&signatory), "version=4&needs=tents&partners=the+city").await;
    let conflict = site.get(refused.location(), Some(&signatory)).await.body;
    let both = conflict.split_once("class=\"conflict\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(both.contains("tents") && both.contains("rent") && !both.contains("the city"), "{both}");
    assert!(conflict.contains("data-shown=\"both\"") && conflict.contains("data-written-on=\"4\""));

    let versions = page(&site, &format!("{context}/versions"), Some(&signatory)).await;
    assert!(versions.contains(&format!("{context}/versions/1")));
    assert!(page(&site, &format!("{context}/versions/1"), Some(&signatory)).await.contains("none"));
    sent(&site.post(&format!("{context}/versions/1"), Some(&signatory), "").await, context);
    assert!(page(&site, context, Some(&signatory)).await.contains("shelter"));
    assert_ne!(site.get(&format!("{context}/versions/1"), Some(&officer)).await.status, StatusCode::OK);
}

/// The links of a part of a page.
fn links(part: &str) -> Vec<String> {
    part.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

#[tokio::test]
async fn every_point_and_warning_of_the_check_page_leads_to_its_field() {
    let (site, signatory, officer, _) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    // The first line is staff and nearly all of it; the one in the middle is empty; the last one does not add up.
    let line = |row: usize, category: &str, requested: &str| {
        format!(
            "lines.{row}.category={category}&lines.{row}.description=A&lines.{row}.unit=month&lines.{row}.quantity=1&lines.{row}.unit_cost=30000\
             &lines.{row}.times=1&lines.{row}.requested={requested}&lines.{row}.purpose=Help"
        )
    };
    let form = format!("{}&lines.1.category=&{}&then=stay", line(0, "staff", "30000"), line(2, "supplies", "5"));
    let saved = site.post("/applications/1/budget", Some(&signatory), &form).await;
    sent(&saved, "/applications/1/budget?check=1");
    let check = page(&site, "/applications/1/check", Some(&signatory)).await;
    let budget: Vec<String> =
        links(&check).into_iter().filter(|link| link.starts_with("/applications/1/budget")).collect();
    assert!(budget.iter().any(|link| link.ends_with("?check=1#lines-1-requested")), "{budget:?}");
    assert!(budget.iter().any(|link| link.ends_with("/budget#lines-0-requested")), "{budget:?}");
    for link in budget {
        let (path, field) = link.split_once('#').unwrap();
        let opened = page(&site, path, Some(&signatory)).await;
        assert_eq!(opened.matches(&format!("id=\"{field}\"")).count(), 1, "{link}");
    }
}

#[tokio::test]
async fn a_form_sent_after_the_deadline_is_refused_and_shown_again() {
    let (site, signatory, officer, _) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    site.sql("UPDATE calls SET closes_at = '2026-06-30T21:59:59+00:00', opens_at = '2026-06-01T00:00:00+00:00'").await;
    let refused = site.post("/applications/1/context", Some(&signatory), "version=0&needs=written+too+late").await;
    let shown = site.get(refused.location(), Some(&signatory)).await;
    assert_eq!(shown.status, StatusCode::CONFLICT);
    assert!(
        shown.body.contains("written too late") && shown.body.contains("30 June 2026, 23:59:59 CEST"),
        "{}",
        shown.body
    );
    // Signed out, and back again: the text is still there.
    let refused = site.post("/applications/1/context", None, "version=0&needs=signed+out").await;
    assert!(refused.location().starts_with("/sign-in?next="), "{}", refused.location());
}

#[tokio::test]
async fn documents_are_uploaded_and_handed_out_as_files() {
    let (site, signatory, officer, _) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    let body = "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nstatutes\r\n--x\r\nContent-Disposition: form-data; \
                name=\"file\"; filename=\"statuts é.pdf\"\r\nContent-Type: text/html\r\n\r\n%PDF-1.7 statutes\r\n--x--\r\n";
    let request = Request::builder()
        .method("POST")
        .uri("/applications/1/documents")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("cookie", &signatory)
        .body(Body::from(body))
        .unwrap();
    sent(&site.send(request).await, "/applications/1/documents");
    assert!(page(&site, "/applications/1/documents", Some(&signatory)).await.contains("statuts é.pdf"));
    let file = site.get("/documents/1", Some(&signatory)).await;
    let header = |name: &str| file.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "%PDF-1.7 statutes"));
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"statuts__.pdf\"; filename*=UTF-8''statuts%20%C3%A9.pdf"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("sandbox"));
    assert_eq!(site.get("/documents/1", Some(&officer)).await.status, StatusCode::NOT_FOUND);
    sent(&site.post("/applications/1/documents/1/remove", Some(&signatory), "").await, "/applications/1/documents");
    assert_eq!(site.get("/documents/1", Some(&signatory)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_letter_of_the_bank_is_a_link_only_for_those_who_may_see_bank_details() {
    let (site, signatory, officer, auditor) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    site.sql("UPDATE applications SET state = 'submitted', revision = 1, submitted_at = created_at").await;
    let frozen: Vec<String> = [(1, "statutes"), (2, "bank-letter")]
        .iter()
        .map(|(id, kind)| {
            format!(
                "{{\"id\":{id},\"kind\":\"{kind}\",\"file_name\":\"IBAN {kind}.pdf\",\"size\":9,\"sha256\":\"ab\"}}"
            )
        })
        .collect();
    site.sql(&format!(
        "INSERT INTO application_revisions (application_id, number, content, declaration_version, declared_name, submitted_at) VALUES \
         (1, 1, '{{\"organisation\":\"Casa Aurora\",\"sections\":{{}},\"documents\":[{}],\"declared\":[]}}', '2026-1', 'A. B.', \
         '2026-01-01T00:00:00+00:00')",
        frozen.join(",")
    ))
    .await;
    for (id, kind) in [(1, "statutes"), (2, "bank-letter")] {
        site.sql(&format!(
            "INSERT INTO documents (id, organisation_id, application_id, kind, file_name, media_type, size, sha256, uploaded_at) VALUES \
             ({id}, 1, 1, '{kind}', 'IBAN {kind}.pdf', 'application/pdf', 9, 'ab', '2026-01-01T00:00:00+00:00')"
        ))
        .await;
        site.sql(&format!("INSERT INTO revision_documents (application_id, number, document_id) VALUES (1, 1, {id})"))
            .await;
    }
    for path in ["/applications/1/documents", "/applications/1/revisions/1"] {
        assert!(page(&site, path, Some(&signatory)).await.contains("href=\"/documents/2\""), "{path}");
        for cookie in [&officer, &auditor] {
            let shown = page(&site, path, Some(cookie)).await;
            assert!(shown.contains("href=\"/documents/1\""), "{path}");
            assert!(shown.contains("Bank letter") && shown.contains("As it names the account"), "{path}");
            assert!(!shown.contains("href=\"/documents/2\"") && !shown.contains("IBAN bank-letter"), "{path}");
        }
    }
    let finance = site.session(Role::FinanceOfficer).await;
    assert!(page(&site, "/organisations/1", Some(&finance)).await.contains("href=\"/documents/2\""));
    assert!(!page(&site, "/organisations/1", Some(&officer)).await.contains("/documents/2"));
}

#[tokio::test]
async fn a_submitted_application_is_read_returned_and_screened() {
    let (site, signatory, officer, auditor) = prepared().await;
    open_call(&site, &officer).await;
    sent(&site.post("/calls/1/apply", Some(&signatory), "title=Safe+return").await, "/applications/1");
    site.sql("UPDATE applications SET state = 'submitted', revision = 1, submitted_at = created_at").await;
    site.sql(
        "INSERT INTO application_revisions (application_id, number, content, declaration_version, declared_name, submitted_at) VALUES \
         (1, 1, '{\"organisation\":\"Casa Aurora\",\"sections\":{\"summary\":{\"title\":[\"Safe return\"],\"country\":[\"KE\"]}},\
         \"documents\":[],\"declared\":[]}', '2026-1', 'A. B.', '2026-01-01T00:00:00+00:00')",
    )
    .await;
    for cookie in [&signatory, &officer, &auditor] {
        page(&site, "/applications", Some(cookie)).await;
        page(&site, "/applications/1", Some(cookie)).await;
        page(&site, "/applications/1/revisions/1", Some(cookie)).await;
        for section in Section::ALL {
            page(&site, &format!("/applications/1/{section}"), Some(cookie)).await;
        }
    }
    page(&site, "/applications/1/return", Some(&officer)).await;
    page(&site, "/applications/1/screening", Some(&officer)).await;
    page(&site, "/calls/1", Some(&officer)).await;
    let day = (Utc::now() + TimeDelta::days(5)).date_naive();
    let form = format!("reason=Why&resubmit_by={day}");
    sent(&site.post("/applications/1/return", Some(&officer), &form).await, "/applications/1");
    assert!(page(&site, "/applications/1", Some(&signatory)).await.contains("Why"));
    site.sql("UPDATE applications SET state = 'submitted'").await;
    sent(
        &site
            .post(
                "/applications/1/screening",
                Some(&officer),
                "met=non-profit&reasons=Seen+by+two&told=Accounts+are+missing",
            )
            .await,
        "/applications/1",
    );
    let told = page(&site, "/applications/1", Some(&signatory)).await;
    assert!(told.contains("Accounts are missing") && !told.contains("Seen by two"), "notes stay in the Fund");
    page(&site, "/applications/1", Some(&auditor)).await;
}
