//! Eligibility screening against the Fund's published conditions.

use chrono::NaiveDate;
use domain::applications::{ApplicationEvent, ApplicationState, SCREENING, ScreeningCriterion, screening_passed};
use domain::errors::AppError;
use domain::forms::{Answers, Typed};
use domain::ids::ApplicationId;
use domain::message::Argument;
use domain::organisations::LEAST_YEARS_REGISTERED;
use domain::roles::{Action, Subject};
use domain::time::{add_months, vienna_date};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use super::entity::{application, screening};
use super::{check_answer_is_not_awaited, load, state_of, step};
use crate::calls::entity::call;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::organisations::entity::organisation;
use crate::reviews;
use crate::users::ties;

/// True when an organisation was registered long enough on a day.
#[must_use]
pub fn registered_long_enough(registered: Option<NaiveDate>, day: NaiveDate) -> bool {
    registered.is_some_and(|registered| add_months(registered, LEAST_YEARS_REGISTERED * 12) <= day)
}

/// Screens a submitted application: eligible when every condition is met, else ineligible. One that was returned and not
/// answered in time can only be found ineligible, and so can one that was found eligible before, until the Board
/// recommends it. What was reviewed of one that is found eligible once more still counts.
///
/// # Errors
/// Not allowed, not found, wrong fields, in the wrong state, returned and the date has not passed, a tie with
/// the organisation, nothing to tell one that is found ineligible, or the database's.
pub async fn screen(context: &Context, id: ApplicationId, typed: &Typed) -> Result<bool> {
    context.permit(Action::ScreenApplications, &Subject::NONE)?;
    let answers = SCREENING.read(typed)?;
    let work = context.begin().await?;
    let row = load(&work, id).await?;
    ties::check(&work.transaction, row.organisation_id, context.actor.user.as_slice()).await?;
    check_answer_is_not_awaited(&row, context.now)?;
    check_registration(&work, &row, &answers).await?;
    let eligible = screening_passed(&answers);
    check_result(state_of(&row)?, eligible, &answers)?;
    screening::ActiveModel {
        application_id: Set(id.0),
        checklist: Set(serde_json::to_string(answers.codes("met"))?),
        eligible: Set(eligible),
        reason: Set(answers.text("reasons").to_owned()),
        told: Set(answers.text("told").to_owned()),
        screened_by: Set(context.actor.user.map(Into::into)),
        screened_by_name: Set(context.actor.name.clone()),
        screened_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    if eligible {
        let after = step(&work, row, ApplicationEvent::FindEligible, |_| {}).await?;
        reviews::resume(&work, after).await?;
    } else {
        let after = step(&work, row, ApplicationEvent::FindIneligible, |_| {}).await?;
        tell(&work, &after, &answers).await?;
    }
    work.commit().await?;
    Ok(eligible)
}

fn check_result(state: ApplicationState, eligible: bool, answers: &Answers) -> Result<()> {
    match (eligible, state) {
        (true, ApplicationState::Returned) => Err(AppError::field("met", "error-screening-unanswered").into()),
        (
            true,
            ApplicationState::Eligible
            | ApplicationState::InReview
            | ApplicationState::Reviewed
            | ApplicationState::Reserved,
        ) => Err(AppError::field("met", "error-screening-unchanged").into()),
        (false, _) if answers.text("told").is_empty() => Err(AppError::field("told", "error-screening-told").into()),
        _ => Ok(()),
    }
}

/// Tells the organisation which conditions are not met, and what the officer wrote for it.
async fn tell(work: &Work<'_>, row: &application::Model, answers: &Answers) -> Result<()> {
    let met = answers.codes("met");
    let failed: Vec<String> = ScreeningCriterion::ALL
        .iter()
        .filter(|criterion| !met.iter().any(|code| code == criterion.code()))
        .map(|criterion| criterion.label_key())
        .collect();
    let arguments = [
        ("number", row.number.as_str().into()),
        ("title", row.title.as_str().into()),
        ("conditions", Argument::Keys(failed)),
        ("note", answers.text("told").into()),
    ];
    let link = format!("/applications/{}", row.id);
    mail::queue_to_organisation(work, row.organisation_id, MailKind::ApplicationIneligible, &arguments, Some(&link))
        .await
}

/// The one condition that the system can compute: what was ticked must agree with the profile.
async fn check_registration(work: &Work<'_>, row: &application::Model, answers: &Answers) -> Result<()> {
    let condition = ScreeningCriterion::RegisteredThreeYears.code();
    if !answers.codes("met").iter().any(|met| met == condition) {
        return Ok(());
    }
    let profile = organisation::Entity::find_by_id(row.organisation_id).one(&work.transaction).await?;
    let call = call::Entity::find_by_id(row.call_id).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let registered = profile.and_then(|profile| profile.registration_date);
    if registered_long_enough(registered, vienna_date(call.closes_at)) {
        return Ok(());
    }
    Err(AppError::field("met", "error-screening-registration").into())
}
