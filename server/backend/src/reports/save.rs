//! Keeping a report's draft, whatever it holds, and its former versions: it is judged only when it is submitted.

use domain::errors::AppError;
use domain::forms::{LARGEST_DRAFT, Merged, Typed};
use domain::ids::{OrganisationId, ReportId};
use domain::message::Message;
use domain::reports::{REPORT, ReportEvent, ReportState};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};
use serde::Serialize;

use super::entity::report;
use super::step::{load, state_of, step};
use crate::audit;
use crate::context::Context;
use crate::drafts::{self, Fit, Saved, Version, VersionRow};
use crate::error::Result;
use crate::grants::entity::grant;

/// What the audit trail keeps of a saved draft: not its text, which is the organisation's own until it is submitted.
#[derive(Serialize)]
struct Trace {
    version: i64,
}

/// The name of a report among drafts.
pub(super) fn draft_of(id: ReportId) -> String {
    format!("report/{id}")
}

/// Saves a draft. The field `version` names the version that the person started from: what somebody else has changed
/// since is kept beside it, and where both changed the same thing nothing is written. Without it nothing is compared.
///
/// # Errors
/// Not allowed, not found, no longer to be written in, `conflict-report`, or the database's.
pub async fn save(context: &Context, id: ReportId, typed: &Typed) -> Result<Saved> {
    context.permit(Action::WriteReports, &Subject::NONE)?;
    let work = context.begin().await?;
    let (mut report, _) = load(&work, id, Action::WriteReports).await?;
    let state = state_of(&report)?;
    if !state.is_editable() {
        return Err(AppError::refused("refused-report-not-editable").into());
    }
    let sent = typed.only(&REPORT);
    check_size(&serde_json::to_string(&sent)?)?;
    let theirs = serde_json::from_str::<Typed>(&report.typed)?.only(&REPORT);
    let started_from = typed.get("version").parse::<i64>().ok();
    let (draft, before) = (draft_of(id), report.version);
    let (stored, more) = match drafts::fit(&work.transaction, &draft, (before, &theirs), sent, started_from).await? {
        Fit::Conflict => return Err(AppError::Conflict(Message::new("conflict-report")).into()),
        Fit::Stored(merged) => return Ok(Saved { version: before, saved_at: context.now, merged }),
        Fit::New(stored, more) => (stored, more),
    };
    let content = serde_json::to_string(&stored)?;
    check_size(&content)?;
    if state == ReportState::Due {
        report = step(&work, report, ReportEvent::Start, |_| ()).await?;
    }
    let version = before + 1;
    drafts::keep(&work, &draft, version, &content).await?;
    let mut row: report::ActiveModel = report.into();
    row.typed = Set(content);
    row.version = Set(version);
    row.update(&work.transaction).await?;
    let (earlier, after) = (Trace { version: before }, Trace { version });
    audit::record(&work, "audit-report-saved", audit::Kind::Report, id.0, Some(&earlier), Some(&after)).await?;
    work.commit().await?;
    Ok(Saved { version, saved_at: context.now, merged: more.then_some(stored) })
}

fn check_size(text: &str) -> Result<()> {
    if text.len() > LARGEST_DRAFT { Err(AppError::refused("refused-report-too-large").into()) } else { Ok(()) }
}

/// Loads a report that the actor may write in, for its former versions.
async fn own(context: &Context, id: ReportId) -> Result<report::Model> {
    let found = report::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let of = grant::Entity::find_by_id(found.grant_id).one(context.database()).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::WriteReports, &Subject::organisation(OrganisationId(of.organisation_id)))?;
    Ok(found)
}

/// The versions of a report's draft that are kept, the newest first.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn versions(context: &Context, id: ReportId) -> Result<Vec<VersionRow>> {
    own(context, id).await?;
    drafts::list(context.database(), &draft_of(id)).await
}

/// One version of a report's draft.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn version(context: &Context, id: ReportId, number: i64) -> Result<Version> {
    own(context, id).await?;
    drafts::get(context.database(), &draft_of(id), number).await
}

/// What was written on a version, put together with what is stored by now.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn together(context: &Context, id: ReportId, written_on: i64, typed: &Typed) -> Result<Merged> {
    let theirs = serde_json::from_str::<Typed>(&own(context, id).await?.typed)?.only(&REPORT);
    drafts::together(context.database(), &draft_of(id), written_on, &theirs, &typed.only(&REPORT)).await
}

/// Goes back to a former version: it becomes the newest one.
///
/// # Errors
/// As for saving a report.
pub async fn restore(context: &Context, id: ReportId, number: i64) -> Result<Saved> {
    let former = version(context, id, number).await?;
    save(context, id, &former.typed).await
}
