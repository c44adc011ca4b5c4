//! Reading one application with its call and its organisation.

use chrono::{DateTime, NaiveDate, Utc};
use domain::applications::{ApplicationState, OpenPoint, check_all};
use domain::board::Outcome;
use domain::errors::AppError;
use domain::help::Theme;
use domain::ids::{ApplicationId, CallId, OrganisationId};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::application;
use super::reading::{document_kinds, live_sections, may_edit, readable};
use super::{editing, state_of};
use crate::board::entity::board_item;
use crate::calls::entity::call;
use crate::calls::queries::{CallView, criteria, shown as call_shown};
use crate::calls::terms_of;
use crate::context::Context;
use crate::error::Result;
use crate::organisations::entity::organisation;

pub use super::list::{ApplicationRow, list};

/// One application.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationView {
    /// Identifier.
    pub id: ApplicationId,
    /// Number as people read it.
    pub number: String,
    /// Title of the project.
    pub title: String,
    /// State.
    pub state: ApplicationState,
    /// The call, with its criteria.
    pub call: CallView,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its legal name.
    pub organisation: String,
    /// When it was registered.
    pub registered_on: Option<NaiveDate>,
    /// Whether its profile is complete.
    pub profile_complete: bool,
    /// Theme, when chosen.
    pub theme: Option<Theme>,
    /// Country, empty while it is not chosen.
    pub country: String,
    /// Months, 0 while not given.
    pub duration_months: i64,
    /// Asked from the Fund.
    pub requested: Money,
    /// Submitted revisions so far.
    pub revision: i64,
    /// What the secretariat asks for, when returned.
    pub clarification: String,
    /// Why the Board rejected it, as the organisation is told.
    pub rejection: Option<String>,
    /// Until when it can be written in.
    pub deadline: DateTime<Utc>,
    /// First submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Changed last.
    pub updated_at: DateTime<Utc>,
    /// Whether the actor may write in it now.
    pub may_edit: bool,
    /// Whether it was returned and its date has passed without an answer.
    pub is_unanswered: bool,
}

/// One application.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: ApplicationId) -> Result<ApplicationView> {
    let row = readable(context, id).await?;
    let database = context.database();
    let call = call::Entity::find_by_id(row.call_id).one(database).await?.ok_or(AppError::NotFound)?;
    let profile =
        organisation::Entity::find_by_id(row.organisation_id).one(database).await?.ok_or(AppError::NotFound)?;
    Ok(ApplicationView {
        id,
        state: state_of(&row)?,
        rejection: rejection(context, &row).await?,
        may_edit: may_edit(context, &row, &call),
        is_unanswered: editing::is_unanswered(&row, context.now),
        deadline: editing::deadline(&row, &call),
        call: call_shown(call, criteria(database, CallId(row.call_id)).await?, context.now)?,
        organisation_id: OrganisationId(row.organisation_id),
        organisation: profile.legal_name,
        registered_on: profile.registration_date,
        profile_complete: profile.profile_complete,
        theme: Theme::from_code(&row.theme),
        country: row.country,
        duration_months: row.duration_months,
        requested: Money::usd(row.requested_usd_minor),
        revision: row.revision,
        clarification: row.clarification,
        submitted_at: row.submitted_at,
        updated_at: row.updated_at,
        number: row.number,
        title: row.title,
    })
}

/// Why the Board rejected an application; a rejection that is not released has not reached it.
async fn rejection(context: &Context, row: &application::Model) -> Result<Option<String>> {
    if state_of(row)? != ApplicationState::Rejected {
        return Ok(None);
    }
    let item = board_item::Entity::find()
        .filter(board_item::Column::ApplicationId.eq(row.id))
        .filter(board_item::Column::Outcome.eq(Outcome::Reject.code()))
        .order_by_desc(board_item::Column::Id)
        .one(context.database())
        .await?;
    Ok(item.map(|item| item.reason))
}

/// Everything that is still open in an application; for the own organisation.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn open_points(context: &Context, id: ApplicationId) -> Result<Vec<OpenPoint>> {
    let row = readable(context, id).await?;
    context.permit(Action::WriteApplications, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    let database = context.database();
    let call = call::Entity::find_by_id(row.call_id).one(database).await?.ok_or(AppError::NotFound)?;
    let sections = live_sections(database, id).await?;
    Ok(check_all(&sections, &terms_of(&call), &document_kinds(database, id).await?))
}

/// The own organisation's application to a call that has not ended, for the call's page.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn own_to_call(context: &Context, call: CallId) -> Result<Option<ApplicationId>> {
    context.permit(Action::WriteApplications, &Subject::NONE)?;
    let ended = [ApplicationState::Withdrawn, ApplicationState::Ineligible, ApplicationState::Rejected];
    let row = application::Entity::find()
        .filter(application::Column::CallId.eq(call.0))
        .filter(application::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)))
        .filter(application::Column::State.is_not_in(ended.iter().map(|state| state.code())))
        .one(context.database())
        .await?;
    Ok(row.map(|row| ApplicationId(row.id)))
}
