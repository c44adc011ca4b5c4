//! Planning a session of the Board: its agenda is every application of a call that is ready for it.

use std::collections::HashMap;

use domain::applications::ApplicationState;
use domain::board::{SESSION, SessionState};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{BoardSessionId, CallId};
use domain::message::Message;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Set,
};

use super::agenda::ranked;
use super::entity::{board_item, board_session};
use crate::applications::entity::application;
use crate::audit;
use crate::calls::{self, entity::call};
use crate::context::Context;
use crate::error::{Error, Result};

/// Applications that are on no agenda: no open session has them without a recommendation, and nothing is recorded about
/// them that has not been released.
pub(crate) fn on_no_agenda() -> Condition {
    let sessions = |states: &[SessionState]| -> SelectStatement {
        board_session::Entity::find()
            .select_only()
            .column(board_session::Column::Id)
            .filter(board_session::Column::State.is_in(states.iter().map(|state| state.code())))
            .into_query()
    };
    let open = sessions(&[SessionState::Planned, SessionState::UnderWay]);
    let unreleased = sessions(&[SessionState::UnderWay, SessionState::Closed]);
    let voted_on = Condition::all()
        .add(board_item::Column::Outcome.is_null())
        .add(board_item::Column::SessionId.in_subquery(open));
    let recorded = Condition::all()
        .add(board_item::Column::Outcome.is_not_null())
        .add(board_item::Column::SessionId.in_subquery(unreleased));
    // Sessions that are released hold nothing any more, and most are.
    let unfinished = sessions(&[SessionState::Planned, SessionState::UnderWay, SessionState::Closed]);
    let taken = board_item::Entity::find()
        .select_only()
        .column(board_item::Column::ApplicationId)
        .filter(board_item::Column::SessionId.in_subquery(unfinished))
        .filter(Condition::any().add(voted_on).add(recorded))
        .into_query();
    Condition::all().add(application::Column::Id.not_in_subquery(taken))
}

/// Applications that the Board can take up.
fn ready() -> Condition {
    let states = [ApplicationState::Reviewed, ApplicationState::Reserved];
    on_no_agenda().add(application::Column::State.is_in(states.map(ApplicationState::code)))
}

/// Plans a session for all reviewed and reserved applications of a call.
///
/// # Errors
/// Not allowed, wrong fields, or a call without an application that is ready.
pub async fn create(context: &Context, typed: &Typed) -> Result<BoardSessionId> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let answers = SESSION.read(typed)?;
    let date = answers.date("date").ok_or_else(|| FieldErrors::one("date", Message::new("error-required")))?;
    let work = context.begin().await?;
    // Held until the end: of two sessions planned at once, the second finds the agenda taken.
    let call = match calls::load(&work, CallId(answers.id("call").unwrap_or(0))).await {
        Err(Error::App(AppError::NotFound)) => {
            let message = Message::new("error-no-such-choice").with("value", answers.text("call"));
            return Err(FieldErrors::one("call", message).into());
        }
        found => found?,
    };
    let ready = application::Entity::find().filter(application::Column::CallId.eq(call.id)).filter(ready());
    let applications: Vec<i64> =
        ranked(ready).select_only().column(application::Column::Id).into_tuple().all(&work.transaction).await?;
    if applications.is_empty() {
        return Err(AppError::refused_with("refused-session-empty", "call", call.title).into());
    }
    let row = board_session::ActiveModel {
        call_id: Set(call.id),
        title: Set(answers.text("title").to_owned()),
        date: Set(date),
        state: Set(SessionState::Planned.code().to_owned()),
        created_by: Set(context.actor.user.map(Into::into)),
        created_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let items = applications.into_iter().map(|application| board_item::ActiveModel {
        session_id: Set(row.id),
        application_id: Set(application),
        conditions: Set(String::new()),
        reason: Set(String::new()),
        note: Set(String::new()),
        ..Default::default()
    });
    board_item::Entity::insert_many(items).exec_without_returning(&work.transaction).await?;
    audit::record::<(), _>(&work, "audit-session-planned", audit::Kind::Session, row.id, None, Some(&row)).await?;
    work.commit().await?;
    Ok(BoardSessionId(row.id))
}

/// Calls with applications that are ready for the Board: number, title, and how many.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn eligible_calls(context: &Context) -> Result<Vec<(CallId, String, i64)>> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let counts: Vec<(i64, i64)> = application::Entity::find()
        .select_only()
        .column(application::Column::CallId)
        .column_as(Expr::col((application::Entity, application::Column::Id)).count(), "number")
        .filter(ready())
        .group_by(application::Column::CallId)
        .into_tuple()
        .all(context.database())
        .await?;
    let counts: HashMap<i64, i64> = counts.into_iter().collect();
    let calls: Vec<(i64, String)> = call::Entity::find()
        .select_only()
        .column(call::Column::Id)
        .column(call::Column::Title)
        .filter(call::Column::Id.is_in(counts.keys().copied()))
        .order_by_asc(call::Column::Title)
        .into_tuple()
        .all(context.database())
        .await?;
    Ok(calls.into_iter().map(|(id, title)| (CallId(id), title, counts.get(&id).copied().unwrap_or(0))).collect())
}
