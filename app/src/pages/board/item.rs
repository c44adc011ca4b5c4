//! One application on the agenda: voting, recording what the Board recommends, and correcting it.

use backend::board;
use backend::board::agenda::{self, ItemView};
use backend::board::queries;
use domain::applications::ApplicationState;
use domain::board::{CORRECTION, Outcome, QUORUM, RECOMMENDATION, SessionState, VOTE, may_correct};
use domain::errors::AppError;
use domain::forms::{Form, Typed};
use domain::ids::{BoardItemId, BoardSessionId};
use domain::roles::Action;
use leptos::prelude::*;

use super::outcome_status;
use crate::pages::reviews::{points, state_of_any};
use crate::ui::{
    FormState, Page, argument, column, definition, field, form, form_fields, hidden, label, money, notice, page_head,
    section, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/board/{session}/items/{item}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    let number: BoardItemId = visit.id("item")?;
    let session = queries::session(&visit.context, id).await?;
    let item = agenda::item(&visit.context, id, number).await?;
    let ready = ApplicationState::BEFORE_BOARD.contains(&item.application.state);
    let open = session.state == SessionState::UnderWay && item.outcome.is_none() && ready;
    let path = format!("/board/{id}/items/{number}");
    let own = item
        .own
        .clone()
        .map_or_else(Typed::default, |own| Typed::default().with("vote", own.vote.code()).with("note", own.note));
    let vote = visit.form_state(&format!("{path}/vote"), own);
    let record = visit.form_state(&format!("{path}/record"), Typed::default());
    let corrections = [format!("{path}/correct"), format!("{path}/take-back")];
    let correction = state_of_any(&visit, &corrections.each_ref().map(String::as_str), as_recorded(&item));
    let manages = visit.may(Action::ManageBoard);
    let (may_vote, may_record) = (visit.may(Action::VoteOnBoard) && open, manages && open);
    let missing = if may_record { agenda::missing_voters(&visit.context, &item).await? } else { Vec::new() };
    let to_correct =
        item.outcome.filter(|outcome| manages && may_correct(*outcome, session.state, item.application.state));
    let planned = session.state == SessionState::Planned;
    let withdrawn = item.application.state == ApplicationState::Withdrawn;
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
            {(planned && ready).then(|| notice("info", view! { <p>{t("item-not-started")}</p> }))}
            {withdrawn.then(|| notice("info", view! { <p>{t("item-withdrawn")}</p> }))}
            {(!item.recommendable && !withdrawn).then(|| notice("warning", not_recommendable(&item)))}
            {item.sent_back.clone().map(|reason| notice("warning", view! {
                <p>{tw("item-sent-back", &[("reason", argument(reason))])}</p>
            }))}
            {may_vote.then(|| vote_form(&path, &vote))}
            {may_record.then(|| record_form(&path, &record, &item, &missing))}
            {item.outcome.is_some().then(|| recorded(&item))}
            {to_correct.map(|outcome| correct_form(&path, &correction, outcome))}
        }
        .into_any()
    })
    .under(visit.reader.text("board-title"), "/board")
    .under(session.title, format!("/board/{id}")))
}

/// Why it cannot be approved, and what can be done about it.
fn not_recommendable(item: &ItemView) -> AnyView {
    let Some(points) = item.dispute else { return view! { <p>{t("item-not-recommendable")}</p> }.into_any() };
    let reviews = format!("/applications/{}/reviews", item.application.id);
    view! {
        <p>{tw("item-disputed", &[("points", argument(points))])}</p>
        <p><a href=reviews>{t("compare-title")}</a></p>
    }
    .into_any()
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

/// What the votes give, who has not voted, and what will follow: nobody records blindly.
fn record_form(path: &str, state: &FormState, item: &ItemView, missing: &[String]) -> AnyView {
    let votes = [("present", argument(item.present)), ("quorum", argument(QUORUM))];
    let missing = match missing {
        [] => t("item-nobody-missing"),
        names => names.join(", "),
    };
    let mut rows =
        vec![definition("item-quorum", tw("item-quorum-present", &votes)), definition("item-missing", missing)];
    let Some(outcome) = item.forecast else {
        return section("item-record", view! { {summary(rows)} <p>{tw("item-no-quorum", &votes)}</p> });
    };
    rows.insert(0, definition("item-forecast", outcome_status(outcome)));
    rows.push(definition("item-follows", t(&format!("item-follows-{outcome}"))));
    section(
        "item-record",
        view! {
            <p>{t("item-record-text")}</p>
            {summary(rows)}
            {form(&format!("{path}/record"), path, view! {
                {fields_of(&RECOMMENDATION, outcome, state)}
                {hidden("outcome", outcome.code())}
                <div class="button-row"><button class="button button-primary">{t("item-record-button")}</button></div>
            })}
        },
    )
}

/// The fields that go with an outcome: conditions with an award, the reason with a rejection.
fn fields_of(known: &Form, outcome: Outcome, state: &FormState) -> AnyView {
    let names: &[&str] = match outcome {
        Outcome::Approve => &["amount", "conditions", "note"],
        Outcome::Reserve => &["note"],
        Outcome::Reject => &["reason", "note"],
    };
    names.iter().map(|name| field(known, name, state, &[])).collect::<Vec<_>>().into_any()
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
    let text = |key: &str, text: &str| {
        (!text.is_empty()).then(|| definition(key, view! { <div class="text">{text.to_owned()}</div> }))
    };
    let mut facts = Vec::new();
    facts.extend(item.outcome.map(|outcome| definition("session-outcome", outcome_status(outcome))));
    facts.extend(item.amount.map(|amount| definition("recommendation-amount", money(amount))));
    facts.extend(text("recommendation-conditions", &item.conditions));
    facts.extend(text("recommendation-reason", &item.reason));
    facts.extend(text("recommendation-note", &item.note));
    view! {
        {section("item-recorded", summary(facts))}
        {section("item-votes", table("item-votes", &heads, rows))}
    }
    .into_any()
}

/// What was recorded, to be corrected or taken back. One form with two buttons, so that the reason stands once.
fn correct_form(path: &str, state: &FormState, outcome: Outcome) -> AnyView {
    let back = format!("{path}/take-back");
    section(
        "item-correct",
        view! {
            <p>{t("item-correct-text")}</p>
            {form(&format!("{path}/correct"), path, view! {
                {fields_of(&CORRECTION, outcome, state)}
                {field(&CORRECTION, "why", state, &[])}
                <div class="button-row">
                    <button class="button button-secondary">{t("item-correct-button")}</button>
                    <button class="button button-secondary" formaction=back>{t("item-take-back-button")}</button>
                </div>
            })}
        },
    )
}

/// What stands in the form of a correction at first.
fn as_recorded(item: &ItemView) -> Typed {
    let amount = item.amount.map(|amount| amount.to_decimal().to_string()).unwrap_or_default();
    Typed::default()
        .with("amount", amount)
        .with("conditions", item.conditions.as_str())
        .with("reason", item.reason.as_str())
        .with("note", item.note.as_str())
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

/// `POST /board/{session}/items/{item}/correct`
pub async fn correct(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let session: BoardSessionId = visit.id("session")?;
    let item: BoardItemId = visit.id("item")?;
    board::correct(&visit.context, item, &sent.typed).await?;
    Ok(Done::to(format!("/board/{session}/items/{item}"), "done-recommendation-corrected"))
}

/// `POST /board/{session}/items/{item}/take-back`
pub async fn take_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let session: BoardSessionId = visit.id("session")?;
    let item: BoardItemId = visit.id("item")?;
    board::take_back(&visit.context, item, &sent.typed).await?;
    Ok(Done::to(format!("/board/{session}/items/{item}"), "done-recommendation-taken-back"))
}
