//! Forms that were refused, kept for the person who typed them: shown again with the errors, and still there
//! after signing in again. Kept for a day, for that person, also when the session had ended meanwhile; for a visitor,
//! for that browser.

mod entity;
mod room;

pub use room::LIFETIME;

use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use crate::context::{Context, Work};
use crate::error::Result;
use crate::token;
use crate::users::{network, sessions};
use entity::kept_form;
use room::LARGEST_OF_VISITOR;

/// Begins what is sealed; the JSON of other forms begins with a brace.
const SEALED: &str = "sealed:";

/// True for forms with an account number: what is kept of them is sealed, as the number itself will be, and nothing of
/// them is kept in a browser.
#[must_use]
pub fn is_confidential(path: &str) -> bool {
    ["/bank", "/account/edit", "/accounts/enter"].iter().any(|end| path.ends_with(end))
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

impl KeptForm {
    /// Whether something was wrong with it; a form that is only shown again with more rows has no errors.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !matches!(&self.error, AppError::Invalid(errors) if errors.is_empty())
    }
}

/// The browser that a request came from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// The secret in its cookie.
    pub secret: Option<&'a str>,
    /// The session's token in its cookie, whether or not that session still holds, or ever was one.
    pub session: Option<&'a str>,
    /// The address.
    pub address: &'a str,
}

/// Keeps a form and gives the token under which it is found again; none when it is too large for a visitor, or when a
/// visitor who has to sign in first has typed nothing. Forms older than a day are thrown away.
///
/// # Errors
/// The database's.
pub async fn keep(context: &Context, form: &KeptForm, browser: Browser<'_>) -> Result<Option<String>> {
    let mut typed = form.typed.clone();
    // `back` may be the path of a single-use link.
    typed.0.retain(|name, _| !name.ends_with("password") && !matches!(name.as_str(), "token" | "back"));
    let text = serde_json::to_string(&typed)?;
    let user = owner(context, form, browser).await?.map(i64::from);
    let is_worthless = form.error == AppError::SignInNeeded && is_empty(&typed);
    if user.is_none() && (is_worthless || text.len() > LARGEST_OF_VISITOR) {
        return Ok(None);
    }
    let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let token = token::new()?;
    let hash = token::hash(&token);
    let text = match is_confidential(&form.path) {
        true => format!("{SEALED}{}", context.services.bank_keys.seal(&about(&hash), &text)?),
        false => text,
    };
    let work = context.begin().await?;
    let network = user.is_none().then(|| network(browser.address));
    room::make(&work, user, network.as_deref(), size).await?;
    kept_form::ActiveModel {
        token: Set(hash),
        user_id: Set(user),
        browser_hash: Set(browser.secret.map(token::hash)),
        path: Set(form.path.clone()),
        typed: Set(text),
        network: Set(network),
        size: Set(size),
        error: Set(serde_json::to_string(&form.error)?),
        created_at: Set(context.now),
    }
    .insert(&work.transaction)
    .await?;
    work.commit().await?;
    Ok(Some(token))
}

/// True when a person has typed nothing; the page itself fills in the fields that nobody sees.
fn is_empty(typed: &Typed) -> bool {
    let unseen = |name: &str| matches!(name, "next" | "version" | "command_id");
    typed.0.iter().all(|(name, values)| unseen(name) || values.iter().all(|value| value.trim().is_empty()))
}

/// Whose a form is: who is signed in or, of a form that took longer to write than the session lasted, whose session
/// that was. Whoever signs in next in the same browser does not get it to see. A cookie that somebody made up is
/// nobody's.
async fn owner(context: &Context, form: &KeptForm, browser: Browser<'_>) -> Result<Option<UserId>> {
    match (context.actor.user, browser.session) {
        (None, Some(session)) if form.error == AppError::SignInNeeded => {
            sessions::owner(context.database(), session).await
        }
        (user, _) => Ok(user),
    }
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
