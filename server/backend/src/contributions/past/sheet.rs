//! Reads the rows of a spreadsheet, CSV or XLSX, into cells by column.

use domain::errors::{AppError, FieldErrors};
use domain::message::Message;

use super::Row;
use crate::files::{self, Limits};

/// Headings of the columns, in any order in the file; those marked may be missing.
pub(super) const COLUMNS: &[(&str, bool)] = &[
    ("donor", true),
    ("date", true),
    ("currency", true),
    ("pledged", true),
    ("received", false),
    ("received on", false),
    ("spent", false),
    ("psc", false),
    ("bank reference", false),
    ("earmark", false),
    ("note", false),
    // What names the pledge where several rows bring money for one. Last, as files were kept without it.
    ("pledge", false),
];
/// Most rows of a file, that of the headings included.
const MOST_ROWS: usize = 5_000;

/// Reads a file.
///
/// # Errors
/// `file`: neither CSV nor XLSX, columns missing, no rows, or too many.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Row>, AppError> {
    let limits = Limits::of_rows(MOST_ROWS);
    let table = if bytes.starts_with(b"PK\x03\x04") {
        files::first_sheet(bytes, &limits)
    } else {
        files::decode(bytes).and_then(|text| files::rows(&text, files::delimiter(&text, 1), &limits))
    };
    let mut table = table.map_err(|message| files::wrong("file", message))?.into_iter();
    let (_, head) = table.next().ok_or_else(|| AppError::field("file", "error-past-empty"))?;
    let head: Vec<String> = head.iter().map(|cell| cell.to_lowercase().replace('_', " ")).collect();
    let places: Vec<Option<usize>> =
        COLUMNS.iter().map(|(name, _)| head.iter().position(|found| found == name)).collect();
    let missing: Vec<&str> = COLUMNS
        .iter()
        .zip(&places)
        .filter(|((_, needed), place)| *needed && place.is_none())
        .map(|((name, _), _)| *name)
        .collect();
    if !missing.is_empty() {
        let message = Message::new("error-past-columns").with("columns", missing.join(", "));
        return Err(AppError::Invalid(FieldErrors::one("file", message)));
    }
    let rows: Vec<Row> = table
        .map(|(number, cells)| Row {
            number,
            cells: places
                .iter()
                .map(|place| place.and_then(|place| cells.get(place)).cloned().unwrap_or_default())
                .collect(),
        })
        .collect();
    if rows.is_empty() { Err(AppError::field("file", "error-past-empty")) } else { Ok(rows) }
}
