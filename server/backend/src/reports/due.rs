//! Reports to come: planned with the agreement, and again when it becomes longer; dropped when nobody owes them any
//! more.

use domain::ids::GrantId;
use domain::reports::{Period, ReportState};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ModelTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{report, report_expenditure, report_people, report_result};
use crate::audit;
use crate::context::Work;
use crate::error::Result;

/// Plans the report of a period; nothing is written in it yet.
pub(crate) async fn plan(work: &Work<'_>, grant: GrantId, period: &Period) -> Result<()> {
    let row = report::ActiveModel {
        grant_id: Set(grant.0),
        number: Set(period.number),
        kind: Set(period.kind.code().to_owned()),
        period_start: Set(period.start),
        period_end: Set(period.end),
        due: Set(period.due),
        state: Set(ReportState::Due.code().to_owned()),
        typed: Set("{}".to_owned()),
        version: Set(1),
        comments: Set(String::new()),
        spent_usd_minor: Set(0),
        ..Default::default()
    };
    row.insert(&work.transaction).await?;
    Ok(())
}

/// Drops the reports that were not submitted, or were returned: nobody owes them when the agreement is taken back or the
/// grant has ended early, and nobody is to be reminded of one. What was written of one stays in the trail.
pub(crate) async fn drop_open(work: &Work<'_>, id: GrantId) -> Result<()> {
    let transaction = &work.transaction;
    let open = [ReportState::Due, ReportState::Draft, ReportState::Returned].map(ReportState::code);
    let rows = report::Entity::find()
        .filter(report::Column::GrantId.eq(id.0))
        .filter(report::Column::State.is_in(open))
        .order_by_asc(report::Column::Id)
        .all(transaction)
        .await?;
    for row in rows {
        audit::record::<_, ()>(work, "audit-report-dropped", audit::Kind::Report, row.id, Some(&row), None).await?;
        report_expenditure::Entity::delete_many()
            .filter(report_expenditure::Column::ReportId.eq(row.id))
            .exec(transaction)
            .await?;
        report_result::Entity::delete_many()
            .filter(report_result::Column::ReportId.eq(row.id))
            .exec(transaction)
            .await?;
        report_people::Entity::delete_many()
            .filter(report_people::Column::ReportId.eq(row.id))
            .exec(transaction)
            .await?;
        row.delete(transaction).await?;
    }
    Ok(())
}
