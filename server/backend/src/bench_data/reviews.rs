//! Reviews as their form sends them, two of each application that was reviewed, and the Board's sessions with what these
//! recommended.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::applications::ApplicationState as State;
use domain::board::{Outcome, SessionState, Vote};
use domain::forms::Typed;
use domain::reviews::{ReviewRecommendation, ReviewState, Scores, assess, default_criteria, total};
use domain::time::add_days;

use super::Bulk;
use super::people::{BOARD, DIRECTOR, OFFICER, OPEN_CALL, PAST_CALLS, reviewers};
use super::sections::PARAGRAPH;
use crate::applications::entity::application;
use crate::board::entity::{board_item, board_session, board_vote, decision};
use crate::error::Result;
use crate::reviews::entity::review;

/// One in so many applications in review lacks its second reviewer.
const LACKING: i64 = 40;

/// Points by criterion: from 70 to 94 per cent of what each can have.
fn scores(number: i64) -> Scores {
    let share = 70 + number * 7 % 25;
    default_criteria().iter().map(|criterion| (criterion.code, (criterion.weight * share + 99) / 100)).collect()
}

/// The scores of both reviewers of an application.
fn both(row: &application::Model) -> [Scores; 2] {
    [scores(row.id), scores(row.id + 1)]
}

/// The mean score of an application of which all reviews are in.
pub(super) fn mean(id: i64) -> i64 {
    assess(&default_criteria(), &[scores(id), scores(id + 1)]).mean_hundredths
}

/// The reviews of an application: both submitted, or one of them while it is in review.
pub(super) fn reviews(row: &application::Model) -> Result<Vec<review::Model>> {
    let whole = row.mean_score_hundredths.is_some();
    let number = if !whole && row.id / 20 % LACKING == 7 { 1 } else { 2 };
    let mut rows = Vec::new();
    for (position, (reviewer_id, scores)) in (1..).zip(reviewers(row.call_id).into_iter().zip(both(row))).take(number) {
        let done = whole || position == 1;
        rows.push(review::Model {
            id: row.id * 10 + position,
            application_id: row.id,
            reviewer_id,
            state: if done { ReviewState::Submitted } else { ReviewState::Assigned }.code().to_owned(),
            conflict_reason: String::new(),
            typed: if done { serde_json::to_string(&typed(&scores))? } else { "{}".to_owned() },
            total: done.then(|| total(&scores)),
            reopened_reason: String::new(),
            recommendable: done.then_some(true),
            version: 1,
            assigned_by: Some(OFFICER),
            assigned_at: row.updated_at,
            submitted_at: done.then_some(row.updated_at),
        });
    }
    Ok(rows)
}

fn typed(scores: &Scores) -> Typed {
    let mut typed =
        Typed::default().with("overall", PARAGRAPH).with("recommendation", ReviewRecommendation::Recommend.code());
    for (row, (criterion, score)) in scores.iter().enumerate() {
        typed.set(&format!("scores.{row}.criterion"), criterion.code());
        typed.set(&format!("scores.{row}.score"), score.to_string());
        typed.set(&format!("scores.{row}.comment"), PARAGRAPH);
    }
    typed
}

/// Writes a session of each past call, released, and one under way of the latest; gives the latter.
pub(super) async fn write_sessions(bulk: &mut Bulk<'_>, calls: i64) -> Result<i64> {
    let (now, today) = (bulk.context.now, bulk.context.today());
    let session = |id: i64, call_id: i64, date, state: SessionState| board_session::Model {
        id,
        call_id,
        title: format!("Session {id}"),
        search: format!("session {id}"),
        date,
        state: state.code().to_owned(),
        created_by: Some(OFFICER),
        created_at: now,
    };
    let past = (1..=calls).filter(|call| *call != OPEN_CALL);
    let mut rows: Vec<_> =
        past.map(|call| session(call, call, today - TimeDelta::days(100 + call), SessionState::Released)).collect();
    let current = calls + 1;
    rows.push(session(current, PAST_CALLS[1], add_days(today, 1), SessionState::UnderWay));
    bulk.insert::<board_session::Entity>(rows).await?;
    Ok(current)
}

/// Writes what the Board did about these applications; of the latest call it still votes.
pub(super) async fn write_items(bulk: &mut Bulk<'_>, current: i64, rows: &[&application::Model]) -> Result<()> {
    let now = bulk.context.now;
    let mut items = Vec::new();
    let mut votes = Vec::new();
    let mut decisions = Vec::new();
    let outcomes = HashMap::from([
        (State::Awarded.code(), Outcome::Approve),
        (State::Recommended.code(), Outcome::Approve),
        (State::Reserved.code(), Outcome::Reserve),
        (State::Rejected.code(), Outcome::Reject),
    ]);
    for row in rows {
        let outcome = outcomes.get(row.state.as_str()).copied();
        let voting = row.state == State::Reviewed.code() && row.call_id == PAST_CALLS[1];
        if outcome.is_none() && !voting {
            continue;
        }
        items.push(item(row, if voting { current } else { row.call_id }, outcome, now));
        if let Some(outcome) = outcome {
            votes.extend(BOARD.iter().zip(1..).map(|(member, place)| board_vote::Model {
                id: row.id * 10 + place,
                item_id: row.id,
                member_id: *member,
                vote: Vote::from_code(outcome.code()).map_or("", |vote| vote.code()).to_owned(),
                note: String::new(),
                voted_at: row.updated_at,
            }));
        }
        if row.state == State::Awarded.code() {
            decisions.push(decision::Model {
                id: row.id,
                application_id: row.id,
                item_id: row.id,
                approved: true,
                note: String::new(),
                decided_by: Some(DIRECTOR),
                decided_at: row.updated_at,
                command_id: format!("seed-decision-{}", row.id),
            });
        }
    }
    bulk.insert::<board_item::Entity>(items).await?;
    bulk.insert::<board_vote::Entity>(votes).await?;
    bulk.insert::<decision::Entity>(decisions).await
}

fn item(row: &application::Model, session_id: i64, outcome: Option<Outcome>, now: DateTime<Utc>) -> board_item::Model {
    board_item::Model {
        id: row.id,
        session_id,
        application_id: row.id,
        outcome: outcome.map(|outcome| outcome.code().to_owned()),
        amount_usd_minor: (outcome == Some(Outcome::Approve)).then_some(row.requested_usd_minor),
        conditions: String::new(),
        reason: if outcome == Some(Outcome::Reject) { "Others were better".to_owned() } else { String::new() },
        note: String::new(),
        recorded_by: outcome.map(|_| OFFICER),
        recorded_at: outcome.map(|_| now),
    }
}
