//! One application on the agenda: voting, and recording what the Board recommends.

use backend::board;
use backend::board::agenda::{self, ItemView};
use backend::board::queries;
use domain::applications::ApplicationState;
use domain::board::{QUORUM, RECOMMENDATION, SessionState, VOTE};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{BoardItemId, BoardSessionId};
use domain::roles::Action;
use leptos::prelude::*;

use super::outcome_status;
use crate::pages::reviews::points;
use crate::ui::{
    FormState, Page, argument, column, definition, form, form_fields, label, money, notice, page_head, section,
    summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/board/{session}/items/{item}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    let number: BoardItemId = visit.id("item")?;
    let session = queries::session(&visit.context, id).await?;
    let item = agenda::item(&visit.context, id, number).await?;
    let ready = matches!(item.application.state, ApplicationState::Reviewed | ApplicationState::Reserved);
    let open = session.state == SessionState::UnderWay && item.outcome.is_none() && ready;
    let path = format!("/board/{id}/items/{number}");
    let own = item
        .own
        .clone()
        .map_or_else(Typed::default, |own| Typed::default().with("vote", own.vote.code()).with("note", own.note));
    let vote = visit.form_state(&format!("{path}/vote"), own);
    let record = visit.form_state(&format!("{path}/record"), Typed::default());
    let (may_vote, may_record) = (visit.may(Action::VoteOnBoard) && open, visit.may(Action::ManageBoard) && open);
    let planned = session.state == SessionState::Planned;
    Ok(Page::new(item.application.title.clone(), move || {
        let application = &item.application;
        let reviews = format!("/applications/{}/reviews", application.id);
        let link = format!("/applications/{}", application.id);
        view! {
            {page_head(&application.title, Some(t("item-lead")), view! {
                <a class="button button-secondary" href=link>{t("review-read-application")}</a>
                <a class="button button-secondary" href=reviews>{t("compare-title")}</a>
            })}
            {summary(vec![
                definition("reviews-number", application.number.clone()),
                definition("reviews-organisation", application.organisation_name.clone()),
                definition("reviews-country", label("country", &application.country)),
                definition("reviews-requested", money(application.requested)),
                definition("ranking-mean", points(application.mean_hundredths)),
                definition("session-votes", tw("session-votes-cast", &[
                    ("cast", argument(item.cast)), ("present", argument(item.present)),
                ])),
            ])}
            {planned.then(|| notice("info", view! { <p>{t("item-not-started")}</p> }))}
            {(!item.recommendable).then(|| notice("warning", view! { <p>{t("item-not-recommendable")}</p> }))}
            {item.sent_back.clone().map(|reason| notice("warning", view! {
                <p>{tw("item-sent-back", &[("reason", argument(reason))])}</p>
            }))}
            {may_vote.then(|| vote_form(&path, &vote))}
            {may_record.then(|| record_form(&path, &record, &item))}
            {item.outcome.is_some().then(|| recorded(&item))}
        }
        .into_any()
    })
    .under(visit.reader.text("board-title"), "/board")
    .under(session.title, format!("/board/{id}")))
}

fn vote_form(path: &str, state: &FormState) -> AnyView {
    section(
        "item-vote",
        view! {
            <p>{t("item-vote-text")}</p>
            {form(&format!("{path}/vote"), path, view! {
                {form_fields(&VOTE, state, &[])}
                <div class="button-row"><button class="button button-primary">{t("item-vote-button")}</button></div>
            })}
        },
    )
}

fn record_form(path: &str, state: &FormState, item: &ItemView) -> AnyView {
    if item.present < QUORUM {
        let arguments = [("present", argument(item.present)), ("quorum", argument(QUORUM))];
        return section("item-record", view! { <p>{tw("item-no-quorum", &arguments)}</p> });
    }
    section(
        "item-record",
        view! {
            <p>{t("item-record-text")}</p>
            {form(&format!("{path}/record"), path, view! {
                {form_fields(&RECOMMENDATION, state, &[])}
                <div class="button-row"><button class="button button-primary">{t("item-record-button")}</button></div>
            })}
        },
    )
}

fn recorded(item: &ItemView) -> AnyView {
    let heads = [column("item-member", false), column("vote-vote", false), column("vote-note", false)];
    let rows = item
        .votes
        .iter()
        .map(|vote| {
            vec![vote.name.clone().into_any(), t(&vote.vote.label_key()).into_any(), vote.note.clone().into_any()]
        })
        .collect();
    let mut rows_of_outcome = Vec::new();
    if let Some(outcome) = item.outcome {
        rows_of_outcome.push(definition("session-outcome", outcome_status(outcome)));
    }
    if let Some(amount) = item.amount {
        rows_of_outcome.push(definition("recommendation-amount", money(amount)));
    }
    rows_of_outcome.push(definition("recommendation-conditions", item.conditions.clone()));
    view! {
        {section("item-recorded", summary(rows_of_outcome))}
        {section("item-votes", table("item-votes", &heads, rows))}
    }
    .into_any()
}

/// `POST /board/{session}/items/{item}/vote`
pub async fn vote(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let session: BoardSessionId = visit.id("session")?;
    board::vote(&visit.context, visit.id("item")?, &sent.typed).await?;
    Ok(Done::to(format!("/board/{session}"), "done-voted"))
}

/// `POST /board/{session}/items/{item}/record`
pub async fn record(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let session: BoardSessionId = visit.id("session")?;
    let item: BoardItemId = visit.id("item")?;
    board::record(&visit.context, item, &sent.typed).await?;
    Ok(Done::to(format!("/board/{session}/items/{item}"), "done-recommended"))
}
