//! Giving the own role to another officer for the days of an absence, and ending that early.

use domain::disbursements::DELEGATION;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DelegationId;
use domain::message::Message;
use domain::roles::{Action, Role, Subject, roles_for};
use domain::users::UserState;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use crate::audit;
use crate::context::Context;
use crate::disbursements::entity::delegation;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::entity::user;

/// True for people who may stand in for an officer of a role: officers of another role, so that nobody gets a second
/// desk of their own kind.
pub(super) fn may_stand_in(own: Role, other: &user::Model) -> bool {
    let role = Role::from_code(&other.role);
    role.is_some_and(|role| role != own && roles_for(Action::StandInDisbursements).contains(&role))
        && other.state == UserState::Active.code()
}

/// Gives the own role to another officer from one day to another.
///
/// # Errors
/// Not allowed, somebody who may not stand in, days in the wrong order or past, or the database's.
pub async fn delegate(context: &Context, typed: &Typed) -> Result<DelegationId> {
    context.permit(Action::DelegateOfficers, &Subject::NONE)?;
    let (Some(person), Some(role)) = (context.actor.user, context.actor.role) else {
        return Err(AppError::SignInNeeded.into());
    };
    let (answers, mut errors) = DELEGATION.read_lenient(typed);
    let (starts, ends) = (answers.date("starts_on"), answers.date("ends_on"));
    if let (Some(starts), Some(ends)) = (starts, ends) {
        if starts < context.today() {
            errors.add("starts_on", Message::new("error-delegation-past"));
        }
        if ends < starts {
            errors.add("ends_on", Message::new("error-delegation-order"));
        }
    }
    errors.into_result()?;
    let (Some(starts), Some(ends)) = (starts, ends) else { return Err(AppError::NotFound.into()) };
    let wrong = || AppError::field("delegate", "error-choose");
    let id: i64 = answers.text("delegate").parse().map_err(|_| wrong())?;
    let work = context.begin_money().await?;
    let delegate = user::Entity::find_by_id(id).one(&work.transaction).await?.ok_or_else(wrong)?;
    if id == person.0 || !may_stand_in(role, &delegate) {
        return Err(wrong().into());
    }
    let row = delegation::ActiveModel {
        from_user: Set(person.0),
        to_user: Set(id),
        starts_on: Set(starts),
        ends_on: Set(ends),
        reason: Set(answers.text("reason").to_owned()),
        created_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let arguments = [
        ("actor", context.actor.name.as_str().into()),
        ("starts", starts.into()),
        ("ends", ends.into()),
        ("reason", answers.text("reason").into()),
    ];
    mail::queue_to_user(
        &work,
        domain::ids::UserId(id),
        MailKind::RoleDelegated,
        &arguments,
        Some("/disbursements/officers"),
    )
    .await?;
    audit::record::<(), _>(&work, "audit-role-delegated", audit::Kind::User, person.0, None, Some(&row)).await?;
    work.commit().await?;
    Ok(DelegationId(row.id))
}

/// Ends a delegation of the own role before its last day.
///
/// # Errors
/// Not allowed, not found, somebody else's, or the database's. One that has ended already stays as it is.
pub async fn end_delegation(context: &Context, id: DelegationId) -> Result<()> {
    context.permit(Action::DelegateOfficers, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let found = delegation::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.filter(|row| Some(row.from_user) == context.actor.user.map(i64::from));
    let before = before.ok_or(AppError::NotFound)?;
    if before.ended_at.is_some() {
        return Ok(());
    }
    let mut row: delegation::ActiveModel = before.clone().into();
    row.ended_at = Set(Some(context.now));
    let after = row.update(&work.transaction).await?;
    audit::record(&work, "audit-delegation-ended", audit::Kind::User, before.from_user, Some(&before), Some(&after))
        .await?;
    work.commit().await
}
