//! The audit trail: written in the transaction of the change, shown beside each record, and as a whole.

pub(crate) mod entity;
mod kind;
mod queries;

use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};
use serde::Serialize;

pub use kind::Kind;
pub use queries::{AuditRow, Trail, Wanted, holds_person, list, of};

use crate::context::Work;
use crate::error::Result;

/// Adds a row. `before` and `after` are the record's row, so that every field is there.
///
/// # Errors
/// The database's.
pub async fn record<B: Serialize, A: Serialize>(
    work: &Work<'_>,
    action: &str,
    kind: Kind,
    id: i64,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<()> {
    row(work, action, kind, id, before, after)?.insert(&work.transaction).await?;
    Ok(())
}

/// Adds a row for each of many records that were made at once.
///
/// # Errors
/// The database's.
pub async fn record_many<A: Serialize>(work: &Work<'_>, action: &str, kind: Kind, made: &[(i64, A)]) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    let rows = made.iter().map(|(id, after)| row::<(), A>(work, action, kind, *id, None, Some(after)));
    let rows = rows.collect::<Result<Vec<_>>>()?;
    entity::audit::Entity::insert_many(rows).exec_without_returning(&work.transaction).await?;
    Ok(())
}

fn row<B: Serialize, A: Serialize>(
    work: &Work<'_>,
    action: &str,
    kind: Kind,
    id: i64,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<entity::audit::ActiveModel> {
    let context = work.context;
    if matches!(kind, Kind::User | Kind::Invitation | Kind::Setting) {
        work.note_change(action, format!("{}-{id}", kind.code()));
    }
    Ok(entity::audit::ActiveModel {
        at: Set(context.now),
        user_id: Set(context.actor.user.map(Into::into)),
        actor: Set(context.actor.name.clone()),
        role: Set(context.actor.role.map(|role| role.code().to_owned())),
        action: Set(action.to_owned()),
        subject_kind: Set(kind.code().to_owned()),
        subject_id: Set(id),
        before: Set(before.map(serde_json::to_string).transpose()?),
        after: Set(after.map(serde_json::to_string).transpose()?),
        request_id: Set(context.request_id.clone()),
        ..Default::default()
    })
}

/// Adds a row for something that happened without fields of its own.
///
/// # Errors
/// The database's.
pub async fn note(work: &Work<'_>, action: &str, kind: Kind, id: i64) -> Result<()> {
    record::<(), ()>(work, action, kind, id, None, None).await
}
