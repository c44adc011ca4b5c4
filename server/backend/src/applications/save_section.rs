//! Saving a section of an application: whatever was typed is kept first and judged afterwards.

use domain::applications::{CheckContext, OpenPoint, Section, Sections, check, summarise};
use domain::errors::AppError;
use domain::forms::{LARGEST_DRAFT, Typed};
use domain::ids::ApplicationId;
use domain::message::Message;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde::Serialize;

use super::entity::{application, application_section};
use super::load_editable;
use super::reading::{document_kinds, live_sections};
use crate::audit;
use crate::calls::terms_of;
use crate::context::{Context, Work};
use crate::drafts::{self, Fit, Saved};
use crate::error::{Error, Result};

/// A section as it stands after saving.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedSection {
    /// What saving came to.
    pub saved: Saved,
    /// What is still open in it.
    pub open_points: Vec<OpenPoint>,
}

/// What the audit trail keeps of a saved draft. The text itself is kept with each submitted revision: a copy of
/// every few seconds' typing would bury the trail.
#[derive(Serialize)]
struct Trace {
    section: &'static str,
    version: i64,
}

/// The name of a section among drafts.
pub(super) fn draft_of(id: ApplicationId, section: Section) -> String {
    format!("section/{id}/{section}")
}

/// Saves what was typed. `expected` is the version that the person started from: what somebody else has changed since is
/// kept beside it, and where both changed the same thing nothing is written.
///
/// # Errors
/// Not allowed, not found, not editable, after the deadline, `conflict-section-changed`, or the database's.
pub async fn save_section(
    context: &Context,
    id: ApplicationId,
    section: Section,
    typed: &Typed,
    expected: Option<i64>,
) -> Result<SavedSection> {
    context.permit(Action::WriteApplications, &Subject::NONE)?;
    // Rows are numbered as pages number them, so that what is said of a row leads to it.
    let typed = typed.only(section.form()).compacted();
    let work = context.begin().await?;
    let (row, call) = load_editable(&work, id, Action::WriteApplications).await?;
    check_size(&serde_json::to_string(&typed)?)?;
    let before = stored(&work, id, section).await?;
    let theirs: Typed =
        before.as_ref().map(|before| serde_json::from_str(&before.typed)).transpose()?.unwrap_or_default();
    let version = before.as_ref().map_or(0, |before| before.version);
    let draft = draft_of(id, section);
    let saved = match drafts::fit(&work.transaction, &draft, (version, &theirs), typed, expected).await? {
        Fit::Conflict => return Err(changed_by_another(before.as_ref())),
        Fit::Stored(merged) => {
            let saved_at = before.map_or(context.now, |before| before.updated_at);
            Saved { version, saved_at, merged }
        }
        Fit::New(typed, more) => {
            let text = serde_json::to_string(&typed)?;
            check_size(&text)?;
            let version = write(&work, id, section, text, before).await?;
            Saved { version, saved_at: context.now, merged: more.then_some(typed) }
        }
    };
    let sections = live_sections(&work.transaction, id).await?;
    let documents = document_kinds(&work.transaction, id).await?;
    if saved.version > version {
        denormalise(&work, row, &sections).await?;
        work.commit().await?;
    }
    let check_context = CheckContext::new(&sections, &terms_of(&call), &documents);
    let now = sections.get(&section).cloned().unwrap_or_default();
    Ok(SavedSection { saved, open_points: check(section, &now, &check_context) })
}

fn check_size(text: &str) -> Result<()> {
    if text.len() > LARGEST_DRAFT { Err(AppError::refused("refused-section-too-large").into()) } else { Ok(()) }
}

fn changed_by_another(before: Option<&application_section::Model>) -> Error {
    let Some(before) = before else { return AppError::NotFound.into() };
    let message = Message::new("conflict-section-changed")
        .with("name", before.updated_by_name.as_str())
        .with("at", before.updated_at);
    AppError::Conflict(message).into()
}

async fn stored(work: &Work<'_>, id: ApplicationId, section: Section) -> Result<Option<application_section::Model>> {
    Ok(application_section::Entity::find()
        .filter(application_section::Column::ApplicationId.eq(id.0))
        .filter(application_section::Column::Section.eq(section.code()))
        .one(&work.transaction)
        .await?)
}

async fn write(
    work: &Work<'_>,
    id: ApplicationId,
    section: Section,
    text: String,
    before: Option<application_section::Model>,
) -> Result<i64> {
    let context = work.context;
    let version = before.as_ref().map_or(0, |before| before.version) + 1;
    let trace = before.as_ref().map(|before| Trace { section: section.code(), version: before.version });
    let mut row: application_section::ActiveModel = before.map_or_else(
        || application_section::ActiveModel {
            application_id: Set(id.0),
            section: Set(section.code().to_owned()),
            ..Default::default()
        },
        Into::into,
    );
    drafts::keep(work, &draft_of(id, section), version, &text).await?;
    row.typed = Set(text);
    row.version = Set(version);
    row.updated_by = Set(context.actor.user.map(Into::into));
    row.updated_by_name = Set(context.actor.name.clone());
    row.updated_at = Set(context.now);
    if row.id.is_not_set() {
        row.insert(&work.transaction).await?;
    } else {
        row.update(&work.transaction).await?;
    }
    let after = Trace { section: section.code(), version };
    let (kind, action) = (audit::Kind::Application, "audit-application-section-saved");
    audit::record(work, action, kind, id.0, trace.as_ref(), Some(&after)).await?;
    Ok(version)
}

/// Keeps the gist of what is written in the application's own row until it is submitted. From then on the row shows
/// what was submitted: lists and staff must not see a draft that follows a request for clarification.
async fn denormalise(work: &Work<'_>, row: application::Model, sections: &Sections) -> Result<()> {
    let submitted = row.revision > 0;
    let mut change: application::ActiveModel = row.into();
    if !submitted {
        write_gist(&mut change, sections);
    }
    change.updated_at = Set(work.context.now);
    change.update(&work.transaction).await?;
    Ok(())
}

/// Copies title, theme, country, duration and amount into the application's own row, where lists look for them.
pub(super) fn write_gist(change: &mut application::ActiveModel, sections: &Sections) {
    let gist = summarise(sections);
    // What stays as it is is not written, nor looked for by its indexes.
    if !gist.title.is_empty() {
        change.title.set_if_not_equals(gist.title);
    }
    change.theme.set_if_not_equals(gist.theme.map_or_else(String::new, |theme| theme.code().to_owned()));
    change.country.set_if_not_equals(gist.country.unwrap_or_default());
    change.duration_months.set_if_not_equals(gist.duration_months.unwrap_or(0));
    change.requested_usd_minor.set_if_not_equals(gist.requested.minor);
}
