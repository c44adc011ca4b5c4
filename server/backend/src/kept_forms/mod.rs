//! Forms that were refused, kept for the person who typed them: shown again with the errors, and still there
//! after signing in again. Kept for a day; whoever has the token may read the form.

mod entity;

use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use crate::context::Context;
use crate::error::Result;
use crate::token;

/// How long a form is kept.
const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// A kept form.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptForm {
    /// Where it was sent.
    pub path: String,
    /// What was typed; passwords and the tokens of links are left out.
    pub typed: Typed,
    /// Why it was refused.
    pub error: AppError,
}

/// Keeps a form and gives the token under which it is found again. Forms older than a day are thrown away.
///
/// # Errors
/// The database's.
pub async fn keep(context: &Context, form: &KeptForm) -> Result<String> {
    let token = token::new()?;
    let mut typed = form.typed.clone();
    // `back` may be the path of a single-use link.
    typed.0.retain(|name, _| !matches!(name.as_str(), "password" | "token" | "back"));
    let work = context.begin().await?;
    entity::kept_form::Entity::delete_many()
        .filter(entity::kept_form::Column::CreatedAt.lt(context.now - LIFETIME))
        .exec(&work.transaction)
        .await?;
    entity::kept_form::ActiveModel {
        token: Set(token::hash(&token)),
        user_id: Set(context.actor.user.map(Into::into)),
        path: Set(form.path.clone()),
        typed: Set(serde_json::to_string(&typed)?),
        error: Set(serde_json::to_string(&form.error)?),
        created_at: Set(context.now),
    }
    .insert(&work.transaction)
    .await?;
    work.commit().await?;
    Ok(token)
}

/// Finds a kept form. One that a signed-in person sent is shown to that person only.
///
/// # Errors
/// The database's.
pub async fn find(context: &Context, token: &str) -> Result<Option<KeptForm>> {
    let row = entity::kept_form::Entity::find_by_id(token::hash(token))
        .filter(entity::kept_form::Column::CreatedAt.gte(context.now - LIFETIME))
        .one(context.database())
        .await?;
    let Some(row) = row.filter(|row| row.user_id.is_none() || row.user_id == context.actor.user.map(Into::into)) else {
        return Ok(None);
    };
    Ok(Some(KeptForm { path: row.path, typed: serde_json::from_str(&row.typed)?, error: serde_json::from_str(&row.error)? }))
}
