//! The pages of money that comes in, with something to show: by a finance officer, an auditor and a donor, in both
//! languages, with forms as browsers send them.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicU64, Ordering};

use crate::support::TestSite;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use backend::contributions::{self, letters, past, reminders, statements};
use backend::{Context, donors};
use chrono::{Datelike as _, Days, NaiveDate, Utc};
use domain::forms::Typed;
use domain::ids::{PledgeId, ReceiptId, UserId};
use domain::roles::{Actor, Role};
use domain::time::vienna_date;
use sea_orm::{ConnectionTrait as _, Statement};

/// Another one each time.
fn command() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("command-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn money(amount: &str, date: NaiveDate) -> Typed {
    Typed::default()
        .with("amount", amount)
        .with("currency", "USD")
        .with("date", date.to_string())
        .with("bank_reference", command())
        .with("command_id", command())
}

/// Makes an account one of the Fund's.
async fn list(site: &TestSite, number: &str, currency: &str) {
    site.session(Role::Administrator).await;
    let person = |actor| Context::new(site.services.clone(), actor, Utc::now(), "test");
    let typed =
        Typed::default().with("account_number", number).with("currency", currency).with("bank_name", "Bank Austria");
    let enters = person(Actor { user: Some(UserId(1)), ..Actor::system() });
    statements::enter_account(&enters, &typed).await.unwrap();
    let confirms = person(Actor::system());
    let waiting = statements::accounts(&confirms).await.unwrap().remove(0);
    let seen = Typed::default().with("seen", waiting.seen);
    statements::confirm_account(&confirms, waiting.id, &seen).await.unwrap();
}

#[tokio::test]
async fn a_receipt_like_one_that_is_entered_is_asked_about_with_a_link_to_it() {
    let site = TestSite::new().await;
    let (pledge, receipt) = fill(&site).await;
    let finance = site.session(Role::FinanceOfficer).await;
    let day = vienna_date(Utc::now()).checked_sub_days(Days::new(98)).unwrap();
    let back = format!("back=/contributions/{pledge}");
    let form = format!("{back}&amount=400&currency=USD&date={day}&bank_reference=OTHER&command_id={}", command());
    let path = format!("/contributions/{pledge}/receive");
    let refused = site.post(&path, Some(&finance), &form).await;
    let page = site.get(refused.location(), Some(&finance)).await.body;
    for text in ["This may be the same money", "is entered already", &format!("value=\"receipt-{receipt}\"")] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let ticked = site.post(&path, Some(&finance), &format!("{form}&other_money=receipt-{receipt}")).await;
    assert!(ticked.location().contains("done-received"), "{}", ticked.location());
}

/// A donor with an overdue pledge, a receipt with its letter, held money, a statement and a file of the past.
async fn fill(site: &TestSite) -> (PledgeId, ReceiptId) {
    let context = Context::new(site.services.clone(), Actor::system(), Utc::now(), "test");
    let today = vienna_date(Utc::now());
    let pledged = today.checked_sub_days(Days::new(100)).unwrap();
    let typed = Typed::default()
        .with("name", "Norway")
        .with("kind", "member-state")
        .with("contact_name", "Kari Nordmann")
        .with("contact_email", "kari@example.org")
        .with("language", "fr");
    let donor = donors::create(&context, &typed).await.unwrap();
    let typed = Typed::default()
        .with("donor", donor.to_string())
        .with("amount", "1000")
        .with("currency", "USD")
        .with("instrument", "agreement")
        .with("date", pledged.to_string())
        .with("earmark", "none")
        .with("command_id", command());
    let pledge = contributions::pledge(&context, &typed).await.unwrap();
    let receipt =
        contributions::receive(&context, pledge, &money("400", pledged).with("bank_charge", "5")).await.unwrap();
    letters::issue(&context, receipt).await.unwrap();
    contributions::hold(&context, &money("50", today).with("payer", "Norway")).await.unwrap();
    list(site, "AT0001", "USD").await;
    let table = format!("date,amount,currency,payer\n{today},595.00,USD,Norway\n{today},-7.00,USD,Bank\n");
    let account = Typed::default().with("account", "AT0001");
    statements::import(&context, &account, "april.csv", table.as_bytes()).await.unwrap();
    let text = format!("donor,date,currency,pledged\nNorway,{pledged},USD,5\nNobody,{pledged},USD,5\n");
    past::upload(&context, "past.csv", text.as_bytes()).await.unwrap();
    reminders::draft(&context).await.unwrap();
    (pledge, receipt)
}

/// Keys of texts that are missing show in brackets.
fn missing(body: &str) -> Vec<String> {
    body.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(key, _)| key.to_owned()))
        .filter(|key| key.contains('-') && key.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-'))
        .collect()
}

#[tokio::test]
async fn every_page_shows_what_there_is_in_both_languages() {
    let site = TestSite::new().await;
    let (pledge, _) = fill(&site).await;
    let finance = site.session(Role::FinanceOfficer).await;
    let expected = [
        ("/contributions".to_owned(), "Norway"),
        (format!("/contributions/{pledge}"), "VTF-P00001"),
        (format!("/contributions/{pledge}/change"), "name=\"reason\""),
        ("/contributions/unidentified".to_owned(), "Norway"),
        ("/contributions/unidentified/1".to_owned(), "name=\"pledge\""),
        ("/contributions/statements".to_owned(), "…0001 · USD · Bank Austria"),
        ("/contributions/statements?account=…0001".to_owned(), "value=\"amount\""),
        ("/contributions/accounts".to_owned(), "Bank Austria"),
        ("/contributions/statements/1".to_owned(), "match-sure"),
        ("/contributions/overdue".to_owned(), "kari@example.org"),
        ("/contributions/past".to_owned(), "past.csv"),
        ("/contributions/past/1".to_owned(), "Nobody"),
    ];
    for language in ["en", "fr"] {
        for (path, wanted) in &expected {
            let answer = site.get(path, Some(&format!("{finance}; language={language}"))).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.body.contains(wanted), "{path} in {language} does not say {wanted}");
            assert_eq!(missing(&answer.body), Vec::<String>::new(), "{path} in {language}");
        }
    }
    // An auditor reads the same and is offered nothing to do.
    let auditor = site.session(Role::Auditor).await;
    for (path, wanted) in [
        ("/contributions", "href=\"/contributions/past\""),
        ("/contributions/unidentified/1", "Norway"),
        ("/contributions/statements/1", "…0001"),
        ("/contributions/accounts", "Bank Austria"),
        ("/contributions/overdue", "kari@example.org"),
        ("/contributions/past", "past.csv"),
        ("/contributions/past/1", "Nobody"),
    ] {
        let answer = site.get(path, Some(&auditor)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains(wanted), "{path} does not say {wanted}");
        let forms = answer.body.matches("method=\"post\"").count();
        assert_eq!(forms, 2, "{path} has a form beside those of language and signing out");
    }
    let finance = site.get("/contributions/past", Some(&finance)).await;
    assert!(finance.body.contains("action=\"/contributions/past/upload\""), "finance sends files");
}

#[tokio::test]
async fn a_donor_downloads_the_own_letter_and_nobody_elses() {
    let site = TestSite::new().await;
    let (pledge, receipt) = fill(&site).await;
    let path = format!("/contributions/{pledge}/receipts/{receipt}/letter");
    let own = site.session(Role::DonorRepresentative).await;
    let answer = site.get(&path, Some(&own)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    let name = format!("attachment; filename=\"L-{}-0001.pdf\"", vienna_date(Utc::now()).year());
    assert_eq!(answer.headers["content-disposition"], name.as_str());
    site.sql("UPDATE users SET donor_id = 2 WHERE role = 'donor-representative'").await;
    assert_eq!(site.get(&path, Some(&own)).await.status, StatusCode::NOT_FOUND);
}

fn upload(path: &str, cookie: &str, name: &str, content: &[u8]) -> Request<Body> {
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/plain\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("cookie", cookie)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn files_are_sent_as_a_browser_sends_them_and_refused_ones_come_back_with_the_reason() {
    let site = TestSite::new().await;
    fill(&site).await;
    let finance = site.session(Role::FinanceOfficer).await;
    let camt = include_bytes!("../../backend/tests/files/statement-camt.053.001.08.xml");
    let answer = site.send(upload("/contributions/statements/import", &finance, "a.xml", camt)).await;
    let back = site.get(answer.location(), Some(&finance)).await;
    assert!(back.body.contains("of the account ending in 3201, which is not one"), "the reason is not shown");
    list(&site, "AT611904300234573201", "EUR").await;
    let answer = site.send(upload("/contributions/statements/import", &finance, "a.xml", camt)).await;
    assert_eq!(answer.location(), "/contributions/statements/2?done=done-statement-imported");
    let hostile = include_bytes!("../../backend/tests/files/statement-hostile-entity.xml");
    let answer = site.send(upload("/contributions/statements/import", &finance, "b.xml", hostile)).await;
    let back = site.get(answer.location(), Some(&finance)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("no bank writes"), "the reason is not shown");
    let answer = site.send(upload("/contributions/past/upload", &finance, "p.csv", b"donor\n")).await;
    let back = site.get(answer.location(), Some(&finance)).await;
    assert!(back.body.contains("columns are missing"), "the reason is not shown");
    let rates = "\u{feff}currency,from,units per USD\nJPY,2020-03-01,108.5\n";
    let answer = site.send(upload("/contributions/rates/import", &finance, "r.csv", rates.as_bytes())).await;
    assert_eq!(answer.location(), "/contributions/rates?done=done-rates-imported");
    // Read as what banks write that is not UTF-8; the sign is no rate.
    let answer = site.send(upload("/contributions/rates/import", &finance, "r.csv", b"JPY,2020-04-01,\xff")).await;
    let back = site.get(answer.location(), Some(&finance)).await;
    assert!(back.body.contains("Line 1") && back.body.contains("ÿ"), "the reason is not shown");
}

#[tokio::test]
async fn a_line_is_matched_and_the_rest_held_by_pressing_buttons() {
    let site = TestSite::new().await;
    let (pledge, _) = fill(&site).await;
    let finance = site.session(Role::FinanceOfficer).await;
    let none = site.post("/contributions/statements/1/lines/1/match", Some(&finance), "pledge=").await;
    let back = site.get(none.location(), Some(&finance)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sure = site.post("/contributions/statements/1/match-sure", Some(&finance), "").await;
    assert_eq!(sure.location(), "/contributions/statements/1?done=done-lines-matched");
    let page = site.get(&format!("/contributions/{pledge}"), Some(&finance)).await;
    assert!(page.body.contains("595.00"), "the receipt is not shown");
    let rest = site.post("/contributions/statements/1/hold-rest", Some(&finance), "").await;
    assert_eq!(rest.location(), "/contributions/statements/1?done=done-lines-none");
    let approve = site.post("/contributions/overdue/1/approve", Some(&finance), "").await;
    assert!(approve.location().contains("kept="), "what was paid in the meantime is not reminded of");
}

#[tokio::test]
async fn a_line_is_set_aside_with_its_reason_and_taken_up_by_pressing_buttons() {
    let site = TestSite::new().await;
    fill(&site).await;
    let finance = site.session(Role::FinanceOfficer).await;
    let set_aside = "/contributions/statements/1/lines/1/set-aside";
    let none = site.post(set_aside, Some(&finance), "back=%2Fcontributions%2Fstatements%2F1&reason=").await;
    let back = site.get(none.location(), Some(&finance)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("name=\"reason\"") && back.body.contains("<details open"), "the field is shown");
    let done = site.post(set_aside, Some(&finance), "reason=Interest+%3Cof%3E+the+account").await;
    assert_eq!(done.location(), "/contributions/statements/1?done=done-line-set-aside");
    for language in ["en", "fr"] {
        let cookie = format!("{finance}; language={language}");
        let page = site.get("/contributions/statements/1", Some(&cookie)).await;
        assert!(page.body.contains("Interest &lt;of&gt; the account") && page.body.contains("lines/1/take-up"));
        assert!(!page.body.contains("lines/1/hold"), "nothing takes it");
    }
    let auditor = site.session(Role::Auditor).await;
    let page = site.get("/contributions/statements/1", Some(&auditor)).await;
    assert!(page.body.contains("Interest &lt;of&gt; the account") && !page.body.contains("take-up"));
    let done = site.post("/contributions/statements/1/lines/1/take-up", Some(&finance), "").await;
    assert_eq!(done.location(), "/contributions/statements/1?done=done-line-taken-up");
    let page = site.get("/contributions/statements/1", Some(&finance)).await;
    assert!(page.body.contains("lines/1/hold") && page.body.contains("lines/1/set-aside"));
}

#[tokio::test]
async fn the_rates_by_which_money_became_dollars_are_shown_with_the_receipt_and_the_entry() {
    let site = TestSite::new().await;
    let (pledge, _) = fill(&site).await;
    let context = Context::new(site.services.clone(), Actor::system(), Utc::now(), "test");
    let today = vienna_date(Utc::now());
    for (currency, units) in [("EUR", "0.8125"), ("CHF", "0.8875")] {
        let from = today.with_day(1).unwrap().to_string();
        let typed = Typed::default().with("currency", currency).with("from", from).with("units_per_usd", units);
        contributions::record_rate(&context, &typed).await.unwrap();
    }
    let promised = Typed::default()
        .with("donor", "1")
        .with("amount", "900")
        .with("currency", "EUR")
        .with("instrument", "agreement")
        .with("date", today.to_string())
        .with("earmark", "none")
        .with("command_id", command());
    let euros = contributions::pledge(&context, &promised).await.unwrap();
    let francs = |amount| {
        let mut typed = money(amount, today);
        typed.set("currency", "CHF");
        typed
    };
    contributions::receive(&context, euros, &francs("50")).await.unwrap();
    contributions::receive(&context, euros, &francs("60").with("settled", "55")).await.unwrap();
    let auditor = site.session(Role::Auditor).await;
    let page = site.get(&format!("/contributions/{euros}"), Some(&auditor)).await.body;
    for text in ["Rate of the pledge’s currency", "0.8125", "0.8875", "stated by finance"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let dollars = site.get(&format!("/contributions/{pledge}"), Some(&auditor)).await.body;
    assert!(!dollars.contains("Rate of the pledge’s currency"), "{dollars}");
    let sql = "SELECT MAX(id) AS id FROM journal_entries";
    let database = &site.services.database;
    let found = database.query_one_raw(Statement::from_string(database.get_database_backend(), sql)).await.unwrap();
    let last: i64 = found.unwrap().try_get("", "id").unwrap();
    let entry = site.get(&format!("/ledger/entries/{last}"), Some(&auditor)).await.body;
    let month = i18n::Reader::new(domain::users::Language::English).month(today);
    for text in ["Month of the rate", "0.8125", "0.8875", month.as_str()] {
        assert!(entry.contains(text), "{text}: {entry}");
    }
}

#[tokio::test]
async fn many_receipts_of_a_pledge_come_in_pages_and_the_newest_first() {
    let site = TestSite::new().await;
    let (pledge, _) = fill(&site).await;
    let context = Context::new(site.services.clone(), Actor::system(), Utc::now(), "test");
    let today = vienna_date(Utc::now());
    for number in 1..=26 {
        let mut typed = money("1", today);
        typed.set("bank_reference", format!("SMALL-{number:02}"));
        for told in contributions::told_of_receipt(&context, pledge, &typed).await.unwrap() {
            typed.push("other_money", told.what.key());
        }
        contributions::receive(&context, pledge, &typed).await.unwrap();
    }
    let donor = site.session(Role::DonorRepresentative).await;
    let first = site.get(&format!("/contributions/{pledge}"), Some(&donor)).await.body;
    assert!(first.contains("SMALL-26") && first.contains("SMALL-02") && !first.contains("SMALL-01"), "{first}");
    assert!(first.contains(&format!("/contributions/{pledge}?search=&amp;sort=&amp;filter=&amp;page=2")), "{first}");
    let second = site.get(&format!("/contributions/{pledge}?page=2"), Some(&donor)).await.body;
    assert!(second.contains("SMALL-01") && !second.contains("SMALL-02"), "{second}");
}

#[tokio::test]
async fn an_unusual_rate_is_asked_about_and_a_wrong_one_corrected_on_its_page() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let record = |units: &str, more: &str| {
        let form = format!("currency=EUR&from=2026-0{units}{more}&back=%2Fcontributions%2Frates");
        let (site, finance) = (&site, finance.as_str());
        async move { site.post("/contributions/rates/record", Some(finance), &form).await }
    };
    assert_eq!(record("3-01&units_per_usd=0.925", "").await.location(), "/contributions/rates?done=done-rate-recorded");
    let page = site.get("/contributions/rates", Some(&finance)).await.body;
    assert!(!page.contains("name=\"confirmed\""), "nothing is to be confirmed");
    let asked = record("4-01&units_per_usd=9.25", "").await;
    let page = site.get(asked.location(), Some(&finance)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in
        ["9.25 is 900 per cent higher than the rate for EUR", "which is 0.925", "name=\"confirmed\"", "value=\"9.25\""]
    {
        assert!(page.body.contains(text), "{text} is not shown");
    }
    let done = record("4-01&units_per_usd=9.25", "&confirmed=yes").await;
    assert_eq!(done.location(), "/contributions/rates?done=done-rate-recorded");
    let page = site.get("/contributions/rates/2", Some(&finance)).await;
    assert!(page.body.contains("/contributions/rates/2/replace"), "nothing used it");
    let answer = site.post("/contributions/rates/2/replace", Some(&finance), "units_per_usd=0.93").await;
    assert_eq!(answer.location(), "/contributions/rates/2?done=done-rate-replaced");
    let answer = site.post("/contributions/rates/2/remove", Some(&finance), "").await;
    assert_eq!(answer.location(), "/contributions/rates?done=done-rate-removed");
    assert_eq!(site.get("/contributions/rates/2", Some(&finance)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pledges_form_gives_more_rows_and_keeps_what_was_typed() {
    let site = TestSite::new().await;
    fill(&site).await;
    let finance = site.session(Role::FinanceOfficer).await;
    let mut rows = String::new();
    for row in 0..30 {
        rows.push_str(&format!("&instalments.{row}.due=2027-01-01&instalments.{row}.amount=10"));
    }
    let form = format!("back=%2Fcontributions%2Fnew&donor=1&currency=USD&amount=nonsense{rows}&more=instalments");
    let answer = site.post("/contributions/create", Some(&finance), &form).await;
    assert!(answer.location().ends_with("#instalments"), "{}", answer.location());
    let page = site.get(answer.location().trim_end_matches("#instalments"), Some(&finance)).await;
    assert_eq!(page.status, StatusCode::OK, "nothing was wrong: nothing was looked at");
    for text in ["value=\"nonsense\"", "instalments.29.amount", "instalments.32.amount", "name=\"more\""] {
        assert!(page.body.contains(text), "{text} is not shown");
    }
    assert!(!page.body.contains("error-summary"));
}
