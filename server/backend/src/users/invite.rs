//! Inviting: an administrator invites staff. What inviting a colleague has in common with it is here too.

use domain::errors::AppError;
use domain::forms::{Answers, Typed};
use domain::ids::UserId;
use domain::message::Argument;
use domain::roles::{Action, Role, Subject};
use domain::users::{INVITE, LinkPurpose, UserState, staff_role};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, Set,
};

use super::entity::user;
use super::{links, load, state_of};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Error, Result, is_duplicate, unknown_code};
use crate::mail::{self, MailKind, Recipient};

/// Where somebody belongs who is invited.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Fund,
    Organisation(i64),
    Donor(i64),
}

/// Invites a member of staff.
///
/// # Errors
/// Not allowed, wrong fields, an address that is known already, or the database's.
pub async fn invite(context: &Context, typed: &Typed) -> Result<UserId> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let answers = INVITE.read(typed)?;
    let role = staff_role(answers.text("role")).ok_or_else(|| AppError::field("role", "error-choose"))?;
    let work = context.begin().await?;
    let (id, _) = enter(&work, &answers, role, Place::Fund).await?;
    work.commit().await?;
    Ok(id)
}

/// Sends the invitation again to somebody who has not accepted it; earlier links end.
///
/// # Errors
/// Not allowed, not found, refused when it was accepted already, or the database's.
pub async fn invite_again(context: &Context, id: UserId) -> Result<()> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let work = context.begin().await?;
    let person = load(&work, id.0).await?;
    if state_of(&person)? != UserState::Unconfirmed || person.password_hash.is_some() {
        return Err(AppError::refused("refused-invitation-accepted").into());
    }
    send_again(&work, &person).await?;
    work.commit().await
}

/// Sends a new link; earlier ones end.
pub(super) async fn send_again(work: &Work<'_>, person: &user::Model) -> Result<()> {
    links::void_all(work, person.id).await?;
    send_invitation(work, person).await?;
    audit::note(work, "audit-user-invited-again", audit::Kind::User, person.id).await
}

/// Invites somebody from outside the Fund. Whoever was invited to the same place before and has not accepted gets a new
/// link.
pub(super) async fn enter_or_send_again(
    work: &Work<'_>,
    answers: &Answers,
    role: Role,
    place: Place,
) -> Result<UserId> {
    let waiting = user::Entity::find()
        .filter(user::Column::Email.eq(answers.text("email")))
        .filter(match place {
            Place::Organisation(id) => user::Column::OrganisationId.eq(id),
            Place::Donor(id) => user::Column::DonorId.eq(id),
            Place::Fund => user::Column::OrganisationId.is_null().and(user::Column::DonorId.is_null()),
        })
        .filter(user::Column::Role.eq(role.code()))
        .filter(user::Column::State.eq(UserState::Unconfirmed.code()))
        .filter(user::Column::PasswordHash.is_null())
        .lock_exclusive()
        .one(&work.transaction)
        .await?;
    match waiting {
        Some(person) => {
            send_again(work, &person).await?;
            Ok(UserId(person.id))
        }
        None => Ok(enter(work, answers, role, place).await?.0),
    }
}

/// Adds the person and sends the invitation; gives the link's token.
pub(super) async fn enter(work: &Work<'_>, answers: &Answers, role: Role, place: Place) -> Result<(UserId, String)> {
    let taken = || AppError::field("email", "error-email-taken");
    let email = answers.text("email");
    if user::Entity::find().filter(user::Column::Email.eq(email)).count(&work.transaction).await? > 0 {
        return Err(taken().into());
    }
    let (organisation, donor) = match place {
        Place::Fund => (None, None),
        Place::Organisation(id) => (Some(id), None),
        Place::Donor(id) => (None, Some(id)),
    };
    let row = user::ActiveModel {
        email: Set(email.to_owned()),
        name: Set(answers.text("name").to_owned()),
        role: Set(role.code().to_owned()),
        organisation_id: Set(organisation),
        donor_id: Set(donor),
        language: Set(answers.text("language").to_owned()),
        state: Set(UserState::Unconfirmed.code().to_owned()),
        failed_tries: Set(0),
        demo: Set(false),
        created_at: Set(work.context.now),
        ..Default::default()
    };
    let person = match row.insert(&work.transaction).await {
        Err(cause) if is_duplicate(&cause) => return Err(taken().into()),
        outcome => outcome.map_err(Error::from)?,
    };
    audit::record::<(), _>(work, "audit-user-invited", audit::Kind::User, person.id, None, Some(&person)).await?;
    let token = send_invitation(work, &person).await?;
    Ok((UserId(person.id), token))
}

async fn send_invitation(work: &Work<'_>, person: &user::Model) -> Result<String> {
    let role = Role::from_code(&person.role).ok_or_else(|| unknown_code("role", &person.role))?;
    let token = links::make(work, person.id, LinkPurpose::Invite).await?;
    let inviter = match work.context.actor.system {
        true => Argument::Key("site-name".to_owned()),
        false => work.context.actor.name.clone().into(),
    };
    let arguments = [("inviter", inviter), ("role", Argument::Key(role.label_key()))];
    let link = format!("/invitation/{token}");
    mail::queue(work, &Recipient::of(person), MailKind::Invite, &arguments, Some(&link), None).await?;
    Ok(token)
}
