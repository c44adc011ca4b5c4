//! Starting an application to an open call.

use chrono::Datelike as _;
use domain::applications::{ApplicationState, START, SUMMARY, Section};
use domain::calls::CallState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, CallId, OrganisationId};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::entity::{application, application_section};
use crate::calls;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::{audit, token};

/// States in which an application no longer keeps its organisation from starting another one to the same call.
const ENDED: &[ApplicationState] =
    &[ApplicationState::Withdrawn, ApplicationState::Ineligible, ApplicationState::Rejected];

/// Starts a draft for the actor's organisation. An organisation has one live application to a call.
///
/// # Errors
/// Not allowed, no such call, not open now, one is there already, wrong fields, or the database's.
pub async fn create(context: &Context, call: CallId, typed: &Typed) -> Result<ApplicationId> {
    context.permit(Action::WriteApplications, &Subject::NONE)?;
    let organisation = context.actor.organisation.ok_or(AppError::NotFound)?;
    let answers = START.read(typed)?;
    let work = context.begin().await?;
    // The lock on the call makes two starts of one organisation wait for each other.
    let call = calls::load(&work, call).await?;
    match calls::state_of(&call, context.now)? {
        CallState::Open => {}
        CallState::Draft => return Err(AppError::NotFound.into()),
        CallState::Published => {
            return Err(AppError::refused_with("refused-call-not-open-yet", "opens", call.opens_at).into());
        }
        CallState::Closed | CallState::Decided => {
            return Err(AppError::refused_with("refused-deadline-passed", "deadline", call.closes_at).into());
        }
    }
    if let Some(live) = live(&work, call.id, organisation).await? {
        return Err(AppError::refused_with("refused-application-exists", "number", live.number).into());
    }
    let row = insert(&work, call.id, organisation, answers.text("title")).await?;
    work.commit().await?;
    Ok(ApplicationId(row.id))
}

/// The organisation's application to a call that has not ended.
pub(super) async fn live(
    work: &Work<'_>,
    call: i64,
    organisation: OrganisationId,
) -> Result<Option<application::Model>> {
    Ok(application::Entity::find()
        .filter(application::Column::CallId.eq(call))
        .filter(application::Column::OrganisationId.eq(organisation.0))
        .filter(application::Column::State.is_not_in(ENDED.iter().map(|state| state.code())))
        .one(&work.transaction)
        .await?)
}

async fn insert(work: &Work<'_>, call: i64, organisation: OrganisationId, title: &str) -> Result<application::Model> {
    let context = work.context;
    let row = application::ActiveModel {
        // Made of the row's own key below, so that no two starts can draw the same number.
        number: Set(token::new()?),
        call_id: Set(call),
        organisation_id: Set(organisation.0),
        state: Set(ApplicationState::Draft.code().to_owned()),
        title: Set(title.to_owned()),
        theme: Set(String::new()),
        country: Set(String::new()),
        duration_months: Set(0),
        requested_usd_minor: Set(0),
        revision: Set(0),
        clarification: Set(String::new()),
        updated_at: Set(context.now),
        created_by: Set(context.actor.user.map(Into::into)),
        created_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let number = format!("A-{}-{:04}", context.today().year(), row.id);
    let mut numbered: application::ActiveModel = row.into();
    numbered.number = Set(number);
    let row = numbered.update(&work.transaction).await?;
    application_section::ActiveModel {
        application_id: Set(row.id),
        section: Set(Section::Summary.code().to_owned()),
        typed: Set(serde_json::to_string(&Typed::default().with(SUMMARY.fields[0].name, title))?),
        version: Set(1),
        updated_by: Set(context.actor.user.map(Into::into)),
        updated_by_name: Set(context.actor.name.clone()),
        updated_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(work, "audit-application-created", audit::Kind::Application, row.id, None, Some(&row))
        .await?;
    Ok(row)
}
