//! Recommendations that wait for the executive director, each with the money that there is for it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::applications::ApplicationState;
use domain::board::Outcome;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::funding::available_of;
use domain::ids::{ApplicationId, BoardItemId, BoardSessionId};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Select};

use super::decide::vetting_of;
use super::entity::board_item;
use crate::applications::entity::application;
use crate::context::Context;
use crate::contributions::left_by_earmark;
use crate::error::Result;
use crate::organisations::entity::organisation;
use crate::page::{MOST_COUNTED, Page, PageRequest, count_up_to, matches, page_of};
use crate::reviews::{ApplicationFacts, facts, purpose_of};

/// A recommendation that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The application.
    pub application: ApplicationFacts,
    /// The item on which the Board recommended it.
    pub item: BoardItemId,
    /// Its session.
    pub session: BoardSessionId,
    /// What the Board recommends to award.
    pub amount: Money,
    /// On which conditions.
    pub conditions: String,
    /// When it was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// What the Fund can commit to its purpose now.
    pub available: Money,
    /// True when the organisation's vetting holds today.
    pub vetted: bool,
}

/// Recommendations waiting for a decision, page by page, oldest first; searched by title and number.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn waiting(context: &Context, request: &PageRequest) -> Result<Page<Waiting>> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let mut query = recommended();
    if let Some(words) = request.folded() {
        query = query.filter(matches(application::Column::Search, &words));
    }
    let query = query.order_by_asc(application::Column::UpdatedAt).order_by_asc(application::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    Ok(Page { rows: with_money(context, rows).await?, total, more, page })
}

/// How many recommendations wait, counted no further than a list is.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn number_waiting(context: &Context) -> Result<u64> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    count_up_to(context.database(), recommended(), MOST_COUNTED).await
}

/// Applications that the Board recommends, found by the index of what was submitted.
fn recommended() -> Select<application::Entity> {
    application::Entity::find()
        .filter(application::Column::State.eq(ApplicationState::Recommended.code()))
        .filter(Expr::cust("applications.revision > 0"))
}

/// One recommendation waiting for a decision.
///
/// # Errors
/// Not allowed, not found or not waiting, or the database's.
pub async fn waiting_one(context: &Context, id: ApplicationId) -> Result<Waiting> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let row = application::Entity::find_by_id(id.0)
        .filter(application::Column::State.eq(ApplicationState::Recommended.code()))
        .one(context.database())
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(with_money(context, vec![row]).await?.pop().ok_or(AppError::NotFound)?)
}

async fn with_money(context: &Context, rows: Vec<application::Model>) -> Result<Vec<Waiting>> {
    let database = context.database();
    let order: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let items = board_item::Entity::find()
        .filter(board_item::Column::ApplicationId.is_in(order.clone()))
        .filter(board_item::Column::Outcome.eq(Outcome::Approve.code()))
        .order_by_asc(board_item::Column::RecordedAt)
        .order_by_asc(board_item::Column::Id)
        .all(database)
        .await?;
    // The latest recommendation of an application is the one that counts.
    let mut items: HashMap<i64, board_item::Model> =
        items.into_iter().map(|item| (item.application_id, item)).collect();
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .all(database)
        .await?;
    let mut vetted: HashMap<i64, bool> = HashMap::new();
    for row in &organisations {
        vetted.insert(row.id, vetting_of(row)?.holds_on(context.today()));
    }
    let left = left_by_earmark(database).await?;
    let mut known = facts::of(database, rows).await?;
    Ok(order
        .into_iter()
        .filter_map(|id| Some((known.remove(&id)?, items.remove(&id)?)))
        .map(|(application, item)| shown(application, item, &left, &vetted))
        .collect())
}

fn shown(
    application: ApplicationFacts,
    item: board_item::Model,
    left: &[(Earmark, i64)],
    vetted: &HashMap<i64, bool>,
) -> Waiting {
    let available = purpose_of(&application).map_or(0, |purpose| available_of(purpose, left));
    Waiting {
        item: BoardItemId(item.id),
        session: BoardSessionId(item.session_id),
        amount: Money::usd(item.amount_usd_minor.unwrap_or(application.requested.minor)),
        conditions: item.conditions,
        recorded_at: item.recorded_at,
        available: Money::usd(available),
        vetted: vetted.get(&application.organisation.0).copied().unwrap_or(false),
        application,
    }
}
