//! Who signs for an organisation: an editor becomes a signatory, a signatory an editor; and the Fund invites one where
//! there is none, which takes two of its people.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{InvitationId, OrganisationId, UserId};
use domain::roles::{Action, Role, Subject};
use domain::users::{INVITE_COLLEAGUE, UserState};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    Select, Set,
};

use super::entity::user;
use super::invitations::send;
use super::invited::Place;
use super::{load, state_of, ties};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::organisations::entity::organisation;

/// Makes an editor a signatory, who submits and signs for the organisation. Where nobody does, no one person of the Fund
/// names somebody: that takes an invitation, which a second one confirms.
///
/// # Errors
/// Not allowed, not found, an account that is not active, an organisation without a signatory, or the database's.
pub async fn make_signatory(context: &Context, id: UserId) -> Result<()> {
    let work = begin(context).await?;
    let before = manageable(&work, id).await?;
    if state_of(&before)? != UserState::Active {
        return Err(AppError::refused("refused-signatory-not-active").into());
    }
    if let Some(organisation) =
        before.organisation_id.filter(|id| work.context.actor.organisation.map(i64::from) != Some(*id))
    {
        // Held until the end, so that the last signatory does not leave meanwhile.
        organisation::Entity::find_by_id(organisation).lock_exclusive().one(&work.transaction).await?;
        if active_signatories(organisation).count(&work.transaction).await? == 0 {
            return Err(AppError::refused("refused-signatory-alone").into());
        }
    }
    change(&work, before, Role::OrganisationSignatory).await?;
    work.commit().await
}

/// Makes a signatory an editor. The organisation itself keeps at least one signatory; an administrator may take away
/// the last one, when somebody has left.
///
/// # Errors
/// Not allowed, not found, the last signatory, or the database's.
pub async fn make_editor(context: &Context, id: UserId) -> Result<()> {
    let work = begin(context).await?;
    let before = manageable(&work, id).await?;
    check_not_last(&work, &before).await?;
    change(&work, before, Role::OrganisationEditor).await?;
    work.commit().await
}

/// Invites a signatory of an organisation in which nobody can sign: one that the Fund entered, or whose signatories have
/// left. A second person of the Fund confirms it, also when the same address is invited again.
///
/// # Errors
/// Not allowed, no such organisation, wrong fields, a tie with the organisation, one that has an active signatory, or the
/// database's.
pub async fn invite_signatory(context: &Context, id: OrganisationId, typed: &Typed) -> Result<InvitationId> {
    context.permit(Action::InviteSignatories, &Subject::organisation(id))?;
    let answers = INVITE_COLLEAGUE.read(typed)?;
    let work = context.begin().await?;
    // Held until the end, so that two of the Fund do not invite somebody each.
    let found = organisation::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    found.ok_or(AppError::NotFound)?;
    ties::check(&work.transaction, id.0, context.actor.user.as_slice()).await?;
    if active_signatories(id.0).count(&work.transaction).await? > 0 {
        return Err(AppError::refused("refused-signatory-exists").into());
    }
    let (invitation, _) = send(&work, &answers, Role::OrganisationSignatory, Place::Organisation(id)).await?;
    audit::note(&work, "audit-organisation-signatory-invited", audit::Kind::Organisation, id.0).await?;
    work.commit().await?;
    Ok(invitation)
}

async fn begin(context: &Context) -> Result<Work<'_>> {
    context.permit(Action::ManageColleagues, &Subject::NONE)?;
    context.begin().await
}

/// The person, if the actor may manage the account: an administrator manages everybody, a signatory those of the own
/// organisation. Of others nobody learns whether they have an account.
pub(super) async fn manageable(work: &Work<'_>, id: UserId) -> Result<user::Model> {
    let person = load(work, id.0).await?;
    if work.context.permit(Action::ManageUsers, &Subject::NONE).is_ok() {
        return Ok(person);
    }
    let organisation = person.organisation_id.ok_or(AppError::NotFound)?;
    work.context.permit(Action::ManageColleagues, &Subject::organisation(OrganisationId(organisation)))?;
    Ok(person)
}

/// An organisation does not take away its own last signatory: nobody could make another one.
pub(super) async fn check_not_last(work: &Work<'_>, person: &user::Model) -> Result<()> {
    let (Some(organisation), true) = (person.organisation_id, person.role == Role::OrganisationSignatory.code()) else {
        return Ok(());
    };
    if work.context.permit(Action::ManageUsers, &Subject::NONE).is_ok() {
        return Ok(());
    }
    // Held until the end, so that two signatories do not take each other's place away at once.
    organisation::Entity::find_by_id(organisation).lock_exclusive().one(&work.transaction).await?;
    let others = active_signatories(organisation).filter(user::Column::Id.ne(person.id));
    match others.count(&work.transaction).await? {
        0 => Err(AppError::refused("refused-last-signatory").into()),
        _ => Ok(()),
    }
}

/// Those who can sign for an organisation.
pub(super) fn active_signatories(organisation: i64) -> Select<user::Entity> {
    user::Entity::find()
        .filter(user::Column::OrganisationId.eq(organisation))
        .filter(user::Column::Role.eq(Role::OrganisationSignatory.code()))
        .filter(user::Column::State.eq(UserState::Active.code()))
}

async fn change(work: &Work<'_>, before: user::Model, role: Role) -> Result<()> {
    if before.role == role.code() {
        return Ok(());
    }
    let organisation = before.organisation_id.ok_or(AppError::NotFound)?;
    let mut row: user::ActiveModel = before.clone().into();
    row.role = Set(role.code().to_owned());
    let after = row.update(&work.transaction).await?;
    let (action, kind) = match role {
        Role::OrganisationSignatory => ("audit-user-made-signatory", MailKind::SignatoryMade),
        _ => ("audit-user-made-editor", MailKind::SignatoryEnded),
    };
    audit::record(work, action, audit::Kind::User, after.id, Some(&before), Some(&after)).await?;
    let found = organisation::Entity::find_by_id(organisation).one(&work.transaction).await?;
    let name = found.map(|organisation| organisation.legal_name).unwrap_or_default();
    let arguments = [("actor", work.context.actor.name.as_str().into()), ("organisation", name.into())];
    mail::queue_to_user(work, UserId(after.id), kind, &arguments, Some("/account")).await
}
