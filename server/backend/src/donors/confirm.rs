//! Confirming a donor that registered itself: only then do its representative's pledges count in the books.

use domain::errors::AppError;
use domain::ids::DonorId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use super::entity::donor;
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Confirms that the donor is who it says. Confirming again changes nothing.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn confirm(context: &Context, id: DonorId) -> Result<()> {
    context.permit(Action::WriteDonors, &Subject::donor(id))?;
    let work = context.begin().await?;
    let found = donor::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    if before.confirmed_at.is_some() {
        return Ok(());
    }
    let mut change: donor::ActiveModel = before.clone().into();
    change.confirmed_by = Set(context.actor.user.map(Into::into));
    change.confirmed_at = Set(Some(context.now));
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-donor-confirmed", audit::Kind::Donor, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
