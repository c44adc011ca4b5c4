//! Reading calls: everybody sees what is published; drafts are for those who write them or read everything.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::applications::ApplicationState;
use domain::calls::{CallLimits, CallState, CallTerms};
use domain::countries::Region;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::help::{PriorityGroup, Theme};
use domain::ids::CallId;
use domain::money::Money;
use domain::reviews::{Criterion, CriterionCode};
use domain::roles::{Action, Subject, may};
use domain::time::vienna_wall_clock;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::create::with_criteria;
use super::entity::{call, call_criterion};
use super::steps::state_of;
use crate::applications::entity::application;
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, matches, page_of};

/// A call as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallView {
    /// Identifier.
    pub id: CallId,
    /// Title.
    pub title: String,
    /// What it is to achieve.
    pub objectives: String,
    /// Themes.
    pub themes: Vec<Theme>,
    /// Groups with priority.
    pub priority_groups: Vec<PriorityGroup>,
    /// Regions; empty for all.
    pub regions: Vec<Region>,
    /// Limits of awards and durations.
    pub limits: CallLimits,
    /// When it opens.
    pub opens_at: DateTime<Utc>,
    /// The deadline; its own second still counts.
    pub closes_at: DateTime<Utc>,
    /// State at the time of the question.
    pub state: CallState,
    /// Criteria in their order; empty in lists.
    pub criteria: Vec<Criterion>,
}

impl CallView {
    /// The call as its form holds it.
    #[must_use]
    pub fn typed(&self) -> Typed {
        let mut typed = Typed::default()
            .with("title", self.title.as_str())
            .with("objectives", self.objectives.as_str())
            .with("smallest_award", self.limits.smallest_award.to_decimal().to_string())
            .with("largest_award", self.limits.largest_award.to_decimal().to_string())
            .with("shortest_months", self.limits.shortest_months.to_string())
            .with("longest_months", self.limits.longest_months.to_string());
        for (prefix, at) in [("opens", self.opens_at), ("closes", self.closes_at)] {
            let wall = vienna_wall_clock(at);
            typed.set(&format!("{prefix}_on"), wall.date().to_string());
            typed.set(&format!("{prefix}_at"), wall.format("%H:%M:%S").to_string());
        }
        self.themes.iter().for_each(|theme| typed.push("themes", theme.code()));
        self.priority_groups.iter().for_each(|group| typed.push("priority_groups", group.code()));
        self.regions.iter().for_each(|region| typed.push("regions", region.code()));
        with_criteria(typed, &self.criteria)
    }
}

fn sees_drafts(context: &Context) -> bool {
    [Action::WriteCalls, Action::ReadAudit].iter().any(|action| may(&context.actor, *action, &Subject::NONE).is_ok())
}

/// Calls page by page, open ones first, then by deadline with the latest first; searched by title.
///
/// # Errors
/// The database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<CallView>> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let mut query = call::Entity::find();
    if !sees_drafts(context) {
        query = query.filter(call::Column::State.ne(CallState::Draft.code()));
    }
    if let Some(words) = request.folded() {
        query = query.filter(matches(call::Column::Search, &words));
    }
    let is_open = Expr::case(
        call::Column::State
            .eq(CallState::Published.code())
            .and(call::Column::OpensAt.lte(context.now))
            .and(call::Column::ClosesAt.gt(context.now - chrono::TimeDelta::seconds(1))),
        0,
    )
    .finally(1);
    let query = query
        .order_by(Expr::expr(is_open), Order::Asc)
        .order_by_desc(call::Column::ClosesAt)
        .order_by_desc(call::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let rows = rows.into_iter().map(|row| shown(row, Vec::new(), context.now)).collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// One call.
///
/// # Errors
/// Not found, also for a draft that is not the reader's business, or the database's.
pub async fn get(context: &Context, id: CallId) -> Result<CallView> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let row = call::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    if row.state == CallState::Draft.code() && !sees_drafts(context) {
        return Err(AppError::NotFound.into());
    }
    let criteria = criteria(context.database(), id).await?;
    shown(row, criteria, context.now)
}

/// The criteria of a call in their order.
pub(crate) async fn criteria<C: sea_orm::ConnectionTrait>(database: &C, id: CallId) -> Result<Vec<Criterion>> {
    let rows = call_criterion::Entity::find()
        .filter(call_criterion::Column::CallId.eq(id.0))
        .order_by_asc(call_criterion::Column::Position)
        .all(database)
        .await?;
    rows.into_iter()
        .map(|row| {
            let code =
                CriterionCode::from_code(&row.criterion).ok_or_else(|| unknown_code("criterion", &row.criterion))?;
            Ok(Criterion { code, weight: row.weight })
        })
        .collect()
}

/// How many submitted applications of a call are in each state.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn pipeline(context: &Context, id: CallId) -> Result<BTreeMap<ApplicationState, i64>> {
    context.permit(Action::ReadRanking, &Subject::NONE)?;
    let rows: Vec<(String, i64)> = application::Entity::find()
        .select_only()
        .column(application::Column::State)
        .column_as(application::Column::Id.count(), "applications")
        .filter(application::Column::CallId.eq(id.0))
        .filter(application::Column::Revision.gt(0))
        .group_by(application::Column::State)
        .into_tuple()
        .all(context.database())
        .await?;
    rows.into_iter()
        .map(|(state, number)| {
            let known = ApplicationState::from_code(&state).ok_or_else(|| unknown_code("application state", &state))?;
            Ok((known, number))
        })
        .collect()
}

/// The limits of a call's row.
pub(crate) fn limits_of(row: &call::Model) -> CallLimits {
    CallLimits {
        smallest_award: Money::usd(row.smallest_usd_minor),
        largest_award: Money::usd(row.largest_usd_minor),
        shortest_months: row.shortest_months,
        longest_months: row.longest_months,
    }
}

fn codes<T>(text: &str, of: impl Fn(&str) -> Option<T>) -> Vec<T> {
    text.split(',').filter_map(of).collect()
}

/// What an application to a call's row must keep to.
pub(crate) fn terms_of(row: &call::Model) -> CallTerms {
    CallTerms {
        limits: limits_of(row),
        themes: codes(&row.themes, Theme::from_code),
        regions: codes(&row.regions, Region::from_code),
    }
}

/// A call's row as shown.
pub(crate) fn shown(row: call::Model, criteria: Vec<Criterion>, now: DateTime<Utc>) -> Result<CallView> {
    Ok(CallView {
        id: CallId(row.id),
        state: state_of(&row, now)?,
        limits: limits_of(&row),
        themes: codes(&row.themes, Theme::from_code),
        priority_groups: codes(&row.priority_groups, PriorityGroup::from_code),
        regions: codes(&row.regions, Region::from_code),
        title: row.title,
        objectives: row.objectives,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        criteria,
    })
}
