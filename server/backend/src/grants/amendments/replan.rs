//! What an amendment does to the plan of a grant: instalments that are not paid, budget lines, reports to come.

use chrono::NaiveDate;
use domain::amendments::{LineAmount, Terms};
use domain::errors::AppError;
use domain::grants::{InstalmentCondition, replanned};
use domain::ids::GrantId;
use domain::money::split_in_proportion;
use domain::reports::{ReportState, periods};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::budget;
use super::limits::free_instalments;
use crate::context::Work;
use crate::error::Result;
use crate::grants::entity::{grant, grant_budget_line, instalment};
use crate::reports::entity::report;

/// What is agreed on a grant now.
pub(super) async fn terms<C: ConnectionTrait>(database: &C, grant: &grant::Model) -> Result<Terms> {
    let instalments = instalment::Entity::find()
        .filter(instalment::Column::GrantId.eq(grant.id))
        .order_by_asc(instalment::Column::Number)
        .all(database)
        .await?;
    let reports = report::Entity::find()
        .filter(report::Column::GrantId.eq(grant.id))
        .order_by_asc(report::Column::Number)
        .all(database)
        .await?;
    Ok(Terms {
        award: grant.award_usd_minor,
        months: grant.months,
        end_date: grant.end_date,
        state: grant.state.clone(),
        instalments: instalments.into_iter().map(|row| (row.number, row.usd_minor)).collect(),
        lines: budget(database, GrantId(grant.id)).await?,
        reports: reports.into_iter().map(|row| (row.number, row.due)).collect(),
    })
}

/// Makes the instalments add up to a new award. What a disbursement holds stays as it is; where nothing else is left,
/// an increase gets an instalment of its own.
pub(super) async fn instalments(work: &Work<'_>, grant: &grant::Model, award: i64) -> Result<()> {
    let transaction = &work.transaction;
    let all = instalment::Entity::find()
        .filter(instalment::Column::GrantId.eq(grant.id))
        .order_by_asc(instalment::Column::Number)
        .all(transaction)
        .await?;
    let free = free_instalments(transaction, grant.id).await?;
    let unpaid: Vec<i64> = free.iter().map(|row| row.usd_minor).collect();
    let held = all.iter().map(|row| row.usd_minor).sum::<i64>() - unpaid.iter().sum::<i64>();
    let target = award - held;
    if free.is_empty() {
        if target == 0 {
            return Ok(());
        }
        if target < 0 {
            return Err(AppError::refused("refused-amendment-instalments").into());
        }
        let last = report::Entity::find()
            .filter(report::Column::GrantId.eq(grant.id))
            .order_by_desc(report::Column::Number)
            .one(transaction)
            .await?;
        instalment::ActiveModel {
            grant_id: Set(grant.id),
            number: Set(all.last().map_or(1, |row| row.number + 1)),
            usd_minor: Set(target),
            condition: Set(InstalmentCondition::FinalReport.code().to_owned()),
            after_report: Set(last.map(|row| row.number)),
            ..Default::default()
        }
        .insert(transaction)
        .await?;
        return Ok(());
    }
    let amounts = replanned(&unpaid, target).ok_or_else(|| AppError::refused("refused-amendment-instalments"))?;
    for (row, amount) in free.into_iter().zip(amounts) {
        if row.usd_minor != amount {
            let mut change: instalment::ActiveModel = row.into();
            change.usd_minor = Set(amount);
            change.update(transaction).await?;
        }
    }
    Ok(())
}

/// Makes the budget add up to a new award: every line in proportion, to the cent.
pub(super) async fn scale_budget(work: &Work<'_>, grant: &grant::Model, award: i64) -> Result<()> {
    let before = budget(&work.transaction, GrantId(grant.id)).await?;
    let weights: Vec<i64> = before.iter().map(|line| line.usd_minor).collect();
    let lines: Vec<LineAmount> = before
        .iter()
        .zip(split_in_proportion(award, &weights))
        .map(|(line, usd_minor)| LineAmount { usd_minor, ..*line })
        .collect();
    write_budget(work, grant, &lines).await
}

/// Writes amounts of budget lines.
pub(super) async fn write_budget(work: &Work<'_>, grant: &grant::Model, lines: &[LineAmount]) -> Result<()> {
    let rows = grant_budget_line::Entity::find()
        .filter(grant_budget_line::Column::GrantId.eq(grant.id))
        .all(&work.transaction)
        .await?;
    for row in rows {
        let amount = lines.iter().find(|line| line.position == row.position).map(|line| line.usd_minor);
        if let Some(amount) = amount.filter(|amount| *amount != row.requested_usd_minor) {
            let mut change: grant_budget_line::ActiveModel = row.into();
            change.requested_usd_minor = Set(amount);
            change.update(&work.transaction).await?;
        }
    }
    Ok(())
}

/// Plans the reports of a longer grant: those that were sent stay, the others move, new ones come. What waits for the
/// final report waits for the new last one.
pub(super) async fn reports(work: &Work<'_>, grant: &grant::Model, start: NaiveDate, months: u32) -> Result<()> {
    let transaction = &work.transaction;
    let rows = report::Entity::find().filter(report::Column::GrantId.eq(grant.id)).all(transaction).await?;
    let periods = periods(start, months);
    for period in &periods {
        let Some(row) = rows.iter().find(|row| row.number == period.number) else {
            crate::reports::plan(work, GrantId(grant.id), period).await?;
            continue;
        };
        let open = [ReportState::Due, ReportState::Draft].iter().any(|state| state.code() == row.state);
        if open && (row.due != period.due || row.period_end != period.end || row.kind != period.kind.code()) {
            let mut change: report::ActiveModel = row.clone().into();
            change.kind = Set(period.kind.code().to_owned());
            change.period_end = Set(period.end);
            change.due = Set(period.due);
            // Whoever was reminded of the old day is to be reminded of the new one.
            change.reminded_due_at = Set(None);
            change.reminded_late_at = Set(None);
            change.update(transaction).await?;
        }
    }
    let last = periods.last().map_or(0, |period| period.number);
    for row in free_instalments(transaction, grant.id).await? {
        let waits_for_last = row.condition == InstalmentCondition::FinalReport.code();
        if waits_for_last && row.after_report != Some(last) {
            let mut change: instalment::ActiveModel = row.into();
            change.after_report = Set(Some(last));
            change.update(transaction).await?;
        }
    }
    Ok(())
}
