//! Reminding organisations of reports that are due soon or late; each of the two once.

use chrono::Days;
use domain::ids::ReportId;
use domain::reports::{ReportState, is_late};
use domain::roles::Action;
use domain::users::UserState;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};

use super::entity::report;
use super::step::{load, state_of};
use crate::context::Context;
use crate::error::Result;
use crate::grants::entity::grant;
use crate::mail::{self, MailKind, Recipient};
use crate::users::entity::user;

/// How long before a report is due its organisation is reminded.
const DAYS_BEFORE: Days = Days::new(14);

/// Queues the reminders that are due now, and gives how many reports they concern. Each report is a transaction
/// of its own, so that several server processes may run this at once. What fails is logged and tried again the next
/// time, and keeps no other reminder back.
///
/// # Errors
/// The database's, where the reports could not even be listed.
pub async fn remind(context: &Context) -> Result<usize> {
    let today = context.today();
    let soon = today.checked_add_days(DAYS_BEFORE).unwrap_or(today);
    let open = [ReportState::Due, ReportState::Draft, ReportState::Returned].map(ReportState::code);
    let to_remind = Condition::any()
        .add(
            report::Column::RemindedDueAt
                .is_null()
                .and(report::Column::Due.gte(today))
                .and(report::Column::Due.lte(soon)),
        )
        .add(report::Column::RemindedLateAt.is_null().and(report::Column::Due.lt(today)));
    let rows = report::Entity::find()
        .filter(report::Column::State.is_in(open))
        .filter(to_remind)
        .order_by_asc(report::Column::Id)
        .all(context.database())
        .await?;
    let mut reminded = 0;
    for row in rows {
        match remind_of(context, ReportId(row.id)).await {
            Ok(true) => reminded += 1,
            Ok(false) => {}
            Err(cause) => tracing::error!(report = row.id, %cause, "a reminder could not be queued"),
        }
    }
    Ok(reminded)
}

async fn remind_of(context: &Context, id: ReportId) -> Result<bool> {
    let work = context.begin().await?;
    let (report, grant) = load(&work, id, Action::ReadReports).await?;
    // Another process may have been first, or the report may have come in: look again under the lock.
    let state = state_of(&report)?;
    let late = is_late(state, report.due, context.today());
    let done = if late { report.reminded_late_at } else { report.reminded_due_at };
    if done.is_some() || !state.is_editable() {
        return Ok(false);
    }
    let (kind, key) = if late { (MailKind::ReportLate, "late") } else { (MailKind::ReportDue, "due") };
    let arguments =
        [("number", grant.number.as_str().into()), ("report", report.number.into()), ("due", report.due.into())];
    for member in members(&work, &grant).await? {
        let once = format!("report-{key}-{}-{}", report.id, member.id);
        let link = format!("/reports/{}/edit", report.id);
        mail::queue(&work, &Recipient::of(&member), kind, &arguments, Some(&link), Some(&once)).await?;
    }
    let mut row: report::ActiveModel = report.into();
    if late {
        row.reminded_late_at = Set(Some(context.now));
    } else {
        row.reminded_due_at = Set(Some(context.now));
    }
    row.update(&work.transaction).await?;
    work.commit().await?;
    Ok(true)
}

async fn members(work: &crate::context::Work<'_>, grant: &grant::Model) -> Result<Vec<user::Model>> {
    Ok(user::Entity::find()
        .filter(user::Column::OrganisationId.eq(grant.organisation_id))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .all(&work.transaction)
        .await?)
}
