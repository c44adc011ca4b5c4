//! Reading sessions of the Board. A vote is its member's alone until the recommendation is recorded.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::board::{Count, Outcome, SessionState, Vote};
use domain::errors::AppError;
use domain::ids::{BoardItemId, BoardSessionId, CallId, UserId};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::entity::{board_item, board_session, board_vote, decision};
use super::session::state_of;
use crate::calls::entity::call;
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, matches, page_of};
use crate::reviews::{self, ApplicationFacts, facts};
use crate::users::entity::user;
use crate::users::ties;

/// A session in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Identifier.
    pub id: BoardSessionId,
    /// Title.
    pub title: String,
    /// Title of the call.
    pub call_title: String,
    /// Day of the session.
    pub date: NaiveDate,
    /// How far it is.
    pub state: SessionState,
    /// Applications on its agenda.
    pub items: i64,
    /// Those with a recommendation.
    pub recorded: i64,
}

/// A session with its agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// Identifier.
    pub id: BoardSessionId,
    /// Title.
    pub title: String,
    /// The call.
    pub call: CallId,
    /// Title of the call.
    pub call_title: String,
    /// Largest award of the call.
    pub largest_award: Money,
    /// Day of the session.
    pub date: NaiveDate,
    /// How far it is.
    pub state: SessionState,
    /// The agenda, best scores first.
    pub items: Vec<ItemView>,
}

/// One application on the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    /// Identifier.
    pub id: BoardItemId,
    /// The application.
    pub application: ApplicationFacts,
    /// Whether its reviews allow to recommend it.
    pub recommendable: bool,
    /// Members who voted, the recused ones among them.
    pub cast: usize,
    /// Members who take part; the quorum counts these.
    pub present: usize,
    /// The actor's own vote.
    pub own: Option<VoteView>,
    /// All votes, once the recommendation is recorded.
    pub votes: Vec<VoteView>,
    /// The votes counted, once the recommendation is recorded.
    pub count: Option<Count>,
    /// What the Board recommends, once recorded.
    pub outcome: Option<Outcome>,
    /// What it recommends to award.
    pub amount: Option<Money>,
    /// On which conditions, or why not.
    pub conditions: String,
    /// When it was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// Why the executive director sent an earlier recommendation back; the latest.
    pub sent_back: Option<String>,
}

/// A member's vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteView {
    /// Who.
    pub member: UserId,
    /// Their name.
    pub name: String,
    /// The vote.
    pub vote: Vote,
    /// What the member wrote beside it.
    pub note: String,
}

/// Sessions page by page, latest first; searched by title, filtered by state.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn sessions(context: &Context, request: &PageRequest) -> Result<Page<SessionRow>> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let database = context.database();
    let mut query = board_session::Entity::find();
    if let Some(words) = request.folded() {
        query = query.filter(matches(board_session::Column::Search, &words));
    }
    if let Some(state) = SessionState::from_code(&request.filter) {
        query = query.filter(board_session::Column::State.eq(state.code()));
    }
    let query = match request.sort.as_str() {
        "title" => query.order_by_asc(board_session::Column::Title),
        "state" => query.order_by_desc(board_session::Column::State),
        _ => query,
    };
    let query = query.order_by_desc(board_session::Column::Date).order_by_desc(board_session::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let counts: Vec<(i64, i64, i64)> = board_item::Entity::find()
        .select_only()
        .column(board_item::Column::SessionId)
        .column_as(Expr::col((board_item::Entity, board_item::Column::Id)).count(), "items")
        .column_as(Expr::col((board_item::Entity, board_item::Column::Outcome)).count(), "recorded")
        .filter(board_item::Column::SessionId.is_in(rows.iter().map(|row| row.id)))
        .group_by(board_item::Column::SessionId)
        .into_tuple()
        .all(database)
        .await?;
    let calls: Vec<(i64, String)> = call::Entity::find()
        .select_only()
        .column(call::Column::Id)
        .column(call::Column::Title)
        .filter(call::Column::Id.is_in(rows.iter().map(|row| row.call_id)))
        .into_tuple()
        .all(database)
        .await?;
    let calls: HashMap<i64, String> = calls.into_iter().collect();
    let rows = rows
        .into_iter()
        .map(|row| {
            let (_, items, recorded) = counts.iter().find(|count| count.0 == row.id).copied().unwrap_or_default();
            Ok(SessionRow {
                id: BoardSessionId(row.id),
                call_title: calls.get(&row.call_id).cloned().unwrap_or_default(),
                state: state_of(&row)?,
                title: row.title,
                date: row.date,
                items,
                recorded,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// A session with its agenda.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn session(context: &Context, id: BoardSessionId) -> Result<SessionView> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let database = context.database();
    let row = board_session::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let call = call::Entity::find_by_id(row.call_id).one(database).await?.ok_or(AppError::NotFound)?;
    let rows = board_item::Entity::find().filter(board_item::Column::SessionId.eq(id.0)).all(database).await?;
    let applications: Vec<i64> = rows.iter().map(|item| item.application_id).collect();
    let mut known = facts::of_ids(database, applications.clone()).await?;
    let allowed = reviews::recommendable(database, call.id, applications).await?;
    let items: Vec<i64> = rows.iter().map(|item| item.id).collect();
    let mut votes = votes_of(context, items.clone()).await?;
    recuse(context, &rows, &known, &mut votes).await?;
    let mut reasons = sent_back(context, items).await?;
    let mut items: Vec<ItemView> = rows
        .into_iter()
        .filter_map(|item| Some((known.remove(&item.application_id)?, item)))
        .map(|(application, item)| {
            let votes = votes.remove(&item.id).unwrap_or_default();
            let reason = reasons.remove(&item.id);
            let recommendable = allowed.get(&item.application_id).copied().unwrap_or(false);
            shown(context, item, application, recommendable, votes, reason)
        })
        .collect::<Result<_>>()?;
    items.sort_by_key(|item| (std::cmp::Reverse(item.application.mean_hundredths), item.application.id));
    Ok(SessionView {
        id,
        call: CallId(call.id),
        call_title: call.title,
        largest_award: Money::usd(call.largest_usd_minor),
        state: state_of(&row)?,
        title: row.title,
        date: row.date,
        items,
    })
}

/// The votes on items, with the members' names.
async fn votes_of(context: &Context, items: Vec<i64>) -> Result<HashMap<i64, Vec<VoteView>>> {
    let rows = board_vote::Entity::find()
        .filter(board_vote::Column::ItemId.is_in(items))
        .order_by_asc(board_vote::Column::Id)
        .all(context.database())
        .await?;
    let names: Vec<(i64, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Name)
        .filter(user::Column::Id.is_in(rows.iter().map(|row| row.member_id)))
        .into_tuple()
        .all(context.database())
        .await?;
    let names: HashMap<i64, String> = names.into_iter().collect();
    let mut votes: HashMap<i64, Vec<VoteView>> = HashMap::new();
    for row in rows {
        votes.entry(row.item_id).or_default().push(VoteView {
            member: UserId(row.member_id),
            name: names.get(&row.member_id).cloned().unwrap_or_default(),
            vote: Vote::from_code(&row.vote).ok_or_else(|| unknown_code("vote", &row.vote))?,
            note: row.note,
        });
    }
    Ok(votes)
}

/// Votes that are not counted yet, of members who have got a tie with the organisation since, count as recused.
async fn recuse(
    context: &Context,
    items: &[board_item::Model],
    applications: &HashMap<i64, ApplicationFacts>,
    votes: &mut HashMap<i64, Vec<VoteView>>,
) -> Result<()> {
    let people: Vec<i64> = votes.values().flatten().map(|vote| vote.member.0).collect();
    let organisations = applications.values().map(|application| application.organisation.0);
    let tied = ties::between(context.database(), people, organisations).await?;
    for item in items.iter().filter(|item| item.outcome.is_none()) {
        let Some(application) = applications.get(&item.application_id) else { continue };
        for vote in votes.get_mut(&item.id).into_iter().flatten() {
            if tied.contains(&(vote.member, application.organisation)) {
                vote.vote = Vote::Recused;
            }
        }
    }
    Ok(())
}

/// The latest reason for which a recommendation of each item was sent back.
async fn sent_back(context: &Context, items: Vec<i64>) -> Result<HashMap<i64, String>> {
    let rows = decision::Entity::find()
        .filter(decision::Column::ItemId.is_in(items))
        .filter(decision::Column::Approved.eq(false))
        .order_by_asc(decision::Column::Id)
        .all(context.database())
        .await?;
    Ok(rows.into_iter().map(|row| (row.item_id, row.note)).collect())
}

fn shown(
    context: &Context,
    item: board_item::Model,
    application: ApplicationFacts,
    recommendable: bool,
    votes: Vec<VoteView>,
    sent_back: Option<String>,
) -> Result<ItemView> {
    let kinds: Vec<Vote> = votes.iter().map(|vote| vote.vote).collect();
    let count = Count::of(&kinds);
    let outcome = match &item.outcome {
        Some(code) => Some(Outcome::from_code(code).ok_or_else(|| unknown_code("outcome", code))?),
        None => None,
    };
    Ok(ItemView {
        id: BoardItemId(item.id),
        application,
        recommendable,
        cast: votes.len(),
        present: count.present(),
        own: votes.iter().find(|vote| Some(vote.member) == context.actor.user).cloned(),
        votes: if outcome.is_some() { votes } else { Vec::new() },
        count: outcome.map(|_| count),
        outcome,
        amount: item.amount_usd_minor.map(Money::usd),
        conditions: item.conditions,
        recorded_at: item.recorded_at,
        sent_back,
    })
}
