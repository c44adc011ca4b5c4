//! Taking away files that nothing refers to: what a process left behind that died while it stored or deleted content.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::TimeDelta;
use domain::errors::AppError;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::room::can_be_opened;
use crate::applications::entity::document;
use crate::context::Context;
use crate::error::{Error, Result};

/// Nothing younger goes: its row may not be committed yet.
const LEAST_AGE: TimeDelta = TimeDelta::days(1);
/// Hashes asked for at a time.
const BATCH: usize = 500;
/// Ending of a file on its way out.
const GOING: &str = ".going";
/// Ending of a file that is being written.
const PART: &str = ".part";

/// Deletes old files that neither a document of a draft nor one of a revision refers to, and says how many.
///
/// # Errors
/// Not the system, the disk's or the database's.
pub async fn sweep(context: &Context) -> Result<usize> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let folder = context.services.data_dir.join("documents");
    let limit = SystemTime::from(context.now - LEAST_AGE);
    let old = on_disk(move || old_files(&folder, limit)).await?;
    let mut deleted = 0;
    for batch in old.chunks(BATCH) {
        let needed = needed(context, batch.iter().map(|file| file.sha256.clone()).collect()).await?;
        let files: Vec<Old> = batch.to_vec();
        deleted += on_disk(move || take_away(&files, &needed, limit)).await?;
    }
    Ok(deleted)
}

/// A file that is old enough to go, if nothing refers to it.
#[derive(Clone)]
struct Old {
    path: PathBuf,
    /// Of a half-written file, empty.
    sha256: String,
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|cause| Error::Defect(format!("sweeping documents: {cause}")))??)
}

/// The old files below a folder whose names are ours. Anything else is somebody else's business.
fn old_files(folder: &Path, limit: SystemTime) -> std::io::Result<Vec<Old>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            found.extend(old_files(&path, limit)?);
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let sha256 = if name.ends_with(PART) { "" } else { name.trim_end_matches(GOING) };
        let is_ours = sha256.is_empty() || (sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if is_ours && is_old(&path, limit)? {
            found.push(Old { path, sha256: sha256.to_owned() });
        }
    }
    Ok(found)
}

/// A file that went away meanwhile is not old.
fn is_old(path: &Path, limit: SystemTime) -> std::io::Result<bool> {
    match std::fs::metadata(path) {
        Ok(about) => Ok(about.modified()? < limit),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(cause),
    }
}

/// Which of these hashes a document refers to that somebody can open.
async fn needed(context: &Context, hashes: Vec<String>) -> Result<HashSet<String>> {
    let needed = document::Entity::find()
        .select_only()
        .column(document::Column::Sha256)
        .filter(document::Column::Sha256.is_in(hashes))
        .filter(can_be_opened())
        .into_tuple::<String>()
        .all(context.database())
        .await?;
    Ok(needed.into_iter().collect())
}

/// Deletes what is not needed. Each file is moved aside first and looked at again: the same content may have been
/// stored anew since it was found, and a new file goes back to its place.
fn take_away(files: &[Old], needed: &HashSet<String>, limit: SystemTime) -> std::io::Result<usize> {
    let mut deleted = 0;
    for Old { path, sha256 } in files {
        if sha256.is_empty() {
            std::fs::remove_file(path)?;
            deleted += 1;
            continue;
        }
        let place = path.with_file_name(sha256);
        let going = path.with_file_name(format!("{sha256}{GOING}"));
        if needed.contains(sha256) {
            // A process that died here before has left it aside.
            if *path == going {
                std::fs::rename(&going, &place)?;
            }
            continue;
        }
        std::fs::rename(path, &going)?;
        if is_old(&going, limit)? {
            std::fs::remove_file(&going)?;
            deleted += 1;
        } else {
            std::fs::rename(&going, &place)?;
        }
    }
    Ok(deleted)
}
