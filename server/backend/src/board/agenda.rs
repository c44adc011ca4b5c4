//! The agenda of a session, page by page. A vote is its member's alone until the recommendation is recorded.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::board::{Count, Outcome, Vote};
use domain::errors::AppError;
use domain::ids::{BoardItemId, BoardSessionId, UserId};
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use domain::users::UserState;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
};

use super::entity::{board_item, board_session, board_vote, decision};
use crate::applications::entity::application;
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, page_of};
use crate::reviews::{self, ApplicationFacts, facts};
use crate::users::entity::user;
use crate::users::ties;

/// One application on the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    /// Identifier.
    pub id: BoardItemId,
    /// The application.
    pub application: ApplicationFacts,
    /// Whether its reviews allow to recommend it.
    pub recommendable: bool,
    /// By how many points its reviews differ, when that has to be settled before it can be recommended.
    pub dispute: Option<i64>,
    /// How many voted, the recused ones among them.
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
    /// On which conditions.
    pub conditions: String,
    /// Why it is rejected, as the organisation reads it.
    pub reason: String,
    /// What the Fund notes for itself.
    pub note: String,
    /// What the votes so far give, for those who record it; none without a quorum.
    pub forecast: Option<Outcome>,
    /// Members who voted; how is theirs alone until it is recorded.
    pub voters: Vec<UserId>,
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

/// The agenda of a session page by page, best scores first.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn agenda(context: &Context, id: BoardSessionId, request: &PageRequest) -> Result<Page<ItemView>> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let found = board_session::Entity::find_by_id(id.0).one(context.database()).await?;
    found.ok_or(AppError::NotFound)?;
    let Page { rows, total, more, page } = page_of(context, on_agenda(id), request).await?;
    Ok(Page { rows: items(context, id, rows).await?, total, more, page })
}

/// One item of a session's agenda.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn item(context: &Context, session: BoardSessionId, id: BoardItemId) -> Result<ItemView> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let row = board_item::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let wanted = on_agenda(session).filter(application::Column::Id.eq(row.application_id));
    let rows = wanted.all(context.database()).await?;
    let found = items(context, session, rows).await?.into_iter().find(|item| item.id == id);
    Ok(found.ok_or(AppError::NotFound)?)
}

/// The names of the Board's members who have not voted on an item.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn missing_voters(context: &Context, item: &ItemView) -> Result<Vec<String>> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let names = user::Entity::find()
        .select_only()
        .column(user::Column::Name)
        .filter(user::Column::Role.eq(Role::BoardMember.code()))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .filter(user::Column::Id.is_not_in(item.voters.iter().map(|member| member.0)))
        .order_by_asc(user::Column::Name);
    Ok(names.into_tuple().all(context.database()).await?)
}

/// Applications in the order of the ranking (`domain::reviews::ranking`); those without a score come last.
pub(super) fn ranked(query: Select<application::Entity>) -> Select<application::Entity> {
    query
        .order_by_asc(application::Column::MeanScoreHundredths.is_null())
        .order_by_desc(application::Column::MeanScoreHundredths)
        .order_by_asc(application::Column::RequestedUsdMinor)
        .order_by_asc(application::Column::Id)
}

/// The applications on the agenda of a session, in its order.
pub(super) fn on_agenda(session: BoardSessionId) -> Select<application::Entity> {
    let ids = board_item::Entity::find()
        .select_only()
        .column(board_item::Column::ApplicationId)
        .filter(board_item::Column::SessionId.eq(session.0))
        .into_query();
    ranked(application::Entity::find().filter(application::Column::Id.in_subquery(ids)))
}

/// The items of these applications of one agenda, in their order.
async fn items(context: &Context, session: BoardSessionId, rows: Vec<application::Model>) -> Result<Vec<ItemView>> {
    let database = context.database();
    let order: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let Some(call) = rows.first().map(|row| row.call_id) else { return Ok(Vec::new()) };
    let mut known = facts::of(database, rows).await?;
    let of_items = application::Entity::find().filter(application::Column::Id.is_in(order.iter().copied()));
    let allowed = reviews::recommendable(database, call, of_items).await?;
    let disputes = reviews::disputes(database, order.clone()).await?;
    let rows = board_item::Entity::find()
        .filter(board_item::Column::SessionId.eq(session.0))
        .filter(board_item::Column::ApplicationId.is_in(order.iter().copied()))
        .all(database)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|item| item.id).collect();
    let mut votes = votes_of(context, ids.clone()).await?;
    recuse(context, &rows, &known, &mut votes).await?;
    let mut reasons = sent_back(context, ids).await?;
    let mut rows: HashMap<i64, board_item::Model> = rows.into_iter().map(|item| (item.application_id, item)).collect();
    order
        .into_iter()
        .filter_map(|application| Some((known.remove(&application)?, rows.remove(&application)?)))
        .map(|(application, item)| {
            let votes = votes.remove(&item.id).unwrap_or_default();
            let reason = reasons.remove(&item.id);
            let dispute = disputes.get(&item.application_id).copied();
            let recommendable = allowed.contains(&item.application_id);
            shown(context, item, application, (recommendable, dispute), votes, reason)
        })
        .collect()
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
    (recommendable, dispute): (bool, Option<i64>),
    votes: Vec<VoteView>,
    sent_back: Option<String>,
) -> Result<ItemView> {
    let kinds: Vec<Vote> = votes.iter().map(|vote| vote.vote).collect();
    let count = Count::of(&kinds);
    let voters = votes.iter().map(|vote| vote.member).collect();
    let outcome = match &item.outcome {
        Some(code) => Some(Outcome::from_code(code).ok_or_else(|| unknown_code("outcome", code))?),
        None => None,
    };
    Ok(ItemView {
        id: BoardItemId(item.id),
        application,
        recommendable,
        dispute,
        cast: votes.len(),
        present: count.present(),
        own: votes.iter().find(|vote| Some(vote.member) == context.actor.user).cloned(),
        votes: if outcome.is_some() { votes } else { Vec::new() },
        count: outcome.map(|_| count),
        outcome,
        amount: item.amount_usd_minor.map(Money::usd),
        conditions: item.conditions,
        reason: item.reason,
        note: item.note,
        forecast: count
            .outcome()
            .filter(|_| outcome.is_none() && context.permit(Action::ManageBoard, &Subject::NONE).is_ok()),
        voters,
        recorded_at: item.recorded_at,
        sent_back,
    })
}
