//! The ranking of a call: who comes first, who cannot be recommended, and where the available money ends. Places are
//! worked out over the whole call from a few numbers of each application; only one page is loaded in full.

use std::collections::HashMap;

use domain::applications::ApplicationState;
use domain::contributions::Earmark;
use domain::countries;
use domain::errors::AppError;
use domain::funding::{Purpose, available_of};
use domain::help::Theme;
use domain::ids::{ApplicationId, CallId};
use domain::money::Money;
use domain::reviews::RankingRow;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select};

use super::complete::recommendable;
use super::facts::{self, ApplicationFacts};
use crate::applications::entity::application;
use crate::calls::entity::call;
use crate::context::Context;
use crate::contributions::left_by_earmark;
use crate::error::Result;
use crate::page::{More, PAGE_SIZE, Page, PageRequest};

/// The value of the filter that asks for those that cannot be recommended.
pub const BELOW: &str = "below";

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

/// The ranking of a call, of which one page is shown. What is said of the whole is true of all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Title of the call.
    pub call_title: String,
    /// A page of those that can be recommended and wait for money, best first; no rows when the filter is [`BELOW`].
    pub ranked: Page<Ranked>,
    /// A page of those whose reviews do not allow to recommend them, best first; no rows without that filter.
    pub not_recommendable: Page<ApplicationFacts>,
    /// Money that can be committed to at least one of the ranked applications.
    pub available: Money,
    /// How many of all, from the best on, the money covers.
    pub covered: u64,
    /// What all ranked applications ask for together.
    pub asked: Money,
}

/// What a place follows from.
struct Candidate {
    id: i64,
    mean_hundredths: i64,
    requested_minor: i64,
    purpose: Option<Purpose>,
}

/// The ranking of a call: of all applications whose reviews are in and that are not yet awarded or rejected.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn ranking(context: &Context, id: CallId, request: &PageRequest) -> Result<Ranking> {
    context.permit(Action::ReadRanking, &Subject::NONE)?;
    let database = context.database();
    let call = call::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let candidates = candidates(context, id).await?;
    let allowed = recommendable(database, id.0, waiting(id)).await?;
    let (good, mut below): (Vec<Candidate>, Vec<Candidate>) =
        candidates.into_iter().partition(|candidate| allowed.contains(&candidate.id));
    below.sort_by_key(|candidate| (std::cmp::Reverse(candidate.mean_hundredths), candidate.id));

    let left = left_by_earmark(database).await?;
    let purposes: HashMap<i64, Purpose> =
        good.iter().filter_map(|candidate| Some((candidate.id, candidate.purpose?))).collect();
    let fitting = |earmark: Earmark| purposes.values().any(|purpose| earmark.fits(purpose.theme, purpose.region));
    let available: i64 = left.iter().filter(|(earmark, _)| fitting(*earmark)).map(|(_, left)| (*left).max(0)).sum();
    let numbers = good.iter().map(|one| (ApplicationId(one.id), one.mean_hundredths, one.requested_minor)).collect();
    let places = domain::reviews::ranking(numbers, available);

    let covered = places.iter().filter(|place| place.within_available).count();
    let asked = places.last().map_or(0, |place| place.cumulative_minor);
    let wants_below = request.filter == BELOW;
    let shown = cut(&places, request, !wants_below);
    let mut known = facts::of_ids(database, shown.rows.iter().map(|place| place.application.0).collect()).await?;
    let ranked = shown.rows.iter().filter_map(|place| {
        let available = purposes.get(&place.application.0).map_or(0, |purpose| available_of(*purpose, &left));
        let application = known.remove(&place.application.0)?;
        Some(Ranked { application, place: *place, available: Money::usd(available) })
    });
    let ranked = Page { rows: ranked.collect(), total: shown.total, more: More::No, page: shown.page };
    let below: Vec<i64> = below.into_iter().map(|candidate| candidate.id).collect();
    let below = cut(&below, request, wants_below);
    let mut known = facts::of_ids(database, below.rows.clone()).await?;
    let rows = below.rows.iter().filter_map(|id| known.remove(id)).collect();
    Ok(Ranking {
        call_title: call.title,
        ranked,
        not_recommendable: Page { rows, total: below.total, more: More::No, page: below.page },
        available: Money::usd(available),
        covered: u64::try_from(covered).unwrap_or(u64::MAX),
        asked: Money::usd(asked),
    })
}

/// The applications of a call that wait for money, with no more of them than their places follow from.
async fn candidates(context: &Context, id: CallId) -> Result<Vec<Candidate>> {
    let rows: Vec<(i64, Option<i64>, i64, String, String)> = waiting(id)
        .select_only()
        .column(application::Column::Id)
        .column(application::Column::MeanScoreHundredths)
        .column(application::Column::RequestedUsdMinor)
        .column(application::Column::Theme)
        .column(application::Column::Country)
        .into_tuple()
        .all(context.database())
        .await?;
    let candidate = |(id, mean, requested_minor, theme, country): (i64, Option<i64>, i64, String, String)| Candidate {
        id,
        mean_hundredths: mean.unwrap_or(0),
        requested_minor,
        purpose: purpose(&theme, &country),
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// The applications of a call whose reviews are in and that are neither awarded nor rejected.
fn waiting(call: CallId) -> Select<application::Entity> {
    let states = [ApplicationState::Reviewed, ApplicationState::Reserved, ApplicationState::Recommended];
    application::Entity::find()
        .filter(application::Column::CallId.eq(call.0))
        .filter(application::Column::State.is_in(states.map(ApplicationState::code)))
}

/// The page that is asked for of a list in memory; without rows when another list is asked for.
fn cut<T: Clone>(all: &[T], request: &PageRequest, wanted: bool) -> Page<T> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let most = if wanted { number(PAGE_SIZE) } else { 0 };
    let rows = all.iter().skip(number(request.offset())).take(most).cloned().collect();
    Page { rows, total: u64::try_from(all.len()).unwrap_or(u64::MAX), more: More::No, page: request.number() }
}

/// What money for an application would be used for.
pub(crate) fn purpose_of(application: &ApplicationFacts) -> Option<Purpose> {
    purpose(&application.theme, &application.country)
}

fn purpose(theme: &str, country: &str) -> Option<Purpose> {
    Some(Purpose { theme: Theme::from_code(theme)?, region: countries::region(country) })
}
