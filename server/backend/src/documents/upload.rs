//! Adding a document to an application.

use domain::applications::DocumentKind;
use domain::errors::AppError;
use domain::ids::{ApplicationId, DocumentId, OrganisationId};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Set};

use super::content::{media_type, shown_name};
use super::{room, store};
use crate::applications::entity::document;
use crate::applications::load_editable;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::files;

/// Most documents of an application.
const MOST_DOCUMENTS: u64 = 40;
/// Most uploads of an application, those taken out again included: their rows stay, as revisions may hold them.
const MOST_UPLOADS: u64 = 200;

/// Adds a document.
///
/// # Errors
/// Not allowed, not found, not editable, after the deadline, a file that is refused, no room left for it, or the disk's or database's.
pub async fn upload(
    context: &Context,
    application: ApplicationId,
    kind: &str,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<DocumentId> {
    context.permit(Action::WriteApplications, &Subject::NONE)?;
    let kind = DocumentKind::from_code(kind).ok_or_else(|| AppError::field("kind", "error-choose"))?;
    let name = file_name.to_owned();
    let looked_at = files::read(bytes, move |bytes| Ok((media_type(&name, &bytes)?, bytes)));
    let (media_type, bytes) = looked_at.await?;
    // Asked before anything is written to the disk, and again within the transaction that counts.
    let work = context.begin().await?;
    let (row, _) = load_editable(&work, application, Action::WriteApplications).await?;
    refuse_too_many_uploads(&work, application).await?;
    let (organisation, size) = (OrganisationId(row.organisation_id), i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    room::refuse_beyond_quota(context, room::used(&work.transaction, organisation).await?, size)?;
    drop(work);
    let content = store::prepare(&context.services.data_dir, bytes).await?;

    let work = context.begin().await?;
    let (row, _) = load_editable(&work, application, Action::WriteApplications).await?;
    let present = document::Entity::find()
        .filter(document::Column::ApplicationId.eq(application.0))
        .filter(document::Column::RemovedAt.is_null());
    // The same file sent twice is one document.
    let same = present
        .clone()
        .filter(document::Column::Sha256.eq(content.sha256()))
        .filter(document::Column::Kind.eq(kind.code()))
        .one(&work.transaction)
        .await?;
    if let Some(same) = same {
        return Ok(DocumentId(same.id));
    }
    if present.count(&work.transaction).await? >= MOST_DOCUMENTS {
        let most = i64::try_from(MOST_DOCUMENTS).unwrap_or(i64::MAX);
        return Err(AppError::refused_with("refused-too-many-documents", "most", most).into());
    }
    refuse_too_many_uploads(&work, application).await?;
    room::turn(&work).await?;
    let before = room::used(&work.transaction, organisation).await?;
    let row = document::ActiveModel {
        organisation_id: Set(row.organisation_id),
        application_id: Set(Some(application.0)),
        kind: Set(kind.code().to_owned()),
        file_name: Set(shown_name(file_name)),
        media_type: Set(media_type.to_owned()),
        size: Set(size),
        sha256: Set(content.sha256().to_owned()),
        uploaded_by: Set(context.actor.user.map(Into::into)),
        uploaded_at: Set(context.now),
        removed_at: Set(None),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let after = room::used(&work.transaction, organisation).await?;
    room::refuse_beyond_quota(context, before, after - before)?;
    let subject = audit::Kind::Application;
    audit::record::<(), _>(&work, "audit-document-uploaded", subject, application.0, None, Some(&row)).await?;
    content.keep().await?;
    work.commit().await?;
    Ok(DocumentId(row.id))
}

async fn refuse_too_many_uploads(work: &Work<'_>, application: ApplicationId) -> Result<()> {
    let uploads = document::Entity::find().filter(document::Column::ApplicationId.eq(application.0));
    if uploads.count(&work.transaction).await? < MOST_UPLOADS {
        return Ok(());
    }
    let most = i64::try_from(MOST_UPLOADS).unwrap_or(i64::MAX);
    Err(AppError::refused_with("refused-too-many-uploads", "most", most).into())
}
