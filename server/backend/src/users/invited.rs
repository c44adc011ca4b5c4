//! The invitations that can still be accepted, as those see them who sent them or look after accounts.

use chrono::{DateTime, Utc};
use domain::errors::AppError;
use domain::ids::{DonorId, InvitationId, OrganisationId};
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, Select,
};

use super::colleagues::permit_members;
use super::confirm_invitation::to_confirm;
use super::entity::{invitation, user};
use super::queries::{donor_names, organisation_names};
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, contains, page_of};

/// Where somebody is invited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The Fund's own staff.
    Fund,
    /// An organisation.
    Organisation(OrganisationId),
    /// A donor.
    Donor(DonorId),
}

impl Place {
    pub(super) fn organisation(self) -> Option<i64> {
        match self {
            Self::Organisation(id) => Some(id.0),
            Self::Fund | Self::Donor(_) => None,
        }
    }

    pub(super) fn donor(self) -> Option<i64> {
        match self {
            Self::Donor(id) => Some(id.0),
            Self::Fund | Self::Organisation(_) => None,
        }
    }

    /// Which of the three it is, for texts that word it differently.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fund => "fund",
            Self::Organisation(_) => "organisation",
            Self::Donor(_) => "donor",
        }
    }

    /// Of an invitation or a person by the columns that both have.
    pub(super) fn of(organisation: Option<i64>, donor: Option<i64>) -> Self {
        match (organisation, donor) {
            (Some(id), _) => Self::Organisation(OrganisationId(id)),
            (None, Some(id)) => Self::Donor(DonorId(id)),
            (None, None) => Self::Fund,
        }
    }
}

/// An invitation that can still be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    /// Identifier.
    pub id: InvitationId,
    /// Name, as the inviter wrote it.
    pub name: String,
    /// Address.
    pub email: String,
    /// The role that it gives.
    pub role: Role,
    /// Where to.
    pub place: Place,
    /// The name of the organisation or donor; empty for the Fund.
    pub of: String,
    /// Who invited; empty for the system.
    pub inviter: String,
    /// When it was sent last.
    pub invited_at: DateTime<Utc>,
    /// From when on it cannot be accepted any more.
    pub expires_at: DateTime<Utc>,
    /// True until a second person has confirmed it; nothing was sent yet.
    pub needs_confirmation: bool,
    /// True when the reader may confirm it.
    pub may_confirm: bool,
    /// True when the reader may send it again, once it was sent, and take it back.
    pub is_managed: bool,
}

/// All invitations that can still be accepted.
pub(super) fn open(now: DateTime<Utc>) -> Select<invitation::Entity> {
    invitation::Entity::find().filter(invitation::Column::ExpiresAt.gt(now))
}

/// The filter of those that the reader may confirm.
pub const INVITATIONS_TO_CONFIRM: &str = "to-confirm";

/// Open invitations page by page, the newest first; searched by name and address. Whoever reads no accounts sees those
/// that wait to be confirmed.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn invitations(context: &Context, request: &PageRequest) -> Result<Page<InvitationView>> {
    context.permit(Action::ReadInvitations, &Subject::NONE)?;
    let mut query = open(context.now);
    if request.filter == INVITATIONS_TO_CONFIRM {
        query = query.filter(to_confirm(context));
    }
    if context.permit(Action::ReadUsers, &Subject::NONE).is_err() {
        query = query.filter(invitation::Column::NeedsConfirmation.eq(true));
    }
    if let Some(pattern) = request.pattern() {
        let either = Condition::any()
            .add(contains(invitation::Column::Email, &pattern))
            .add(contains(invitation::Column::Name, &pattern));
        query = query.filter(either);
    }
    let query = query.order_by_desc(invitation::Column::InvitedAt).order_by_desc(invitation::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    Ok(Page { rows: shown(context, context.database(), rows).await?, total, more, page })
}

/// Open invitations to an organisation, for those who see its people.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn organisation_invitations(context: &Context, id: OrganisationId) -> Result<Vec<InvitationView>> {
    permit_members(context, id)?;
    listed(context, open(context.now).filter(invitation::Column::OrganisationId.eq(id.0))).await
}

/// Open invitations to represent a donor, for those who may invite somebody and those who read accounts.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn donor_invitations(context: &Context, id: DonorId) -> Result<Vec<InvitationView>> {
    if context.permit(Action::WriteDonors, &Subject::donor(id)).is_err() {
        context.permit(Action::ReadUsers, &Subject::donor(id))?;
    }
    listed(context, open(context.now).filter(invitation::Column::DonorId.eq(id.0))).await
}

async fn listed(context: &Context, query: Select<invitation::Entity>) -> Result<Vec<InvitationView>> {
    let query = query.order_by_asc(invitation::Column::Name).order_by_asc(invitation::Column::Id);
    let rows = query.all(context.database()).await?;
    shown(context, context.database(), rows).await
}

/// Whether the actor may send an invitation again and take it back.
pub(super) fn may_manage(context: &Context, row: &invitation::Model) -> bool {
    let may = |action, subject| context.permit(action, &subject).is_ok();
    let declines = row.needs_confirmation && may(Action::ConfirmInvitations, Subject::NONE);
    if declines || may(Action::ManageUsers, Subject::NONE) {
        return true;
    }
    match Place::of(row.organisation_id, row.donor_id) {
        Place::Organisation(id) if row.role == Role::OrganisationEditor.code() => {
            may(Action::InviteColleagues, Subject::organisation(id))
        }
        Place::Organisation(id) => may(Action::InviteSignatories, Subject::organisation(id)),
        Place::Donor(id) => may(Action::WriteDonors, Subject::donor(id)),
        Place::Fund => false,
    }
}

pub(super) async fn shown<C: ConnectionTrait>(
    context: &Context,
    database: &C,
    rows: Vec<invitation::Model>,
) -> Result<Vec<InvitationView>> {
    let organisations = organisation_names(database, rows.iter().filter_map(|row| row.organisation_id)).await?;
    let donors = donor_names(database, rows.iter().filter_map(|row| row.donor_id)).await?;
    let inviters = user::Entity::find()
        .filter(user::Column::Id.is_in(rows.iter().filter_map(|row| row.invited_by)))
        .all(database)
        .await?;
    let confirms = context.permit(Action::ConfirmInvitations, &Subject::NONE).is_ok();
    let own = context.actor.user.map(i64::from);
    let view = |row: invitation::Model| -> Result<InvitationView> {
        let of = row.organisation_id.and_then(|id| organisations.get(&id));
        let of = of.or_else(|| row.donor_id.and_then(|id| donors.get(&id))).cloned();
        let inviter = inviters.iter().find(|person| Some(person.id) == row.invited_by);
        Ok(InvitationView {
            id: InvitationId(row.id),
            role: Role::from_code(&row.role).ok_or_else(|| unknown_code("role", &row.role))?,
            place: Place::of(row.organisation_id, row.donor_id),
            of: of.unwrap_or_default(),
            inviter: inviter.map(|person| person.name.clone()).unwrap_or_default(),
            is_managed: may_manage(context, &row),
            may_confirm: confirms && row.needs_confirmation && row.invited_by != own,
            needs_confirmation: row.needs_confirmation,
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            name: row.name,
            email: row.email,
        })
    };
    rows.into_iter().map(view).collect()
}

/// The invitation of a link that still works.
pub(super) async fn find<C: ConnectionTrait>(
    database: &C,
    now: DateTime<Utc>,
    token: &str,
) -> Result<invitation::Model> {
    let query = open(now)
        .filter(invitation::Column::TokenHash.eq(crate::token::hash(token)))
        .filter(invitation::Column::NeedsConfirmation.eq(false));
    let found = query.one(database).await?;
    Ok(found.ok_or_else(|| AppError::refused("refused-invitation-link"))?)
}
