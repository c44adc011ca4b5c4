//! One step of a report's life: the state machine of `domain`, with its audit row.

use domain::errors::AppError;
use domain::ids::{GrantId, OrganisationId, ReportId};
use domain::reports::{ReportEvent, ReportState, transition};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use super::entity::report;
use crate::audit;
use crate::context::Work;
use crate::error::{Result, unknown_code};
use crate::grants::entity::grant;

/// Loads a report and its grant for changing them, when they are the actor's to change.
pub(super) async fn load(work: &Work<'_>, id: ReportId, action: Action) -> Result<(report::Model, grant::Model)> {
    let found = report::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let report = found.ok_or(AppError::NotFound)?;
    let grant = crate::grants::load(work, GrantId(report.grant_id)).await?;
    work.context.permit(action, &Subject::organisation(OrganisationId(grant.organisation_id)))?;
    Ok((report, grant))
}

/// The state of a row.
pub(super) fn state_of(row: &report::Model) -> Result<ReportState> {
    ReportState::from_code(&row.state).ok_or_else(|| unknown_code("report state", &row.state))
}

/// Takes a step. `change` sets further columns of the row in the same write.
pub(super) async fn step(
    work: &Work<'_>,
    before: report::Model,
    event: ReportEvent,
    change: impl FnOnce(&mut report::ActiveModel) + Send,
) -> Result<report::Model> {
    let state = transition(state_of(&before)?, event)?;
    let mut row: report::ActiveModel = before.clone().into();
    row.state = Set(state.code().to_owned());
    change(&mut row);
    let after = row.update(&work.transaction).await?;
    let action = format!("audit-report-{}", event.code());
    audit::record(work, &action, audit::Kind::Report, before.id, Some(&before), Some(&after)).await?;
    Ok(after)
}
