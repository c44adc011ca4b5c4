//! Former versions of a section, for the organisation that writes it: reading them, comparing, and going back to one.

use domain::applications::Section;
use domain::forms::{Merged, Typed};
use domain::ids::{ApplicationId, OrganisationId};
use domain::roles::{Action, Subject};

use super::reading::{live_sections, readable};
use super::save_section::draft_of;
use super::{SavedSection, save_section};
use crate::context::Context;
use crate::drafts::{self, Version, VersionRow};
use crate::error::Result;

async fn permitted(context: &Context, id: ApplicationId) -> Result<()> {
    let row = readable(context, id).await?;
    Ok(context.permit(Action::WriteApplications, &Subject::organisation(OrganisationId(row.organisation_id)))?)
}

/// The versions of a section that are kept, the newest first.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn versions(context: &Context, id: ApplicationId, section: Section) -> Result<Vec<VersionRow>> {
    permitted(context, id).await?;
    drafts::list(context.database(), &draft_of(id, section)).await
}

/// One version of a section.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn version(context: &Context, id: ApplicationId, section: Section, number: i64) -> Result<Version> {
    permitted(context, id).await?;
    drafts::get(context.database(), &draft_of(id, section), number).await
}

/// What was written on a version, put together with what is stored by now.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn together(
    context: &Context,
    id: ApplicationId,
    section: Section,
    written_on: i64,
    typed: &Typed,
) -> Result<Merged> {
    permitted(context, id).await?;
    let theirs = live_sections(context.database(), id).await?.remove(&section).unwrap_or_default();
    let mine = typed.only(section.form());
    drafts::together(context.database(), &draft_of(id, section), written_on, &theirs, &mine).await
}

/// Goes back to a former version: it becomes the newest one, and the one that stood until now stays among the former.
///
/// # Errors
/// As for saving a section.
pub async fn restore(context: &Context, id: ApplicationId, section: Section, number: i64) -> Result<SavedSection> {
    let former = version(context, id, section, number).await?;
    save_section(context, id, section, &former.typed, None).await
}
