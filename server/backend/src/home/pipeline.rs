//! The pipeline of each call, and what is overdue.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::applications::ApplicationState;
use domain::calls::{CallState, state_at};
use domain::ids::CallId;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use crate::applications::entity::application_count;
use crate::calls::entity::call;
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::grants::entity::grant;
use crate::reports::entity::report;
use crate::reports::queries::late;

/// How many applications of a call are in each state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPipeline {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// Its state now.
    pub state: CallState,
    /// Applications by state: those that were submitted, and the drafts, without anything of what they say.
    pub counts: BTreeMap<ApplicationState, i64>,
}

/// The pipeline of the five latest calls.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn pipeline(context: &Context) -> Result<Vec<CallPipeline>> {
    context.permit(Action::ReadRanking, &Subject::NONE)?;
    let calls = call::Entity::find()
        .filter(call::Column::State.ne(CallState::Draft.code()))
        .order_by_desc(call::Column::ClosesAt)
        .limit(5)
        .all(context.database())
        .await?;
    let rows = application_count::Entity::find()
        .filter(application_count::Column::CallId.is_in(calls.iter().map(|call| call.id)))
        .filter(application_count::Column::Number.gt(0))
        // A draft that was withdrawn never came to the Fund.
        .filter(
            Condition::any()
                .add(application_count::Column::Submitted.eq(true))
                .add(application_count::Column::State.eq(ApplicationState::Draft.code())),
        )
        .all(context.database())
        .await?;
    calls
        .into_iter()
        .map(|call| {
            let stored = CallState::from_code(&call.state).ok_or_else(|| unknown_code("call state", &call.state))?;
            let mut counts = BTreeMap::new();
            for row in rows.iter().filter(|row| row.call_id == call.id) {
                if let Some(state) = ApplicationState::from_code(&row.state) {
                    *counts.entry(state).or_default() += row.number;
                }
            }
            let state = state_at(stored, call.opens_at, call.closes_at, context.now);
            Ok(CallPipeline { call: CallId(call.id), title: call.title, state, counts })
        })
        .collect()
}

/// A report that should be there and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The report.
    pub report: i64,
    /// The grant's number.
    pub grant: String,
    /// The report's number.
    pub number: i64,
    /// When it was due.
    pub due: NaiveDate,
}

/// The ten reports that are longest overdue.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn overdue(context: &Context) -> Result<Vec<Overdue>> {
    context.permit(Action::ReadReports, &Subject::NONE)?;
    let reports = report::Entity::find()
        .filter(late(context.today()))
        .order_by_asc(report::Column::Due)
        .limit(10)
        .all(context.database())
        .await?;
    let grants: Vec<(i64, String)> = grant::Entity::find()
        .select_only()
        .column(grant::Column::Id)
        .column(grant::Column::Number)
        .filter(grant::Column::Id.is_in(reports.iter().map(|report| report.grant_id)))
        .into_tuple()
        .all(context.database())
        .await?;
    Ok(reports
        .into_iter()
        .map(|report| Overdue {
            report: report.id,
            grant: grants
                .iter()
                .find(|(id, _)| *id == report.grant_id)
                .map(|(_, number)| number.clone())
                .unwrap_or_default(),
            number: report.number,
            due: report.due,
        })
        .collect())
}
