//! Documents on disk, by the hash of their content: the same content is stored once, and no name that a person
//! gave is ever part of a path. `sweep.rs` takes away what nothing refers to.

use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use domain::errors::AppError;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::token;

/// Where content of a hash lives; none for anything that is no SHA-256 in hexadecimal digits.
fn path_of(data_dir: &Path, sha256: &str) -> Option<PathBuf> {
    let digits =
        sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    digits.then(|| data_dir.join("documents").join(&sha256[..2]).join(&sha256[2..4]).join(sha256))
}

/// Content that is on the disk as a whole, but not yet in its place. Dropped without [`Prepared::keep`], it is gone:
/// a document that is refused leaves nothing behind.
pub(crate) struct Prepared {
    sha256: String,
    /// None once it is in its place.
    temporary: Option<PathBuf>,
    place: PathBuf,
}

impl Prepared {
    /// The content's hash.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Puts the content into its place: the last thing before the row that names it is committed.
    pub(crate) async fn keep(mut self) -> Result<()> {
        let Some(temporary) = self.temporary.take() else { return Ok(()) };
        let place = self.place.clone();
        let work = tokio::task::spawn_blocking(move || move_to(&temporary, &place));
        work.await.map_err(|cause| Error::Defect(format!("storing a document: {cause}")))?
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // That it may be gone already is no error.
            let _ = std::fs::remove_file(temporary);
        }
    }
}

/// Writes content to the disk, to be kept or dropped.
pub(crate) async fn prepare(data_dir: &Path, bytes: Vec<u8>) -> Result<Prepared> {
    let data_dir = data_dir.to_owned();
    let work = tokio::task::spawn_blocking(move || write(&data_dir, &bytes));
    work.await.map_err(|cause| Error::Defect(format!("storing a document: {cause}")))?
}

fn write(data_dir: &Path, bytes: &[u8]) -> Result<Prepared> {
    let sha256 = token::hex(&Sha256::digest(bytes));
    let place = path_of(data_dir, &sha256).ok_or_else(|| Error::Defect("a hash that is none".to_owned()))?;
    let mut prepared = Prepared { sha256, temporary: None, place };
    // Also when the same content is there already: a new file is safe from being swept away as an old one.
    let folder = prepared.place.parent().unwrap_or(data_dir);
    std::fs::create_dir_all(folder)?;
    let temporary = folder.join(format!("{}.part", uuid::Uuid::now_v7()));
    let mut file = std::fs::File::create_new(&temporary)?;
    // From here on a failure takes the file away.
    prepared.temporary = Some(temporary);
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(prepared)
}

fn move_to(temporary: &Path, place: &Path) -> Result<()> {
    let moved = std::fs::rename(temporary, place).and_then(|()| match place.parent() {
        // The folder's entry is on the disk only when the folder is.
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    });
    if moved.is_err() {
        let _ = std::fs::remove_file(temporary);
    }
    Ok(moved?)
}

/// Deletes content. That it may be gone already is no error.
pub(super) async fn delete(data_dir: &Path, sha256: &str) -> Result<()> {
    let path = path_of(data_dir, sha256).ok_or_else(|| Error::Defect(format!("no hash: {sha256:?}")))?;
    match tokio::fs::remove_file(path).await {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause.into()),
        _ => Ok(()),
    }
}

/// Opens content by its hash, ready to be read from its beginning; with its size in bytes. Content that is no longer
/// what was uploaded is refused, before anybody gets a byte of it.
pub(crate) async fn open(data_dir: &Path, sha256: &str) -> Result<(std::fs::File, u64)> {
    let path = path_of(data_dir, sha256).ok_or_else(|| Error::Defect(format!("no hash: {sha256:?}")))?;
    let expected = sha256.to_owned();
    let work = tokio::task::spawn_blocking(move || {
        let mut file = std::fs::File::open(&path)?;
        let (found, size) = hash_of(&mut file)?;
        if found != expected {
            tracing::error!(file = %path.display(), "a document on the disk is not what was uploaded");
            return Err(AppError::refused("refused-document-damaged").into());
        }
        file.rewind()?;
        Ok((file, size))
    });
    work.await.map_err(|cause| Error::Defect(format!("reading a document: {cause}")))?
}

/// The hash and the size of a file, read in pieces.
fn hash_of(file: &mut std::fs::File) -> std::io::Result<(String, u64)> {
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok((token::hex(&hash.finalize()), size));
        }
        hash.update(&piece[..length]);
        size += u64::try_from(length).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_names_a_file() {
        let folder = Path::new("/data");
        for hostile in ["../../etc/passwd", "", "a", &"/".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(path_of(folder, hostile), None, "{hostile}");
        }
        let hash = "ab".repeat(32);
        assert_eq!(path_of(folder, &hash), Some(PathBuf::from(format!("/data/documents/ab/ab/{hash}"))));
    }
}
