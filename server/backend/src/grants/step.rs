//! One step of a grant's life: the state machine of `domain`, with its audit row.

use domain::errors::AppError;
use domain::grants::{GrantEvent, GrantState, transition};
use domain::ids::GrantId;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use super::entity::grant;
use crate::audit;
use crate::context::Work;
use crate::error::{Result, unknown_code};

/// Loads a grant for changing it; on PostgreSQL the row is locked until the transaction ends.
pub(crate) async fn load(work: &Work<'_>, id: GrantId) -> Result<grant::Model> {
    let found = grant::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The state of a row.
pub(crate) fn state_of(row: &grant::Model) -> Result<GrantState> {
    GrantState::from_code(&row.state).ok_or_else(|| unknown_code("grant state", &row.state))
}

/// Takes a step. `change` sets further columns of the row in the same write.
pub(super) async fn step(
    work: &Work<'_>,
    before: grant::Model,
    event: GrantEvent,
    change: impl FnOnce(&mut grant::ActiveModel) + Send,
) -> Result<grant::Model> {
    let state = transition(state_of(&before)?, event)?;
    let mut row: grant::ActiveModel = before.clone().into();
    row.state = Set(state.code().to_owned());
    change(&mut row);
    let after = row.update(&work.transaction).await?;
    let action = format!("audit-grant-{}", event.code());
    audit::record(work, &action, audit::Kind::Grant, before.id, Some(&before), Some(&after)).await?;
    Ok(after)
}
