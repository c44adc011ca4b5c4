//! The guards of the router: origins, headers, limits, and what survives a refused form.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use crate::support::TestSite;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::roles::Role;
use server::connections::Limits;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn post_from(headers: &[(&str, &str)], cookie: &str) -> Request<Body> {
    let mut request = Request::builder()
        .method("POST")
        .uri("/donors/create")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("host", "fund.example.org")
        .header("cookie", cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from("name=Norway")).unwrap()
}

#[tokio::test]
async fn a_change_from_another_origin_is_refused() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let refused: [&[(&str, &str)]; 4] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ];
    for headers in refused {
        assert_eq!(site.send(post_from(headers, &cookie)).await.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    let accepted: [&[(&str, &str)]; 3] =
        [&[("origin", "http://fund.example.org")], &[("sec-fetch-site", "same-origin")], &[]];
    for headers in accepted {
        assert_eq!(site.send(post_from(headers, &cookie)).await.status, StatusCode::SEE_OTHER, "{headers:?}");
    }
}

#[tokio::test]
async fn answers_without_a_page_are_in_the_browsers_language_also_when_the_database_is_down() {
    let site = TestSite::new().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let french = [("origin", "https://evil.example"), ("accept-language", "fr-CH, en;q=0.5")];
    let refused = site.send(post_from(&french, &finance)).await;
    assert!(refused.body.contains("venait d’un autre site web"), "{}", refused.body);
    site.services.database.clone().close().await.unwrap();
    // The cookie counts before what the browser asks for; who sits there, nobody can say.
    for (cookie, words) in [(format!("{finance}; language=fr"), "ne répond pas"), (finance, "does not answer")] {
        let page = site.get("/donors", Some(&cookie)).await;
        assert!(page.status.is_server_error(), "{}", page.status);
        assert!(page.body.contains(words), "{}", page.body);
        let sent = site.post("/donors/create", Some(&cookie), "name=x").await;
        assert!(sent.status.is_server_error() && sent.body.contains(words), "{}", sent.body);
    }
}

#[tokio::test]
async fn a_change_from_a_page_without_https_is_refused_where_the_site_has_it() {
    let site = TestSite::at("https://fund.example.org", None).await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let send = |origin: &'static str| site.send(post_from(&[("origin", origin)], &cookie));
    assert_eq!(send("http://fund.example.org").await.status, StatusCode::FORBIDDEN);
    assert_eq!(send("https://fund.example.org").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_page_carries_a_policy_with_a_nonce_of_its_own() {
    let site = TestSite::new().await;
    let policy =
        |answer: &crate::support::Answer| answer.headers["content-security-policy"].to_str().unwrap().to_owned();
    let (one, two) = (policy(&site.get("/", None).await), policy(&site.get("/", None).await));
    assert!(one.contains("'nonce-") && one != two);
    assert!(!one.contains("unsafe-inline") && !one.contains("'unsafe-eval'"));
    let answer = site.get("/nothing-here", None).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert!(!answer.body.contains("style="), "the policy forbids style attributes");
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_and_the_errors() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let form = "back=/donors/new&name=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E&kind=member-state&contact_email=nonsense";
    let answer = site.post("/donors/create", Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/donors/new?kept="), "{}", answer.location());
    let page = site.get(answer.location(), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("error-summary"));
    assert!(page.body.contains("href=\"#contact_email\""));
    assert!(page.body.contains("nonsense"));
    assert!(!page.body.contains("<script>alert"));
}

#[tokio::test]
async fn a_form_sent_after_signing_out_is_there_after_signing_in_again() {
    let site = TestSite::new().await;
    let answer = site.post("/donors/create", None, "back=/donors/new&name=Norway").await;
    assert!(answer.location().starts_with("/sign-in?next=%2Fdonors%2Fnew%3Fkept%3D"), "{}", answer.location());
    let kept = answer.location().rsplit("kept%3D").next().unwrap().to_owned();
    let cookie = site.session(Role::FinanceOfficer).await;
    let browser = kept_cookie(&answer);
    let page = site.get(&format!("/donors/new?kept={kept}"), Some(&format!("{browser}; {cookie}"))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"Norway\""));
}

#[tokio::test]
async fn a_form_of_an_ended_session_is_shown_to_its_person_and_not_to_who_signs_in_next_in_that_browser() {
    let site = TestSite::new().await;
    let session = site.session(Role::FinanceOfficer).await;
    let signed_out = site.post("/sign-out", Some(&session), "").await;
    let ended = signed_out.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let answer = site.post("/donors/create", Some(&ended), "back=/donors/new&name=Unsaid").await;
    let kept = answer.location().rsplit("kept%3D").next().unwrap().to_owned();
    let page = format!("/donors/new?kept={kept}");
    let browser = kept_cookie(&answer);
    let next = site.session(Role::FinanceOfficer).await;
    let others = site.get(&page, Some(&format!("{browser}; {next}"))).await;
    assert_eq!(others.status, StatusCode::OK);
    assert!(!others.body.contains("Unsaid"));
    let again = site.session_again(&session).await;
    assert!(site.get(&page, Some(&again)).await.body.contains("value=\"Unsaid\""));
}

/// The cookie by which a visitor's browser is known again.
fn kept_cookie(answer: &crate::support::Answer) -> String {
    let set = answer.headers["set-cookie"].to_str().unwrap();
    assert!(set.starts_with("kept=") && set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    set.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_form_that_a_stranger_filled_in_is_shown_in_the_strangers_browser_only() {
    let site = TestSite::new().await;
    let answer = site.post("/donors/create", None, "back=/donors/new&name=Forged").await;
    let kept = answer.location().rsplit("kept%3D").next().unwrap().to_owned();
    let victim = site.session(Role::FinanceOfficer).await;
    let other = kept_cookie(&site.post("/donors/create", None, "back=/donors/new&name=Mine").await);
    for cookie in [victim.clone(), format!("{other}; {victim}"), format!("kept=; {victim}")] {
        let page = site.get(&format!("/donors/new?kept={kept}"), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("Forged"), "{cookie}");
    }
}

#[tokio::test]
async fn a_large_form_of_somebody_not_signed_in_is_kept_only_after_a_session() {
    let site = TestSite::new().await;
    let session = site.session(Role::FinanceOfficer).await;
    let signed_out = site.post("/sign-out", Some(&session), "").await;
    let ended = signed_out.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(site.get("/donors/new", Some(&ended)).await.status, StatusCode::SEE_OTHER, "it opens nothing");
    let form = |bytes: usize| format!("back=/donors/new&name={}", "x".repeat(bytes));
    let made_up = format!("session={}", "a".repeat(43));
    let cases = [
        (60 * 1024, None, true),
        (70 * 1024, None, false),
        (70 * 1024, Some(made_up.as_str()), false),
        (900 * 1024, Some(ended.as_str()), true),
        // As much as a form may have, nearly.
        (3900 * 1024, Some(&ended), true),
    ];
    for (bytes, cookie, is_kept) in cases {
        let answer = site.post("/donors/create", cookie, &form(bytes)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/sign-in?next=%2Fdonors%2Fnew"), "{}", answer.location());
        assert_eq!(answer.location().contains("kept%3D"), is_kept, "{bytes} bytes, {cookie:?}");
    }
    let answer = site.post("/forgot", None, &format!("back=/forgot&email={}", "x".repeat(70 * 1024))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "the error is said, nothing is kept");
}

#[tokio::test]
async fn texts_of_a_form_with_files_have_the_limit_of_texts() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let part = format!(
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n{}\r\n--x--\r\n",
        "y".repeat(5 * 1024 * 1024)
    );
    let request = Request::builder()
        .method("POST")
        .uri("/donors/create")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("referer", "http://fund.example.org/donors/new")
        .header("cookie", &cookie)
        .body(Body::from(part))
        .unwrap();
    let answer = site.send(request).await;
    let page = site.get(answer.location(), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("4 MB"));
}

#[tokio::test]
async fn somebody_elses_kept_form_is_not_shown() {
    let site = TestSite::new().await;
    let one = site.session(Role::FinanceOfficer).await;
    let other = site.session(Role::FinanceOfficer).await;
    let answer = site.post("/donors/create", Some(&one), "back=/donors/new&name=Secret").await;
    let page = site.get(answer.location(), Some(&other)).await;
    assert!(!page.body.contains("Secret"));
}

#[tokio::test]
async fn a_form_larger_than_the_limit_is_refused_in_words() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let request = Request::builder()
        .method("POST")
        .uri("/donors/create")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("referer", "http://fund.example.org/donors/new")
        .header("cookie", &cookie)
        .body(Body::from(format!("name={}", "x".repeat(5 * 1024 * 1024))))
        .unwrap();
    let answer = site.send(request).await;
    assert!(answer.status == StatusCode::SEE_OTHER, "{}", answer.status);
    let page = site.get(answer.location(), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("4 MB"));
}

#[tokio::test]
async fn a_text_of_a_million_signs_is_refused_by_its_field_and_kept() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let long = "y".repeat(1024 * 1024);
    let answer = site.post("/donors/create", Some(&cookie), &format!("back=/donors/new&name={long}")).await;
    let page = site.get(answer.location(), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains(&long));
}

#[tokio::test]
async fn a_forged_address_before_the_proxys_own_word_does_not_count() {
    let site = TestSite::at("http://fund.example.org", Some("x-forwarded-for")).await;
    let ask = |forged: usize, own: &str| {
        let request = Request::builder()
            .method("POST")
            .uri("/forgot")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("198.51.100.{forged}"))
            .header("x-forwarded-for", format!("203.0.113.{forged}, {own}"));
        site.send(request.body(Body::from("back=/forgot&email=nobody@example.org")).unwrap())
    };
    let is_refused = |answer: &crate::support::Answer| answer.location().contains("kept=");
    for forged in 0..40 {
        assert!(!is_refused(&ask(forged, "192.0.2.1").await), "{forged}");
    }
    assert!(is_refused(&ask(41, "192.0.2.1").await), "one visitor, whatever it says itself");
    assert!(!is_refused(&ask(41, "192.0.2.2").await), "another one may");
}

/// A body whose pieces come after pauses; with an end or without one.
fn slow_body(pieces: u64, pause: Duration, ends: bool) -> Body {
    let stream = futures::stream::unfold(0, move |sent| async move {
        if sent == pieces && !ends {
            futures::future::pending::<()>().await;
        }
        let text = if sent == 0 { "back=/donors/new&name=" } else { "x" };
        if sent > 0 {
            tokio::time::sleep(pause).await;
        }
        (sent < pieces).then(|| (Ok::<_, std::io::Error>(text), sent + 1))
    });
    Body::from_stream(stream)
}

#[tokio::test]
async fn a_slow_sender_is_waited_for_and_one_that_stops_is_not() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    let send = |body: Body| {
        let request = Request::builder()
            .method("POST")
            .uri("/donors/create")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("referer", "http://fund.example.org/donors/new")
            .header("cookie", &cookie)
            .body(body)
            .unwrap();
        site.send(request)
    };
    // Real time: with tokio's clock paused, the database's pool would give up waiting.
    let slow = send(slow_body(3, Duration::from_secs(1), true)).await;
    let page = site.get(slow.location(), Some(&cookie)).await;
    assert!(page.body.contains("value=\"xx\""));
    let start = std::time::Instant::now();
    let stopped = send(slow_body(2, Duration::from_millis(10), false)).await;
    assert!((29..40).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    let page = site.get(stopped.location(), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn health_and_readiness_answer_without_a_session() {
    let site = TestSite::new().await;
    assert_eq!(site.get("/healthz", None).await.body, "ok");
    assert_eq!(site.get("/readyz", None).await.body, "ready");
}

#[tokio::test]
async fn the_page_is_in_the_language_that_the_browser_asks_for() {
    let site = TestSite::new().await;
    let request =
        Request::builder().uri("/").header("accept-language", "fr-CA,fr;q=0.9,en;q=0.5").body(Body::empty()).unwrap();
    let page = site.send(request).await;
    assert!(page.body.contains("<html lang=\"fr\" dir=\"ltr\">"));
    let mirrored = site.get("/", Some("language=ar-XB")).await;
    assert!(mirrored.body.contains("dir=\"rtl\"") && mirrored.body.contains("⟦"));
}

/// Sends a form with a file over a real connection, all of it before it reads, as browsers do.
async fn upload(site: &TestSite, cookie: &str, megabytes: usize) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits { head: Duration::from_secs(30), stop: Duration::from_secs(1) };
    let server =
        tokio::spawn(server::connections::serve(listener, site.router.clone(), limits, std::future::pending()));
    let start = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";
    let end = "\r\n--x\r\nContent-Disposition: form-data; name=\"contact_name\"\r\n\r\nKari\r\n--x--\r\n";
    let length = start.len() + megabytes * 1024 * 1024 + end.len();
    let head = format!(
        "POST /donors/create HTTP/1.1\r\nHost: fund.example.org\r\nCookie: {cookie}\r\nReferer: http://fund.example.org/donors/new\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n\r\n"
    );
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(start.as_bytes()).await.unwrap();
    let piece = vec![b'y'; 1024 * 1024];
    for _ in 0..megabytes {
        stream.write_all(&piece).await.unwrap();
    }
    stream.write_all(end.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let read = stream.read(&mut answer).await.unwrap();
    server.abort();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_with_its_size_and_the_rest_of_the_form_is_kept() {
    let site = TestSite::new().await;
    let cookie = site.session(Role::FinanceOfficer).await;
    for megabytes in [12, 21] {
        let answer = upload(&site, &cookie, megabytes).await;
        assert!(answer.starts_with("HTTP/1.1 303"), "{megabytes} MB: {answer}");
        let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
        let page = site.get(location, Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(&format!("{megabytes} MB")) && page.body.contains("10 MB"), "{megabytes} MB");
        assert!(page.body.contains("value=\"Kari\""), "what else was typed");
    }
}

#[tokio::test]
async fn pages_of_a_person_load_the_script_that_keeps_drafts_in_their_language_and_those_of_visitors_none() {
    let site = TestSite::new().await;
    assert!(!site.get("/", None).await.body.contains("<script src"));
    let cookie = site.session(Role::FinanceOfficer).await;
    for language in ["en", "fr", "ar-XB"] {
        let page = site.get("/donors/new", Some(&format!("{cookie}; language={language}"))).await.body;
        let script = page.split("<script src=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(script.starts_with(&format!("/drafts.{language}.")), "{script}");
        assert!(page.contains("data-keep=\"yes\"") && page.contains("nonce=\"") && page.contains("data-person=\""));
        let answer = site.get(script, None).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.headers["cache-control"].to_str().unwrap().contains("immutable"));
        assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/javascript"));
    }
}
