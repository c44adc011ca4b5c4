//! A second person confirms an invitation that gives power over payments: to a role that touches them, or to sign for an
//! organisation in which nobody does, also where it opens a shut account again. Only then is there a link, and a mail; and
//! those who watch over payments are told once it is accepted.

use domain::errors::AppError;
use domain::ids::{InvitationId, UserId};
use domain::message::Argument;
use domain::roles::{Action, Role, Subject};
use domain::users::INVITATION_LIFETIME;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set,
};

use super::entity::{invitation, user};
use super::invitations::tell;
use super::invited::open;
use super::{name_of, ties};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::token;

/// True for what nobody gives alone. The system does: whoever runs its commands holds the database, and that is the way
/// out where there is one administrator only.
pub(super) fn needs_confirmation(context: &Context, role: Role) -> bool {
    !context.actor.system && gives_power(role)
}

/// True for roles to which people are invited by two.
pub(super) fn gives_power(role: Role) -> bool {
    role.touches_payments() || role == Role::OrganisationSignatory
}

/// The invitations that the actor may confirm: those that wait, and that somebody else proposed.
pub(crate) fn to_confirm(context: &Context) -> Condition {
    Condition::all()
        .add(invitation::Column::NeedsConfirmation.eq(true))
        .add(invitation::Column::ExpiresAt.gt(context.now))
        .add(invitation::Column::InvitedBy.ne(context.actor.user.map_or(0, i64::from)))
}

/// Confirms an invitation that somebody else proposed: its link goes out by mail, and the days in which it can be accepted
/// begin. Confirmed already, it stays as it is.
///
/// # Errors
/// Not allowed, not found, the own proposal or the own address, a tie with the organisation, or the database's.
pub async fn confirm_invitation(context: &Context, id: InvitationId) -> Result<()> {
    context.permit(Action::ConfirmInvitations, &Subject::NONE)?;
    let own = context.actor.user.ok_or(AppError::SignInNeeded)?;
    let work = context.begin().await?;
    let query = open(context.now).filter(invitation::Column::Id.eq(id.0)).lock_exclusive();
    let before = query.one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if !before.needs_confirmation {
        return before.confirmed_by.map(|_| ()).ok_or_else(|| AppError::NotFound.into());
    }
    let person = user::Entity::find_by_id(own.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if before.invited_by == Some(person.id) || before.email == person.email {
        return Err(AppError::refused("refused-invitation-own").into());
    }
    if let Some(organisation) = before.organisation_id {
        ties::check(&work.transaction, organisation, &[own]).await?;
    }
    let token = token::new()?;
    let mut row: invitation::ActiveModel = before.clone().into();
    row.needs_confirmation = Set(false);
    row.confirmed_by = Set(Some(person.id));
    row.expires_at = Set(context.now + INVITATION_LIFETIME);
    row.token_hash = Set(token::hash(&token));
    let after = row.update(&work.transaction).await?;
    let action = "audit-invitation-confirmed";
    audit::record(&work, action, audit::Kind::Invitation, after.id, Some(&before), Some(&after)).await?;
    tell(&work, after, &token).await?;
    work.commit().await
}

/// Everybody who watches over payments, but one person.
pub(crate) fn watchers(but: Option<UserId>) -> Condition {
    let roles = Role::ALL.iter().filter(|role| role.watches_payments()).map(|role| role.code());
    let others = but.map(|person| user::Column::Id.ne(person.0));
    Condition::all().add(user::Column::Role.is_in(roles)).add_option(others)
}

async fn named(work: &Work<'_>, person: Option<i64>) -> Result<Argument> {
    Ok(match person {
        Some(id) => name_of(&work.transaction, UserId(id)).await?.into(),
        None => Argument::Key("invitation-by-system".to_owned()),
    })
}

/// Tells those who watch over payments of somebody new who takes part in them.
pub(super) async fn tell_watchers(work: &Work<'_>, row: &invitation::Model, person: &user::Model) -> Result<()> {
    let Some(role) = Role::from_code(&person.role).filter(|role| role.touches_payments()) else { return Ok(()) };
    let arguments = [
        ("person", person.name.as_str().into()),
        ("role", Argument::Key(role.label_key())),
        ("inviter", named(work, row.invited_by).await?),
        ("confirmer", named(work, row.confirmed_by).await?),
    ];
    let to = watchers(Some(UserId(person.id)));
    mail::queue_to_users(work, to, MailKind::RoleGranted, &arguments, Some("/disbursements/officers")).await
}
