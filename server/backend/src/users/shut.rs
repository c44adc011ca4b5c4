//! Shutting an account, opening it again, and freeing the address of one that stays shut. What gives power over payments
//! nobody opens alone: that is an invitation to the same address and role, which a second person confirms, and which opens
//! the account when it is accepted.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Role, Subject};
use domain::users::{INVITE_COLLEAGUE, UserState, freed_address, is_freed};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QuerySelect as _, Set};

use super::confirm_invitation::needs_confirmation;
use super::entity::user;
use super::invitations::{end_own, send};
use super::invited::Place;
use super::signatories::{active_signatories, check_not_last, manageable};
use super::{links, role_of, sessions, state_of, ties};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};
use crate::organisations::entity::organisation;

/// Shuts an account: its sessions and links end at once. Administrators shut any, signatories those of their
/// organisation. Nobody shuts their own, so that one administrator is left.
///
/// # Errors
/// Not allowed, not found, refused for the own account and for the organisation's last signatory, or the database's.
pub async fn disable(context: &Context, id: UserId) -> Result<()> {
    context.permit(Action::ManageColleagues, &Subject::NONE)?;
    if context.actor.user == Some(id) {
        return Err(AppError::refused("refused-own-account").into());
    }
    let work = context.begin().await?;
    let before = manageable(&work, id).await?;
    let state = state_of(&before)?;
    if state == UserState::Disabled {
        return Ok(());
    }
    check_not_last(&work, &before).await?;
    let mut change: user::ActiveModel = before.clone().into();
    change.state = Set(UserState::Disabled.code().to_owned());
    change.state_before = Set(Some(before.state.clone()));
    let after = change.update(&work.transaction).await?;
    sessions::end_all(&work, id).await?;
    links::void_all(&work, id.0).await?;
    end_own(&work, &before).await?;
    audit::record(&work, "audit-user-disabled", audit::Kind::User, id.0, Some(&before), Some(&after)).await?;
    // Nobody has proven yet that another address is the person's.
    if state == UserState::Active {
        let arguments = [("actor", context.actor.name.as_str().into())];
        mail::queue(&work, &Recipient::of(&before), MailKind::AccountShut, &arguments, Some("/"), None).await?;
    }
    work.commit().await
}

/// What somebody did who wanted a shut account opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It is open.
    Opened,
    /// It is proposed; a second person has to confirm it, and the owner of the account to accept it.
    Proposed,
}

/// Opens a shut account again: it is what it was before. Whoever had not confirmed the address still has to. One that
/// takes part in payments, or signs for an organisation in which nobody does, is only proposed.
///
/// # Errors
/// Not allowed, not found, refused when its address was freed, a tie with the organisation of a signatory who is proposed,
/// or the database's.
pub async fn enable(context: &Context, id: UserId) -> Result<Opening> {
    context.permit(Action::ManageColleagues, &Subject::NONE)?;
    let work = context.begin().await?;
    let before = manageable(&work, id).await?;
    if state_of(&before)? != UserState::Disabled {
        return Ok(Opening::Opened);
    }
    if is_freed(&before.email) {
        return Err(AppError::refused("refused-address-freed").into());
    }
    if let Some(organisation) = before.organisation_id {
        // Held until the end, so that the last signatory does not leave meanwhile.
        organisation::Entity::find_by_id(organisation).lock_exclusive().one(&work.transaction).await?;
    }
    if takes_two(context, &work.transaction, &before).await? {
        propose(&work, &before).await?;
        work.commit().await?;
        return Ok(Opening::Proposed);
    }
    // An address that nobody has confirmed must not become somebody's by being shut and opened.
    let state = before.state_before.clone().unwrap_or_else(|| UserState::Unconfirmed.code().to_owned());
    let mut change: user::ActiveModel = before.clone().into();
    change.state = Set(state);
    change.state_before = Set(None);
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-user-enabled", audit::Kind::User, id.0, Some(&before), Some(&after)).await?;
    work.commit().await?;
    Ok(Opening::Opened)
}

/// True where nobody alone opens a shut account again.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn opening_takes_two(context: &Context, id: UserId) -> Result<bool> {
    context.permit(Action::ReadUsers, &Subject::NONE)?;
    let person = user::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    takes_two(context, context.database(), &person).await
}

async fn takes_two<C: ConnectionTrait>(context: &Context, database: &C, person: &user::Model) -> Result<bool> {
    if !needs_confirmation(context, role_of(person)?) {
        return Ok(false);
    }
    let Some(organisation) = person.organisation_id else { return Ok(true) };
    // Of a registration that nobody has confirmed nothing is given back but the way to confirm it.
    let unconfirmed = person.state_before.as_deref() == Some(UserState::Unconfirmed.code());
    Ok(!unconfirmed && active_signatories(organisation).count(database).await? == 0)
}

/// Invites the owner of a shut account to what the account was.
async fn propose(work: &Work<'_>, person: &user::Model) -> Result<()> {
    if let Some(organisation) = person.organisation_id {
        ties::check(&work.transaction, organisation, work.context.actor.user.as_slice()).await?;
    }
    let place = Place::of(person.organisation_id, person.donor_id);
    let typed = Typed::default()
        .with("name", person.name.as_str())
        .with("email", person.email.as_str())
        .with("language", person.language.as_str());
    send(work, &INVITE_COLLEAGUE.read(&typed)?, role_of(person)?, place).await?;
    audit::note(work, "audit-user-enable-proposed", audit::Kind::User, person.id).await
}

/// Frees the address of a shut account, so that its owner can register or accept an invitation elsewhere. The account keeps
/// its name and its history and stays shut. Accounts of the Fund's staff keep their address: a person must not become two,
/// each of whom signs a payment.
///
/// # Errors
/// Not allowed, not found, refused for staff and for an account that is not shut, or the database's.
pub async fn free_address(context: &Context, id: UserId) -> Result<()> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let work = context.begin().await?;
    let before = manageable(&work, id).await?;
    if Role::from_code(&before.role).is_none_or(Role::is_staff) {
        return Err(AppError::refused("refused-free-staff").into());
    }
    if state_of(&before)? != UserState::Disabled {
        return Err(AppError::refused("refused-free-open").into());
    }
    if is_freed(&before.email) {
        return Ok(());
    }
    let mut change: user::ActiveModel = before.clone().into();
    change.email = Set(freed_address(id));
    change.password_hash = Set(None);
    let after = change.update(&work.transaction).await?;
    links::void_all(&work, id.0).await?;
    audit::record(&work, "audit-user-address-freed", audit::Kind::User, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
