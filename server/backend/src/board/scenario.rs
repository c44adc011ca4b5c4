//! A scenario for the Board: if these applications were approved, one after another, what would remain of each
//! earmark. It uses the rule by which awards choose their receipts, and changes nothing.

use domain::contributions::Earmark;
use domain::funding::{Considered, Purpose, left_of, scenario as think};
use domain::ids::{ApplicationId, BoardSessionId, CallId};
use domain::money::Money;
use domain::roles::{Action, Subject};

use super::queries::session;
use crate::context::Context;
use crate::contributions::sources;
use crate::error::Result;
use crate::ledger::kept;
use crate::page::PageRequest;
use crate::reviews::{ApplicationFacts, purpose_of, ranking};

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
    /// The candidates, best scores first.
    pub candidates: Vec<Candidate>,
    /// By earmark: available now, and what would remain, US cents.
    pub money: Vec<(Earmark, i64, i64)>,
}

/// The scenario of a session's agenda with the chosen applications.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn of_session(context: &Context, id: BoardSessionId, chosen: &[ApplicationId]) -> Result<BoardScenario> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let session = session(context, id).await?;
    let candidates = session
        .items
        .into_iter()
        .filter(|item| waits_for_money(&item.application))
        .map(|item| Candidate {
            amount: item.amount.unwrap_or(item.application.requested),
            application: item.application,
            considered: None,
        })
        .collect();
    scenario(context, session.title, candidates, chosen).await
}

/// The scenario of a page of a call's ranking with the chosen applications.
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
    let candidates = ranking
        .ranked
        .rows
        .into_iter()
        .map(|row| Candidate { amount: row.application.requested, application: row.application, considered: None })
        .collect();
    scenario(context, ranking.call_title, candidates, chosen).await
}

/// What is awarded has its money already, and what is rejected wants none.
fn waits_for_money(application: &ApplicationFacts) -> bool {
    use domain::applications::ApplicationState as State;
    matches!(application.state, State::Reviewed | State::Reserved | State::Recommended)
}

async fn scenario(
    context: &Context,
    title: String,
    mut candidates: Vec<Candidate>,
    chosen: &[ApplicationId],
) -> Result<BoardScenario> {
    let sources = sources(context.database()).await?;
    let picked: Vec<(usize, i64, Purpose)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| chosen.contains(&candidate.application.id))
        .filter_map(|(position, candidate)| {
            Some((position, candidate.amount.minor, purpose_of(&candidate.application)?))
        })
        .collect();
    let awards: Vec<(i64, Purpose)> = picked.iter().map(|(_, amount, purpose)| (*amount, *purpose)).collect();
    let thought = think(&awards, &sources);
    for ((position, _, _), considered) in picked.iter().zip(thought.awards) {
        if let Some(candidate) = candidates.get_mut(*position) {
            candidate.considered = Some(considered);
        }
    }
    // Also an earmark of which nothing is left is shown, with nothing.
    let money = kept::available(&kept::sums_by_earmark(context.database()).await?)
        .into_iter()
        .map(|(earmark, _)| (earmark, left_of(earmark, &sources), left_of(earmark, &thought.left)))
        .collect();
    Ok(BoardScenario { title, candidates, money })
}
