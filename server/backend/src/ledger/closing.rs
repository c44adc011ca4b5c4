//! Closing a period, as a job: somebody asks for it, a server proves the books part by part while the period's page says how
//! far that is, and then the period is closed in the name of who asked, or stays open and the page says why.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::message::Message;
use domain::periods::{CLOSE, Period};
use domain::roles::{Action, Actor, Subject, may};
use domain::users::UserState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, Set, UpdateMany,
};

use super::check::Proof;
use super::entity::{closed_period, period_closing};
use super::periods::{audit_number, of_numbers, refuse_closing};
use crate::audit;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::users::entity::user;
use crate::users::sessions;

/// How long a part of the proof may take before another server takes the closing up, as its own may have been killed.
const CLAIM: TimeDelta = TimeDelta::minutes(2);
/// So often is it begun anew after a failure.
const MOST_TRIES: i64 = 3;

/// A closing that is under way, or that came to nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// Who asked for it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why although something of the checklist was open; empty when nothing was.
    pub reason: String,
    /// So many parts of the books are proved.
    pub checked: i64,
    /// Of so many.
    pub parts: i64,
    /// Why the period stays open; none while the closing is under way.
    pub refused: Option<Message>,
}

impl Closing {
    /// True until the period is closed, or it is known why not.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.refused.is_none()
    }
}

/// What the audit trail keeps of the wish.
#[derive(serde::Serialize)]
struct Asked<'a> {
    reason: &'a str,
}

/// Asks for a period to be closed: from then on neither it nor any day before it takes entries. The books are proved first,
/// and must be clean. The same person's second wish for the same period is the first one.
///
/// # Errors
/// Not allowed, a closing under way, closed already or with a later one, something of the checklist that must not be open, no
/// reason although something else is, or the database's.
pub async fn ask(context: &Context, period: Period, typed: &Typed) -> Result<()> {
    context.permit(Action::ClosePeriods, &Subject::NONE)?;
    let answers = CLOSE.read(typed)?;
    let reason = answers.text("reason");
    let person = i64::from(context.actor.user.ok_or(AppError::SignInNeeded)?);
    let work = context.begin_money().await?;
    if let Some(row) = under_way(&work.transaction).await? {
        let other = period_of(&row)?;
        if (row.asked_by, other) == (person, period) {
            return Ok(());
        }
        let message = Message::new("refused-period-closing")
            .with("name", row.asked_by_name)
            .with("from", other.first_day())
            .with("to", other.last_day());
        return Err(AppError::Refused(message).into());
    }
    refuse_closing(&work.transaction, period, context.today(), reason).await?;
    period_closing::Entity::delete_many().exec(&work.transaction).await?;
    let row = period_closing::ActiveModel {
        fiscal_year: Set(i64::from(period.year)),
        month: Set(period.number()),
        asked_by: Set(person),
        asked_by_name: Set(context.actor.name.clone()),
        asked_at: Set(context.now),
        reason: Set(reason.to_owned()),
        parts: Set(Proof::parts()),
        ..Default::default()
    };
    period_closing::Entity::insert(row).exec_without_returning(&work.transaction).await?;
    let (action, kind) = ("audit-period-closing-asked", audit::Kind::Period);
    audit::record::<(), _>(&work, action, kind, audit_number(period), None, Some(&Asked { reason })).await?;
    work.commit().await
}

/// The closing of a period that is under way, or the last one, if it was of that period and came to nothing.
pub(super) async fn of<C: ConnectionTrait>(database: &C, period: Period) -> Result<Option<Closing>> {
    let found = period_closing::Entity::find()
        .filter(period_closing::Column::FiscalYear.eq(i64::from(period.year)))
        .filter(period_closing::Column::Month.eq(period.number()))
        .one(database)
        .await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some(Closing {
        by: row.asked_by_name,
        at: row.asked_at,
        reason: row.reason,
        checked: row.checked,
        parts: row.parts,
        refused: row.outcome.as_deref().map(serde_json::from_str).transpose()?,
    }))
}

async fn under_way<C: ConnectionTrait>(database: &C) -> Result<Option<period_closing::Model>> {
    Ok(period_closing::Entity::find().filter(period_closing::Column::Outcome.is_null()).one(database).await?)
}

fn period_of(row: &period_closing::Model) -> Result<Period> {
    of_numbers(row.fiscal_year, row.month)
}

/// Does what was asked for: proves the books and closes the period, or keeps why it stays open. False when nothing was asked
/// for, or another server is at it. One that was killed meanwhile is taken up once its claim has run out.
///
/// # Errors
/// The database's; then it is tried again once the claim has run out, and given up after a few tries.
pub async fn go_on(context: &Context) -> Result<bool> {
    context.permit(Action::ClosePeriods, &Subject::NONE)?;
    let Some(row) = claim(context).await? else { return Ok(false) };
    let outcome = match row.tries > MOST_TRIES {
        true => Err(AppError::refused("refused-period-not-checked").into()),
        false => prove_and_close(context, &row).await,
    };
    let refused = match outcome {
        Ok(()) => return Ok(true),
        Err(Error::App(AppError::Refused(message))) => message,
        Err(Error::App(AppError::Invalid(errors))) => errors.of("reason").cloned().ok_or(AppError::Invalid(errors))?,
        Err(cause) => return Err(cause),
    };
    tracing::warn!(period = audit_number(period_of(&row)?), refused = %refused.key, "a period was not closed");
    of_claim(&row)
        .col_expr(period_closing::Column::Outcome, Expr::value(serde_json::to_string(&refused)?))
        .exec(context.database())
        .await?;
    Ok(true)
}

/// Takes the closing up for this server; none when there is none, or another one has it.
async fn claim(context: &Context) -> Result<Option<period_closing::Model>> {
    let Some(row) = under_way(context.database()).await? else { return Ok(None) };
    if row.claimed_until.is_some_and(|until| until >= context.now) {
        return Ok(None);
    }
    let tries = row.tries + 1;
    let claimed = of_claim(&row)
        .col_expr(period_closing::Column::Tries, Expr::value(tries))
        .col_expr(period_closing::Column::Checked, Expr::value(0_i64))
        .col_expr(period_closing::Column::ClaimedUntil, Expr::value(context.now + CLAIM))
        .exec(context.database())
        .await?;
    Ok((claimed.rows_affected == 1).then_some(period_closing::Model { tries, ..row }))
}

/// A change of the closing that touches nothing once another server has taken it up.
fn of_claim(row: &period_closing::Model) -> UpdateMany<period_closing::Entity> {
    period_closing::Entity::update_many()
        .filter(period_closing::Column::Id.eq(row.id))
        .filter(period_closing::Column::Tries.eq(row.tries))
        .filter(period_closing::Column::Outcome.is_null())
}

async fn prove_and_close(context: &Context, row: &period_closing::Model) -> Result<()> {
    let started = Instant::now();
    let now = || context.now + TimeDelta::from_std(started.elapsed()).unwrap_or(TimeDelta::zero());
    // Before the lock is taken: it reads every posting, and nobody should wait for it.
    let mut proof = Proof::begin(&context.services.database).await?;
    while proof.go_on().await? {
        let noted = of_claim(row)
            .col_expr(period_closing::Column::Checked, Expr::value(proof.checked()))
            .col_expr(period_closing::Column::ClaimedUntil, Expr::value(now() + CLAIM))
            .exec(context.database())
            .await?;
        if noted.rows_affected == 0 {
            return Ok(());
        }
    }
    let findings = proof.end().await?;
    if let Some(first) = findings.first() {
        tracing::error!(findings = findings.len(), %first, "the books do not hold");
        return Err(AppError::refused_with("refused-period-books", "count", findings.len()).into());
    }
    let actor = asker(context, row).await?;
    close(&Context::new(context.services.clone(), actor, now(), context.request_id.clone()), row).await
}

/// Who asked, as that person is now: somebody who may close no periods any more closes none.
async fn asker(context: &Context, row: &period_closing::Model) -> Result<Actor> {
    let person = user::Entity::find_by_id(row.asked_by)
        .filter(user::Column::State.eq(UserState::Active.code()))
        .one(context.database())
        .await?;
    let actor = person.as_ref().map(sessions::actor).transpose()?;
    let actor = actor.filter(|actor| may(actor, Action::ClosePeriods, &Subject::NONE).is_ok());
    Ok(actor.ok_or_else(|| AppError::refused_with("refused-period-asker", "name", row.asked_by_name.clone()))?)
}

/// Closes the period in the actor's name, after a last look at what may have changed while the books were proved.
async fn close(context: &Context, claimed: &period_closing::Model) -> Result<()> {
    let work = context.begin_money().await?;
    let row = under_way(&work.transaction).await?;
    // Otherwise another server has taken it up meanwhile.
    let Some(row) = row.filter(|row| (row.id, row.tries) == (claimed.id, claimed.tries)) else { return Ok(()) };
    let period = period_of(&row)?;
    refuse_closing(&work.transaction, period, context.today(), &row.reason).await?;
    let closed = closed_period::Model {
        fiscal_year: row.fiscal_year,
        month: row.month,
        closed_by: context.actor.user.map(Into::into),
        closed_by_name: context.actor.name.clone(),
        closed_at: context.now,
        reason: row.reason,
    };
    let new = closed.clone().into_active_model();
    closed_period::Entity::insert(new).exec_without_returning(&work.transaction).await?;
    let (action, kind) = ("audit-period-closed", audit::Kind::Period);
    audit::record::<(), _>(&work, action, kind, audit_number(period), None, Some(&closed)).await?;
    period_closing::Entity::delete_by_id(row.id).exec(&work.transaction).await?;
    work.commit().await
}
