//! Keeping a report's draft, whatever it holds: it is judged only when it is submitted.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ReportId;
use domain::message::Message;
use domain::reports::{REPORT, ReportEvent};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};
use serde::Serialize;

use super::step::{load, state_of, step};
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Most bytes of a draft as stored, as for a section of an application.
const LARGEST_DRAFT: usize = 3 * 1024 * 1024;

/// What the audit trail keeps of a saved draft: not its text, which is the organisation's own until it is submitted.
#[derive(Serialize)]
struct Trace {
    version: i64,
}

/// Saves a draft and gives its new version. The field `version` names the version that the person started from;
/// without it nothing is compared.
///
/// # Errors
/// Not allowed, not found, no longer to be written in, changed by somebody else in between, or the database's.
pub async fn save(context: &Context, id: ReportId, typed: &Typed) -> Result<i64> {
    context.permit(Action::WriteReports, &Subject::NONE)?;
    let work = context.begin().await?;
    let (mut report, _) = load(&work, id, Action::WriteReports).await?;
    let state = state_of(&report)?;
    if !state.is_editable() {
        return Err(AppError::refused("refused-report-not-editable").into());
    }
    let content = serde_json::to_string(&typed.only(&REPORT))?;
    if content.len() > LARGEST_DRAFT {
        return Err(AppError::refused("refused-report-too-large").into());
    }
    let started_from = typed.get("version").parse::<i64>().ok();
    if started_from.is_some_and(|version| version != report.version) && content != report.typed {
        return Err(AppError::Conflict(Message::new("conflict-report")).into());
    }
    if state == domain::reports::ReportState::Due {
        report = step(&work, report, ReportEvent::Start, |_| ()).await?;
    }
    let version = report.version + 1;
    let before = Trace { version: report.version };
    let mut row: super::entity::report::ActiveModel = report.into();
    row.typed = Set(content);
    row.version = Set(version);
    row.update(&work.transaction).await?;
    let after = Trace { version };
    audit::record(&work, "audit-report-saved", audit::Kind::Report, id.0, Some(&before), Some(&after)).await?;
    work.commit().await?;
    Ok(version)
}
