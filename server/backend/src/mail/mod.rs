//! The outbox: mails are queued in the transaction of the change that they tell of, in the recipient's
//! language, and sent afterwards by whoever drains the outbox.

mod compose;
mod entity;
mod send;
mod transport;

pub use compose::MailKind;
pub use send::{Drained, drain, drain_while};
pub use transport::{Transport, TransportError};

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::{MailId, UserId};
use domain::message::{Argument, Message};
use domain::roles::{Action, Role, Subject};
use domain::users::{Language, UserState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};

use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::page::{Page, PageRequest, contains, count_waiting, page_of};
use crate::users::entity::user;

/// Whom a mail goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Address.
    pub address: String,
    /// Name.
    pub name: String,
    /// Language of the mail.
    pub language: Language,
}

impl Recipient {
    pub(crate) fn of(user: &user::Model) -> Self {
        Self {
            address: user.email.clone(),
            name: user.name.clone(),
            language: Language::from_code(&user.language).unwrap_or(Language::English),
        }
    }
}

/// Queues a mail. `link` is a path of the site that the mail's button opens. With a `once` key a second mail of
/// the same key is not queued (reminders).
///
/// # Errors
/// The database's.
pub async fn queue(
    work: &Work<'_>,
    to: &Recipient,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
    link: Option<&str>,
    once: Option<&str>,
) -> Result<()> {
    if let Some(key) = once {
        let known = entity::outbox::Entity::find().filter(entity::outbox::Column::DedupKey.eq(key));
        if known.count(&work.transaction).await? > 0 {
            return Ok(());
        }
    }
    let url = link.map(|path| format!("{}{path}", work.context.services.public_url));
    let composed = compose::compose(to, kind, arguments, url.as_deref());
    let host = work
        .context
        .services
        .public_url
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split([':', '/']).next())
        .unwrap_or("localhost");
    entity::outbox::ActiveModel {
        kind: Set(kind.code().to_owned()),
        to_address: Set(to.address.clone()),
        to_name: Set(compose::plain(&to.name)),
        language: Set(to.language.code().to_owned()),
        subject: Set(composed.subject),
        text_body: Set(composed.text),
        html_body: Set(composed.html),
        message_id: Set(format!("<{}@{host}>", uuid::Uuid::now_v7())),
        state: Set(MailState::Queued.code().to_owned()),
        tries: Set(0),
        next_try_at: Set(work.context.now),
        dedup_key: Set(once.map(str::to_owned)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    Ok(())
}

/// The addresses that mails to these organisations go to, by organisation; see [`queue_to_organisation`].
pub(crate) async fn addresses_of<C: ConnectionTrait>(
    database: &C,
    organisations: impl IntoIterator<Item = i64> + Send,
) -> Result<HashMap<i64, Vec<String>>> {
    let rows = user::Entity::find()
        .filter(user::Column::OrganisationId.is_in(organisations))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .order_by_asc(user::Column::Id)
        .all(database)
        .await?;
    let mut known: HashMap<i64, Vec<String>> = HashMap::new();
    for row in rows {
        known.entry(row.organisation_id.unwrap_or(0)).or_default().push(row.email);
    }
    Ok(known)
}

/// Queues the same mail to every active person of a selection.
pub(crate) async fn queue_to_users(
    work: &Work<'_>,
    condition: sea_orm::Condition,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
    link: Option<&str>,
) -> Result<()> {
    let users = user::Entity::find()
        .filter(condition)
        .filter(user::Column::State.eq(UserState::Active.code()))
        .all(&work.transaction)
        .await?;
    for person in &users {
        queue(work, &Recipient::of(person), kind, arguments, link, None).await?;
    }
    Ok(())
}

/// Queues a mail to one person.
pub(crate) async fn queue_to_user(
    work: &Work<'_>,
    id: UserId,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
    link: Option<&str>,
) -> Result<()> {
    queue_to_users(work, sea_orm::Condition::all().add(user::Column::Id.eq(i64::from(id))), kind, arguments, link).await
}

/// Queues a mail to every active member of an organisation.
pub(crate) async fn queue_to_organisation(
    work: &Work<'_>,
    organisation: i64,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
    link: Option<&str>,
) -> Result<()> {
    let members = sea_orm::Condition::all().add(user::Column::OrganisationId.eq(organisation));
    queue_to_users(work, members, kind, arguments, link).await
}

/// Queues a mail to every active signatory of an organisation.
pub(crate) async fn queue_to_signatories(
    work: &Work<'_>,
    organisation: i64,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
    link: Option<&str>,
) -> Result<()> {
    let signatories = sea_orm::Condition::all()
        .add(user::Column::OrganisationId.eq(organisation))
        .add(user::Column::Role.eq(Role::OrganisationSignatory.code()));
    queue_to_users(work, signatories, kind, arguments, link).await
}

domain::code_list! {
    /// How far a mail is.
    MailState, "mail-state", { Queued = "queued", Sent = "sent", Stuck = "stuck" }
}

/// A mail as an administrator sees it; without its text, which may hold a link meant for one person only.
#[derive(Clone, Debug, PartialEq)]
pub struct MailRow {
    /// Identifier.
    pub id: MailId,
    /// Kind.
    pub kind: String,
    /// Address.
    pub to_address: String,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: MailState,
    /// Tries so far.
    pub tries: i64,
    /// Why the last try failed.
    pub last_error: Option<Message>,
    /// When it will be tried next.
    pub next_try_at: DateTime<Utc>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The outbox, newest first; searched by address and subject, the filter is a [`MailState`].
///
/// # Errors
/// The database's, or that the actor may not read it.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<MailRow>> {
    context.permit(Action::ReadMail, &Subject::NONE)?;
    let mut query = entity::outbox::Entity::find();
    if let Some(state) = MailState::from_code(&request.filter) {
        query = query.filter(entity::outbox::Column::State.eq(state.code()));
    }
    if let Some(pattern) = request.pattern() {
        let either = sea_orm::Condition::any()
            .add(contains(entity::outbox::Column::ToAddress, &pattern))
            .add(contains(entity::outbox::Column::Subject, &pattern));
        query = query.filter(either);
    }
    let query = query.order_by_desc(entity::outbox::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let rows = rows.into_iter().map(shown).collect();
    Ok(Page { rows, total, more, page })
}

fn shown(row: entity::outbox::Model) -> MailRow {
    MailRow {
        id: MailId(row.id),
        kind: row.kind,
        to_address: row.to_address,
        subject: row.subject,
        state: MailState::from_code(&row.state).unwrap_or(MailState::Stuck),
        tries: row.tries,
        last_error: row.last_error.map(|text| {
            // Rows of an earlier version hold bare words.
            serde_json::from_str(&text).unwrap_or_else(|_| Message::new("mail-failed-words").with("words", text))
        }),
        next_try_at: row.next_try_at,
        created_at: row.created_at,
        sent_at: row.sent_at,
    }
}

/// Puts a mail that waits or is stuck back into the queue, to be tried at once. One that is just being handed over is
/// left alone, or it would go out twice.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn retry(context: &Context, id: MailId) -> Result<()> {
    context.permit(Action::RetryMail, &Subject::NONE)?;
    let work = context.begin().await?;
    let retried = entity::outbox::Entity::update_many()
        .col_expr(entity::outbox::Column::State, Expr::value(MailState::Queued.code()))
        .col_expr(entity::outbox::Column::Tries, Expr::value(0_i64))
        .col_expr(entity::outbox::Column::NextTryAt, Expr::value(context.now))
        .col_expr(entity::outbox::Column::ClaimedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(entity::outbox::Column::Id.eq(id.0))
        .filter(entity::outbox::Column::State.ne(MailState::Sent.code()))
        .filter(send::unclaimed(context))
        .exec(&work.transaction)
        .await?;
    if retried.rows_affected == 0 {
        return Err(domain::errors::AppError::NotFound.into());
    }
    audit::note(&work, "audit-mail-retried", audit::Kind::Mail, id.0).await?;
    work.commit().await
}

/// How many mails are stuck.
///
/// # Errors
/// The database's.
pub(crate) async fn stuck(context: &Context) -> Result<u64> {
    let stuck = entity::outbox::Entity::find().filter(entity::outbox::Column::State.eq(MailState::Stuck.code()));
    count_waiting(context.database(), stuck).await
}

/// Marks every mail as sent when it was queued: the mails of a demo's past.
///
/// # Errors
/// The database's.
pub async fn mark_all_sent(database: &sea_orm::DatabaseConnection) -> Result<()> {
    entity::outbox::Entity::update_many()
        .col_expr(entity::outbox::Column::State, Expr::value(MailState::Sent.code()))
        .col_expr(entity::outbox::Column::SentAt, Expr::col(entity::outbox::Column::CreatedAt))
        .exec(database)
        .await?;
    send::blank_secret(database, None).await
}
