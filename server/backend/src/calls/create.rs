//! Entering a call, and what the form of a new call starts from.

use domain::calls::{CALL, CallLimits, CallState, check, opening_and_deadline};
use domain::errors::AppError;
use domain::forms::{Answers, Typed};
use domain::ids::CallId;
use domain::reviews::{Criterion, default_criteria};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::entity::{call, call_criterion};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;

/// What the form of a new call holds: the Fund's published limits, criteria and time of day of the deadline.
#[must_use]
pub fn initial() -> Typed {
    let limits = CallLimits::default();
    let typed = Typed::default()
        .with("smallest_award", limits.smallest_award.to_decimal().to_string())
        .with("largest_award", limits.largest_award.to_decimal().to_string())
        .with("shortest_months", limits.shortest_months.to_string())
        .with("longest_months", limits.longest_months.to_string())
        .with("opens_at", "00:00:00")
        .with("closes_at", "23:59:59");
    with_criteria(typed, &default_criteria())
}

/// The rows of criteria as a form holds them.
pub(crate) fn with_criteria(typed: Typed, criteria: &[Criterion]) -> Typed {
    criteria.iter().enumerate().fold(typed, |typed, (row, criterion)| {
        typed
            .with(&format!("criteria.{row}.criterion"), criterion.code.code())
            .with(&format!("criteria.{row}.weight"), criterion.weight.to_string())
    })
}

/// Enters a call as a draft.
///
/// # Errors
/// Not allowed, wrong fields, or the database's.
pub async fn create(context: &Context, typed: &Typed) -> Result<CallId> {
    context.permit(Action::WriteCalls, &Subject::NONE)?;
    let answers = read(typed)?;
    let work = context.begin().await?;
    let mut row = call::ActiveModel {
        state: Set(CallState::Draft.code().to_owned()),
        version: Set(1),
        created_by: Set(context.actor.user.map(Into::into)),
        created_at: Set(context.now),
        ..Default::default()
    };
    fill(&mut row, &answers);
    let row = row.insert(&work.transaction).await?;
    write_criteria(&work, row.id, &answers).await?;
    audit::record::<(), _>(&work, "audit-call-created", audit::Kind::Call, row.id, None, Some(&row)).await?;
    work.commit().await?;
    Ok(CallId(row.id))
}

/// Reads the form and the rules between its fields: all errors at once.
pub(super) fn read(typed: &Typed) -> std::result::Result<Answers, AppError> {
    let (answers, mut errors) = CALL.read_lenient(typed);
    for error in check(&answers).0 {
        if errors.of(&error.field).is_none() {
            errors.0.push(error);
        }
    }
    errors.into_result()?;
    Ok(answers)
}

/// Sets the columns that the form gives.
pub(super) fn fill(row: &mut call::ActiveModel, answers: &Answers) {
    row.title = Set(answers.text("title").to_owned());
    row.objectives = Set(answers.text("objectives").to_owned());
    row.themes = Set(answers.codes("themes").join(","));
    row.priority_groups = Set(answers.codes("priority_groups").join(","));
    row.regions = Set(answers.codes("regions").join(","));
    row.smallest_usd_minor = Set(answers.minor("smallest_award"));
    row.largest_usd_minor = Set(answers.minor("largest_award"));
    row.shortest_months = Set(answers.count("shortest_months"));
    row.longest_months = Set(answers.count("longest_months"));
    if let Some((opens, closes)) = opening_and_deadline(answers) {
        row.opens_at = Set(opens);
        row.closes_at = Set(closes);
    }
}

/// Replaces the criteria of a call.
pub(super) async fn write_criteria(work: &Work<'_>, call: i64, answers: &Answers) -> Result<()> {
    call_criterion::Entity::delete_many()
        .filter(call_criterion::Column::CallId.eq(call))
        .exec(&work.transaction)
        .await?;
    for (position, (_, values)) in (0_i64..).zip(answers.group("criteria")) {
        call_criterion::ActiveModel {
            call_id: Set(call),
            position: Set(position),
            criterion: Set(values.text("criterion").to_owned()),
            weight: Set(values.count("weight")),
            ..Default::default()
        }
        .insert(&work.transaction)
        .await?;
    }
    Ok(())
}
