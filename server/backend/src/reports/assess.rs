//! The secretariat's answer to a report: back to the organisation with comments, or accepted.

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{GrantId, ReportId};
use domain::message::{Argument, Message};
use domain::money::Money;
use domain::reports::{ACCEPT, MENDING_DAYS, RETURN, ReportEvent, ReportState};
use domain::roles::{Action, Subject};
use domain::time::add_days;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::entity::report;
use super::recognise::recognise;
use super::step::{load, step};
use super::totals;
use crate::context::{Context, Work};
use crate::contributions::donor_sums;
use crate::error::Result;
use crate::grants::entity::grant;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Returns a report to the organisation, with comments on what to mend. It has some days for that before the report is
/// late, also when it was sent on the last day.
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, no comments, not submitted, or the database's.
pub async fn return_to_organisation(context: &Context, id: ReportId, typed: &Typed) -> Result<()> {
    context.permit(Action::AssessReports, &Subject::NONE)?;
    let answers = RETURN.read(typed)?;
    let comments = answers.text("comments").to_owned();
    let work = context.begin().await?;
    let (report, grant) = load(&work, id, Action::AssessReports).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    let due = Ord::max(report.due, add_days(context.today(), MENDING_DAYS));
    let after = step(&work, report, ReportEvent::Return, |row| {
        assessed(&work, row, &comments, None);
        row.due = Set(due);
        // Whoever was reminded of the old day is to be reminded of the new one, once it has passed.
        row.reminded_late_at = Set(None);
    })
    .await?;
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("report", after.number.into()),
        ("comments", comments.as_str().into()),
        ("due", due.into()),
    ];
    tell(&work, &grant, MailKind::ReportReturned, &arguments, &format!("/reports/{id}/edit")).await?;
    work.commit().await
}

/// Accepts a report: what the partner spent is recognised and clears the advance.
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, not submitted, more spent than awarded, or the database's.
pub async fn accept(context: &Context, id: ReportId, typed: &Typed) -> Result<()> {
    context.permit(Action::AssessReports, &Subject::NONE)?;
    let answers = ACCEPT.read(typed)?;
    let work = context.begin_money().await?;
    let (report, grant) = load(&work, id, Action::AssessReports).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    let people = totals::rows(&work.transaction, report.id).await?;
    let from = totals::people_from(&people, context.today());
    let after = step(&work, report, ReportEvent::Accept, |row| {
        assessed(&work, row, answers.text("comments"), Some(from));
    })
    .await?;
    check_award(&work, &grant).await?;
    totals::add(&work, &people, from).await?;
    donor_sums::renew(&work, GrantId(grant.id)).await?;
    recognise(&work, &grant, "report", after.id, &format!("system/report/{}/accepted", after.id)).await?;
    let arguments = [("number", grant.number.as_str().into()), ("report", after.number.into())];
    tell(&work, &grant, MailKind::ReportAccepted, &arguments, &format!("/reports/{id}")).await?;
    work.commit().await
}

fn assessed(work: &Work<'_>, row: &mut report::ActiveModel, comments: &str, people_from: Option<NaiveDate>) {
    row.comments = Set(comments.to_owned());
    row.assessed_by = Set(work.context.actor.user.map(Into::into));
    row.assessed_at = Set(Some(work.context.now));
    row.people_from = Set(people_from);
}

/// Two reports may each fit the award and together exceed it.
async fn check_award(work: &Work<'_>, grant: &grant::Model) -> Result<()> {
    let spent: Option<Option<i64>> = report::Entity::find()
        .select_only()
        .column_as(Expr::col(report::Column::SpentUsdMinor).sum().cast_as("BIGINT"), "sum")
        .filter(report::Column::GrantId.eq(grant.id))
        .filter(report::Column::State.eq(ReportState::Accepted.code()))
        .into_tuple()
        .one(&work.transaction)
        .await?;
    let spent = spent.flatten().unwrap_or(0);
    if spent > grant.award_usd_minor {
        let message = Message::new("refused-report-beyond-award")
            .with("spent", Money::usd(spent))
            .with("award", Money::usd(grant.award_usd_minor));
        return Err(AppError::Refused(message).into());
    }
    Ok(())
}

async fn tell(
    work: &Work<'_>,
    grant: &grant::Model,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
    link: &str,
) -> Result<()> {
    mail::queue_to_organisation(work, grant.organisation_id, kind, arguments, Some(link)).await
}
