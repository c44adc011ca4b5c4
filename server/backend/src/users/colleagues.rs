//! The people of an organisation, and inviting a colleague.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{InvitationId, OrganisationId, UserId};
use domain::roles::{Action, Role, Subject};
use domain::users::{INVITE_COLLEAGUE, UserState};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::user;
use super::invitations::{refuse_too_many, send};
use super::invited::Place;
use super::{limits, role_of, state_of};
use crate::context::{Context, Work};
use crate::error::Result;

/// Somebody of an organisation, or who represents a donor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// The account.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// State.
    pub state: UserState,
}

/// Invites a colleague, who becomes an editor of the signatory's own organisation by accepting. Anybody may register an
/// organisation: the answer, the mail and the list of invitations are the same for an address that has an account.
///
/// # Errors
/// Not a signatory, wrong fields, somebody of the own organisation, too many tries from one `address`, too many open
/// invitations, an address that was written to within a day, or the database's.
pub async fn invite_colleague(context: &Context, typed: &Typed, address: &str) -> Result<InvitationId> {
    context.permit(Action::InviteColleagues, &Subject::NONE)?;
    let organisation = context.actor.organisation.ok_or(AppError::NotFound)?;
    let answers = INVITE_COLLEAGUE.read(typed)?;
    limits::take_address(context, address).await?;
    let work = context.begin().await?;
    refuse_member(&work, answers.text("email"), user::Column::OrganisationId.eq(organisation.0)).await?;
    refuse_too_many(&work, organisation, answers.text("email")).await?;
    let place = Place::Organisation(organisation);
    let (id, _) = send(&work, &answers, Role::OrganisationEditor, place).await?;
    work.commit().await?;
    Ok(id)
}

/// Refuses an address of somebody who belongs there already, which whoever invites can see in the list.
pub(super) async fn refuse_member(work: &Work<'_>, email: &str, there: SimpleExpr) -> Result<()> {
    let known = user::Entity::find().filter(user::Column::Email.eq(email)).filter(there);
    match known.count(&work.transaction).await? {
        0 => Ok(()),
        _ => Err(AppError::field("email", "error-member-already").into()),
    }
}

/// Refuses whoever may not see the people of an organisation: they do themselves, those who vet, and those who read
/// accounts.
pub(super) fn permit_members(context: &Context, organisation: OrganisationId) -> Result<()> {
    let subject = Subject::organisation(organisation);
    let sufficient = [Action::WriteOrganisations, Action::VetOrganisations];
    if !sufficient.into_iter().any(|action| context.permit(action, &subject).is_ok()) {
        context.permit(Action::ReadUsers, &subject)?;
    }
    Ok(())
}

/// The people of an organisation, by name.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn members(context: &Context, organisation: OrganisationId) -> Result<Vec<MemberView>> {
    permit_members(context, organisation)?;
    let people = user::Entity::find()
        .filter(user::Column::OrganisationId.eq(organisation.0))
        .order_by_asc(user::Column::Name)
        .order_by_asc(user::Column::Email)
        .all(context.database())
        .await?;
    people.iter().map(member).collect()
}

pub(super) fn member(person: &user::Model) -> Result<MemberView> {
    Ok(MemberView {
        id: UserId(person.id),
        name: person.name.clone(),
        email: person.email.clone(),
        role: role_of(person)?,
        state: state_of(person)?,
    })
}
