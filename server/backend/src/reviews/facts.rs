//! What lists of reviews and of the Board show of an application.

use std::collections::HashMap;

use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::ids::{ApplicationId, CallId, OrganisationId};
use domain::money::Money;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::applications::entity::application;
use crate::error::{Result, unknown_code};
use crate::organisations::queries::names as organisation_names;

/// The gist of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationFacts {
    /// Identifier.
    pub id: ApplicationId,
    /// Number as people use it.
    pub number: String,
    /// The call.
    pub call: CallId,
    /// Title of the project.
    pub title: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its legal name.
    pub organisation_name: String,
    /// Theme code.
    pub theme: String,
    /// Country code.
    pub country: String,
    /// Asked from the Fund.
    pub requested: Money,
    /// Mean score in hundredths of a point, once all reviews are in.
    pub mean_hundredths: Option<i64>,
    /// State.
    pub state: ApplicationState,
}

/// The gist of several applications, in two queries.
pub(crate) async fn of<C: ConnectionTrait>(
    database: &C,
    rows: Vec<application::Model>,
) -> Result<HashMap<i64, ApplicationFacts>> {
    let names = organisation_names(database, rows.iter().map(|row| row.organisation_id)).await?;
    rows.into_iter()
        .map(|row| {
            let facts = ApplicationFacts {
                id: ApplicationId(row.id),
                call: CallId(row.call_id),
                organisation: OrganisationId(row.organisation_id),
                organisation_name: names.get(&row.organisation_id).cloned().unwrap_or_default(),
                requested: Money::usd(row.requested_usd_minor),
                mean_hundredths: row.mean_score_hundredths,
                state: ApplicationState::from_code(&row.state)
                    .ok_or_else(|| unknown_code("application state", &row.state))?,
                number: row.number,
                title: row.title,
                theme: row.theme,
                country: row.country,
            };
            Ok((row.id, facts))
        })
        .collect()
}

/// The gist of the applications with these numbers.
pub(crate) async fn of_ids<C: ConnectionTrait>(database: &C, ids: Vec<i64>) -> Result<HashMap<i64, ApplicationFacts>> {
    let rows = application::Entity::find().filter(application::Column::Id.is_in(ids)).all(database).await?;
    of(database, rows).await
}

/// The gist of one application.
pub(crate) async fn of_one<C: ConnectionTrait>(database: &C, id: ApplicationId) -> Result<ApplicationFacts> {
    Ok(of_ids(database, vec![id.0]).await?.remove(&id.0).ok_or(AppError::NotFound)?)
}
