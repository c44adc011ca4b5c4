//! An application's way from its first reviewer to the grant, by forms and pages alone.
#![allow(clippy::unwrap_used)]

use crate::support::{Answer, TestSite};
use axum::http::StatusCode;
use backend::Context;
use backend::ledger::{NewEntry, post};
use chrono::{NaiveDate, Utc};
use domain::contributions::Earmark;
use domain::ledger::{self, Event, ReceiptParts};
use domain::money::Money;
use domain::reviews::default_criteria;
use domain::roles::{Actor, Role};

const TIME: &str = "2026-01-01T00:00:00+00:00";

/// A call, a vetted organisation, an eligible application for 25,000 USD, and 30,000 USD to commit.
async fn prepare(site: &TestSite) {
    site.sql(&format!(
        "INSERT INTO calls (id, title, objectives, themes, priority_groups, regions, smallest_usd_minor, largest_usd_minor, \
         shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES (1, 'Call of 2026', 'Help', 'trafficking', \
         'women', '', 2000000, 6000000, 12, 24, '{TIME}', '{TIME}', 'published', '{TIME}')"
    ))
    .await;
    for (position, criterion) in (1..).zip(default_criteria()) {
        site.sql(&format!(
            "INSERT INTO call_criteria (call_id, position, criterion, weight) VALUES (1, {position}, '{}', {})",
            criterion.code, criterion.weight
        ))
        .await;
    }
    site.sql(&format!(
        "INSERT INTO organisations (id, legal_name, country, registration_number, kind, yearly_income_usd_minor, address, \
         contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, created_at) \
         VALUES (1, 'Shelter House', 'KE', 'R1', 'ngo', 1, 'Nairobi', 'A', 'a@example.org', '', 'Ten years', TRUE, 'vetted', '', '{TIME}')"
    ))
    .await;
    site.sql(&format!(
        "INSERT INTO applications (id, number, call_id, organisation_id, state, title, theme, country, duration_months, \
         requested_usd_minor, clarification, revision, updated_at, created_at) VALUES (1, 'A-1', 1, 1, 'eligible', 'Safe return', 'trafficking', \
         'KE', 12, 2500000, '', 1, '{TIME}', '{TIME}')"
    ))
    .await;
    site.sql(&format!(
        "INSERT INTO application_revisions (application_id, number, content, declaration_version, declared_name, submitted_at) \
         VALUES (1, 1, '{{\"organisation\":\"Shelter House\",\"sections\":{{}},\"documents\":[],\"declared\":[]}}', '1', 'A. B.', '{TIME}')"
    ))
    .await;
    site.sql(&format!(
        "INSERT INTO donors (id, name, kind, contact_name, contact_email, contact_phone, language, created_at) \
         VALUES (1, 'Norway', 'member-state', 'K', 'k@example.org', '', 'en', '{TIME}')"
    ))
    .await;
    site.sql(&format!(
        "INSERT INTO pledges (id, donor_id, currency, amount_minor, usd_minor, rate, instrument, date, earmark, psc_basis_points, note, \
         command_id, created_at) VALUES (1, 1, 'USD', 3000000, 3000000, '1', 'agreement', '2026-02-01', 'none', 0, '', 'p', '{TIME}')"
    ))
    .await;
    site.sql(&format!(
        "INSERT INTO receipts (id, pledge_id, currency, amount_minor, date, booked_on, bank_reference, rate, usd_minor, credited_minor, settled_minor, \
         settled_usd_minor, psc_usd_minor, command_id, created_at) VALUES (1, 1, 'USD', 3000000, '2026-02-01', '2026-02-01', 'B', '1', 3000000, 3000000, 3000000, \
         3000000, 0, 'r', '{TIME}')"
    ))
    .await;
    receive(site).await;
}

/// Posts the pledge and the receipt.
async fn receive(site: &TestSite) {
    let money = Money::usd(3_000_000);
    let parts = ReceiptParts {
        earmark: Earmark::None,
        amount: money,
        usd_minor: money.minor,
        rate: None,
        charge_minor: 0,
        charge_usd_minor: 0,
        settled: money,
        settled_usd_minor: money.minor,
        settled_rate: None,
        excess_minor: 0,
        excess_usd_minor: 0,
        psc_usd_minor: 0,
    };
    let context = Context::new(site.services.clone(), Actor::system(), Utc::now(), "test");
    let work = context.begin_money().await.unwrap();
    let entries = [
        (Event::Pledge, "pledge", ledger::pledge(Earmark::None, money, money.minor, None)),
        (Event::Receipt, "receipt", ledger::receipt(&parts)),
    ];
    for (event, source_kind, postings) in entries {
        let entry = NewEntry {
            event,
            date: NaiveDate::from_ymd_opt(2026, 2, 1).unwrap(),
            source_kind,
            source_id: 1,
            donor: None,
            grant: None,
            command_id: source_kind,
            reverses: None,
            postings,
        };
        post(&work, entry).await.unwrap();
    }
    work.commit().await.unwrap();
}

/// A page that is there, and has no text that the locale files lack.
async fn page(site: &TestSite, path: &str, cookie: &str) -> String {
    let answer = site.get(path, Some(cookie)).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    for part in answer.body.split('[').skip(1) {
        let key = part.split(']').next().unwrap_or("");
        let is_key =
            key.contains('-') && key.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-' || sign == '_');
        assert!(!is_key, "{path}: no text for {key}");
    }
    answer.body
}

/// Sends a form that must be accepted, and gives where it leads.
async fn done(site: &TestSite, path: &str, cookie: &str, form: &str) -> String {
    let answer = site.post(path, Some(cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    assert!(answer.location().contains("done="), "{path} was refused: {}", answer.location());
    answer.location().to_owned()
}

/// Sends a form that must be refused, and gives the page that says why.
async fn refused(site: &TestSite, path: &str, cookie: &str, form: &str) -> Answer {
    let answer = site.post(path, Some(cookie), form).await;
    assert!(answer.location().contains("kept="), "{path} was not refused: {} {}", answer.status, answer.location());
    site.get(answer.location(), Some(cookie)).await
}

fn scores() -> String {
    let mut form = "overall=Sound&recommendation=recommend".to_owned();
    for (row, criterion) in default_criteria().into_iter().enumerate() {
        let (code, score) = (criterion.code, criterion.weight * 4 / 5);
        form.push_str(&format!(
            "&scores.{row}.criterion={code}&scores.{row}.score={score}&scores.{row}.comment=Because"
        ));
    }
    form
}

/// Has the application reviewed by two people.
async fn review(site: &TestSite, officer: &str) {
    for number in 1..=2 {
        let reviewer = site.session(Role::TechnicalReviewer).await;
        let list = page(site, "/applications/1/reviews", officer).await;
        let choice = &list[list.find("name=\"reviewer\"").unwrap()..];
        let choice = choice.split("</select>").next().unwrap();
        let before = choice.rfind("<option value=\"").unwrap() + "<option value=\"".len();
        let user: String = choice[before..].chars().take_while(char::is_ascii_digit).collect();
        done(site, "/applications/1/reviews/assign", officer, &format!("reviewer={user}")).await;
        assert!(page(site, "/reviews", &reviewer).await.contains("Safe return"));
        let path = format!("/reviews/{number}");
        assert!(page(site, &path, &reviewer).await.contains(&format!("{path}/declare")));
        for unread in ["/applications/1", "/applications/1/summary", "/applications/1/documents"] {
            assert_eq!(site.get(unread, Some(&reviewer)).await.status, StatusCode::NOT_FOUND, "{unread}");
        }
        done(site, &format!("{path}/declare"), &reviewer, "conflict=none").await;
        let hostile = "overall=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&scores.0.score=many&scores.0.criterion=relevance";
        done(site, &format!("{path}/save"), &reviewer, hostile).await;
        let draft = page(site, &path, &reviewer).await;
        assert!(!draft.contains("<script>alert"), "{draft}");
        assert!(draft.contains("value=\"many\""), "{draft}");
        let open = refused(site, &format!("{path}/submit"), &reviewer, &format!("{hostile}&back={path}")).await;
        assert_eq!(open.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(open.body.contains("href=\"#scores-0-score\""), "{}", open.body);
        done(site, &format!("{path}/submit"), &reviewer, &scores()).await;
        page(site, &path, &reviewer).await;
        page(site, "/applications/1/reviews", &reviewer).await;
    }
}

/// Offers the agreement with a wrong day, takes it back, and offers it anew.
async fn take_back(site: &TestSite, officer: &str) {
    let day = |days| (Utc::now() + chrono::TimeDelta::days(days)).date_naive();
    assert!(!page(site, "/grants/1", officer).await.contains("/grants/1/take-back"), "nothing is offered yet");
    done(site, "/grants/1/offer", officer, &format!("start_date={}&months=12", day(1))).await;
    assert!(page(site, "/grants/1", officer).await.contains("action=\"/grants/1/take-back\""));
    let empty = refused(site, "/grants/1/take-back", officer, "back=/grants/1&mistake=").await;
    assert!(empty.body.contains("href=\"#mistake\""), "{}", empty.body);
    done(site, "/grants/1/take-back", officer, "mistake=It+begins+too+soon").await;
    let shown = page(site, "/grants/1", officer).await;
    assert!(shown.contains("It begins too soon") && shown.contains("href=\"/grants/1/offer\""), "{shown}");
    done(site, "/grants/1/offer", officer, &format!("start_date={}&months=12", day(30))).await;
    assert!(!page(site, "/grants/1", officer).await.contains("It begins too soon"));
    let signatory = site.session(Role::OrganisationSignatory).await;
    let sign = page(site, "/grants/1/countersign", &signatory).await;
    assert!(sign.contains("name=\"seen\" value=\"20"), "{sign}");
    let old = "accept=yes&full_name=Ana&seen=2026-01-01T00%3A00%3A00%2B00%3A00&back=/grants/1/countersign";
    let again = refused(site, "/grants/1/countersign", &signatory, old).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(!again.body.contains("value=\"2026-01-01T00:00:00"), "sending it again signs what is shown now");
}

#[tokio::test]
async fn an_application_goes_from_its_first_reviewer_to_the_grant() {
    let site = TestSite::new().await;
    prepare(&site).await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    review(&site, &officer).await;
    let compared = page(&site, "/applications/1/reviews", &officer).await;
    assert!(compared.contains("80") && compared.contains("action=\"/applications/1/reviews/reopen\""), "{compared}");
    assert!(page(&site, "/calls/1/extend", &officer).await.contains("name=\"closes_on\""));
    assert!(page(&site, "/applications/1/screening", &officer).await.contains("name=\"told\""));
    assert!(page(&site, "/applications/1/reconsider", &officer).await.contains("name=\"reasons\""));
    assert!(page(&site, "/calls/1", &officer).await.contains("href=\"/calls/1/ranking\""));
    assert!(page(&site, "/calls/1/ranking", &officer).await.contains("Shelter House"));

    page(&site, "/board/new?call=1", &officer).await;
    let empty = refused(&site, "/board/create", &officer, "call=1&back=/board/new").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&site, "/board/create", &officer, "call=1&title=Thirteenth&date=2026-06-01").await;
    assert!(page(&site, "/board", &officer).await.contains("Thirteenth"));
    page(&site, "/board/1/items/1", &officer).await;
    done(&site, "/board/1/start", &officer, "").await;
    for _ in 0..3 {
        let member = site.session(Role::BoardMember).await;
        assert!(page(&site, "/board/1/items/1", &member).await.contains("/board/1/items/1/vote"));
        done(&site, "/board/1/items/1/vote", &member, "vote=approve&note=Good").await;
        page(&site, "/board/1", &member).await;
    }
    let foretold = page(&site, "/board/1/items/1", &officer).await;
    assert!(foretold.contains("name=\"outcome\" value=\"approve\""), "{foretold}");
    assert!(foretold.contains("The executive director decides on the award"), "what follows: {foretold}");
    assert!(foretold.contains("name=\"conditions\"") && !foretold.contains("name=\"reason\""), "{foretold}");
    let too_much = refused(&site, "/board/1/items/1/record", &officer, "amount=99999&back=/board/1/items/1").await;
    assert!(too_much.body.contains("href=\"#amount\""), "{}", too_much.body);
    done(&site, "/board/1/items/1/record", &officer, "amount=24000&conditions=Two+counsellors").await;
    assert!(page(&site, "/board/1/items/1", &officer).await.contains("Two counsellors"));

    let director = site.session(Role::ExecutiveDirector).await;
    assert!(page(&site, "/board", &director).await.contains("/board/decisions"));
    assert!(page(&site, "/board/decisions", &director).await.contains("Safe return"));
    assert!(page(&site, "/board/decisions/1", &director).await.contains("formaction=\"/board/decisions/1/send-back\""));
    let path = "/board/decisions/1";
    let back = refused(&site, &format!("{path}/send-back"), &director, &format!("command_id=c0&back={path}")).await;
    assert!(back.body.contains("href=\"#note\"") && back.body.contains("value=\"c0\""), "{}", back.body);
    let to = done(&site, &format!("{path}/approve"), &director, "command_id=c1").await;
    assert!(to.starts_with("/grants/1?"), "{to}");
    assert_eq!(done(&site, &format!("{path}/approve"), &director, "command_id=c1").await, to);
    let granted = page(&site, "/grants/1", &officer).await;
    assert!(granted.contains("Two counsellors") && granted.contains("/grants/1/conditions/1/meet"), "{granted}");
    done(&site, "/grants/1/conditions/1/meet", &officer, "").await;
    let empty = refused(&site, "/grants/1/conditions/reopen", &officer, "condition=1&back=/grants/1").await;
    assert!(empty.body.contains("href=\"#why\""), "{}", empty.body);
    take_back(&site, &officer).await;
    done(&site, "/board/1/close", &officer, "").await;
    assert!(page(&site, "/board/1", &officer).await.contains("href=\"/board/1/release\""));
    assert!(page(&site, "/board/1/release", &officer).await.contains("action=\"/board/1/release\""));
    done(&site, "/board/1/release", &officer, "").await;
    assert!(!page(&site, "/board/1/release", &officer).await.contains("action=\"/board/1/release\""));
    let auditor = site.session(Role::Auditor).await;
    assert!(page(&site, "/board/1", &auditor).await.contains("closed the session"));
    page(&site, "/applications/1/reviews", &auditor).await;
    let findings = backend::ledger::check::check_books(&site.services.database).await.unwrap();
    assert!(findings.is_empty(), "{findings:?}");
}

#[tokio::test]
async fn an_award_that_the_money_does_not_cover_has_no_button() {
    let site = TestSite::new().await;
    prepare(&site).await;
    site.sql(
        "INSERT INTO board_sessions (id, call_id, title, date, state, created_at) \
         VALUES (1, 1, 'Thirteenth', '2026-06-01', 'under-way', '2026-01-01T00:00:00+00:00')",
    )
    .await;
    site.sql(
        "INSERT INTO board_items (id, session_id, application_id, outcome, amount_usd_minor, conditions, recorded_at) \
         VALUES (1, 1, 1, 'approve', 3000001, '', '2026-01-01T00:00:00+00:00')",
    )
    .await;
    site.sql("UPDATE applications SET state = 'recommended'").await;
    let director = site.session(Role::ExecutiveDirector).await;
    let shown = page(&site, "/board/decisions/1", &director).await;
    assert!(shown.contains("30,000.01") && !shown.contains("Approve the award"), "{shown}");
    let answer = refused(&site, "/board/decisions/1/approve", &director, "command_id=c1&back=/board/decisions/1").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}
