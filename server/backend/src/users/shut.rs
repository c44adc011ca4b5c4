//! Shutting an account, opening it again, and freeing the address of one that stays shut.

use domain::errors::AppError;
use domain::ids::UserId;
use domain::roles::{Action, Role, Subject};
use domain::users::{UserState, freed_address, is_freed};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::user;
use super::signatories::{check_not_last, manageable};
use super::{links, sessions, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};

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
    audit::record(&work, "audit-user-disabled", audit::Kind::User, id.0, Some(&before), Some(&after)).await?;
    // Nobody has proven yet that another address is the person's.
    if state == UserState::Active {
        let arguments = [("actor", context.actor.name.as_str().into())];
        mail::queue(&work, &Recipient::of(&before), MailKind::AccountShut, &arguments, Some("/"), None).await?;
    }
    work.commit().await
}

/// Opens a shut account again: it is what it was before. Whoever had not confirmed the address still has to.
///
/// # Errors
/// Not allowed, not found, refused when its address was freed, or the database's.
pub async fn enable(context: &Context, id: UserId) -> Result<()> {
    context.permit(Action::ManageColleagues, &Subject::NONE)?;
    let work = context.begin().await?;
    let before = manageable(&work, id).await?;
    if state_of(&before)? != UserState::Disabled {
        return Ok(());
    }
    if is_freed(&before.email) {
        return Err(AppError::refused("refused-address-freed").into());
    }
    // An address that nobody has confirmed must not become somebody's by being shut and opened.
    let state = before.state_before.clone().unwrap_or_else(|| UserState::Unconfirmed.code().to_owned());
    let mut change: user::ActiveModel = before.clone().into();
    change.state = Set(state);
    change.state_before = Set(None);
    let after = change.update(&work.transaction).await?;
    audit::record(&work, "audit-user-enabled", audit::Kind::User, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
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
