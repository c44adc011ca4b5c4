//! Submitting a report: the signatory sends it off, and its figures are kept as figures.

use domain::budgets::Severity;
use domain::errors::{AppError, FieldErrors};
use domain::forms::{Answers, Typed};
use domain::ids::ReportId;
use domain::message::Message;
use domain::money::Money;
use domain::reports::{
    REPORT, ReportEvent, ReportKind, ReportState, SUBMIT, check, expenditure, reported_people, results,
};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};

use super::content::Plan;
use super::entity::{report, report_expenditure, report_people, report_result};
use super::step::{load, state_of, step};
use crate::context::{Context, Work};
use crate::error::{Error, Result, unknown_code};
use crate::grants::entity::grant;

/// Submits the report as it was last saved. `typed` holds the declaration and the signatory's name.
///
/// # Errors
/// Not allowed, not found, everything that is wrong with the report at once, not to be submitted now, or the
/// database's.
pub async fn submit(context: &Context, id: ReportId, typed: &Typed) -> Result<()> {
    context.permit(Action::SubmitReports, &Subject::NONE)?;
    let work = context.begin().await?;
    let (mut report, grant) = load(&work, id, Action::SubmitReports).await?;
    let event = match state_of(&report)? {
        ReportState::Returned => ReportEvent::Resubmit,
        ReportState::Due => {
            report = step(&work, report, ReportEvent::Start, |_| ()).await?;
            ReportEvent::Submit
        }
        _ => ReportEvent::Submit,
    };
    domain::reports::transition(state_of(&report)?, event)?;
    check_turn(&work, &report).await?;
    let mut content: Typed = serde_json::from_str(&report.typed)?;
    let plan = Plan::load(&work.transaction, &report).await?;
    let answers = judge(&report, &grant, &content, typed, &plan)?;
    let spent = write_figures(&work, &report, &answers, &plan).await?;
    content.set("full_name", typed.get("full_name"));
    let content = serde_json::to_string(&content)?;
    step(&work, report, event, |row| {
        row.typed = Set(content.clone());
        row.submitted_typed = Set(Some(content));
        row.spent_usd_minor = Set(spent);
        row.submitted_by = Set(context.actor.user.map(Into::into));
        row.submitted_at = Set(Some(context.now));
    })
    .await?;
    work.commit().await
}

/// A report is sent once its period has begun, and after those before it: what it accounts for and whom it counts lies
/// behind, and an instalment that waits for it is not paid early.
async fn check_turn(work: &Work<'_>, row: &report::Model) -> Result<()> {
    if work.context.today() < row.period_start {
        let message = Message::new("refused-report-not-begun").with("from", row.period_start);
        return Err(AppError::Refused(message).into());
    }
    let missing = [ReportState::Due, ReportState::Draft, ReportState::Returned].map(ReportState::code);
    let earlier = report::Entity::find()
        .filter(report::Column::GrantId.eq(row.grant_id))
        .filter(report::Column::Number.lt(row.number))
        .filter(report::Column::State.is_in(missing))
        .order_by_asc(report::Column::Number)
        .one(&work.transaction)
        .await?;
    match earlier {
        Some(earlier) => {
            Err(AppError::Refused(Message::new("refused-report-earlier").with("number", earlier.number)).into())
        }
        None => Ok(()),
    }
}

/// Every error of the report and of the declaration at once.
fn judge(
    report: &report::Model,
    grant: &grant::Model,
    content: &Typed,
    signed: &Typed,
    plan: &Plan,
) -> Result<Answers> {
    let kind = ReportKind::from_code(&report.kind).ok_or_else(|| unknown_code("report kind", &report.kind))?;
    let (answers, mut errors) = REPORT.read_lenient(content);
    let points = check(&answers, kind, &plan.budget()?);
    for point in points.into_iter().filter(|point| point.severity == Severity::Error) {
        if errors.of(&point.field).is_none() {
            errors.add(&point.field, point.message);
        }
    }
    plan.check_indicators(&answers, &mut errors);
    check_total(grant, &answers, plan, &mut errors);
    errors.0.extend(SUBMIT.read_lenient(signed).1.0);
    if errors.is_empty() { Ok(answers) } else { Err(Error::App(AppError::Invalid(errors))) }
}

/// A grant can never account for more than was awarded.
fn check_total(grant: &grant::Model, answers: &Answers, plan: &Plan, errors: &mut FieldErrors) {
    let before: i64 = plan.spent_before.values().sum();
    let spent = expenditure(answers).iter().fold(before, |sum, row| sum.saturating_add(row.spent.minor));
    if spent > grant.award_usd_minor {
        let message = Message::new("error-report-beyond-award")
            .with("spent", Money::usd(spent))
            .with("award", Money::usd(grant.award_usd_minor));
        errors.add("expenditure", message);
    }
}

/// Replaces the figures of an earlier submission, and gives what was spent in US cents.
async fn write_figures(work: &Work<'_>, report: &report::Model, answers: &Answers, plan: &Plan) -> Result<i64> {
    let transaction = &work.transaction;
    report_expenditure::Entity::delete_many()
        .filter(report_expenditure::Column::ReportId.eq(report.id))
        .exec(transaction)
        .await?;
    report_result::Entity::delete_many()
        .filter(report_result::Column::ReportId.eq(report.id))
        .exec(transaction)
        .await?;
    report_people::Entity::delete_many()
        .filter(report_people::Column::ReportId.eq(report.id))
        .exec(transaction)
        .await?;
    let mut total = 0_i64;
    for row in expenditure(answers) {
        let Some(line) = plan.line(&row.line) else { continue };
        total = total.saturating_add(row.spent.minor);
        report_expenditure::ActiveModel {
            report_id: Set(report.id),
            budget_line_id: Set(line.id),
            spent_usd_minor: Set(row.spent.minor),
            explanation: Set(row.explanation),
            ..Default::default()
        }
        .insert(transaction)
        .await?;
    }
    for result in results(answers) {
        let Some(indicator) = plan.indicator(&result.indicator) else { continue };
        report_result::ActiveModel {
            report_id: Set(report.id),
            indicator_id: Set(indicator.id),
            achieved: Set(result.achieved),
            comment: Set(result.comment),
            ..Default::default()
        }
        .insert(transaction)
        .await?;
    }
    for group in reported_people(answers) {
        report_people::ActiveModel {
            report_id: Set(report.id),
            sex: Set(group.cell.sex.code().to_owned()),
            age: Set(group.cell.age.code().to_owned()),
            movement: Set(group.cell.movement.code().to_owned()),
            returnee: Set(group.cell.returnee.code().to_owned()),
            exploitation: Set(group.cell.exploitation.code().to_owned()),
            help: Set(group.help.code().to_owned()),
            people: Set(group.cell.count),
            ..Default::default()
        }
        .insert(transaction)
        .await?;
    }
    Ok(total)
}
