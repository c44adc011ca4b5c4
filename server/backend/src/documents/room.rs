//! How much room an organisation's documents take, and giving it back: what is stored counts, and what was taken out
//! before it was submitted is deleted at once.

use domain::errors::{AppError, FieldErrors};
use domain::ids::OrganisationId;
use domain::message::Message;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseBackend, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};

use super::store;
use crate::applications::entity::{application, document, revision_document};
use crate::context::{Context, Work};
use crate::error::Result;

/// Bytes of a megabyte, as people count them.
const MEGABYTE: i64 = 1_000_000;
/// Key of the lock that whoever stores or deletes content holds to the end of the transaction.
const CONTENT: i64 = 0x0066_756e_6464_6f63;

/// What somebody can still open: a document of a draft, or of a revision.
pub(super) fn can_be_opened() -> Condition {
    let frozen =
        revision_document::Entity::find().select_only().column(revision_document::Column::DocumentId).into_query();
    Condition::any().add(document::Column::RemovedAt.is_null()).add(document::Column::Id.in_subquery(frozen))
}

/// Waits until nobody else stores or deletes content, on any server. On SQLite every writer waits anyway.
pub(super) async fn turn(work: &Work<'_>) -> Result<()> {
    if work.transaction.get_database_backend() == DatabaseBackend::Postgres {
        work.transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({CONTENT})")).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Used {
    bytes: Option<i64>,
}

/// Bytes that an organisation's documents take on the disk; the same content counts once.
pub(super) async fn used<C: ConnectionTrait>(database: &C, organisation: OrganisationId) -> Result<i64> {
    let own = application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::OrganisationId.eq(organisation.0))
        .into_query();
    let contents: SelectStatement = document::Entity::find()
        .select_only()
        .column_as(document::Column::Size.max(), "size")
        .filter(document::Column::ApplicationId.in_subquery(own))
        .filter(can_be_opened())
        .group_by(document::Column::Sha256)
        .into_query();
    let sum = Query::select()
        .expr_as(Expr::col("size").sum().cast_as("BIGINT"), "bytes")
        .from_subquery(contents, "contents")
        .to_owned();
    let found = Used::find_by_statement(database.get_database_backend().build(&sum)).one(database).await?;
    Ok(found.and_then(|used| used.bytes).unwrap_or(0))
}

/// Refuses a document of so many bytes that finds no room beside those that take `used`.
pub(super) fn refuse_beyond_quota(context: &Context, used: i64, more: i64) -> Result<()> {
    let most = context.services.document_quota;
    if used.saturating_add(more) <= most {
        return Ok(());
    }
    // Rounded up what is used, and down what may be: never a sum that seems to fit.
    let megabytes = |bytes: i64| bytes.saturating_add(MEGABYTE - 1) / MEGABYTE;
    let message = Message::new("error-documents-quota")
        .with("used", megabytes(used))
        .with("size", megabytes(more))
        .with("most", most / MEGABYTE);
    Err(AppError::Invalid(FieldErrors::one("file", message)).into())
}

/// Deletes content that nobody can open any more.
pub(super) async fn give_back(context: &Context, sha256: &str) -> Result<()> {
    let work = context.begin().await?;
    turn(&work).await?;
    let needed = document::Entity::find()
        .filter(document::Column::Sha256.eq(sha256))
        .filter(can_be_opened())
        .one(&work.transaction)
        .await?;
    if needed.is_none() {
        store::delete(&context.services.data_dir, sha256).await?;
    }
    work.commit().await
}
