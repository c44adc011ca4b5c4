//! An administrator invites a member of staff; to a role that touches payments, once a second person has confirmed it.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::InvitationId;
use domain::roles::{Action, Subject};
use domain::users::{INVITE, staff_role};

use super::invitations::send;
use super::invited::Place;
use crate::context::Context;
use crate::error::Result;

/// Invites a member of staff. The same address and role again gets a new link, and waits to be confirmed anew where the
/// role touches payments.
///
/// # Errors
/// Not allowed, wrong fields, or the database's.
pub async fn invite(context: &Context, typed: &Typed) -> Result<InvitationId> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let answers = INVITE.read(typed)?;
    let role = staff_role(answers.text("role")).ok_or_else(|| AppError::field("role", "error-choose"))?;
    let work = context.begin().await?;
    let (id, _) = send(&work, &answers, role, Place::Fund).await?;
    work.commit().await?;
    Ok(id)
}
