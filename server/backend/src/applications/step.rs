//! One step of an application's life: the state machine of `domain`, with its audit row.

use domain::applications::{ApplicationEvent, ApplicationState, transition};
use domain::errors::AppError;
use domain::ids::ApplicationId;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use super::entity::application;
use crate::audit;
use crate::context::Work;
use crate::error::{Result, unknown_code};

/// Loads an application for changing it; on PostgreSQL the row is locked until the transaction ends.
pub(crate) async fn load(work: &Work<'_>, id: ApplicationId) -> Result<application::Model> {
    let found = application::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The state of a row.
pub(crate) fn state_of(row: &application::Model) -> Result<ApplicationState> {
    ApplicationState::from_code(&row.state).ok_or_else(|| unknown_code("application state", &row.state))
}

/// Takes a step. `change` sets further columns of the row in the same write.
pub(crate) async fn step(
    work: &Work<'_>,
    before: application::Model,
    event: ApplicationEvent,
    change: impl FnOnce(&mut application::ActiveModel) + Send,
) -> Result<application::Model> {
    let state = transition(state_of(&before)?, event)?;
    let mut row: application::ActiveModel = before.clone().into();
    row.state = Set(state.code().to_owned());
    row.updated_at = Set(work.context.now);
    change(&mut row);
    let after = row.update(&work.transaction).await?;
    let action = format!("audit-application-{}", event.code());
    audit::record(work, &action, audit::Kind::Application, before.id, Some(&before), Some(&after)).await?;
    Ok(after)
}
