//! Texts that several people write: what two changed at once is put together, and former versions are kept with who
//! saved them and when.

mod entity;

use chrono::{DateTime, TimeDelta, Utc};
use domain::errors::AppError;
use domain::forms::{Merged, Typed, merge};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use crate::context::Work;
use crate::error::Result;
use entity::draft_version;

/// Versions of one text that are kept at least.
const MOST: usize = 60;
/// Most bytes of the versions of one text, its newest not counted.
const ROOM: i64 = 8 * 1024 * 1024;
/// Every so many versions it is looked whether there are too many.
const LOOK_EVERY: i64 = 20;
/// A version that the same person replaced within this time was only on the way to the next.
const PASSING: TimeDelta = TimeDelta::minutes(10);

/// What saving a text came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The version that now stands.
    pub version: i64,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// What now stands, where it is not what was sent: somebody else's changes are in it too.
    pub merged: Option<Typed>,
}

/// A former version in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub version: i64,
    /// Who saved it.
    pub saved_by: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// A former version with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Who saved it, and when.
    pub row: VersionRow,
    /// The text.
    pub typed: Typed,
}

/// What is to be stored of a text that was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fit {
    /// It stands there already: sent twice, or all of it is part of what somebody else saved.
    Stored(Option<Typed>),
    /// To be stored; true where it is more than what was sent.
    New(Typed, bool),
    /// Both changed the same, differently.
    Conflict,
}

/// Compares what was sent with what is stored. `expected` is the version that the person started from; without one
/// nothing is compared.
///
/// # Errors
/// The database's.
pub(crate) async fn fit<C: ConnectionTrait>(
    database: &C,
    draft: &str,
    stored: (i64, &Typed),
    sent: Typed,
    expected: Option<i64>,
) -> Result<Fit> {
    let (version, theirs) = stored;
    let Some(expected) = expected.filter(|expected| *expected != version) else { return Ok(Fit::New(sent, false)) };
    // The same text again, because the answer to saving it was lost on a bad line.
    if sent.says_the_same(theirs, &[]) {
        return Ok(Fit::Stored(None));
    }
    let Merged { typed, conflicts } = together(database, draft, expected, theirs, &sent).await?;
    if !conflicts.is_empty() {
        return Ok(Fit::Conflict);
    }
    if typed.says_the_same(theirs, &[]) {
        return Ok(Fit::Stored(Some(typed)));
    }
    let more = !typed.says_the_same(&sent, &[]);
    Ok(Fit::New(typed, more))
}

/// Puts what was written on a version together with what is stored by now. Where that version is kept no longer, both
/// count as written anew: then text goes before no text.
///
/// # Errors
/// The database's.
pub(crate) async fn together<C: ConnectionTrait>(
    database: &C,
    draft: &str,
    written_on: i64,
    theirs: &Typed,
    mine: &Typed,
) -> Result<Merged> {
    let base = match find(database, draft, written_on).await? {
        Some(row) => serde_json::from_str(&row.typed)?,
        None => Typed::default(),
    };
    Ok(merge(&base, theirs, mine))
}

/// Keeps a version that was just saved, and from time to time drops what is too much.
///
/// # Errors
/// The database's.
pub(crate) async fn keep(work: &Work<'_>, draft: &str, version: i64, text: &str) -> Result<()> {
    let context = work.context;
    draft_version::ActiveModel {
        draft: Set(draft.to_owned()),
        version: Set(version),
        typed: Set(text.to_owned()),
        size: Set(i64::try_from(text.len()).unwrap_or(i64::MAX)),
        saved_by: Set(context.actor.user.map(Into::into)),
        saved_by_name: Set(context.actor.name.clone()),
        saved_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    if version % LOOK_EVERY == 0 { make_room(work, draft).await } else { Ok(()) }
}

async fn make_room(work: &Work<'_>, draft: &str) -> Result<()> {
    let kept: Vec<Kept> = draft_version::Entity::find()
        .select_only()
        .columns([
            draft_version::Column::Id,
            draft_version::Column::SavedBy,
            draft_version::Column::SavedAt,
            draft_version::Column::Size,
        ])
        .filter(draft_version::Column::Draft.eq(draft))
        .order_by_desc(draft_version::Column::Version)
        .into_tuple::<(i64, Option<i64>, DateTime<Utc>, i64)>()
        .all(&work.transaction)
        .await?
        .into_iter()
        .map(|(id, by, at, size)| Kept { id, by, at, size })
        .collect();
    let dropped = too_many(&kept);
    if !dropped.is_empty() {
        let gone = draft_version::Entity::delete_many().filter(draft_version::Column::Id.is_in(dropped));
        gone.exec(&work.transaction).await?;
    }
    Ok(())
}

/// A version without its text.
struct Kept {
    id: i64,
    by: Option<i64>,
    at: DateTime<Utc>,
    size: i64,
}

/// Which versions go, of all from the newest to the oldest: first the oldest of those that were only on the way to the
/// next one, then the oldest of all.
fn too_many(kept: &[Kept]) -> Vec<i64> {
    let Some((newest, former)) = kept.split_first() else { return Vec::new() };
    let passing: Vec<bool> = former
        .iter()
        .zip(std::iter::once(newest).chain(former))
        .map(|(version, next)| version.by == next.by && next.at - version.at < PASSING)
        .collect();
    let oldest_first = (0..former.len()).rev();
    let (steps, others): (Vec<usize>, Vec<usize>) = oldest_first.partition(|at| passing[*at]);
    let mut left = kept.len();
    let mut bytes = former.iter().fold(0_i64, |sum, version| sum.saturating_add(version.size));
    let mut dropped = Vec::new();
    for at in steps.into_iter().chain(others) {
        if left <= MOST && bytes <= ROOM {
            break;
        }
        left -= 1;
        bytes -= former[at].size;
        dropped.push(former[at].id);
    }
    dropped
}

async fn find<C: ConnectionTrait>(database: &C, draft: &str, version: i64) -> Result<Option<draft_version::Model>> {
    Ok(draft_version::Entity::find()
        .filter(draft_version::Column::Draft.eq(draft))
        .filter(draft_version::Column::Version.eq(version))
        .one(database)
        .await?)
}

/// The versions that are kept, the newest first.
///
/// # Errors
/// The database's.
pub(crate) async fn list<C: ConnectionTrait>(database: &C, draft: &str) -> Result<Vec<VersionRow>> {
    let rows = draft_version::Entity::find()
        .select_only()
        .columns([draft_version::Column::Version, draft_version::Column::SavedByName, draft_version::Column::SavedAt])
        .filter(draft_version::Column::Draft.eq(draft))
        .order_by_desc(draft_version::Column::Version)
        .into_tuple::<(i64, String, DateTime<Utc>)>()
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|(version, saved_by, saved_at)| VersionRow { version, saved_by, saved_at }).collect())
}

/// One version.
///
/// # Errors
/// Not found, or the database's.
pub(crate) async fn get<C: ConnectionTrait>(database: &C, draft: &str, version: i64) -> Result<Version> {
    let row = find(database, draft, version).await?.ok_or(AppError::NotFound)?;
    Ok(Version {
        typed: serde_json::from_str(&row.typed)?,
        row: VersionRow { version: row.version, saved_by: row.saved_by_name, saved_at: row.saved_at },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(minutes: &[(i64, i64)], size: i64) -> Vec<Kept> {
        let at = |minute| DateTime::UNIX_EPOCH + TimeDelta::minutes(minute);
        let all = minutes.iter().enumerate();
        let mut all: Vec<Kept> = all
            .map(|(number, (by, minute))| Kept { id: number as i64, by: Some(*by), at: at(*minute), size })
            .collect();
        all.reverse();
        all
    }

    #[test]
    fn steps_on_the_way_go_first_and_the_newest_never() {
        // Amina's text of one hour before, then seventy steps of Karim's within a minute each.
        let mut versions = vec![(1, 0)];
        versions.extend((0..70).map(|step| (2, 60 + step)));
        let dropped = too_many(&kept(&versions, 10));
        assert_eq!(dropped, (1..=11).collect::<Vec<i64>>(), "the oldest steps, not what Amina wrote");
        assert!(too_many(&kept(&versions[..60], 10)).is_empty());
        assert_eq!(too_many(&kept(&[(1, 0), (2, 60), (1, 120)], ROOM)).len(), 1, "too large: the oldest goes");
        assert!(too_many(&kept(&[(1, 0)], ROOM * 2)).is_empty());
    }
}
