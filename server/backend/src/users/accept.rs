//! Accepting an invitation. Here a membership is made, and nowhere before: by somebody new, by somebody whose own
//! registration waits to be confirmed and gives way, by the owner of a shut account that two people open again, or by a
//! member of the organisation who will sign for it. A person belongs to one organisation, donor or the Fund; whoever
//! belongs somewhere else is told, and nothing is changed.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Actor, Role, Subject};
use domain::users::{ACCEPT, UserState};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select, Set,
};

use super::confirm_invitation::{gives_power, tell_watchers};
use super::entity::{invitation, user};
use super::invited::{InvitationView, find, shown};
use super::registrations::drop_party;
use super::{devices, links, passwords, sessions, state_of, strength};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Error, Result, is_duplicate};

/// How whoever opens an invitation's link can accept it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// By choosing a password: the address has no account.
    AsNewcomer,
    /// By choosing a password; a registration with the address that nobody confirmed is given up.
    InsteadOfRegistration,
    /// By choosing a password; the account of the address is shut, and is open again from then on.
    OpensAgain,
    /// After signing in to the account of the address.
    AfterSigningIn,
    /// By pressing a button: the account of the address is signed in.
    AtOnce,
    /// Not: the account of the address belongs somewhere already, or is shut.
    Impossible,
}

/// An invitation as whoever holds its link sees it. Looking changes nothing: programs that scan mails open every link.
///
/// # Errors
/// Refused when the link does not work, or the database's.
pub async fn invitation_of(context: &Context, token: &str) -> Result<(InvitationView, Acceptance)> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let database = context.database();
    let row = find(database, context.now, token).await?;
    let known = account(&row.email).one(database).await?;
    let acceptance = acceptance(&row, known.as_ref(), context.actor.user)?;
    let view = shown(context, database, vec![row]).await?.pop().ok_or(AppError::NotFound)?;
    Ok((view, acceptance))
}

fn account(email: &str) -> Select<user::Entity> {
    user::Entity::find().filter(user::Column::Email.eq(email))
}

fn acceptance(row: &invitation::Model, known: Option<&user::Model>, signed_in: Option<UserId>) -> Result<Acceptance> {
    let Some(person) = known else { return Ok(Acceptance::AsNewcomer) };
    let signs_next = row.role == Role::OrganisationSignatory.code() && person.role == Role::OrganisationEditor.code();
    Ok(match state_of(person)? {
        UserState::Unconfirmed => Acceptance::InsteadOfRegistration,
        UserState::Active if signs_next && person.organisation_id == row.organisation_id => {
            match signed_in == Some(UserId(person.id)) {
                true => Acceptance::AtOnce,
                false => Acceptance::AfterSigningIn,
            }
        }
        UserState::Disabled if opens_again(row, person) => Acceptance::OpensAgain,
        UserState::Active | UserState::Disabled => Acceptance::Impossible,
    })
}

/// True for an invitation to what a shut account is, where that takes two people. What one alone may open is not opened
/// by whoever may only invite.
fn opens_again(row: &invitation::Model, person: &user::Model) -> bool {
    let same =
        (&row.role, row.organisation_id, row.donor_id) == (&person.role, person.organisation_id, person.donor_id);
    same && Role::from_code(&row.role).is_some_and(gives_power)
}

/// Accepts an invitation by its link: the person may sign in from now on, or signs for the organisation.
///
/// # Errors
/// Refused when the link was used, ended, or was taken back; when the account of the address must be signed in, or belongs
/// somewhere else; a missing name, a weak password; or the database's.
pub async fn accept_invitation(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    // The link first: without one that works nobody keeps the server busy with hashing.
    let (view, acceptance) = invitation_of(context, typed.get("token")).await?;
    let chosen = match acceptance {
        Acceptance::AsNewcomer | Acceptance::InsteadOfRegistration | Acceptance::OpensAgain => {
            let (answers, mut errors) = ACCEPT.read_lenient(typed);
            let own = [view.email.as_str(), answers.text("name")];
            strength::check(answers.text("password"), &own, &mut errors).await?;
            errors.into_result()?;
            let hash = passwords::hash(answers.text("password")).await?;
            Some(Chosen { name: answers.text("name").to_owned(), hash })
        }
        Acceptance::AfterSigningIn | Acceptance::AtOnce | Acceptance::Impossible => None,
    };
    match attempt(context, typed.get("token"), &view.email, chosen.as_ref()).await {
        // Somebody registered with the address at the same moment: now it is known.
        Err(Error::Database(cause)) if is_duplicate(&cause) => {
            attempt(context, typed.get("token"), &view.email, chosen.as_ref()).await
        }
        outcome => outcome,
    }
}

/// What somebody new chose.
struct Chosen {
    name: String,
    hash: String,
}

async fn attempt(context: &Context, token: &str, email: &str, chosen: Option<&Chosen>) -> Result<()> {
    let signed_in = context.actor.user;
    let actor = match chosen {
        Some(chosen) => Actor { name: chosen.name.clone(), ..Actor::visitor() },
        None => context.actor.clone(),
    };
    let acting = Context { actor, ..context.clone() };
    let work = acting.begin().await?;
    let known = account(email).lock_exclusive().one(&work.transaction).await?;
    let row = take(&work, token).await?;
    match (acceptance(&row, known.as_ref(), signed_in)?, chosen, known) {
        (Acceptance::AsNewcomer, Some(chosen), None) => join(&work, &row, chosen, None).await?,
        (Acceptance::InsteadOfRegistration, Some(chosen), Some(before)) => {
            join(&work, &row, chosen, Some(&before)).await?;
            drop_party(&work, &before).await?;
        }
        (Acceptance::OpensAgain, Some(chosen), Some(before)) => join(&work, &row, chosen, Some(&before)).await?,
        (Acceptance::AtOnce, _, Some(before)) => sign_from_now_on(&work, &row, before).await?,
        (Acceptance::AfterSigningIn, ..) => return Err(AppError::refused("refused-invitation-sign-in").into()),
        _ => return Err(AppError::refused("refused-invitation-elsewhere").into()),
    }
    work.commit().await
}

/// Uses an invitation up. Of two requests with the same link only one gets here.
async fn take(work: &Work<'_>, token: &str) -> Result<invitation::Model> {
    let row = find(&work.transaction, work.context.now, token).await?;
    let taken = invitation::Entity::delete_many()
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::TokenHash.eq(row.token_hash.as_str()))
        .exec(&work.transaction)
        .await?;
    match taken.rows_affected {
        1 => Ok(row),
        _ => Err(AppError::refused("refused-invitation-link").into()),
    }
}

/// Makes the membership of somebody new, of somebody whose own registration gives way, or of somebody who comes back. The
/// link came by mail, so that it proves the address.
async fn join(work: &Work<'_>, row: &invitation::Model, chosen: &Chosen, known: Option<&user::Model>) -> Result<()> {
    let mut person: user::ActiveModel = match known {
        Some(before) => before.clone().into(),
        None => user::ActiveModel {
            email: Set(row.email.clone()),
            demo: Set(false),
            created_at: Set(work.context.now),
            ..Default::default()
        },
    };
    person.name = Set(chosen.name.clone());
    person.password_hash = Set(Some(chosen.hash.clone()));
    person.role = Set(row.role.clone());
    person.organisation_id = Set(row.organisation_id);
    person.donor_id = Set(row.donor_id);
    person.language = Set(row.language.clone());
    person.state = Set(UserState::Active.code().to_owned());
    person.state_before = Set(None);
    let after = match known {
        Some(_) => person.update(&work.transaction).await?,
        None => person.insert(&work.transaction).await?,
    };
    links::void_all(work, after.id).await?;
    sessions::end_all(work, UserId(after.id)).await?;
    devices::forget_all(work, UserId(after.id)).await?;
    record(work, row, known, &after).await?;
    tell_watchers(work, row, &after).await
}

/// A member of the organisation becomes its signatory.
async fn sign_from_now_on(work: &Work<'_>, row: &invitation::Model, before: user::Model) -> Result<()> {
    let mut person: user::ActiveModel = before.clone().into();
    person.role = Set(row.role.clone());
    let after = person.update(&work.transaction).await?;
    record(work, row, Some(&before), &after).await
}

async fn record(
    work: &Work<'_>,
    row: &invitation::Model,
    before: Option<&user::Model>,
    after: &user::Model,
) -> Result<()> {
    let action = "audit-user-invitation-accepted";
    audit::record(work, action, audit::Kind::User, after.id, before, Some(after)).await?;
    audit::record::<_, ()>(work, action, audit::Kind::Invitation, row.id, Some(row), None).await
}
