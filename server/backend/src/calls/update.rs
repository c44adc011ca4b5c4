//! Changing a call while it is a draft.

use domain::calls::CallState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::CallId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};

use super::create::{fill, read, write_criteria};
use super::entity::call;
use super::steps::load;
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Changes a draft. What organisations may already have read stays as it was published.
///
/// # Errors
/// Not allowed, not found, `refused-call-published`, wrong fields, or the database's.
pub async fn update(context: &Context, id: CallId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteCalls, &Subject::NONE)?;
    let answers = read(typed)?;
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    if before.state != CallState::Draft.code() {
        return Err(AppError::refused("refused-call-published").into());
    }
    let mut change: call::ActiveModel = before.clone().into();
    fill(&mut change, &answers);
    change.version = Set(before.version + 1);
    let after = change.update(&work.transaction).await?;
    write_criteria(&work, id.0, &answers).await?;
    audit::record(&work, "audit-call-updated", audit::Kind::Call, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
