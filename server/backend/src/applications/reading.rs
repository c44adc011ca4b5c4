//! Reading what stands in an application: sections as they are written, and revisions as they were submitted.
//! An organisation reads its own text; everybody else reads what was submitted last, never a draft.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::applications::{
    ApplicationState, CheckContext, DocumentKind, ScreeningCriterion, Section, SectionStatus, Sections, section_status,
};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, DocumentId, OrganisationId, UserId};
use domain::reviews::ReviewState;
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::{Deserialize, Serialize};

use super::entity::{application, application_revision, application_section, document, revision_document, screening};
use crate::calls::entity::call;
use crate::calls::terms_of;
use crate::context::Context;
use crate::error::Result;
use crate::reviews::entity::review;

/// A document of a revision: enough to find its content again for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenDocument {
    /// Identifier.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// Name of the file as it was uploaded.
    pub file_name: String,
    /// Size in bytes.
    pub size: i64,
    /// SHA-256 of the content in hexadecimal digits.
    pub sha256: String,
}

/// A revision's content as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Frozen {
    pub organisation: String,
    pub sections: Sections,
    pub documents: Vec<FrozenDocument>,
    pub declared: Vec<String>,
}

/// A revision as submitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// From 1.
    pub number: i64,
    /// The organisation's legal name at that time.
    pub organisation: String,
    /// All sections.
    pub sections: Sections,
    /// The documents.
    pub documents: Vec<FrozenDocument>,
    /// Who declared, as typed.
    pub declared_name: String,
    /// Version of the declarations' texts.
    pub declaration_version: String,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

/// A revision in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionRow {
    /// From 1.
    pub number: i64,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
}

/// A section with its status, for the organisation that writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionView {
    /// Which.
    pub section: Section,
    /// What was typed.
    pub typed: Typed,
    /// Version to name when saving; 0 before the first time.
    pub version: i64,
    /// When it was saved last.
    pub saved_at: Option<DateTime<Utc>>,
    /// By whom.
    pub saved_by: String,
    /// How far it is.
    pub status: SectionStatus,
}

/// An eligibility screening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screening {
    /// The conditions that are met.
    pub met: Vec<ScreeningCriterion>,
    /// Result.
    pub eligible: bool,
    /// The Fund's own notes; empty for the organisation's members.
    pub reason: String,
    /// What the organisation is told.
    pub told: String,
    /// By whom; empty for the organisation's members.
    pub screened_by: String,
    /// When.
    pub screened_at: DateTime<Utc>,
}

/// Loads an application that the actor may read.
///
/// # Errors
/// Not allowed; not found, also for a draft of somebody else or an application that a reviewer was not given
/// or has not declared about.
pub(crate) async fn readable(context: &Context, id: ApplicationId) -> Result<application::Model> {
    context.permit(Action::ReadApplications, &Subject::NONE)?;
    let row = application::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::ReadApplications, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    let own = context.actor.system || context.actor.role.is_some_and(Role::of_organisation);
    if !own && row.revision == 0 {
        return Err(AppError::NotFound.into());
    }
    if context.actor.is(Role::TechnicalReviewer) && !may_review(context, id).await? {
        return Err(AppError::NotFound.into());
    }
    Ok(row)
}

/// True when the acting reviewer was given the application and has declared no conflict of interest in it. Until then
/// only the review's own page says which application it is.
pub(crate) async fn may_review(context: &Context, id: ApplicationId) -> Result<bool> {
    let number = review::Entity::find()
        .filter(review::Column::ApplicationId.eq(id.0))
        .filter(review::Column::ReviewerId.eq(context.actor.user.map_or(0, i64::from)))
        .filter(review::Column::State.is_in(ReviewState::READING.iter().map(|state| state.code())))
        .count(context.database())
        .await?;
    Ok(number > 0)
}

/// The sections as they are being written; for the own organisation only.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn sections(context: &Context, id: ApplicationId) -> Result<Vec<SectionView>> {
    let row = readable(context, id).await?;
    context.permit(Action::WriteApplications, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    let call = call::Entity::find_by_id(row.call_id).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let rows = section_rows(context.database(), id).await?;
    let sections = typed_of(&rows)?;
    let documents = document_kinds(context.database(), id).await?;
    let check_context = CheckContext::new(&sections, &terms_of(&call), &documents);
    let empty = Typed::default();
    Ok(Section::ALL
        .iter()
        .map(|section| {
            let row = rows.get(section);
            let typed = sections.get(section).unwrap_or(&empty);
            SectionView {
                section: *section,
                typed: typed.clone(),
                version: row.map_or(0, |row| row.version),
                saved_at: row.map(|row| row.updated_at),
                saved_by: row.map_or_else(String::new, |row| row.updated_by_name.clone()),
                status: section_status(*section, typed, &check_context),
            }
        })
        .collect())
}

/// What a reader may see of all sections: the organisation what it writes, everybody else what was submitted last.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn content(context: &Context, id: ApplicationId) -> Result<Sections> {
    let row = readable(context, id).await?;
    if context.actor.system || context.actor.role.is_some_and(Role::of_organisation) {
        return live_sections(context.database(), id).await;
    }
    Ok(revision(context, id, row.revision).await?.sections)
}

/// One revision as it was submitted.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn revision(context: &Context, id: ApplicationId, number: i64) -> Result<Revision> {
    readable(context, id).await?;
    let row = application_revision::Entity::find()
        .filter(application_revision::Column::ApplicationId.eq(id.0))
        .filter(application_revision::Column::Number.eq(number))
        .one(context.database())
        .await?
        .ok_or(AppError::NotFound)?;
    thawed(row)
}

/// All revisions, the latest first, without what stands in them.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn revisions(context: &Context, id: ApplicationId) -> Result<Vec<RevisionRow>> {
    readable(context, id).await?;
    let rows = application_revision::Entity::find()
        .select_only()
        .column(application_revision::Column::Number)
        .column(application_revision::Column::SubmittedAt)
        .filter(application_revision::Column::ApplicationId.eq(id.0))
        .order_by_desc(application_revision::Column::Number)
        .into_tuple::<(i64, DateTime<Utc>)>()
        .all(context.database())
        .await?;
    Ok(rows.into_iter().map(|(number, submitted_at)| RevisionRow { number, submitted_at }).collect())
}

fn thawed(row: application_revision::Model) -> Result<Revision> {
    let frozen: Frozen = serde_json::from_str(&row.content)?;
    Ok(Revision {
        number: row.number,
        organisation: frozen.organisation,
        sections: frozen.sections,
        documents: frozen.documents,
        declared_name: row.declared_name,
        declaration_version: row.declaration_version,
        submitted_at: row.submitted_at,
    })
}

impl Screening {
    /// The conditions that are not met.
    #[must_use]
    pub fn failed(&self) -> Vec<ScreeningCriterion> {
        ScreeningCriterion::ALL.iter().copied().filter(|criterion| !self.met.contains(criterion)).collect()
    }
}

/// The screenings, the latest first. An organisation's members read what they are told, not who screened and what the
/// Fund noted.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn screenings(context: &Context, id: ApplicationId) -> Result<Vec<Screening>> {
    readable(context, id).await?;
    let rows = screening::Entity::find()
        .filter(screening::Column::ApplicationId.eq(id.0))
        .order_by_desc(screening::Column::Id)
        .all(context.database())
        .await?;
    let inside = |text: String| match context.actor.role.is_some_and(Role::of_organisation) {
        true => String::new(),
        false => text,
    };
    rows.into_iter()
        .map(|row| {
            Ok(Screening {
                met: serde_json::from_str(&row.checklist)?,
                eligible: row.eligible,
                reason: inside(row.reason),
                told: row.told,
                screened_by: inside(row.screened_by_name),
                screened_at: row.screened_at,
            })
        })
        .collect()
}

/// All sections as they are being written.
pub(super) async fn live_sections<C: ConnectionTrait>(database: &C, id: ApplicationId) -> Result<Sections> {
    typed_of(&section_rows(database, id).await?)
}

async fn section_rows<C: ConnectionTrait>(
    database: &C,
    id: ApplicationId,
) -> Result<BTreeMap<Section, application_section::Model>> {
    let rows = application_section::Entity::find()
        .filter(application_section::Column::ApplicationId.eq(id.0))
        .all(database)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((Section::from_code(&row.section)?, row))).collect())
}

fn typed_of(rows: &BTreeMap<Section, application_section::Model>) -> Result<Sections> {
    rows.iter().map(|(section, row)| Ok((*section, serde_json::from_str(&row.typed)?))).collect()
}

/// The documents that are there now.
pub(crate) async fn frozen_documents<C: ConnectionTrait>(
    database: &C,
    id: ApplicationId,
) -> Result<Vec<FrozenDocument>> {
    let rows = document::Entity::find()
        .filter(document::Column::ApplicationId.eq(id.0))
        .filter(document::Column::RemovedAt.is_null())
        .order_by_asc(document::Column::Id)
        .all(database)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(FrozenDocument {
                id: DocumentId(row.id),
                kind: DocumentKind::from_code(&row.kind)?,
                file_name: row.file_name,
                size: row.size,
                sha256: row.sha256,
            })
        })
        .collect())
}

/// Kinds of the documents that are there now.
pub(super) async fn document_kinds<C: ConnectionTrait>(database: &C, id: ApplicationId) -> Result<Vec<DocumentKind>> {
    Ok(frozen_documents(database, id).await?.into_iter().map(|document| document.kind).collect())
}

/// True when a revision holds the document: there it stays readable whatever happens to the draft.
pub(crate) async fn is_frozen<C: ConnectionTrait>(database: &C, id: DocumentId) -> Result<bool> {
    let holding = revision_document::Entity::find().filter(revision_document::Column::DocumentId.eq(id.0));
    Ok(holding.count(database).await? > 0)
}

/// Whether the actor's organisation may write in it now, for pages that offer it.
pub(super) fn may_edit(context: &Context, row: &application::Model, call: &call::Model) -> bool {
    let own = Subject::organisation(OrganisationId(row.organisation_id));
    let editable = ApplicationState::from_code(&row.state).is_some_and(ApplicationState::is_editable);
    editable
        && !context.actor.system
        && context.permit(Action::WriteApplications, &own).is_ok()
        && super::editing::before(context.now, super::editing::deadline(row, call))
}

/// The applications that the reviewer may read, as a filter of lists.
pub(super) fn reviewed_by(user: Option<UserId>) -> sea_orm::sea_query::SelectStatement {
    use sea_orm::QueryTrait as _;
    review::Entity::find()
        .select_only()
        .column(review::Column::ApplicationId)
        .filter(review::Column::ReviewerId.eq(user.map_or(0, i64::from)))
        .filter(review::Column::State.is_in(ReviewState::READING.iter().map(|state| state.code())))
        .into_query()
}
