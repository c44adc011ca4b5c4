//! Choosing a language leads back to the page that the person was on, with what was typed.
#![allow(clippy::unwrap_used)]

use crate::support::{Answer, TestSite};
use axum::http::StatusCode;
use backend::token;
use domain::roles::Role;

/// Where the choice of a language on a page leads back to.
fn next_of(page: &Answer) -> String {
    let (_, form) = page.body.split_once("action=\"/language\"").unwrap();
    let (_, rest) = form.split_once("name=\"next\" value=\"").unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

/// A link of somebody, or an invitation, that works for an hour, and its token.
async fn link(site: &TestSite, purpose: &str) -> String {
    site.session(Role::FinanceOfficer).await;
    let secret = token::new().unwrap();
    let now = chrono::Utc::now();
    let (from, to) = (now.to_rfc3339(), (now + chrono::TimeDelta::hours(1)).to_rfc3339());
    let hash = token::hash(&secret);
    let sql = match purpose {
        "invite" => format!(
            "INSERT INTO invitations (email, name, role, language, invited_at, expires_at, token_hash) \
             VALUES ('rosa@example.org', 'Rosa', 'auditor', 'en', '{from}', '{to}', '{hash}')"
        ),
        _ => format!(
            "INSERT INTO links (user_id, purpose, token_hash, created_at, expires_at) \
             SELECT max(id), '{purpose}', '{hash}', '{from}', '{to}' FROM users"
        ),
    };
    site.sql(&sql).await;
    secret
}

/// The browser's cookies after an answer.
fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap().split(';').next().unwrap());
    set.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn after_a_refused_form_of_a_single_use_link_another_language_shows_the_same_page_and_token() {
    let site = TestSite::new().await;
    for (path, purpose) in [("/reset", "reset"), ("/invitation", "invite"), ("/confirm", "confirm")] {
        let token = link(&site, purpose).await;
        let form = format!("back={path}/{token}&token={token}&password=");
        let refused = site.post(path, None, &form).await;
        let browser = cookies(&refused);
        let page = site.get(refused.location(), Some(&browser)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let next = next_of(&page);
        assert!(next.starts_with(&format!("{path}/{token}?kept=")), "{next}");
        let chosen = site.post("/language", Some(&browser), &format!("language=fr&next={}", encode(&next))).await;
        let again = site.get(chosen.location(), Some(&format!("{browser}; language=fr"))).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", chosen.location());
        assert!(again.body.contains("lang=\"fr\"") && again.body.contains(&token), "{path}");
    }
}

#[tokio::test]
async fn a_page_that_only_a_sent_form_shows_leads_back_to_one_that_exists() {
    let site = TestSite::new().await;
    let token = link(&site, "reset").await;
    // Too large to be kept, so the refusal is shown at the action's own path.
    let large = "x".repeat(70 * 1024);
    let refused =
        site.post("/reset", None, &format!("back=/reset/{token}&token={token}&more={large}&password=a")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(next_of(&refused), format!("/reset/{token}"));
    // What a form without a page to come back to is refused with leads to a page too.
    let finance = site.session(Role::FinanceOfficer).await;
    let forbidden = site.post("/calls/1/publish", Some(&finance), "").await;
    assert!(matches!(forbidden.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{}", forbidden.status);
    assert_eq!(site.get(&next_of(&forbidden), Some(&finance)).await.status, StatusCode::OK);
    let refused = site.post("/reset", None, "token=nothing&password=a").await;
    assert!(refused.location().starts_with("/?kept="), "{}", refused.location());
}

#[tokio::test]
async fn a_list_that_was_searched_is_still_searched_in_another_language() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let page = site.get("/donors?search=nor&page=1&done=done-saved", Some(&finance)).await;
    assert_eq!(next_of(&page), "/donors?search=nor&page=1");
}

fn encode(text: &str) -> String {
    text.replace('?', "%3F").replace('&', "%26").replace('=', "%3D")
}

#[tokio::test]
async fn an_invented_person_is_shown_in_the_language_in_which_the_visitor_was_reading() {
    let site = TestSite::new().await;
    backend::settings::mark_demo(&site.services.database).await.unwrap();
    site.session(Role::FinanceOfficer).await;
    site.sql("UPDATE users SET demo = TRUE").await;
    let request = |path: &str, method: &str, cookie: &str, body: &'static str| {
        axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("accept-language", "fr-FR,fr;q=0.9,en;q=0.5")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie)
            .body(axum::body::Body::from(body))
            .unwrap()
    };
    let entered = site.send(request("/sign-in/demo", "POST", "", "person=1&next=%2F")).await;
    assert_eq!(entered.location(), "/");
    let home = site.send(request("/", "GET", &cookies(&entered), "")).await;
    assert!(home.body.contains("lang=\"fr\""), "nobody chose English");
    let chosen = site.send(request("/sign-in/demo", "POST", "language=en", "person=1&next=%2F")).await;
    let home = site.send(request("/", "GET", &cookies(&chosen), "")).await;
    assert!(home.body.contains("lang=\"en\""), "what was chosen stays");
}
