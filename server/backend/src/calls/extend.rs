//! Extending the deadline of an open call. Everybody reads the reason on the call's page; who has begun an application is
//! told by mail.

use chrono::{DateTime, Utc};
use domain::applications::ApplicationState;
use domain::calls::{CallState, EXTENSION, extended};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::CallId;
use domain::message::Argument;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};

use super::entity::{call, call_extension};
use super::queries;
use super::steps::{load, state_of};
use crate::applications::entity::application;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};

/// A deadline that was extended, as everybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The deadline until then.
    pub before: DateTime<Utc>,
    /// The deadline from then on.
    pub after: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// When it was extended.
    pub at: DateTime<Utc>,
}

/// Extends the deadline of an open call; it is never shortened. Gives the new one.
///
/// # Errors
/// Not allowed, not found, a call that is not open, a deadline that is not later or more than a year later, no reason, or
/// the database's.
pub async fn extend(context: &Context, id: CallId, typed: &Typed) -> Result<DateTime<Utc>> {
    context.permit(Action::WriteCalls, &Subject::NONE)?;
    let answers = EXTENSION.read(typed)?;
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    let state = state_of(&before, context.now)?;
    if state != CallState::Open {
        return Err(
            AppError::refused_with("refused-extension-not-open", "state", Argument::Key(state.label_key())).into()
        );
    }
    let deadline = extended(&answers, before.closes_at)?;
    let mut change: call::ActiveModel = before.clone().into();
    change.closes_at = Set(deadline);
    change.version = Set(before.version + 1);
    let after = change.update(&work.transaction).await?;
    let extension = call_extension::ActiveModel {
        call_id: Set(id.0),
        closed_at: Set(before.closes_at),
        closes_at: Set(deadline),
        reason: Set(answers.text("reason").to_owned()),
        extended_by: Set(context.actor.user.map(Into::into)),
        extended_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record(&work, "audit-call-extended", audit::Kind::Call, id.0, Some(&before), Some(&after)).await?;
    tell(&work, &after, &extension).await?;
    work.commit().await?;
    Ok(deadline)
}

/// Tells the organisations whose application to the call is still a draft.
async fn tell(work: &Work<'_>, call: &call::Model, extension: &call_extension::Model) -> Result<()> {
    let drafts = application::Entity::find()
        .filter(application::Column::CallId.eq(call.id))
        .filter(application::Column::State.eq(ApplicationState::Draft.code()))
        .order_by_asc(application::Column::Id)
        .all(&work.transaction)
        .await?;
    for draft in drafts {
        let arguments = [
            ("call", call.title.as_str().into()),
            ("title", draft.title.as_str().into()),
            ("before", extension.closed_at.into()),
            ("deadline", extension.closes_at.into()),
            ("reason", extension.reason.as_str().into()),
        ];
        let link = format!("/applications/{}", draft.id);
        mail::queue_to_organisation(work, draft.organisation_id, MailKind::CallExtended, &arguments, Some(&link))
            .await?;
    }
    Ok(())
}

/// How the deadline of a call was extended, the latest first; for everybody who may read the call.
///
/// # Errors
/// Not found, or the database's.
pub async fn extensions(context: &Context, id: CallId) -> Result<Vec<Extension>> {
    queries::get(context, id).await?;
    let rows = call_extension::Entity::find()
        .filter(call_extension::Column::CallId.eq(id.0))
        .order_by_desc(call_extension::Column::Id)
        .all(context.database())
        .await?;
    let shown = |row: call_extension::Model| Extension {
        before: row.closed_at,
        after: row.closes_at,
        reason: row.reason,
        at: row.extended_at,
    };
    Ok(rows.into_iter().map(shown).collect())
}
