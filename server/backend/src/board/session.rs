//! Opening and closing a session of the Board.

use domain::applications::ApplicationState;
use domain::board::{SessionEvent, SessionState, transition};
use domain::errors::AppError;
use domain::ids::{ApplicationId, BoardItemId, BoardSessionId};
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QuerySelect as _, Set};

use super::entity::{board_item, board_session};
use crate::applications::{self, entity::application};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};

/// Opens a planned session: members can vote.
///
/// # Errors
/// Not allowed, not found, or a session that is not planned.
pub async fn start(context: &Context, id: BoardSessionId) -> Result<()> {
    step(context, id, SessionEvent::Start).await
}

/// Closes a session. Items without a recommendation are left for another session.
///
/// # Errors
/// Not allowed, not found, or a session that is not under way.
pub async fn close(context: &Context, id: BoardSessionId) -> Result<()> {
    step(context, id, SessionEvent::Close).await
}

async fn step(context: &Context, id: BoardSessionId, event: SessionEvent) -> Result<()> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let work = context.begin().await?;
    let before = load(&work, id.0).await?;
    let state = transition(state_of(&before)?, event)?;
    let mut change: board_session::ActiveModel = before.clone().into();
    change.state = Set(state.code().to_owned());
    let after = change.update(&work.transaction).await?;
    let action = format!("audit-session-{}", event.code());
    audit::record(&work, &action, audit::Kind::Session, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// The state of a row.
pub(super) fn state_of(row: &board_session::Model) -> Result<SessionState> {
    SessionState::from_code(&row.state).ok_or_else(|| unknown_code("session state", &row.state))
}

pub(super) async fn load(work: &Work<'_>, id: i64) -> Result<board_session::Model> {
    let found = board_session::Entity::find_by_id(id).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// Items that members vote on while their session is under way; [`load_item`] says the same of one.
pub(crate) fn open_items() -> Condition {
    let states = ApplicationState::BEFORE_BOARD.map(|state| format!("'{state}'")).join(", ");
    let before_board = format!(
        "EXISTS (SELECT 1 FROM applications WHERE applications.id = board_items.application_id \
         AND applications.state IN ({states}))"
    );
    Condition::all().add(board_item::Column::Outcome.is_null()).add(Expr::cust(before_board))
}

/// Loads an item that is voted on, with its application, which must be before the Board, and its session, which must be
/// under way. The application is locked first, as every other step does, so that two of them never wait for each other.
pub(super) async fn load_item(
    work: &Work<'_>,
    id: BoardItemId,
) -> Result<(application::Model, board_session::Model, board_item::Model)> {
    let found = board_item::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let application = applications::load(work, ApplicationId(found.application_id)).await?;
    let session = load(work, found.session_id).await?;
    if state_of(&session)? != SessionState::UnderWay {
        return Err(AppError::refused("refused-session-not-under-way").into());
    }
    let item = board_item::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(&work.transaction)
        .await?
        .ok_or(AppError::NotFound)?;
    if item.outcome.is_some() {
        return Err(AppError::refused("refused-item-recorded").into());
    }
    if !ApplicationState::BEFORE_BOARD.contains(&applications::state_of(&application)?) {
        return Err(AppError::refused("refused-vote-application").into());
    }
    Ok((application, session, item))
}
