//! Amendments: a programme officer proposes, the organisation's signatory countersigns, the executive director
//! approves; with that the amendment is in force, and where it changes money the books change with it.

mod countersign;
mod decide;
mod effect;
mod limits;
mod propose;
pub mod queries;
mod replan;

pub use countersign::countersign;
pub use decide::{approve, refuse, withdraw};
pub use propose::propose;

use domain::amendments::{AmendmentEvent, AmendmentKind, AmendmentState, LineAmount, transition};
use domain::budgets::BudgetCategory;
use domain::errors::AppError;
use domain::ids::{AmendmentId, GrantId};
use domain::message::{Argument, Message};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::entity::{grant, grant_amendment, grant_budget_line};
use crate::audit;
use crate::context::Work;
use crate::error::{Result, unknown_code};

/// Loads an amendment and its grant for changing them.
async fn load(work: &Work<'_>, id: AmendmentId) -> Result<(grant_amendment::Model, grant::Model)> {
    let found = grant_amendment::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let row = found.ok_or(AppError::NotFound)?;
    let grant = super::load(work, GrantId(row.grant_id)).await?;
    Ok((row, grant))
}

fn kind_of(row: &grant_amendment::Model) -> Result<AmendmentKind> {
    AmendmentKind::from_code(&row.kind).ok_or_else(|| unknown_code("amendment kind", &row.kind))
}

fn state_of(row: &grant_amendment::Model) -> Result<AmendmentState> {
    AmendmentState::from_code(&row.state).ok_or_else(|| unknown_code("amendment state", &row.state))
}

/// Refuses a kind that does not fit a grant in its state.
fn check_fits(kind: AmendmentKind, grant: &grant::Model) -> Result<()> {
    let state = super::state_of(grant)?;
    if kind.fits(state) {
        return Ok(());
    }
    let message = Message::new("refused-amendment-state")
        .with("kind", Argument::Key(kind.label_key()))
        .with("state", Argument::Key(state.label_key()));
    Err(AppError::Refused(message).into())
}

/// Takes a step. `change` sets further columns of the row in the same write.
async fn step(
    work: &Work<'_>,
    before: &grant_amendment::Model,
    event: AmendmentEvent,
    change: impl FnOnce(&mut grant_amendment::ActiveModel) + Send,
) -> Result<grant_amendment::Model> {
    let state = transition(state_of(before)?, event)?;
    let mut row: grant_amendment::ActiveModel = before.clone().into();
    row.state = Set(state.code().to_owned());
    change(&mut row);
    let after = row.update(&work.transaction).await?;
    let action = format!("audit-amendment-{event}");
    audit::record(work, &action, audit::Kind::Grant, before.grant_id, Some(before), Some(&after)).await?;
    Ok(after)
}

/// Takes back what is still proposed for a grant that ends.
pub(super) async fn withdraw_open(work: &Work<'_>, id: GrantId) -> Result<()> {
    let open = AmendmentState::ALL.iter().filter(|state| state.is_open()).map(|state| state.code());
    let rows = grant_amendment::Entity::find()
        .filter(grant_amendment::Column::GrantId.eq(id.0))
        .filter(grant_amendment::Column::State.is_in(open))
        .all(&work.transaction)
        .await?;
    for row in rows {
        step(work, &row, AmendmentEvent::Withdraw, |_| ()).await?;
    }
    Ok(())
}

/// The budget of a grant as it is.
async fn budget<C: ConnectionTrait>(database: &C, id: GrantId) -> Result<Vec<LineAmount>> {
    let rows = grant_budget_line::Entity::find()
        .filter(grant_budget_line::Column::GrantId.eq(id.0))
        .order_by_asc(grant_budget_line::Column::Position)
        .all(database)
        .await?;
    rows.into_iter()
        .map(|row| {
            let category = BudgetCategory::from_code(&row.category)
                .ok_or_else(|| unknown_code("budget category", &row.category))?;
            Ok(LineAmount { position: row.position, category, usd_minor: row.requested_usd_minor })
        })
        .collect()
}
