//! The steps of a call that people take; opening and closing follow from the clock.

use domain::applications::ApplicationState;
use domain::calls::{CallEvent, CallState, state_at, transition};
use domain::errors::AppError;
use domain::ids::CallId;
use domain::message::Message;
use domain::roles::{Action, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::entity::call;
use crate::applications::entity::application;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};

/// A refusal names so many of the applications that it is about.
const MOST_NAMED: u64 = 5;

/// Loads a call for changing it or what hangs on it; on PostgreSQL the row is locked until the transaction ends.
pub(crate) async fn load(work: &Work<'_>, id: CallId) -> Result<call::Model> {
    let found = call::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The state of a row at an instant.
pub(crate) fn state_of(row: &call::Model, now: chrono::DateTime<chrono::Utc>) -> Result<CallState> {
    let stored = CallState::from_code(&row.state).ok_or_else(|| unknown_code("call state", &row.state))?;
    Ok(state_at(stored, row.opens_at, row.closes_at, now))
}

/// Publishes a draft: from now on everybody sees it.
///
/// # Errors
/// Not allowed, not found, not a draft, a deadline that has passed, or the database's.
pub async fn publish(context: &Context, id: CallId) -> Result<()> {
    step(context, id, CallEvent::Publish).await
}

/// Takes a published call back to change it, as long as it has not opened.
///
/// # Errors
/// Not allowed, not found, already open, or the database's.
pub async fn withdraw(context: &Context, id: CallId) -> Result<()> {
    step(context, id, CallEvent::Withdraw).await
}

/// Ends a closed call.
///
/// # Errors
/// Not allowed, not found, not closed, applications that are not decided yet, or the database's.
pub async fn decide(context: &Context, id: CallId) -> Result<()> {
    step(context, id, CallEvent::Decide).await
}

async fn step(context: &Context, id: CallId, event: CallEvent) -> Result<()> {
    context.permit(Action::WriteCalls, &Subject::NONE)?;
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    let next = transition(state_of(&before, context.now)?, event)?;
    if event == CallEvent::Publish && before.closes_at <= context.now {
        return Err(AppError::refused_with("refused-call-deadline-past", "deadline", before.closes_at).into());
    }
    if event == CallEvent::Decide {
        check_decided(&work, id).await?;
    }
    let mut change: call::ActiveModel = before.clone().into();
    change.state = Set(next.code().to_owned());
    change.version = Set(before.version + 1);
    let after = change.update(&work.transaction).await?;
    let action = format!("audit-call-{}", event.code());
    audit::record(&work, &action, audit::Kind::Call, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// Every application that reached the Fund must have its answer before the call ends.
async fn check_decided(work: &Work<'_>, id: CallId) -> Result<()> {
    let open = ApplicationState::ALL.iter().filter(|state| !state.is_decided()).map(|state| state.code());
    let undecided = application::Entity::find()
        .filter(application::Column::CallId.eq(id.0))
        .filter(application::Column::State.is_in(open))
        .filter(application::Column::Revision.gt(0));
    let number = undecided.clone().count(&work.transaction).await?;
    if number == 0 {
        return Ok(());
    }
    let first: Vec<String> = undecided
        .select_only()
        .column(application::Column::Number)
        .order_by_asc(application::Column::Id)
        .limit(MOST_NAMED)
        .into_tuple()
        .all(&work.transaction)
        .await?;
    let message = Message::new("refused-call-undecided")
        .with("number", i64::try_from(number).unwrap_or(i64::MAX))
        .with("applications", first.join(", "));
    Err(AppError::Refused(message).into())
}
