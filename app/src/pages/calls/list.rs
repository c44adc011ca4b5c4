//! The calls: open ones first, with their deadlines and how to apply.

use backend::calls::queries::{self, CallView};
use chrono::{DateTime, Utc};
use domain::calls::CallState;
use domain::errors::AppError;
use domain::roles::Action;
use leptos::prelude::*;

use super::words::{countdown, state_tag};
use crate::ui::{Page, column, instant, money, page_head, pager, section, t, table, tw};
use crate::web::Visit;

/// `/calls`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let calls = queries::list(&visit.context, &request).await?;
    let may_add = visit.may(Action::WriteCalls);
    let visitor = visit.actor().role.is_none();
    let now = visit.context.now;
    Ok(Page::new(visit.reader.text("calls-title"), move || {
        let (open, others): (Vec<&CallView>, Vec<&CallView>) =
            calls.rows.iter().partition(|call| call.state == CallState::Open);
        let cards: Vec<AnyView> = open.iter().map(|call| open_card(call, now)).collect();
        let open_part = if cards.is_empty() {
            view! { <p class="empty">{t("calls-none-open")}</p> }.into_any()
        } else {
            view! { <ul class="cards">{cards}</ul> }.into_any()
        };
        let heads = [
            column("call-title", false),
            column("calls-opening", false),
            column("calls-deadline", false),
            column("calls-state", false),
        ];
        let rows = others
            .iter()
            .map(|call| {
                vec![
                    view! { <a href=format!("/calls/{}", call.id)>{call.title.clone()}</a> }.into_any(),
                    instant(call.opens_at).into_any(),
                    instant(call.closes_at).into_any(),
                    state_tag(call.state),
                ]
            })
            .collect();
        view! {
            {page_head(&t("calls-title"), Some(t("calls-lead")), may_add.then(|| view! {
                <a class="button button-primary" href="/calls/new">{t("calls-new")}</a>
            }))}
            {section("calls-open-title", open_part)}
            {section("calls-how-title", how_to_apply(visitor))}
            {(!others.is_empty()).then(|| section("calls-others-title", table("calls-others-title", &heads, rows)))}
            {pager("/calls", &request, &calls)}
        }
        .into_any()
    })
    .wide())
}

fn open_card(call: &CallView, now: DateTime<Utc>) -> AnyView {
    let limits = call.limits;
    view! {
        <li class="card">
            <h3><a href=format!("/calls/{}", call.id)>{call.title.clone()}</a></h3>
            <p>{state_tag(call.state)}" "<strong>{countdown(call, now)}</strong></p>
            <p>{tw("calls-deadline-at", &[("deadline", call.closes_at.into())])}</p>
            <p>{t("calls-awards")}" "{money(limits.smallest_award)}" – "{money(limits.largest_award)}</p>
        </li>
    }
    .into_any()
}

/// The four steps from reading a call to an answer.
fn how_to_apply(visitor: bool) -> AnyView {
    let steps: Vec<AnyView> = ["register", "write", "submit", "decision"]
        .iter()
        .map(|step| {
            view! { <li><h3>{t(&format!("calls-how-{step}"))}</h3><p>{t(&format!("calls-how-{step}-text"))}</p></li> }
                .into_any()
        })
        .collect();
    view! {
        <ol class="steps">{steps}</ol>
        {visitor.then(|| view! {
            <div class="button-row"><a class="button button-secondary" href="/register">{t("calls-register")}</a></div>
        })}
    }
    .into_any()
}
