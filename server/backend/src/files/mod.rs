//! Reading files that people hand in. What a file may hold at most is said here and looked at before anything is kept of
//! what the file claims; reading runs beside the threads that answer requests, a few files at a time.

mod archive;
mod faults;
mod table;
mod text;
mod workbook;

use domain::errors::{AppError, FieldErrors};
use domain::forms::{LARGEST_FILE, MEGABYTE};
use domain::message::Message;
use tokio::sync::Semaphore;

pub(crate) use archive::look_through;
pub(crate) use faults::Faults;
pub(crate) use table::{delimiter, rows};
pub(crate) use text::decode;
pub(crate) use workbook::first_sheet;

use crate::error::{Error, Result};

/// Files that are read at the same time; the others wait for their turn.
const AT_ONCE: usize = 2;
static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// What a table may hold at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Rows in which something stands.
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// Characters of one cell.
    pub(crate) cell: usize,
    /// Bytes that all cells take in memory together.
    pub(crate) sum: usize,
}

impl Limits {
    /// For tables of so many rows.
    pub(crate) const fn of_rows(rows: usize) -> Self {
        Self { rows, columns: 100, cell: 4_000, sum: 32 * MEGABYTE }
    }

    fn long_cell(&self, row: i64, column: usize) -> Message {
        let column = i64::try_from(column + 1).unwrap_or(i64::MAX);
        too_many("cell", self.cell).with("row", row).with("column", column)
    }
}

/// The rows in which something stands, each with its number in the file.
pub(crate) type Rows = Vec<(i64, Vec<String>)>;

/// Takes in rows as long as they are within the limits.
struct Taking<'a> {
    limits: &'a Limits,
    sum: usize,
}

impl Taking<'_> {
    fn cell(&mut self, row: i64, column: usize, text: &str) -> std::result::Result<(), Message> {
        if column >= self.limits.columns {
            return Err(too_many("columns", self.limits.columns).with("row", row));
        }
        if text.len() > self.limits.cell && text.chars().nth(self.limits.cell).is_some() {
            return Err(self.limits.long_cell(row, column));
        }
        self.sum += text.len() + size_of::<String>();
        if self.sum > self.limits.sum { Err(too_many("sum", self.limits.sum / MEGABYTE)) } else { Ok(()) }
    }
}

/// Reads a file beside the threads that answer requests, when it is its turn. `work` gets the file's content. A file at
/// which a reader gives up in the middle is a broken one.
///
/// # Errors
/// `file`: too many bytes; what `work` refuses.
pub(crate) async fn read<T: Send + 'static>(
    bytes: impl Into<Vec<u8>> + AsRef<[u8]> + Send,
    work: impl FnOnce(Vec<u8>) -> std::result::Result<T, AppError> + Send + 'static,
) -> Result<T> {
    if bytes.as_ref().len() > LARGEST_FILE {
        return Err(too_large(bytes.as_ref().len()).into());
    }
    let place = PLACES.acquire().await.map_err(|cause| Error::Defect(format!("waiting to read a file: {cause}")))?;
    let bytes = bytes.into();
    // The place goes along: also when nobody waits for the answer any more, it is free only once the file is read.
    let reading = tokio::task::spawn_blocking(move || {
        let _place = place;
        work(bytes)
    });
    match reading.await {
        Ok(done) => Ok(done?),
        Err(cause) if cause.is_panic() => {
            tracing::warn!(%cause, "a reader gave up at a file");
            Err(wrong("file", broken()).into())
        }
        Err(cause) => Err(Error::Defect(format!("reading a file: {cause}"))),
    }
}

/// `file`: so many bytes are too many.
pub(crate) fn too_large(bytes: usize) -> AppError {
    wrong("file", too_many("too-large", LARGEST_FILE / MEGABYTE).with("size", bytes.div_ceil(MEGABYTE)))
}

/// A message as the error of a field.
pub(crate) fn wrong(field: &str, message: Message) -> AppError {
    AppError::Invalid(FieldErrors::one(field, message))
}

/// `error-file-…` of a limit.
pub(crate) fn too_many(what: &str, most: usize) -> Message {
    Message::new(format!("error-file-{what}")).with("most", most)
}

pub(crate) fn broken() -> Message {
    Message::new("error-file-broken")
}
