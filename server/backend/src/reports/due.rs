//! Reports to come: planned with the agreement, and again when it becomes longer.

use domain::ids::GrantId;
use domain::reports::{Period, ReportState};
use sea_orm::{ActiveModelTrait as _, Set};

use super::entity::report;
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
