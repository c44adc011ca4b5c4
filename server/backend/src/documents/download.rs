//! Listing documents and handing out their content.

use domain::applications::DocumentKind;
use domain::errors::AppError;
use domain::ids::{ApplicationId, DocumentId, OrganisationId};
use domain::roles::{Action, Role, Subject};
use sea_orm::EntityTrait as _;

use super::store;
use crate::applications::entity::document;
use crate::applications::{FrozenDocument, is_frozen, may_review, queries, reading_documents, revision};
use crate::context::Context;
use crate::error::Result;

/// A document's content.
#[derive(Debug)]
pub struct Download {
    /// Name of the file.
    pub file_name: String,
    /// Type, as found in the content when it was uploaded.
    pub media_type: String,
    /// Size of the content in bytes.
    pub size: u64,
    /// The content, opened: as somebody reads it, and never all of it in memory.
    pub content: std::fs::File,
}

/// The documents that a reader may see: the organisation those that are there now, everybody else those of the
/// revision submitted last.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn list(context: &Context, application: ApplicationId) -> Result<Vec<FrozenDocument>> {
    let view = queries::get(context, application).await?;
    if context.actor.role.is_some_and(Role::of_organisation) {
        return reading_documents(context.database(), application).await;
    }
    Ok(revision(context, application, view.revision).await?.documents)
}

/// A document, for the own organisation and for those who may read the application that was submitted with it. One that
/// names the account, such as the bank's letter, only those of the Fund get who may read bank details.
///
/// # Errors
/// Not allowed; not found, also for what the actor may not know of; damaged on the disk; the disk's or database's.
pub async fn download(context: &Context, id: DocumentId) -> Result<Download> {
    context.permit(Action::ReadDocuments, &Subject::NONE)?;
    let row = document::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::ReadDocuments, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    let kind = DocumentKind::from_code(&row.kind).ok_or(AppError::NotFound)?;
    let application = ApplicationId(row.application_id.ok_or(AppError::NotFound)?);
    if context.actor.is(Role::TechnicalReviewer) && !may_review(context, application).await? {
        return Err(AppError::NotFound.into());
    }
    let own = context.actor.role.is_some_and(Role::of_organisation);
    let present = own && row.removed_at.is_none();
    if !present && !is_frozen(context.database(), id).await? {
        return Err(AppError::NotFound.into());
    }
    if !own {
        context.permit(kind.permission(), &Subject::NONE)?;
    }
    let (content, size) = store::open(&context.services.data_dir, &row.sha256).await?;
    Ok(Download { file_name: row.file_name, media_type: row.media_type, size, content })
}
