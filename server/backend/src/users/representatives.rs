//! The people who represent a donor: those who registered it, and those whom the Fund invited.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, InvitationId};
use domain::roles::{Action, Role, Subject};
use domain::users::INVITE_COLLEAGUE;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::colleagues::{MemberView, member, refuse_member};
use super::entity::user;
use super::invitations::send;
use super::invited::Place;
use crate::audit;
use crate::context::Context;
use crate::donors::entity::donor;
use crate::error::Result;

/// Invites a representative of a donor. The same address again, while nobody has accepted, gets a new link.
///
/// # Errors
/// Not allowed, no such donor, wrong fields, somebody who represents the donor already, or the database's.
pub async fn invite_representative(context: &Context, id: DonorId, typed: &Typed) -> Result<InvitationId> {
    context.permit(Action::WriteDonors, &Subject::donor(id))?;
    let answers = INVITE_COLLEAGUE.read(typed)?;
    let work = context.begin().await?;
    let found = donor::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    found.ok_or(AppError::NotFound)?;
    refuse_member(&work, answers.text("email"), user::Column::DonorId.eq(id.0)).await?;
    let (invitation, _) = send(&work, &answers, Role::DonorRepresentative, Place::Donor(id)).await?;
    audit::note(&work, "audit-donor-representative-invited", audit::Kind::Donor, id.0).await?;
    work.commit().await?;
    Ok(invitation)
}

/// The representatives of a donor, for those who may invite one and those who read accounts.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn representatives(context: &Context, id: DonorId) -> Result<Vec<MemberView>> {
    if context.permit(Action::WriteDonors, &Subject::donor(id)).is_err() {
        context.permit(Action::ReadUsers, &Subject::donor(id))?;
    }
    let people = user::Entity::find()
        .filter(user::Column::DonorId.eq(id.0))
        .order_by_asc(user::Column::Name)
        .order_by_asc(user::Column::Id)
        .all(context.database())
        .await?;
    people.iter().map(member).collect()
}
