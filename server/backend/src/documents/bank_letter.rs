//! The bank's letter that an organisation handed in last, for those who compare it with the bank details.

use chrono::{DateTime, Utc};
use domain::applications::DocumentKind;
use domain::ids::{DocumentId, OrganisationId};
use domain::roles::{Action, Subject};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use crate::applications::entity::{application, document, revision_document};
use crate::context::Context;
use crate::error::Result;

/// A bank's letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankLetter {
    /// The document.
    pub id: DocumentId,
    /// Name of the file as it was uploaded.
    pub file_name: String,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
}

/// The newest letter of a bank that the organisation has submitted with any application; none before.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn bank_letter(context: &Context, organisation: OrganisationId) -> Result<Option<BankLetter>> {
    context.permit(DocumentKind::BankLetter.permission(), &Subject::organisation(organisation))?;
    context.permit(Action::ReadDocuments, &Subject::organisation(organisation))?;
    let applications = application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::OrganisationId.eq(organisation.0))
        .into_query();
    let submitted = revision_document::Entity::find()
        .select_only()
        .column(revision_document::Column::DocumentId)
        .filter(revision_document::Column::ApplicationId.in_subquery(applications.clone()))
        .into_query();
    let row = document::Entity::find()
        .filter(document::Column::ApplicationId.in_subquery(applications))
        .filter(document::Column::Kind.eq(DocumentKind::BankLetter.code()))
        .filter(document::Column::Id.in_subquery(submitted))
        .order_by_desc(document::Column::Id)
        .one(context.database())
        .await?;
    Ok(row.map(|row| BankLetter { id: DocumentId(row.id), file_name: row.file_name, uploaded_at: row.uploaded_at }))
}
