//! The people of an organisation and those whom it has invited. An address that has an account elsewhere looks like
//! one that has none: the invitation is kept beside the accounts, and shown in both cases.

use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::{Answers, Typed};
use domain::ids::{OrganisationId, UserId};
use domain::roles::{Action, Role, Subject};
use domain::users::{INVITE_COLLEAGUE, UserState};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{colleague_invitation, user};
use super::invite::{Place, enter};
use super::register::tell_known;
use super::sign_in::{count_try, refuse_busy_address};
use super::state_of;
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};

/// Most invitations of an organisation that nobody has accepted yet.
const MOST_OPEN: u64 = 20;
/// How long an invitation that nobody accepts is shown and counted.
const OPEN_FOR: TimeDelta = TimeDelta::days(30);

/// Somebody of an organisation, or invited to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// The account; none for an invitation of an organisation, which does not tell whether there is one.
    pub id: Option<UserId>,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// State.
    pub state: UserState,
    /// True when the person was invited and has not accepted.
    pub invited: bool,
}

/// Invites a colleague, who becomes an editor of the signatory's own organisation. Anybody may register one: for an
/// address that is known already the answer and the list of colleagues are the same, and its owner gets a mail.
///
/// # Errors
/// Not a signatory, wrong fields, too many tries from one `address`, too many open invitations, or the database's.
pub async fn invite_colleague(context: &Context, typed: &Typed, address: &str) -> Result<()> {
    context.permit(Action::InviteColleagues, &Subject::NONE)?;
    let organisation = context.actor.organisation.ok_or(AppError::NotFound)?;
    let answers = INVITE_COLLEAGUE.read(typed)?;
    refuse_busy_address(context, context.database(), address).await?;
    let work = context.begin().await?;
    count_try(&work, address).await?;
    note(&work, organisation.into(), &answers).await?;
    let known =
        user::Entity::find().filter(user::Column::Email.eq(answers.text("email"))).one(&work.transaction).await?;
    match known {
        Some(person) => tell_known(&work, &person).await?,
        None => {
            enter(&work, &answers, Role::OrganisationEditor, Place::Organisation(organisation.into())).await?;
        }
    }
    work.commit().await
}

/// Notes the invitation, if the organisation has not too many open ones.
async fn note(work: &Work<'_>, organisation: i64, answers: &Answers) -> Result<()> {
    let now = work.context.now;
    colleague_invitation::Entity::delete_many()
        .filter(colleague_invitation::Column::InvitedAt.lt(now - OPEN_FOR))
        .exec(&work.transaction)
        .await?;
    let others = colleague_invitation::Entity::find()
        .filter(colleague_invitation::Column::OrganisationId.eq(organisation))
        .filter(colleague_invitation::Column::Email.ne(answers.text("email")));
    if others.count(&work.transaction).await? >= MOST_OPEN {
        let most = i64::try_from(MOST_OPEN).unwrap_or(i64::MAX);
        return Err(AppError::refused_with("refused-too-many-invitations", "most", most).into());
    }
    let row = colleague_invitation::ActiveModel {
        organisation_id: Set(organisation),
        email: Set(answers.text("email").to_owned()),
        name: Set(answers.text("name").to_owned()),
        invited_at: Set(now),
        ..Default::default()
    };
    let again =
        OnConflict::columns([colleague_invitation::Column::OrganisationId, colleague_invitation::Column::Email])
            .update_columns([colleague_invitation::Column::Name, colleague_invitation::Column::InvitedAt])
            .to_owned();
    colleague_invitation::Entity::insert(row).on_conflict(again).exec_without_returning(&work.transaction).await?;
    Ok(())
}

/// Forgets the invitation of somebody who has become a member.
pub(super) async fn accepted(work: &Work<'_>, person: &user::Model) -> Result<()> {
    colleague_invitation::Entity::delete_many()
        .filter(colleague_invitation::Column::Email.eq(person.email.as_str()))
        .filter(colleague_invitation::Column::OrganisationId.eq(person.organisation_id.unwrap_or(0)))
        .exec(&work.transaction)
        .await?;
    Ok(())
}

/// The people of an organisation: for themselves, for those who vet, and for those who read accounts.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn members(context: &Context, organisation: OrganisationId) -> Result<Vec<MemberView>> {
    let subject = Subject::organisation(organisation);
    let sufficient = [Action::WriteOrganisations, Action::VetOrganisations];
    if !sufficient.into_iter().any(|action| context.permit(action, &subject).is_ok()) {
        context.permit(Action::ReadUsers, &subject)?;
    }
    // Who was invited and has no password yet is shown by the invitation, as is an address with an account elsewhere.
    let has_joined = Condition::any()
        .add(user::Column::PasswordHash.is_not_null())
        .add(user::Column::State.ne(UserState::Unconfirmed.code()))
        // The Fund invites signatories; an organisation, which shall learn nothing of accounts elsewhere, does not.
        .add(user::Column::Role.eq(Role::OrganisationSignatory.code()));
    let people = user::Entity::find()
        .filter(user::Column::OrganisationId.eq(i64::from(organisation)))
        .filter(has_joined)
        .all(context.database())
        .await?;
    let invitations = colleague_invitation::Entity::find()
        .filter(colleague_invitation::Column::OrganisationId.eq(i64::from(organisation)))
        .filter(colleague_invitation::Column::InvitedAt.gte(context.now - OPEN_FOR))
        .order_by_asc(colleague_invitation::Column::Id)
        .all(context.database())
        .await?;
    let mut members = people.iter().map(member).collect::<Result<Vec<_>>>()?;
    // Whom the Fund has invited is not for colleagues to manage before they have joined.
    if context.actor.role.is_some_and(Role::of_organisation) {
        members.iter_mut().filter(|member| member.invited).for_each(|member| member.id = None);
    }
    for invitation in invitations {
        if !people.iter().any(|person| person.email == invitation.email) {
            members.push(MemberView {
                id: None,
                name: invitation.name,
                email: invitation.email,
                role: Role::OrganisationEditor,
                state: UserState::Unconfirmed,
                invited: true,
            });
        }
    }
    members.sort_by(|one, other| (&one.name, &one.email).cmp(&(&other.name, &other.email)));
    Ok(members)
}

pub(super) fn member(person: &user::Model) -> Result<MemberView> {
    Ok(MemberView {
        id: Some(UserId(person.id)),
        name: person.name.clone(),
        email: person.email.clone(),
        role: Role::from_code(&person.role).ok_or_else(|| unknown_code("role", &person.role))?,
        state: state_of(person)?,
        invited: person.password_hash.is_none(),
    })
}
