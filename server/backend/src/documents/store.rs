//! Documents on disk, by the hash of their content: the same content is stored once, and no name that a person
//! gave is ever part of a path.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::token;

/// Where content of a hash lives; none for anything that is no SHA-256 in hexadecimal digits.
fn path_of(data_dir: &Path, sha256: &str) -> Option<PathBuf> {
    let digits = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    digits.then(|| data_dir.join("documents").join(&sha256[..2]).join(&sha256[2..4]).join(sha256))
}

/// Stores content and gives its hash. When it returns, the content is on the disk as a whole.
pub(crate) async fn put(data_dir: &Path, bytes: Vec<u8>) -> Result<String> {
    let data_dir = data_dir.to_owned();
    let work = tokio::task::spawn_blocking(move || write(&data_dir, &bytes));
    work.await.map_err(|cause| Error::Defect(format!("storing a document: {cause}")))?
}

fn write(data_dir: &Path, bytes: &[u8]) -> Result<String> {
    let sha256 = token::hex(&Sha256::digest(bytes));
    let path = path_of(data_dir, &sha256).ok_or_else(|| Error::Defect("a hash that is none".to_owned()))?;
    if path.is_file() {
        return Ok(sha256);
    }
    let folder = path.parent().unwrap_or(data_dir);
    std::fs::create_dir_all(folder)?;
    let temporary = folder.join(format!("{}.part", uuid::Uuid::now_v7()));
    let written = (|| {
        let mut file = std::fs::File::create_new(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, &path)?;
        // The folder's entry is on the disk only when the folder is.
        std::fs::File::open(folder)?.sync_all()
    })();
    if let Err(cause) = written {
        // What is left of a failed try is of no use; that it may be gone already is no second error.
        let _ = std::fs::remove_file(&temporary);
        return Err(cause.into());
    }
    Ok(sha256)
}

/// Reads content by its hash.
pub(crate) async fn get(data_dir: &Path, sha256: &str) -> Result<Vec<u8>> {
    let path = path_of(data_dir, sha256).ok_or_else(|| Error::Defect(format!("no hash: {sha256:?}")))?;
    Ok(tokio::fs::read(path).await?)
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
