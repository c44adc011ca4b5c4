//! Correcting a recommendation that was recorded, or taking it back, as long as nothing has followed from it.

use domain::applications::ApplicationEvent;
use domain::board::{CORRECTION, Outcome, TAKE_BACK, may_correct};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, BoardItemId};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};
use serde::Serialize;

use super::entity::{board_item, board_session};
use super::record::texts;
use super::session::{load, state_of};
use crate::applications::{self, entity::application};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};
use crate::users::ties;

/// What the audit trail keeps beside the change.
#[derive(Serialize)]
struct Why<'a> {
    reason: &'a str,
}

/// Corrects the amount and the texts of a recommendation; what it recommends stays, as it follows from the votes.
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, no reason, nothing recorded or more has followed from it, an
/// amount outside what was asked or the call allows, or a rejection without a reason.
pub async fn correct(context: &Context, id: BoardItemId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let answers = CORRECTION.read(typed)?;
    let work = context.begin().await?;
    let (application, session, before, outcome) = load_recorded(&work, id).await?;
    let after = texts(&work, &application, &before, outcome, &answers).await?.update(&work.transaction).await?;
    trace(&work, "audit-session-corrected", session.id, (&before, &after), answers.text("why")).await?;
    work.commit().await
}

/// Takes a recommendation back: while the session is under way its members can vote again, and once it is closed
/// another session can take the application up. The votes stay.
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, no reason, or nothing recorded or more has followed from it.
pub async fn take_back(context: &Context, id: BoardItemId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let answers = TAKE_BACK.read(typed)?;
    let work = context.begin().await?;
    let (application, session, before, outcome) = load_recorded(&work, id).await?;
    if outcome == Outcome::Approve {
        applications::step(&work, application, ApplicationEvent::TakeBack, |_| {}).await?;
    }
    let after = clear(&work, &before).await?;
    trace(&work, "audit-session-taken-back", session.id, (&before, &after), answers.text("why")).await?;
    work.commit().await
}

/// Takes the recommendation off an item.
pub(super) async fn clear(work: &Work<'_>, item: &board_item::Model) -> Result<board_item::Model> {
    let mut change: board_item::ActiveModel = item.clone().into();
    change.outcome = Set(None);
    change.amount_usd_minor = Set(None);
    change.conditions = Set(String::new());
    change.reason = Set(String::new());
    change.note = Set(String::new());
    change.recorded_by = Set(None);
    change.recorded_at = Set(None);
    Ok(change.update(&work.transaction).await?)
}

async fn trace(
    work: &Work<'_>,
    action: &str,
    session: i64,
    (before, after): (&board_item::Model, &board_item::Model),
    why: &str,
) -> Result<()> {
    audit::record(work, action, audit::Kind::Session, session, Some(before), Some(after)).await?;
    let why = Why { reason: why };
    audit::record::<(), _>(work, "audit-session-correction-reason", audit::Kind::Session, session, None, Some(&why))
        .await
}

/// Loads an item whose recommendation may be changed still, in the order in which every step locks.
async fn load_recorded(
    work: &Work<'_>,
    id: BoardItemId,
) -> Result<(application::Model, board_session::Model, board_item::Model, Outcome)> {
    let found = board_item::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let application = applications::load(work, ApplicationId(found.application_id)).await?;
    ties::check(&work.transaction, application.organisation_id, work.context.actor.user.as_slice()).await?;
    let session = load(work, found.session_id).await?;
    let item = board_item::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let item = item.ok_or(AppError::NotFound)?;
    let Some(code) = &item.outcome else { return Err(AppError::refused("refused-item-not-recorded").into()) };
    let outcome = Outcome::from_code(code).ok_or_else(|| unknown_code("outcome", code))?;
    if !may_correct(outcome, state_of(&session)?, applications::state_of(&application)?) {
        return Err(AppError::refused("refused-recommendation-final").into());
    }
    Ok((application, session, item, outcome))
}
