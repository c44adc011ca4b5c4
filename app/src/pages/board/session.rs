//! One session: its agenda with scores, votes and recommendations.

use backend::audit::Kind;
use backend::board;
use backend::board::agenda::{self, ItemView};
use backend::board::queries;
use backend::page::Page as Rows;
use domain::applications::ApplicationState;
use domain::board::{SessionEvent, SessionState, allowed};
use domain::errors::AppError;
use domain::ids::BoardSessionId;
use domain::roles::Action;
use leptos::prelude::*;

use super::{outcome_status, session_status};
use crate::pages::applications::state_tag;
use crate::pages::reviews::points;
use crate::ui::{
    Page, argument, audit_trail, button_form, column, date, definition, label, money, notice, page_head, pager,
    section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/board/{session}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    let request = visit.page_request();
    let session = queries::session(&visit.context, id).await?;
    let items = agenda::agenda(&visit.context, id, &request).await?;
    let trail = visit.trail(Kind::Session, id.into()).await?;
    let events = if visit.may(Action::ManageBoard) { allowed(session.state) } else { Vec::new() };
    let may_vote = visit.may(Action::VoteOnBoard);
    Ok(Page::new(session.title.clone(), move || {
        let ranking = format!("/calls/{}/ranking", session.call);
        let scenario =
            view! { <a class="button button-secondary" href=format!("/board/{id}/scenario")>{t("scenario-title")}</a> };
        let buttons: Vec<AnyView> = events.iter().map(|event| button(id, *event)).collect();
        view! {
            {page_head(&session.title, Some(t("session-lead")), view! { {scenario} {buttons} })}
            {summary(vec![
                definition("session-call", view! { <a href=ranking>{session.call_title.clone()}</a> }),
                definition("session-date", date(session.date)),
                definition("board-state", session_status(session.state)),
                definition("session-largest", money(session.largest_award)),
                definition("session-recommended", money(session.recommended)),
            ])}
            {(session.state == SessionState::Closed).then(|| notice("info", view! { <p>{t("session-unreleased")}</p> }))}
            {section("session-agenda", view! {
                {agenda_table(id, &items, may_vote)}
                {pager(&format!("/board/{id}"), &request, &items)}
            })}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("board-title"), "/board"))
}

fn button(id: BoardSessionId, event: SessionEvent) -> AnyView {
    let class = match event {
        SessionEvent::Start => "button-primary",
        SessionEvent::Close => "button-secondary",
        // The page that it leads to lists the mails first.
        SessionEvent::Release => {
            return view! {
                <a class="button button-primary" href=format!("/board/{id}/release")>{t("session-to-release")}</a>
            }
            .into_any();
        }
    };
    button_form(&format!("/board/{id}/{}", event.code()), &format!("/board/{id}"), &event.label_key(), class, &[])
}

fn agenda_table(session: BoardSessionId, items: &Rows<ItemView>, may_vote: bool) -> AnyView {
    let mut heads = vec![
        column("reviews-application", false),
        column("reviews-organisation", false),
        column("reviews-country", false),
        column("reviews-requested", true),
        column("ranking-mean", true),
        column("session-votes", false),
    ];
    if may_vote {
        heads.push(column("session-own-vote", false));
    }
    heads.push(column("session-outcome", false));
    let rows = items.rows.iter().map(|item| row(session, item, may_vote)).collect();
    table("session-agenda", &heads, rows)
}

fn row(session: BoardSessionId, item: &ItemView, may_vote: bool) -> Vec<AnyView> {
    let application = &item.application;
    let title = format!("{} · {}", application.number, application.title);
    let mean = points(application.mean_hundredths);
    let below = (!item.recommendable).then(|| view! { " " {status("session-not-recommendable", "warning")} });
    let mut cells = vec![
        view! { <a href=format!("/board/{session}/items/{}", item.id)>{title}</a> }.into_any(),
        application.organisation_name.clone().into_any(),
        label("country", &application.country).into_any(),
        money(application.requested),
        view! { {mean} {below} }.into_any(),
        tw("session-votes-cast", &[("cast", argument(item.cast)), ("present", argument(item.present))]).into_any(),
    ];
    // Nobody votes on what is no longer before the Board: it was withdrawn, for example.
    let before_board = ApplicationState::BEFORE_BOARD.contains(&application.state);
    if may_vote {
        let own = match &item.own {
            Some(own) => t(&own.vote.label_key()),
            None if before_board => t("session-no-vote"),
            None => String::new(),
        };
        cells.push(own.into_any());
    }
    let withdrawn = application.state == ApplicationState::Withdrawn;
    let outcome = match item.outcome {
        Some(outcome) => view! {
            {outcome_status(outcome)} " " {item.amount.map(money)} " " {withdrawn.then(|| state_tag(application.state))}
        }
        .into_any(),
        None if !before_board => state_tag(application.state),
        None if item.sent_back.is_some() => status("session-sent-back", "warning"),
        None => t("session-open").into_any(),
    };
    cells.push(outcome);
    cells
}

/// `POST /board/{session}/start`
pub async fn start(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    board::start(&visit.context, id).await?;
    Ok(Done::to(format!("/board/{id}"), "done-session-started"))
}

/// `POST /board/{session}/close`
pub async fn close(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    board::close(&visit.context, id).await?;
    Ok(Done::to(format!("/board/{id}"), "done-session-closed"))
}
