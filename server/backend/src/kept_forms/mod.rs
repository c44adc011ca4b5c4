//! Forms that were refused, kept for the person who typed them: shown again with the errors, and still there
//! after signing in again. Kept for a day, for that person or, when nobody was signed in, for that browser.

mod entity;

use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use crate::context::{Context, Work};
use crate::error::Result;
use crate::token;
use entity::kept_form;

/// How long a form is kept.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// Most bytes of a visitor's form.
const LARGEST_OF_VISITOR: usize = 64 * 1024;
/// Most bytes of a form whose session has ended: a whole section of an application that took long to write.
const LARGEST_AFTER_SESSION: usize = 1024 * 1024;
/// Most forms kept for all visitors together. The oldest go first, so that a flood of them keeps nobody's newest away.
const MOST_OF_VISITORS: u64 = 1_000;
/// Most forms kept for one person.
const MOST_OF_PERSON: u64 = 20;

/// Begins what is sealed; the JSON of other forms begins with a brace.
const SEALED: &str = "sealed:";

/// True for forms with an account number: what is kept of them is sealed, as the number itself will be.
fn is_confidential(path: &str) -> bool {
    path.ends_with("/bank") || path.ends_with("/account/edit")
}

fn about(hash: &str) -> String {
    format!("kept-form/{hash}")
}

/// Seals anew, with the newest key, what older keys sealed.
pub(crate) async fn renew_sealed(work: &Work<'_>) -> Result<()> {
    let keys = &work.context.services.bank_keys;
    let rows = kept_form::Entity::find().filter(kept_form::Column::Typed.starts_with(SEALED));
    for row in rows.all(&work.transaction).await? {
        let sealed = row.typed.strip_prefix(SEALED).unwrap_or_default();
        if let Some(sealed) = keys.renewed(&about(&row.token), sealed)? {
            kept_form::ActiveModel { typed: Set(format!("{SEALED}{sealed}")), ..row.into() }
                .update(&work.transaction)
                .await?;
        }
    }
    Ok(())
}

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

/// The browser that a request came from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// The secret in its cookie.
    pub secret: Option<&'a str>,
    /// True when it sent a session's cookie, whether or not that session still holds.
    pub had_session: bool,
}

/// Keeps a form and gives the token under which it is found again; none when it is too large for somebody who is
/// not signed in. Forms older than a day are thrown away.
///
/// # Errors
/// The database's.
pub async fn keep(context: &Context, form: &KeptForm, browser: Browser<'_>) -> Result<Option<String>> {
    let mut typed = form.typed.clone();
    // `back` may be the path of a single-use link.
    typed.0.retain(|name, _| !matches!(name.as_str(), "password" | "token" | "back"));
    let text = serde_json::to_string(&typed)?;
    let user = context.actor.user.map(i64::from);
    let largest = if browser.had_session { LARGEST_AFTER_SESSION } else { LARGEST_OF_VISITOR };
    if user.is_none() && text.len() > largest {
        return Ok(None);
    }
    let token = token::new()?;
    let hash = token::hash(&token);
    let text = match is_confidential(&form.path) {
        true => format!("{SEALED}{}", context.services.bank_keys.seal(&about(&hash), &text)?),
        false => text,
    };
    let work = context.begin().await?;
    make_room(&work, user).await?;
    kept_form::ActiveModel {
        token: Set(hash),
        user_id: Set(user),
        browser_hash: Set(browser.secret.map(token::hash)),
        path: Set(form.path.clone()),
        typed: Set(text),
        error: Set(serde_json::to_string(&form.error)?),
        created_at: Set(context.now),
    }
    .insert(&work.transaction)
    .await?;
    work.commit().await?;
    Ok(Some(token))
}

/// Throws away what is too old, and of the same owner what is too many.
async fn make_room(work: &Work<'_>, user: Option<i64>) -> Result<()> {
    let own = user.map_or_else(|| kept_form::Column::UserId.is_null(), |id| kept_form::Column::UserId.eq(id));
    let most = if user.is_some() { MOST_OF_PERSON } else { MOST_OF_VISITORS };
    // The first that no longer fits, when the new one has come in.
    let last = kept_form::Entity::find()
        .select_only()
        .column(kept_form::Column::CreatedAt)
        .filter(own.clone())
        .order_by_desc(kept_form::Column::CreatedAt)
        .offset(most - 1)
        .limit(1)
        .into_tuple::<chrono::DateTime<chrono::Utc>>()
        .one(&work.transaction)
        .await?;
    let mut gone = Condition::any().add(kept_form::Column::CreatedAt.lt(work.context.now - LIFETIME));
    if let Some(last) = last {
        gone = gone.add(own.and(kept_form::Column::CreatedAt.lte(last)));
    }
    kept_form::Entity::delete_many().filter(gone).exec(&work.transaction).await?;
    Ok(())
}

/// Finds a kept form. One that a signed-in person sent is shown to that person only; one that a visitor sent, in
/// that visitor's browser only, so that nobody gets a form to see that somebody else has filled in.
///
/// # Errors
/// The database's.
pub async fn find(context: &Context, token: &str, browser: Browser<'_>) -> Result<Option<KeptForm>> {
    let row = kept_form::Entity::find_by_id(token::hash(token))
        .filter(kept_form::Column::CreatedAt.gte(context.now - LIFETIME))
        .one(context.database())
        .await?;
    let is_own = |row: &kept_form::Model| match row.user_id {
        Some(user) => context.actor.user.map(i64::from) == Some(user),
        None => row.browser_hash.is_some() && row.browser_hash == browser.secret.map(token::hash),
    };
    let Some(row) = row.filter(is_own) else { return Ok(None) };
    let typed = match row.typed.strip_prefix(SEALED) {
        Some(sealed) => context.services.bank_keys.open(&about(&row.token), sealed)?,
        None => row.typed,
    };
    Ok(Some(KeptForm {
        path: row.path,
        typed: serde_json::from_str(&typed)?,
        error: serde_json::from_str(&row.error)?,
    }))
}
