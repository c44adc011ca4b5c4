//! How fields are drawn: what was typed stays, and nothing beside it is wrong.
#![allow(clippy::unwrap_used)]

use crate::support::TestSite;
use axum::http::StatusCode;
use domain::roles::Role;

/// The tag of a field in a page.
fn input<'a>(page: &'a str, name: &str) -> &'a str {
    let at = page.find(&format!("name=\"{name}\"")).unwrap();
    let start = page[..at].rfind('<').unwrap();
    &page[start..start + page[start..].find('>').unwrap() + 1]
}

#[tokio::test]
async fn a_refused_date_stays_as_it_was_typed() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    for (typed, kind) in
        [("31.02.2026", "text"), ("31/03/2026", "text"), ("2026-02-31", "text"), ("2026-03-31", "date"), ("", "date")]
    {
        let form = format!("back=/contributions/new&currency=EUR&amount=ten&date={typed}");
        let refused = site.post("/contributions/create", Some(&finance), &form).await;
        let page = site.get(refused.location(), Some(&finance)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let tag = input(&page.body, "date");
        assert!(tag.contains(&format!("type=\"{kind}\"")) && tag.contains(&format!("value=\"{typed}\"")), "{tag}");
    }
}

#[tokio::test]
async fn no_currency_stands_beside_an_amount_whose_currency_is_chosen_in_the_same_form() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let unit = "<span class=\"unit\">USD";
    let page = site.get("/contributions/new", Some(&finance)).await;
    assert!(page.body.contains("name=\"amount\"") && page.body.contains("name=\"instalments.0.amount\""));
    assert!(!page.body.contains(unit), "a pledge is in the currency that is chosen");
    let officer = site.session(Role::ProgrammeOfficer).await;
    let page = site.get("/calls/new", Some(&officer)).await;
    assert!(page.body.contains(unit), "awards are in dollars");
}

#[tokio::test]
async fn three_digits_behind_a_comma_are_decimals_to_whoever_reads_in_french_and_thousands_in_english() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    for (language, shown, refused) in [("en", "33,333", false), ("fr", "33.333", true)] {
        let browser = format!("{finance}; language={language}");
        let form = "back=/contributions/new&currency=USD&amount=33,333";
        let answer = site.post("/contributions/create", Some(&browser), form).await;
        let page = site.get(answer.location(), Some(&browser)).await;
        let tag = input(&page.body, "amount");
        assert!(tag.contains(&format!("value=\"{shown}\"")), "{language}: {tag}");
        assert_eq!(tag.contains("aria-invalid"), refused, "{language}: {tag}");
    }
}
