//! Invitations: sent, sent again, taken back, and swept when they have ended. An invitation is a row of its own: it makes
//! no account, and looks the same whether or not its address has one. One that gives power over payments is sent only
//! once a second person has confirmed it (`confirm_invitation.rs`).

use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Answers;
use domain::ids::{InvitationId, OrganisationId};
use domain::message::Argument;
use domain::roles::Role;
use domain::users::{INVITATION_LIFETIME, Language};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, Select, Set,
};

use super::confirm_invitation::needs_confirmation;
use super::entity::{invitation, user};
use super::invited::{Place, may_manage, open, shown};
use super::role_of;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Error, Result, is_duplicate};
use crate::mail::{self, MailKind, Recipient};
use crate::token;

/// Most invitations of an organisation that nobody has accepted yet.
const MOST_OPEN: u64 = 20;
/// An organisation writes to an address once in this time, so that nobody can fill another person's mailbox.
const PAUSE: TimeDelta = TimeDelta::days(1);

/// The invitation of an address to a place in a role, whether or not it has ended.
fn same(email: &str, role: Role, place: Place) -> Select<invitation::Entity> {
    let only = |column: invitation::Column, id: Option<i64>| match id {
        Some(id) => column.eq(id),
        None => column.is_null(),
    };
    invitation::Entity::find()
        .filter(invitation::Column::Email.eq(email))
        .filter(invitation::Column::Role.eq(role.code()))
        .filter(only(invitation::Column::OrganisationId, place.organisation()))
        .filter(only(invitation::Column::DonorId, place.donor()))
}

/// Invites an address; one that is invited to the same place already gets a new link. Gives the link's token, which opens
/// nothing while the invitation waits to be confirmed.
pub(super) async fn send(
    work: &Work<'_>,
    answers: &Answers,
    role: Role,
    place: Place,
) -> Result<(InvitationId, String)> {
    let email = answers.text("email");
    let before = same(email, role, place).lock_exclusive().one(&work.transaction).await?;
    let mut row: invitation::ActiveModel = match &before {
        Some(before) => before.clone().into(),
        None => invitation::ActiveModel {
            email: Set(email.to_owned()),
            role: Set(role.code().to_owned()),
            organisation_id: Set(place.organisation()),
            donor_id: Set(place.donor()),
            ..Default::default()
        },
    };
    row.name = Set(answers.text("name").to_owned());
    row.language = Set(answers.text("language").to_owned());
    row.needs_confirmation = Set(needs_confirmation(work.context, role));
    row.confirmed_by = Set(None);
    save(work, before.as_ref(), row).await
}

/// Sends an open invitation once more; the link of the earlier mail ends.
///
/// # Errors
/// Not found for those who may not, one that waits to be confirmed, an organisation's second mail to an address within a
/// day, or the database's.
pub async fn send_again(context: &Context, id: InvitationId) -> Result<()> {
    let work = context.begin().await?;
    let before = managed(&work, id).await?;
    if before.needs_confirmation {
        return Err(AppError::refused("refused-invitation-waits").into());
    }
    save(&work, Some(&before), before.clone().into()).await?;
    work.commit().await
}

/// Takes an open invitation back: its link works no more, and one that waits is not confirmed any more.
///
/// # Errors
/// Not found for those who may not, or the database's.
pub async fn take_back(context: &Context, id: InvitationId) -> Result<()> {
    let work = context.begin().await?;
    let before = managed(&work, id).await?;
    end(&work, before).await?;
    work.commit().await
}

async fn end(work: &Work<'_>, before: invitation::Model) -> Result<()> {
    let mut row: invitation::ActiveModel = before.clone().into();
    // The row goes with the sweep: until then it is known when the address was written to.
    row.expires_at = Set(work.context.now);
    let after = row.update(&work.transaction).await?;
    let action = "audit-invitation-taken-back";
    audit::record(work, action, audit::Kind::Invitation, after.id, Some(&before), Some(&after)).await
}

/// Ends an open invitation of a person to what the person is: it would open the account that is just being shut.
pub(super) async fn end_own(work: &Work<'_>, person: &user::Model) -> Result<()> {
    let place = Place::of(person.organisation_id, person.donor_id);
    let query = same(&person.email, role_of(person)?, place).filter(invitation::Column::ExpiresAt.gt(work.context.now));
    match query.lock_exclusive().one(&work.transaction).await? {
        Some(before) => end(work, before).await,
        None => Ok(()),
    }
}

/// An open invitation that the actor looks after.
async fn managed(work: &Work<'_>, id: InvitationId) -> Result<invitation::Model> {
    let query = open(work.context.now).filter(invitation::Column::Id.eq(id.0)).lock_exclusive();
    let found = query.one(&work.transaction).await?.filter(|row| may_manage(work.context, row));
    Ok(found.ok_or(AppError::NotFound)?)
}

/// Writes an invitation with a new link and new days, and sends it unless it waits to be confirmed.
async fn save(
    work: &Work<'_>,
    before: Option<&invitation::Model>,
    mut row: invitation::ActiveModel,
) -> Result<(InvitationId, String)> {
    let now = work.context.now;
    let just_now = || AppError::refused("refused-invited-just-now");
    let by_outsider = work.context.actor.role.is_some_and(|role| !role.is_staff());
    if by_outsider && before.is_some_and(|row| row.invited_at > now - PAUSE) {
        return Err(just_now().into());
    }
    let token = token::new()?;
    row.invited_by = Set(work.context.actor.user.map(i64::from));
    row.invited_at = Set(now);
    row.expires_at = Set(now + INVITATION_LIFETIME);
    row.token_hash = Set(token::hash(&token));
    let saved = match before {
        Some(_) => row.update(&work.transaction).await,
        None => row.insert(&work.transaction).await,
    };
    let after = match saved {
        // The same form came twice at once.
        Err(cause) if is_duplicate(&cause) => return Err(just_now().into()),
        outcome => outcome.map_err(Error::from)?,
    };
    let action = match (after.needs_confirmation, before) {
        (true, _) => "audit-invitation-proposed",
        (false, Some(_)) => "audit-user-invited-again",
        (false, None) => "audit-user-invited",
    };
    audit::record(work, action, audit::Kind::Invitation, after.id, before, Some(&after)).await?;
    let id = InvitationId(after.id);
    if !after.needs_confirmation {
        tell(work, after, &token).await?;
    }
    Ok((id, token))
}

/// The mail with the link.
pub(super) async fn tell(work: &Work<'_>, row: invitation::Model, token: &str) -> Result<()> {
    let language = Language::from_code(&row.language).unwrap_or(Language::English);
    let view = shown(work.context, &work.transaction, vec![row]).await?.pop().ok_or(AppError::NotFound)?;
    // Not whoever confirmed it.
    let inviter = match view.inviter.is_empty() {
        true => Argument::Key("site-name".to_owned()),
        false => view.inviter.into(),
    };
    let arguments = [
        ("inviter", inviter),
        ("role", Argument::Key(view.role.label_key())),
        ("place", view.place.code().into()),
        ("of", view.of.into()),
        ("until", view.expires_at.into()),
    ];
    let to = Recipient { address: view.email, name: view.name, language };
    mail::queue(work, &to, MailKind::Invite, &arguments, Some(&format!("/invitation/{token}")), None).await
}

/// Refuses one more invitation of an organisation that has too many of them. One that was taken back counts for a day.
pub(super) async fn refuse_too_many(work: &Work<'_>, organisation: OrganisationId, email: &str) -> Result<()> {
    let now = work.context.now;
    let counted =
        Condition::any().add(invitation::Column::ExpiresAt.gt(now)).add(invitation::Column::InvitedAt.gt(now - PAUSE));
    let others = invitation::Entity::find()
        .filter(invitation::Column::OrganisationId.eq(organisation.0))
        .filter(invitation::Column::Role.eq(Role::OrganisationEditor.code()))
        .filter(invitation::Column::Email.ne(email))
        .filter(counted);
    if others.count(&work.transaction).await? < MOST_OPEN {
        return Ok(());
    }
    let most = i64::try_from(MOST_OPEN).unwrap_or(i64::MAX);
    Err(AppError::refused_with("refused-too-many-invitations", "most", most).into())
}

/// Takes away the invitations that ended more than a day ago, and says how many. What they were stays in the trail.
///
/// # Errors
/// Not the system, or the database's.
pub async fn sweep_invitations(context: &Context) -> Result<usize> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let is_old = invitation::Column::ExpiresAt.lte(context.now - PAUSE);
    let old = invitation::Entity::find().filter(is_old.clone()).all(context.database()).await?;
    let mut swept = 0;
    for row in old {
        let work = context.begin().await?;
        // Somebody may have sent it again in between.
        let gone = invitation::Entity::delete_many()
            .filter(invitation::Column::Id.eq(row.id))
            .filter(is_old.clone())
            .exec(&work.transaction)
            .await?;
        if gone.rows_affected == 1 {
            let (action, kind) = ("audit-invitation-ended", audit::Kind::Invitation);
            audit::record::<_, ()>(&work, action, kind, row.id, Some(&row), None).await?;
            work.commit().await?;
            swept += 1;
        }
    }
    Ok(swept)
}
