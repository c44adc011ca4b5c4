//! What waits for the people who work for the Fund, as one mail on a working day, counted as their own home pages do.

use chrono::{Datelike as _, Timelike as _, Weekday};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Action, Role, Subject};
use domain::time::vienna_wall_clock;
use domain::users::{DIGEST, UserState};
use i18n::Reader;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::digest;
use super::waits::{Waiting, waits};
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind, Recipient};
use crate::users::entity::user;
use crate::users::sessions::actor;

/// The hour in Vienna from which the mails of a day go out.
const FROM_HOUR: u32 = 7;

/// Looks once a working day at what waits for everybody who works for the Fund, and queues a mail to each person for whom
/// something waits and not the same as at the last look. Gives how many mails. Each person is a transaction of its own, so
/// that several server processes may run this at once. What fails is logged and tried again the next time, and keeps no
/// other mail back.
///
/// # Errors
/// Not allowed, or the database's, where the people could not even be listed.
pub async fn send_digests(context: &Context) -> Result<usize> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let clock = vienna_wall_clock(context.now);
    if matches!(clock.weekday(), Weekday::Sat | Weekday::Sun) || clock.hour() < FROM_HOUR {
        return Ok(0);
    }
    let people = user::Entity::find()
        .filter(user::Column::Role.is_in(Role::STAFF.iter().map(|role| role.code())))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .order_by_asc(user::Column::Id)
        .all(context.database())
        .await?;
    let mut sent = 0;
    for person in &people {
        match digest_of(context, person).await {
            Ok(true) => sent += 1,
            Ok(false) => {}
            Err(cause) => tracing::error!(user = person.id, %cause, "what waits could not be told"),
        }
    }
    Ok(sent)
}

async fn digest_of(context: &Context, person: &user::Model) -> Result<bool> {
    let today = context.today();
    let is_due = |known: &Option<digest::Model>| known.as_ref().is_none_or(|row| row.wanted && row.day != Some(today));
    let known = digest::Entity::find_by_id(person.id).one(context.database()).await?;
    if !is_due(&known) {
        return Ok(false);
    }
    let own = Context { actor: actor(person)?, ..context.clone() };
    let waiting = waits(&own).await?;
    let told: Vec<String> = waiting.iter().map(|one| format!("{} {}", one.key, one.count)).collect();
    let told = told.join(", ");
    let work = context.begin().await?;
    // Another process may have been first, or the person may not want it any more: look again under the lock.
    let known = load(&work, person.id).await?;
    if !is_due(&known) {
        return Ok(false);
    }
    let before = known.as_ref().map_or("", |row| row.told.as_str());
    let is_new = !waiting.is_empty() && told != before;
    if is_new {
        let to = Recipient::of(person);
        let arguments = [("waiting", listed(context, Reader::new(to.language), &waiting).into())];
        let once = format!("what-waits-{}-{today}", person.id);
        mail::queue(&work, &to, MailKind::WhatWaits, &arguments, Some("/"), Some(&once)).await?;
    }
    keep(&work, person.id, known, |row| {
        row.day = Set(Some(today));
        row.told = Set(told);
    })
    .await?;
    work.commit().await?;
    Ok(is_new)
}

/// What waits, each with the address of its list.
fn listed(context: &Context, reader: Reader, waiting: &[Waiting]) -> String {
    let line = |one: &Waiting| {
        let what = reader.with(one.key, &[("count", one.number())]);
        format!("{what}\n{}{}", context.services.public_url, one.path)
    };
    waiting.iter().map(line).collect::<Vec<_>>().join("\n\n")
}

async fn load(work: &Work<'_>, person: i64) -> Result<Option<digest::Model>> {
    Ok(digest::Entity::find_by_id(person).lock_exclusive().one(&work.transaction).await?)
}

async fn keep(
    work: &Work<'_>,
    person: i64,
    known: Option<digest::Model>,
    change: impl FnOnce(&mut digest::ActiveModel) + Send,
) -> Result<()> {
    if let Some(known) = known {
        let mut row: digest::ActiveModel = known.into();
        change(&mut row);
        row.update(&work.transaction).await?;
        return Ok(());
    }
    let told = String::new();
    let mut row = digest::ActiveModel { user_id: Set(person), wanted: Set(true), day: Set(None), told: Set(told) };
    change(&mut row);
    row.insert(&work.transaction).await?;
    Ok(())
}

/// Whether the person who asks gets the mail; none for those who do not work for the Fund.
///
/// # Errors
/// Nobody is signed in, or the database's.
pub async fn wants_digest(context: &Context) -> Result<Option<bool>> {
    context.permit(Action::UseOwnAccount, &Subject::NONE)?;
    let Some(UserId(own)) = context.actor.user.filter(|_| context.actor.role.is_some_and(Role::is_staff)) else {
        return Ok(None);
    };
    let known = digest::Entity::find_by_id(own).one(context.database()).await?;
    Ok(Some(known.is_none_or(|row| row.wanted)))
}

/// Chooses whether the person who asks gets the mail.
///
/// # Errors
/// Nobody is signed in, or the database's.
pub async fn choose_digest(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::UseOwnAccount, &Subject::NONE)?;
    let UserId(own) = context.actor.user.ok_or(AppError::SignInNeeded)?;
    let wanted = DIGEST.read(typed)?.ticked("wanted");
    let work = context.begin().await?;
    let known = load(&work, own).await?;
    keep(&work, own, known, |row| row.wanted = Set(wanted)).await?;
    work.commit().await
}
