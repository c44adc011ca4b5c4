//! A statement as CSV (RFC 4180), in parts: whoever downloads it does not wait for the last row.

use i18n::Reader;

use super::{Cell, Row, Statement};
use crate::error::{Error, Result};

/// The mark by which spreadsheets know UTF-8, the row of headings, and what is carried forward.
///
/// # Errors
/// A defect of the writer.
pub fn csv_start(statement: &Statement, reader: Reader) -> Result<Vec<u8>> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let heads = statement.heads.iter().map(|head| reader.text(head.key)).collect();
    bytes.extend(write([heads])?);
    bytes.extend(csv_rows(statement.opening.as_slice(), reader)?);
    Ok(bytes)
}

/// Some rows.
///
/// # Errors
/// A defect of the writer.
pub fn csv_rows(rows: &[Row], reader: Reader) -> Result<Vec<u8>> {
    write(rows.iter().map(|row| row.cells.iter().map(|cell| plain(cell, reader)).collect()))
}

/// The row of totals, if there is one.
///
/// # Errors
/// A defect of the writer.
pub fn csv_end(statement: &Statement, reader: Reader) -> Result<Vec<u8>> {
    csv_rows(statement.total.as_slice(), reader)
}

/// About how many bytes the file of a statement of so many rows has, from some of its rows.
///
/// # Errors
/// A defect of the writer.
pub fn csv_size(some: &[Row], rows: u64, reader: Reader) -> Result<u64> {
    let bytes = u64::try_from(csv_rows(some, reader)?.len()).unwrap_or(u64::MAX);
    let some = u64::try_from(some.len()).unwrap_or(u64::MAX).max(1);
    Ok(bytes.saturating_mul(rows) / some)
}

fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let defect = |cause: String| Error::Defect(format!("CSV: {cause}"));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|cause| defect(cause.to_string()))?;
    }
    writer.into_inner().map_err(|cause| defect(cause.to_string()))
}

/// Numbers with a point and no grouping, days as in ISO 8601, and words that no spreadsheet takes for a formula.
fn plain(cell: &Cell, reader: Reader) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Year(year) => year.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Month(month) => month.format("%Y-%m").to_string(),
        Cell::Rate(rate) => rate.to_string(),
        Cell::Money(money) => money.to_decimal().to_string(),
        words => {
            let text = words.words(reader);
            if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
        }
    }
}
