//! Drawing up the agreement: dates, the reports that will be due, and what each instalment waits for.

use chrono::NaiveDate;
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::grants::{AGREEMENT, GrantEvent, InstalmentCondition, end_date};
use domain::ids::GrantId;
use domain::message::Message;
use domain::money::Money;
use domain::reports::periods;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::entity::{grant, instalment};
use super::step::{load, step};
use crate::calls::{self, entity::call};
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};
use crate::mail::{self, MailKind};
use crate::users::ties;

/// A start further away from today is a slip: all reports would be late at once, and once both have signed nothing
/// leads back.
const MOST_DAYS_AWAY: i64 = 365;

/// Offers the agreement to the organisation, whose signatory then countersigns.
///
/// # Errors
/// Not allowed, not found, wrong fields, months outside the call's limits, already offered, a tie with the
/// organisation, or the database's.
pub async fn offer(context: &Context, id: GrantId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let answers = AGREEMENT.read(typed)?;
    let start = answers.date("start_date").ok_or_else(|| AppError::field("start_date", "error-required"))?;
    if (start - context.today()).num_days().abs() > MOST_DAYS_AWAY {
        return Err(AppError::field("start_date", "error-agreement-start").into());
    }
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    let months = months_within_call(&work, &before, answers.count("months")).await?;
    let end = end_date(start, months);
    let after = step(&work, before, GrantEvent::Offer, |row| {
        row.start_date = Set(Some(start));
        row.end_date = Set(Some(end));
        row.months = Set(i64::from(months));
        row.offered_by = Set(context.actor.user.map(Into::into));
        row.offered_at = Set(Some(context.now));
        row.taken_back_reason = Set(String::new());
    })
    .await?;
    let reports = plan_reports(&work, id, start, months).await?;
    plan_instalments(&work, id, reports).await?;
    tell(&work, &after).await?;
    work.commit().await
}

/// The months of the agreement, which the call limits as it limited what was applied for.
async fn months_within_call(work: &Work<'_>, grant: &grant::Model, months: i64) -> Result<u32> {
    let call = call::Entity::find_by_id(grant.call_id).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let limits = calls::limits_of(&call);
    let (shortest, longest) = (limits.shortest_months.max(1), limits.longest_months);
    let within = u32::try_from(months).ok().filter(|_| (shortest..=longest).contains(&months));
    Ok(within.ok_or_else(|| {
        let message = Message::new("error-agreement-months").with("shortest", shortest).with("longest", longest);
        AppError::Invalid(FieldErrors::one("months", message))
    })?)
}

async fn plan_reports(work: &Work<'_>, id: GrantId, start: NaiveDate, months: u32) -> Result<i64> {
    let periods = periods(start, months);
    for period in &periods {
        crate::reports::plan(work, id, period).await?;
    }
    Ok(periods.last().map_or(0, |period| period.number))
}

/// The agreement's months may differ from those applied for: an instalment must not wait for a report that
/// will never come.
async fn plan_instalments(work: &Work<'_>, id: GrantId, reports: i64) -> Result<()> {
    let rows = instalment::Entity::find().filter(instalment::Column::GrantId.eq(id.0)).all(&work.transaction).await?;
    for row in rows {
        let condition = InstalmentCondition::from_code(&row.condition)
            .ok_or_else(|| unknown_code("instalment condition", &row.condition))?;
        let after = match condition {
            InstalmentCondition::Signature => None,
            InstalmentCondition::InterimReport => Some(row.after_report.unwrap_or(1).clamp(1, reports)),
            InstalmentCondition::FinalReport => Some(reports),
        };
        if after != row.after_report {
            let mut change: instalment::ActiveModel = row.into();
            change.after_report = Set(after);
            change.update(&work.transaction).await?;
        }
    }
    Ok(())
}

async fn tell(work: &Work<'_>, grant: &grant::Model) -> Result<()> {
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("title", grant.title.as_str().into()),
        ("amount", Money::usd(grant.award_usd_minor).into()),
    ];
    let link = format!("/grants/{}", grant.id);
    mail::queue_to_organisation(work, grant.organisation_id, MailKind::AgreementToSign, &arguments, Some(&link)).await
}
