//! The ranking of a call: who comes first, who cannot be recommended, and where the available money ends.

use domain::applications::ApplicationState;
use domain::countries;
use domain::errors::AppError;
use domain::funding::{Purpose, Source, available_for};
use domain::help::Theme;
use domain::ids::{ApplicationId, CallId};
use domain::money::Money;
use domain::reviews::RankingRow;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::complete::recommendable;
use super::facts::{self, ApplicationFacts};
use crate::applications::entity::application;
use crate::calls::entity::call;
use crate::context::Context;
use crate::contributions::sources;
use crate::error::Result;

/// An application with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The application.
    pub application: ApplicationFacts,
    /// Its place.
    pub place: RankingRow,
    /// What the Fund could commit to this application alone, earmarks considered.
    pub available: Money,
}

/// The ranking of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Title of the call.
    pub call_title: String,
    /// Those that can be recommended and wait for money, best first.
    pub ranked: Vec<Ranked>,
    /// Those whose reviews do not allow to recommend them, best first.
    pub not_recommendable: Vec<ApplicationFacts>,
    /// Money that can be committed to at least one of the ranked applications.
    pub available: Money,
}

/// The ranking of a call: of all applications whose reviews are in and that are not yet awarded or rejected.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn ranking(context: &Context, id: CallId) -> Result<Ranking> {
    context.permit(Action::ReadRanking, &Subject::NONE)?;
    let database = context.database();
    let call = call::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let states = [ApplicationState::Reviewed, ApplicationState::Reserved, ApplicationState::Recommended];
    let rows = application::Entity::find()
        .filter(application::Column::CallId.eq(id.0))
        .filter(application::Column::State.is_in(states.map(ApplicationState::code)))
        .all(database)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let allowed = recommendable(database, id.0, ids).await?;
    let mut known = facts::of(database, rows).await?;
    let mut not_recommendable: Vec<ApplicationFacts> =
        known.values().filter(|facts| !allowed.get(&facts.id.0).unwrap_or(&false)).cloned().collect();
    not_recommendable.sort_by_key(|facts| (std::cmp::Reverse(facts.mean_hundredths), facts.id));
    known.retain(|application, _| *allowed.get(application).unwrap_or(&false));

    let sources = sources(database).await?;
    let purposes: Vec<Purpose> = known.values().filter_map(purpose_of).collect();
    let fitting = |source: &&Source| purposes.iter().any(|purpose| source.earmark.fits(purpose.theme, purpose.region));
    let available: i64 = sources.iter().filter(fitting).map(|source| source.available.max(0)).sum();
    let candidates: Vec<(ApplicationId, i64, i64)> =
        known.values().map(|facts| (facts.id, facts.mean_hundredths.unwrap_or(0), facts.requested.minor)).collect();
    let ranked = domain::reviews::ranking(candidates, available)
        .into_iter()
        .filter_map(|place| {
            let application = known.remove(&place.application.0)?;
            let available = purpose_of(&application).map_or(0, |purpose| available_for(purpose, &sources));
            Some(Ranked { application, place, available: Money::usd(available) })
        })
        .collect();
    Ok(Ranking { call_title: call.title, ranked, not_recommendable, available: Money::usd(available) })
}

/// What money for an application would be used for.
pub(crate) fn purpose_of(application: &ApplicationFacts) -> Option<Purpose> {
    Some(Purpose { theme: Theme::from_code(&application.theme)?, region: countries::region(&application.country) })
}
