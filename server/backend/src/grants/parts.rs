//! The parts of a grant as screens show them: instalments, reports, budget, indicators, and where the money comes from.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::applications::Counted;
use domain::budgets::BudgetCategory;
use domain::disbursements::DisbursementState;
use domain::grants::InstalmentCondition;
use domain::ids::{DisbursementId, GrantId, IndicatorId, InstalmentId, ReportId};
use domain::money::Money;
use domain::reports::{ReportKind, ReportState, is_late};
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::entity::{grant_budget_line, grant_indicator};
use super::queries::{BudgetLineView, FundingView, IndicatorView, InstalmentView, ReportBrief};
use super::uses::standings;
use crate::context::Context;
use crate::contributions::entity::{pledge, receipt};
use crate::disbursements::Conditions;
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::reports::entity::report;

pub(super) fn instalments(conditions: &Conditions) -> Result<Vec<InstalmentView>> {
    conditions
        .instalments
        .iter()
        .map(|row| {
            let last = conditions
                .live(row.id)
                .or_else(|| conditions.disbursements.iter().rev().find(|known| known.instalment_id == row.id));
            let disbursement = last
                .map(|last| {
                    DisbursementState::from_code(&last.state)
                        .map(|state| (DisbursementId(last.id), state))
                        .ok_or_else(|| unknown_code("disbursement state", &last.state))
                })
                .transpose()?;
            Ok(InstalmentView {
                id: InstalmentId(row.id),
                number: row.number,
                amount: Money::usd(row.usd_minor),
                condition: InstalmentCondition::from_code(&row.condition)
                    .ok_or_else(|| unknown_code("instalment condition", &row.condition))?,
                after_report: row.after_report,
                paid_on: last.and_then(|last| last.paid_on),
                disbursement,
                obstacle: conditions.obstacle(row),
            })
        })
        .collect()
}

pub(super) async fn reports(context: &Context, id: GrantId) -> Result<Vec<ReportBrief>> {
    let rows = report::Entity::find()
        .filter(report::Column::GrantId.eq(id.0))
        .order_by_asc(report::Column::Number)
        .all(context.database())
        .await?;
    rows.into_iter()
        .map(|row| {
            let state = ReportState::from_code(&row.state).ok_or_else(|| unknown_code("report state", &row.state))?;
            Ok(ReportBrief {
                id: ReportId(row.id),
                number: row.number,
                kind: ReportKind::from_code(&row.kind).ok_or_else(|| unknown_code("report kind", &row.kind))?,
                period_start: row.period_start,
                period_end: row.period_end,
                due: row.due,
                state,
                late: is_late(state, row.due, context.today()),
            })
        })
        .collect()
}

pub(super) async fn budget(context: &Context, id: GrantId) -> Result<Vec<BudgetLineView>> {
    let rows = grant_budget_line::Entity::find()
        .filter(grant_budget_line::Column::GrantId.eq(id.0))
        .order_by_asc(grant_budget_line::Column::Position)
        .all(context.database())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BudgetLineView {
                position: row.position,
                category: BudgetCategory::from_code(&row.category)
                    .ok_or_else(|| unknown_code("budget category", &row.category))?,
                description: row.description,
                budget: Money::usd(row.requested_usd_minor),
            })
        })
        .collect()
}

pub(super) async fn indicators(context: &Context, id: GrantId) -> Result<Vec<IndicatorView>> {
    let rows = grant_indicator::Entity::find()
        .filter(grant_indicator::Column::GrantId.eq(id.0))
        .order_by_asc(grant_indicator::Column::Position)
        .all(context.database())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| IndicatorView {
            id: IndicatorId(row.id),
            position: row.position,
            counted: Counted::from_code(&row.counted).unwrap_or(Counted::People),
            confirmed: row.confirmed_counted.as_deref().and_then(Counted::from_code),
            indicator: row.indicator,
            unit: row.unit,
            baseline: row.baseline,
            target: row.target,
        })
        .collect())
}

pub(super) async fn funding(context: &Context, id: GrantId) -> Result<Vec<FundingView>> {
    if context.permit(Action::ReadContributions, &Subject::NONE).is_err() {
        return Ok(Vec::new());
    }
    let database = context.database();
    let standings = standings(database, Some(id)).await?.remove(&id.0).unwrap_or_default();
    let donor_of = pledge::Entity::belongs_to(donor::Entity).from(pledge::Column::DonorId).to(donor::Column::Id).into();
    let pledge_of =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    let rows: Vec<(i64, String, NaiveDate)> = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::Id)
        .column(donor::Column::Name)
        .column(receipt::Column::Date)
        .join(JoinType::InnerJoin, pledge_of)
        .join(JoinType::InnerJoin, donor_of)
        .filter(receipt::Column::Id.is_in(standings.iter().map(|standing| standing.receipt.0)))
        .into_tuple()
        .all(database)
        .await?;
    let receipts: HashMap<i64, (String, NaiveDate)> =
        rows.into_iter().map(|(id, donor, date)| (id, (donor, date))).collect();
    let shown = standings.into_iter().filter(|standing| standing.held != 0 || standing.spent != 0);
    Ok(shown
        .filter_map(|standing| {
            let (donor, received_on) = receipts.get(&standing.receipt.0)?.clone();
            Some(FundingView {
                donor,
                earmark: standing.earmark,
                received_on,
                amount: Money::usd(standing.held),
                advanced: Money::usd(standing.advanced),
                paid: Money::usd(standing.paid),
                spent: Money::usd(standing.spent),
            })
        })
        .collect())
}
