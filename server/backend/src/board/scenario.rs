//! A scenario for the Board: if these applications were approved, one after another, what would remain of each
//! earmark. It uses the rule by which awards choose their receipts, and changes nothing.

use std::collections::HashMap;

use domain::applications::ApplicationState;
use domain::board::Outcome;
use domain::contributions::Earmark;
use domain::funding::{Considered, Purpose, left_of, scenario as think};
use domain::ids::{ApplicationId, BoardSessionId, CallId};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _};

use super::agenda::on_agenda;
use super::entity::board_item;
use super::queries::session;
use crate::applications::entity::application;
use crate::context::Context;
use crate::contributions::sources;
use crate::error::Result;
use crate::ledger::kept;
use crate::page::{Page, PageRequest, page_of};
use crate::reviews::{ApplicationFacts, facts, purpose_of, ranking};

/// An application that may be part of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The application.
    pub application: ApplicationFacts,
    /// What it would be awarded: the Board's amount where it recommended one, else what was asked for.
    pub amount: Money,
    /// What approving it would take; none when it is not part of the scenario.
    pub considered: Option<Considered>,
}

/// The scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardScenario {
    /// Title of the session or of the call.
    pub title: String,
    /// A page of the candidates, best scores first.
    pub candidates: Page<Candidate>,
    /// Candidates of other pages that are part of the scenario.
    pub elsewhere: Vec<Candidate>,
    /// By earmark: available now, and what would remain, US cents.
    pub money: Vec<(Earmark, i64, i64)>,
}

/// The scenario of a session's agenda, a page of it, with the chosen applications of all pages.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn of_session(
    context: &Context,
    id: BoardSessionId,
    request: &PageRequest,
    chosen: &[ApplicationId],
) -> Result<BoardScenario> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let session = session(context, id).await?;
    // What is awarded has its money already, and what is rejected wants none, also before it is told.
    let waiting = [ApplicationState::Reviewed, ApplicationState::Reserved, ApplicationState::Recommended];
    let rejected = board_item::Entity::find()
        .select_only()
        .column(board_item::Column::ApplicationId)
        .filter(board_item::Column::SessionId.eq(id.0))
        .filter(board_item::Column::Outcome.eq(Outcome::Reject.code()))
        .into_query();
    let query = on_agenda(id)
        .filter(application::Column::State.is_in(waiting.map(ApplicationState::code)))
        .filter(application::Column::Id.not_in_subquery(rejected));
    let picked = query.clone().filter(application::Column::Id.is_in(chosen.iter().map(|application| application.0)));
    let picked = candidates(context, id, picked.all(context.database()).await?).await?;
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let page = Page { rows: candidates(context, id, rows).await?, total, more, page };
    scenario(context, session.title, page, picked).await
}

/// Applications of an agenda as candidates, in their order.
async fn candidates(
    context: &Context,
    session: BoardSessionId,
    rows: Vec<application::Model>,
) -> Result<Vec<Candidate>> {
    let order: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let items = board_item::Entity::find()
        .filter(board_item::Column::SessionId.eq(session.0))
        .filter(board_item::Column::ApplicationId.is_in(order.iter().copied()))
        .all(context.database())
        .await?;
    let amounts: HashMap<i64, i64> =
        items.into_iter().filter_map(|item| Some((item.application_id, item.amount_usd_minor?))).collect();
    let mut known = facts::of(context.database(), rows).await?;
    let candidate = |application: ApplicationFacts| Candidate {
        amount: amounts.get(&application.id.0).map_or(application.requested, |minor| Money::usd(*minor)),
        application,
        considered: None,
    };
    Ok(order.into_iter().filter_map(|id| known.remove(&id)).map(candidate).collect())
}

/// The scenario of a page of a call's ranking with the chosen applications of that page.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn of_call(
    context: &Context,
    id: CallId,
    request: &PageRequest,
    chosen: &[ApplicationId],
) -> Result<BoardScenario> {
    context.permit(Action::ReadRanking, &Subject::NONE)?;
    let ranking = ranking(context, id, request).await?;
    let page = ranking.ranked.map(|row| Candidate {
        amount: row.application.requested,
        application: row.application,
        considered: None,
    });
    let picked = page.rows.iter().filter(|row| chosen.contains(&row.application.id)).cloned().collect();
    scenario(context, ranking.call_title, page, picked).await
}

/// Thinks the picked candidates through, one after another.
async fn scenario(
    context: &Context,
    title: String,
    mut candidates: Page<Candidate>,
    mut picked: Vec<Candidate>,
) -> Result<BoardScenario> {
    let sources = sources(context.database()).await?;
    picked.retain(|candidate| purpose_of(&candidate.application).is_some());
    let awards: Vec<(i64, Purpose)> = picked
        .iter()
        .filter_map(|candidate| Some((candidate.amount.minor, purpose_of(&candidate.application)?)))
        .collect();
    let thought = think(&awards, &sources);
    for (candidate, considered) in picked.iter_mut().zip(thought.awards) {
        candidate.considered = Some(considered);
    }
    let mut elsewhere = Vec::new();
    for candidate in picked {
        match candidates.rows.iter_mut().find(|row| row.application.id == candidate.application.id) {
            Some(row) => row.considered = candidate.considered,
            None => elsewhere.push(candidate),
        }
    }
    // Also an earmark of which nothing is left is shown, with nothing.
    let money = kept::available(&kept::sums_by_earmark(context.database()).await?)
        .into_iter()
        .map(|(earmark, _)| (earmark, left_of(earmark, &sources), left_of(earmark, &thought.left)))
        .collect();
    Ok(BoardScenario { title, candidates, elsewhere, money })
}
