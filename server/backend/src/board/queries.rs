//! Reading sessions of the Board.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::board::SessionState;
use domain::errors::AppError;
use domain::ids::{BoardSessionId, CallId};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::entity::{board_item, board_session};
use super::session::state_of;
use crate::calls::entity::call;
use crate::context::Context;
use crate::error::Result;
use crate::page::{Page, PageRequest, matches, page_of};

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

/// A session; its agenda is read page by page.
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
    /// What it recommends to award in all.
    pub recommended: Money,
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

/// A session.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn session(context: &Context, id: BoardSessionId) -> Result<SessionView> {
    context.permit(Action::ReadBoard, &Subject::NONE)?;
    let database = context.database();
    let row = board_session::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let call = call::Entity::find_by_id(row.call_id).one(database).await?.ok_or(AppError::NotFound)?;
    let recommended: Option<Option<i64>> = board_item::Entity::find()
        .select_only()
        .column_as(Expr::col(board_item::Column::AmountUsdMinor).sum().cast_as("BIGINT"), "recommended")
        .filter(board_item::Column::SessionId.eq(id.0))
        .into_tuple()
        .one(database)
        .await?;
    Ok(SessionView {
        id,
        call: CallId(call.id),
        call_title: call.title,
        largest_award: Money::usd(call.largest_usd_minor),
        recommended: Money::usd(recommended.flatten().unwrap_or(0)),
        state: state_of(&row)?,
        title: row.title,
        date: row.date,
    })
}
