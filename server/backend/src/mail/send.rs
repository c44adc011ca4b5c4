//! Draining the outbox: each due mail is claimed, handed over, and marked; a failure is tried again after a
//! growing pause, and after the last try waits for an administrator.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use domain::message::Message as Text;
use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::MailState;
use super::compose::MailKind;
use super::entity::outbox;
use super::transport::{Transport, cut};
use crate::context::Context;
use crate::error::{Error, Result};

/// Pauses between tries, in minutes; after the last one the mail is stuck.
const PAUSES: &[i64] = &[1, 5, 15, 60, 240, 720, 1440];
/// How long a process may take to hand a claimed mail over before another one may try.
const CLAIM: TimeDelta = TimeDelta::minutes(5);
/// Mails looked at in one go.
const BATCH: u64 = 50;

/// What draining did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Mails handed over.
    pub sent: usize,
    /// Tries that failed.
    pub failed: usize,
}

/// Hands over every mail that is due, from `sender`.
///
/// # Errors
/// The database's. A mail server's refusal is no error here: it is written beside the mail.
pub async fn drain(context: &Context, transport: &Transport, sender: &Mailbox) -> Result<Drained> {
    drain_while(context, transport, sender, || true).await
}

/// The same, as long as `goes_on` says so: it is asked before each mail.
///
/// # Errors
/// As [`drain`].
pub async fn drain_while(
    context: &Context,
    transport: &Transport,
    sender: &Mailbox,
    goes_on: impl Fn() -> bool,
) -> Result<Drained> {
    let mut drained = Drained::default();
    let started = Instant::now();
    loop {
        let due = outbox::Entity::find()
            .filter(outbox::Column::State.eq(MailState::Queued.code()))
            .filter(outbox::Column::NextTryAt.lte(context.now))
            .filter(unclaimed(context))
            .order_by_asc(outbox::Column::Id)
            .limit(BATCH)
            .all(context.database())
            .await?;
        if due.is_empty() {
            return Ok(drained);
        }
        for mail in due {
            if !goes_on() {
                return Ok(drained);
            }
            // A slow mail server makes one drain last long: each claim counts from when it is made, or another
            // process would take over a mail that is just being handed over.
            let now = context.now + TimeDelta::from_std(started.elapsed()).unwrap_or(TimeDelta::zero());
            if !claim(context, mail.id, now).await? {
                continue;
            }
            let outcome = match compose(&mail, sender) {
                Ok(message) => transport
                    .send(message, &format!("{:08}", mail.id))
                    .await
                    .map_err(|cause| (cause.message(), cause.to_string())),
                Err(cause) => {
                    let cause = cause.to_string();
                    Err((Text::new("mail-failed-unfit").with("words", cut(&cause)), cause))
                }
            };
            match outcome {
                Ok(()) => {
                    mark_sent(context, mail.id).await?;
                    drained.sent += 1;
                }
                Err((text, cause)) => {
                    tracing::warn!(mail = mail.id, %cause, "a mail could not be handed over");
                    mark_failed(context, &mail, &text).await?;
                    drained.failed += 1;
                }
            }
        }
    }
}

pub(super) fn unclaimed(context: &Context) -> Condition {
    Condition::any().add(outbox::Column::ClaimedUntil.is_null()).add(outbox::Column::ClaimedUntil.lt(context.now))
}

/// Claims a mail for this process; false when another one was quicker.
async fn claim(context: &Context, id: i64, now: DateTime<Utc>) -> Result<bool> {
    let result = outbox::Entity::update_many()
        .col_expr(outbox::Column::ClaimedUntil, Expr::value(now + CLAIM))
        .col_expr(outbox::Column::Tries, Expr::col(outbox::Column::Tries).add(1))
        .filter(outbox::Column::Id.eq(id))
        .filter(outbox::Column::State.eq(MailState::Queued.code()))
        .filter(unclaimed(context))
        .exec(context.database())
        .await?;
    Ok(result.rows_affected == 1)
}

async fn mark_sent(context: &Context, id: i64) -> Result<()> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(MailState::Sent.code()))
        .col_expr(outbox::Column::SentAt, Expr::value(context.now))
        .col_expr(outbox::Column::LastError, Expr::value(Option::<String>::None))
        .filter(outbox::Column::Id.eq(id))
        .exec(context.database())
        .await?;
    blank_secret(context.database(), Some(id)).await
}

/// Blanks the text of mails that were sent and held a link that opens an account; of all, or of one.
pub(super) async fn blank_secret<C: ConnectionTrait>(database: &C, id: Option<i64>) -> Result<()> {
    let kinds = MailKind::ALL.iter().filter(|kind| kind.is_secret()).map(|kind| kind.code());
    let mut query = outbox::Entity::update_many()
        .col_expr(outbox::Column::TextBody, Expr::value(""))
        .col_expr(outbox::Column::HtmlBody, Expr::value(""))
        .filter(outbox::Column::State.eq(MailState::Sent.code()))
        .filter(outbox::Column::Kind.is_in(kinds));
    if let Some(id) = id {
        query = query.filter(outbox::Column::Id.eq(id));
    }
    query.exec(database).await?;
    Ok(())
}

async fn mark_failed(context: &Context, mail: &outbox::Model, text: &Text) -> Result<()> {
    let pause = usize::try_from(mail.tries).ok().and_then(|tries| PAUSES.get(tries));
    let state = if pause.is_some() { MailState::Queued } else { MailState::Stuck };
    let next = context.now + TimeDelta::minutes(pause.copied().unwrap_or(0));
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(state.code()))
        .col_expr(outbox::Column::NextTryAt, Expr::value(next))
        .col_expr(outbox::Column::ClaimedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(outbox::Column::LastError, Expr::value(serde_json::to_string(text)?))
        .filter(outbox::Column::Id.eq(mail.id))
        .exec(context.database())
        .await?;
    Ok(())
}

fn compose(mail: &outbox::Model, sender: &Mailbox) -> Result<Message> {
    let defect = |cause: &dyn std::fmt::Display| Error::Defect(format!("mail {}: {cause}", mail.id));
    let address = mail.to_address.parse().map_err(|cause| defect(&cause))?;
    Message::builder()
        .from(sender.clone())
        .to(Mailbox::new(Some(mail.to_name.clone()), address))
        .subject(mail.subject.clone())
        .message_id(Some(mail.message_id.clone()))
        .date(mail.created_at.into())
        .multipart(MultiPart::alternative_plain_html(mail.text_body.clone(), mail.html_body.clone()))
        .map_err(|cause| defect(&cause))
}
