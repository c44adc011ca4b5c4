//! Taking a document out of a draft.

use domain::errors::AppError;
use domain::ids::{ApplicationId, DocumentId};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::room;
use crate::applications::entity::document;
use crate::applications::load_editable;
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Takes a document out of an application that is being written. In revisions that hold it, it stays; else its
/// content is deleted.
///
/// # Errors
/// Not allowed, not found, not editable, after the deadline, or the database's.
pub async fn remove(context: &Context, application: ApplicationId, id: DocumentId) -> Result<()> {
    context.permit(Action::WriteApplications, &Subject::NONE)?;
    let work = context.begin().await?;
    load_editable(&work, application, Action::WriteApplications).await?;
    let before = document::Entity::find_by_id(id.0)
        .filter(document::Column::ApplicationId.eq(application.0))
        .filter(document::Column::RemovedAt.is_null())
        .one(&work.transaction)
        .await?
        .ok_or(AppError::NotFound)?;
    let mut change: document::ActiveModel = before.clone().into();
    change.removed_at = Set(Some(context.now));
    let after = change.update(&work.transaction).await?;
    let subject = audit::Kind::Application;
    audit::record(&work, "audit-document-removed", subject, application.0, Some(&before), Some(&after)).await?;
    work.commit().await?;
    // The document is gone in any case; what stays on the disk now is swept away later.
    if let Err(cause) = room::give_back(context, &after.sha256).await {
        tracing::warn!(%cause, "the content of a removed document could not be deleted yet");
    }
    Ok(())
}
