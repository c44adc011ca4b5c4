//! Whether changes can be written: to the database, and to the folder of documents. A database that answers may be on
//! a full disk, or one that can only be read.

use std::path::Path;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::context::Services;
use crate::database::begin_writing;
use crate::error::{Error, Result, is_busy};
use crate::settings;

/// How long an answer holds: whoever asks all the time does not keep the disk busy.
const HOLDS: Duration = Duration::from_secs(5);
/// Bytes that are written each time: more than what a file that is full to the brim still takes.
const BYTES: usize = 32 * 1024;
/// Name of the setting that is written, and never read.
const PROBE: &str = "readiness-probe";

/// The last answer, for all who ask.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(Instant, Option<String>)>>);

impl Readiness {
    /// Why no change can be written now; none when one can.
    pub async fn obstacle(&self, services: &Services) -> Option<String> {
        let mut last = self.0.lock().await;
        if let Some((at, obstacle)) = &*last
            && at.elapsed() < HOLDS
        {
            return obstacle.clone();
        }
        let obstacle = match write(services).await {
            Ok(()) => None,
            // Somebody else is writing just now, so changes can be written.
            Err(Error::Database(cause)) if is_busy(&cause) => None,
            Err(cause) => Some(cause.to_string()),
        };
        *last = Some((Instant::now(), obstacle.clone()));
        obstacle
    }
}

async fn write(services: &Services) -> Result<()> {
    // Others each time, for SQLite writes no page that stays as it is; and by chance, for PostgreSQL packs the rest.
    let mut bytes = vec![0; BYTES / 2];
    getrandom::fill(&mut bytes).map_err(|cause| Error::Defect(format!("no random bytes: {cause}")))?;
    let text = crate::token::hex(&bytes);
    let transaction = begin_writing(&services.database).await?;
    settings::write(&transaction, PROBE, &text).await?;
    transaction.commit().await?;
    let folder = services.data_dir.clone();
    let work = tokio::task::spawn_blocking(move || write_file(&folder, text.as_bytes()));
    work.await.map_err(|cause| Error::Defect(format!("writing to the folder of documents: {cause}")))??;
    Ok(())
}

fn write_file(folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let probe = folder.join(format!(".readiness-{}", std::process::id()));
    let written = std::fs::write(&probe, bytes).and_then(|()| std::fs::File::open(&probe)?.sync_all());
    let removed = std::fs::remove_file(&probe);
    written.and(removed)
}
