//! What a report is compared with: the grant's budget lines and indicators, and earlier accepted reports.

use std::collections::HashMap;

use domain::budgets::BudgetCategory;
use domain::errors::FieldErrors;
use domain::forms::Answers;
use domain::message::Message;
use domain::money::Money;
use domain::reports::{BudgetedLine, ReportState, results};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::entity::{report, report_expenditure, report_result};
use crate::error::{Result, unknown_code};
use crate::grants::entity::{grant_budget_line, grant_indicator};

/// The grant's side of a report. The report's form names lines and indicators by their number in the grant.
pub(super) struct Plan {
    pub(super) lines: Vec<grant_budget_line::Model>,
    pub(super) indicators: Vec<grant_indicator::Model>,
    /// US cents spent by line, in earlier accepted reports.
    pub(super) spent_before: HashMap<i64, i64>,
    /// Achieved by indicator, in earlier accepted reports.
    pub(super) achieved_before: HashMap<i64, i64>,
}

impl Plan {
    /// Loads the plan of a report's grant.
    pub(super) async fn load<C: ConnectionTrait>(database: &C, row: &report::Model) -> Result<Self> {
        let expenditure_of = report_expenditure::Entity::belongs_to(report::Entity)
            .from(report_expenditure::Column::ReportId)
            .to(report::Column::Id)
            .into();
        let result_of = report_result::Entity::belongs_to(report::Entity)
            .from(report_result::Column::ReportId)
            .to(report::Column::Id)
            .into();
        let earlier = || {
            sea_orm::Condition::all()
                .add(report::Column::GrantId.eq(row.grant_id))
                .add(report::Column::State.eq(ReportState::Accepted.code()))
                .add(report::Column::Number.lt(row.number))
        };
        let spent: Vec<(i64, i64)> = report_expenditure::Entity::find()
            .select_only()
            .column(report_expenditure::Column::BudgetLineId)
            .column_as(
                Expr::col((report_expenditure::Entity, report_expenditure::Column::SpentUsdMinor))
                    .sum()
                    .cast_as("BIGINT"),
                "sum",
            )
            .join(JoinType::InnerJoin, expenditure_of)
            .filter(earlier())
            .group_by(report_expenditure::Column::BudgetLineId)
            .into_tuple()
            .all(database)
            .await?;
        let achieved: Vec<(i64, i64)> = report_result::Entity::find()
            .select_only()
            .column(report_result::Column::IndicatorId)
            .column_as(
                Expr::col((report_result::Entity, report_result::Column::Achieved)).sum().cast_as("BIGINT"),
                "sum",
            )
            .join(JoinType::InnerJoin, result_of)
            .filter(earlier())
            .group_by(report_result::Column::IndicatorId)
            .into_tuple()
            .all(database)
            .await?;
        Ok(Self {
            lines: grant_budget_line::Entity::find()
                .filter(grant_budget_line::Column::GrantId.eq(row.grant_id))
                .order_by_asc(grant_budget_line::Column::Position)
                .all(database)
                .await?,
            indicators: grant_indicator::Entity::find()
                .filter(grant_indicator::Column::GrantId.eq(row.grant_id))
                .order_by_asc(grant_indicator::Column::Position)
                .all(database)
                .await?,
            spent_before: spent.into_iter().collect(),
            achieved_before: achieved.into_iter().collect(),
        })
    }

    /// The budget as `domain::reports` compares with it.
    pub(super) fn budget(&self) -> Result<Vec<BudgetedLine>> {
        self.lines
            .iter()
            .map(|line| {
                Ok(BudgetedLine {
                    line: line.position.to_string(),
                    category: category_of(line)?,
                    budget: Money::usd(line.requested_usd_minor),
                    spent_before: Money::usd(self.spent_before.get(&line.id).copied().unwrap_or(0)),
                })
            })
            .collect()
    }

    /// Every indicator of the grant is there once, and no other.
    pub(super) fn check_indicators(&self, answers: &Answers, errors: &mut FieldErrors) {
        let reported = results(answers);
        for (at, result) in reported.iter().enumerate() {
            let field = format!("indicators.{}.achieved", result.row);
            if self.indicator(&result.indicator).is_none() {
                errors.add(&field, Message::new("error-no-such-choice").with("value", result.indicator.as_str()));
            } else if reported[..at].iter().any(|earlier| earlier.indicator == result.indicator) {
                errors.add(&field, Message::new("error-indicator-twice"));
            }
        }
        let missing = |indicator: &&grant_indicator::Model| {
            !reported.iter().any(|result| result.indicator == indicator.position.to_string())
        };
        if self.indicators.iter().any(|indicator| missing(&indicator)) {
            errors.add("indicators", Message::new("error-indicator-missing"));
        }
    }

    /// A budget line by its number in the form.
    pub(super) fn line(&self, number: &str) -> Option<&grant_budget_line::Model> {
        self.lines.iter().find(|line| line.position.to_string() == number)
    }

    /// An indicator by its number in the form.
    pub(super) fn indicator(&self, number: &str) -> Option<&grant_indicator::Model> {
        self.indicators.iter().find(|indicator| indicator.position.to_string() == number)
    }
}

/// The category of a budget line.
pub(super) fn category_of(line: &grant_budget_line::Model) -> Result<BudgetCategory> {
    BudgetCategory::from_code(&line.category).ok_or_else(|| unknown_code("budget category", &line.category))
}
