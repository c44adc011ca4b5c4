//! Signing in and out.

use axum::http::HeaderValue;
use backend::kept_forms;
use backend::users::{self, DemoPerson, Entered};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::users::{DEVICE_LIFETIME, SESSION_ABSOLUTE, SIGN_IN};
use leptos::prelude::*;

use super::{language, submit};
use crate::ui::{Page, form, form_fields, hidden, page_head, t, tw};
use crate::web::{DEVICE_COOKIE, Done, SESSION_COOKIE, Sent, Visit, cookie, is_local};

/// Longest address to go on to; a longer one is dropped rather than keeping somebody from signing in.
const LONGEST_NEXT: usize = 200;

/// `/sign-in`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let groups = if visit.site.demo { users::demo_people(&visit.context).await? } else { Default::default() };
    let state = visit.form_state("/sign-in", Typed::default().with("next", visit.query("next")));
    let next = state.typed.get("next").to_owned();
    let wide = groups.iter().any(|people| !people.is_empty());
    let demo_people = wide.then_some(groups);
    let page = Page::new(visit.reader.text("sign-in-title"), move || {
        let own = view! {
            {form("/sign-in", "/sign-in", view! { {form_fields(&SIGN_IN, &state, &[])} {submit("sign-in-button")} })}
            <p><a href="/forgot">{t("sign-in-forgot")}</a></p>
            <p><a href="/register">{t("sign-in-register")}</a></p>
        };
        let head = page_head(&t("sign-in-title"), Some(t("sign-in-lead")), ());
        match demo_people {
            None => view! { {head} {own} }.into_any(),
            Some(lists) => view! {
                {head}
                <div class="grid">
                    <div class="one-third stack">{own}</div>
                    <div class="two-thirds stack">{demo(lists, &next)}</div>
                </div>
            }
            .into_any(),
        }
    });
    Ok(if wide { page.wide() } else { page.narrow() })
}

/// People of a group shown at once; the others wait behind a word, so that the page stays short.
const SHOWN: usize = 18;
/// Organisations and donors shown at once.
const SHOWN_OUTSIDE: usize = 6;

fn demo(groups: [Vec<DemoPerson>; 3], next: &str) -> AnyView {
    let titles = ["sign-in-demo-staff", "sign-in-demo-organisations", "sign-in-demo-donors"];
    let lists: Vec<AnyView> = titles
        .into_iter()
        .zip([SHOWN, SHOWN_OUTSIDE, SHOWN_OUTSIDE])
        .zip(groups)
        .filter(|(_, people)| !people.is_empty())
        .map(|((title, shown), mut people)| {
            let others = people.split_off(shown.min(people.len()));
            let list = |people: Vec<DemoPerson>| -> Vec<AnyView> {
                people.into_iter().map(|person| demo_person(person, next)).collect()
            };
            let others = (!others.is_empty()).then(|| {
                let summary = tw("sign-in-demo-others", &[("count", others.len().into())]);
                view! { <details><summary>{summary}</summary><ul class="people">{list(others)}</ul></details> }
            });
            view! { <h3>{t(title)}</h3><ul class="people">{list(people)}</ul> {others} }.into_any()
        })
        .collect();
    view! { <h2>{t("sign-in-demo-title")}</h2><p>{t("sign-in-demo-lead")}</p> {lists} }.into_any()
}

fn demo_person(person: DemoPerson, next: &str) -> AnyView {
    let role = t(&person.role.label_key());
    let about = person.of.map_or(role.clone(), |of| format!("{role}, {of}"));
    view! {
        <li>
            <form method="post" action="/sign-in/demo">
                {hidden("back", "/sign-in")}
                {hidden("next", next)}
                <button name="person" value=person.id.to_string()>{person.name}" "<small>{about}</small></button>
            </form>
        </li>
    }
    .into_any()
}

/// `POST /sign-in`
pub async fn sign_in(visit: Visit, mut sent: Sent) -> Result<Done, AppError> {
    let next = next_of(&sent.typed);
    sent.typed.set("next", next.as_str());
    let entered = users::sign_in(&visit.context, &sent.typed, &visit.caller()).await?;
    Ok(Done { cookies: cookies(&visit, &entered), ..Done::quietly(next) })
}

/// `POST /sign-in/demo`: an invented person has chosen no language, so that the visitor goes on in the own one.
pub async fn sign_in_as_demo(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let person: UserId = sent.typed.get("person").parse().map_err(|_| AppError::NotFound)?;
    let token = users::sign_in_as_demo(&visit.context, person, visit.session_token.as_deref()).await?;
    let cookies = session_cookie(&visit, &token).into_iter().chain(language::kept(&visit, visit.reader)).collect();
    Ok(Done { cookies, ..Done::quietly(next_of(&sent.typed)) })
}

/// `POST /sign-out`
pub async fn sign_out(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let ended = visit.session_token.as_deref();
    users::sign_out(&visit.context, ended).await?;
    // It opens nothing any more. A long form that is still open in another tab is known by it as one to keep.
    let cookies =
        ended.and_then(|token| cookie(SESSION_COOKIE, token, kept_forms::LIFETIME.num_seconds(), visit.site.secure()));
    Ok(Done { cookies: cookies.into_iter().collect(), ..Done::to("/sign-in", "done-signed-out") })
}

fn next_of(typed: &Typed) -> String {
    let next = typed.get("next");
    if is_local(next) && next.len() <= LONGEST_NEXT { next.to_owned() } else { "/".to_owned() }
}

fn session_cookie(visit: &Visit, token: &str) -> Option<HeaderValue> {
    cookie(SESSION_COOKIE, token, SESSION_ABSOLUTE.num_seconds(), visit.site.secure())
}

/// The cookie by which a device is known from now on.
pub(super) fn device_cookie(visit: &Visit, token: &str) -> Option<HeaderValue> {
    cookie(DEVICE_COOKIE, token, DEVICE_LIFETIME.num_seconds(), visit.site.secure())
}

/// The cookies of somebody who has signed in.
pub(super) fn cookies(visit: &Visit, entered: &Entered) -> Vec<HeaderValue> {
    session_cookie(visit, &entered.session).into_iter().chain(device_cookie(visit, &entered.device)).collect()
}
