//! Releasing the decisions of a closed session: who is rejected or put on the reserve list is told, all at once, by an
//! officer who has seen the list of the mails.

use std::collections::HashMap;

use domain::applications::{ApplicationEvent, ApplicationState};
use domain::board::{Outcome, SessionEvent, SessionState, transition};
use domain::errors::AppError;
use domain::ids::{ApplicationId, BoardItemId, BoardSessionId};
use domain::roles::{Action, Subject};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select, Set,
};

use super::agenda::ranked;
use super::entity::{board_item, board_session};
use super::session::{load, state_of};
use crate::applications::{self, entity::application};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::page::{More, Page, PageRequest, page_of};
use crate::reviews::{ApplicationFacts, facts};
use crate::users::ties;

/// What an organisation will be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToTell {
    /// The application.
    pub application: ApplicationFacts,
    /// The item on which it was recorded.
    pub item: BoardItemId,
    /// The reserve list, or a rejection.
    pub outcome: Outcome,
    /// The reason that a rejection is mailed with.
    pub reason: String,
    /// The addresses that the mail goes to.
    pub recipients: Vec<String>,
}

/// What the release of a session will tell, page by page, in the order of the agenda.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn to_tell(context: &Context, id: BoardSessionId, request: &PageRequest) -> Result<Page<ToTell>> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let database = context.database();
    let session = board_session::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    if state_of(&session)? == SessionState::Released {
        return Ok(Page { rows: Vec::new(), total: 0, more: More::No, page: 1 });
    }
    let Page { rows, total, more, page } = page_of(context, ranked(waiting(id)), request).await?;
    let order: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut items = items_of(database, id, &order).await?;
    let mut recipients = mail::addresses_of(database, rows.iter().map(|row| row.organisation_id)).await?;
    let mut known = facts::of(database, rows).await?;
    let mut told = Vec::new();
    for id in order {
        let (Some(application), Some((item, outcome))) = (known.remove(&id), items.remove(&id)) else { continue };
        // An organisation may have several applications on one agenda.
        let recipients = recipients.entry(application.organisation.0).or_default().clone();
        told.push(ToTell { application, item: BoardItemId(item.id), outcome, reason: item.reason, recipients });
    }
    Ok(Page { rows: told, total, more, page })
}

/// Releases a closed session. Gives how many organisations' applications were decided by it.
///
/// # Errors
/// Not allowed, not found, a session that is not closed, or a tie with an organisation that is told.
pub async fn release(context: &Context, id: BoardSessionId) -> Result<usize> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let work = context.begin().await?;
    // Applications are locked before their session, as every other step does, and always in the same order.
    let waiting = waiting(id).select_only().column(application::Column::Id).order_by_asc(application::Column::Id);
    let ids: Vec<i64> = waiting.into_tuple().all(&work.transaction).await?;
    let mut rows = Vec::new();
    for application in &ids {
        rows.push(applications::load(&work, ApplicationId(*application)).await?);
    }
    let before = load(&work, id.0).await?;
    let state = transition(state_of(&before)?, SessionEvent::Release)?;
    let mut items = items_of(&work.transaction, id, &ids).await?;
    let mut told = 0;
    for application in rows {
        ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
        if let Some((item, outcome)) = items.remove(&application.id) {
            told += usize::from(tell(&work, application, outcome, &item.reason).await?);
        }
    }
    let mut change: board_session::ActiveModel = before.clone().into();
    change.state = Set(state.code().to_owned());
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-session-release", audit::Kind::Session, id.0, Some(&before), Some(&after)).await?;
    work.commit().await?;
    Ok(told)
}

/// The application takes its step, and its organisation is told. One that was withdrawn or is on the reserve list
/// already has nothing to be told.
async fn tell(work: &Work<'_>, application: application::Model, outcome: Outcome, reason: &str) -> Result<bool> {
    let state = applications::state_of(&application)?;
    let (event, kind) = match outcome {
        Outcome::Reserve if state == ApplicationState::Reviewed => {
            (ApplicationEvent::Reserve, MailKind::DecisionReserved)
        }
        Outcome::Reject if matches!(state, ApplicationState::Reviewed | ApplicationState::Reserved) => {
            (ApplicationEvent::Reject, MailKind::DecisionRejected)
        }
        _ => return Ok(false),
    };
    let after = applications::step(work, application, event, |_| {}).await?;
    let arguments =
        [("number", after.number.as_str().into()), ("title", after.title.as_str().into()), ("note", reason.into())];
    let link = format!("/applications/{}", after.id);
    mail::queue_to_organisation(work, after.organisation_id, kind, &arguments, Some(&link)).await?;
    Ok(true)
}

/// The applications of a session whose organisations will be told; [`tell`] says the same of one.
fn waiting(session: BoardSessionId) -> Select<application::Entity> {
    let recorded = |outcome: Outcome| -> SelectStatement {
        board_item::Entity::find()
            .select_only()
            .column(board_item::Column::ApplicationId)
            .filter(board_item::Column::SessionId.eq(session.0))
            .filter(board_item::Column::Outcome.eq(outcome.code()))
            .into_query()
    };
    let (reviewed, reserved) = (ApplicationState::Reviewed.code(), ApplicationState::Reserved.code());
    let rejected = Condition::all()
        .add(application::Column::State.is_in([reviewed, reserved]))
        .add(application::Column::Id.in_subquery(recorded(Outcome::Reject)));
    let kept = Condition::all()
        .add(application::Column::State.eq(reviewed))
        .add(application::Column::Id.in_subquery(recorded(Outcome::Reserve)));
    application::Entity::find().filter(Condition::any().add(rejected).add(kept))
}

/// The recorded items of these applications, by application.
async fn items_of<C: sea_orm::ConnectionTrait>(
    database: &C,
    session: BoardSessionId,
    applications: &[i64],
) -> Result<HashMap<i64, (board_item::Model, Outcome)>> {
    let rows = board_item::Entity::find()
        .filter(board_item::Column::SessionId.eq(session.0))
        .filter(board_item::Column::ApplicationId.is_in(applications.iter().copied()))
        .all(database)
        .await?;
    let known = rows.into_iter().filter_map(|row| {
        let outcome = Outcome::from_code(row.outcome.as_deref()?)?;
        Some((row.application_id, (row, outcome)))
    });
    Ok(known.collect())
}
