//! Reads the rows of a spreadsheet, CSV or XLSX, into cells by column.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use domain::errors::{AppError, FieldErrors};
use domain::message::Message;

use super::Row;

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
];
/// Most rows of a file.
const MOST_ROWS: usize = 5_000;
/// Most bytes that an XLSX may unfold to.
const MOST_UNFOLDED: u64 = 200 * 1024 * 1024;

/// Reads a file.
///
/// # Errors
/// `file`: neither CSV nor XLSX, columns missing, no rows, or too many.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Row>, AppError> {
    let table = if bytes.starts_with(b"PK\x03\x04") { workbook(bytes)? } else { text(bytes)? };
    let mut table = table.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
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
    match rows.len() {
        0 => Err(AppError::field("file", "error-past-empty")),
        rows if rows > MOST_ROWS => {
            let message = Message::new("error-past-rows").with("most", MOST_ROWS);
            Err(AppError::Invalid(FieldErrors::one("file", message)))
        }
        _ => Ok(rows),
    }
}

type Table = Vec<(i64, Vec<String>)>;

fn text(bytes: &[u8]) -> Result<Table, AppError> {
    let broken = || AppError::field("file", "error-past-broken");
    let text = std::str::from_utf8(bytes).map_err(|_| AppError::field("file", "error-past-encoding"))?;
    let text = text.trim_start_matches('\u{feff}');
    let semicolons = text.lines().next().is_some_and(|line| line.matches(';').count() > line.matches(',').count());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let mut table = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| broken())?;
        let number = record.position().map_or(0, csv::Position::line);
        table.push((i64::try_from(number).unwrap_or(i64::MAX), record.iter().map(str::to_owned).collect()));
    }
    Ok(table)
}

/// The first sheet of a workbook.
fn workbook(bytes: &[u8]) -> Result<Table, AppError> {
    if unfolded(bytes) > MOST_UNFOLDED {
        return Err(AppError::field("file", "error-past-large"));
    }
    let broken = || AppError::field("file", "error-past-broken");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).map_err(|_| broken())?;
    let range = book.worksheet_range_at(0).ok_or_else(broken)?.map_err(|_| broken())?;
    let first = i64::from(range.start().map_or(0, |(row, _)| row)) + 1;
    Ok((first..).zip(range.rows()).map(|(number, cells)| (number, cells.iter().map(cell).collect())).collect())
}

/// The sum of the sizes that the archive's own directory tells.
fn unfolded(bytes: &[u8]) -> u64 {
    let mark = b"PK\x01\x02";
    let sizes = bytes
        .windows(28)
        .filter(|window| window.starts_with(mark))
        .map(|window| u64::from(u32::from_le_bytes([window[24], window[25], window[26], window[27]])));
    sizes.sum()
}

/// A cell as a program would have written it.
fn cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.chars().take(10).collect(),
        other => other.to_string().trim().to_owned(),
    }
}
