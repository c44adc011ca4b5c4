//! Tables as text (CSV). A row is read into room that is as large as the limits allow and never grows.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use domain::message::Message;

use super::{Limits, Rows, Taking, broken, too_many};

/// Bytes that a sign may take.
const LONGEST_SIGN: usize = 4;

/// The sign between the columns: the one that stands most often in one of the first lines.
pub(crate) fn delimiter(text: &str, lines: usize) -> u8 {
    let most = |sign: u8| {
        let count = |line: &str| line.bytes().filter(|byte| *byte == sign).count();
        text.lines().filter(|line| !line.trim().is_empty()).take(lines).map(count).max().unwrap_or(0)
    };
    b"|\t,;".iter().copied().max_by_key(|sign| most(*sign)).unwrap_or(b',')
}

/// The rows in which something stands.
///
/// # Errors
/// Which limit the table is beyond, and where.
pub(crate) fn rows(text: &str, delimiter: u8, limits: &Limits) -> Result<Rows, Message> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut room =
        Room { content: vec![0; limits.columns * limits.cell * LONGEST_SIGN], ends: vec![0; limits.columns] };
    let mut taking = Taking { limits, sum: 0 };
    let mut rows = Rows::new();
    let mut rest = text.as_bytes();
    loop {
        // Empty lines are passed over here, so that the row after them has its own number.
        let blank = rest.iter().take_while(|byte| matches!(**byte, b'\n' | b'\r')).count();
        let (passed, after) = rest.split_at(blank);
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
        reader.set_line(reader.line() + u64::try_from(breaks).unwrap_or(u64::MAX));
        rest = after;
        let number = i64::try_from(reader.line()).unwrap_or(i64::MAX);
        let Some((length, after)) = room.fill(&mut reader, rest, number, limits)? else { return Ok(rows) };
        rest = after;
        let cells = room.cells(length)?;
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        if rows.len() == limits.rows {
            return Err(too_many("rows", limits.rows));
        }
        for (column, cell) in cells.iter().enumerate() {
            taking.cell(number, column, cell)?;
        }
        rows.push((number, cells.into_iter().map(str::to_owned).collect()));
    }
}

/// Room for one row.
struct Room {
    content: Vec<u8>,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Room {
    /// Reads the next row; gives how many cells it has and what follows it. None after the last one.
    fn fill<'a>(
        &mut self,
        reader: &mut Reader,
        mut rest: &'a [u8],
        number: i64,
        limits: &Limits,
    ) -> Result<Option<(usize, &'a [u8])>, Message> {
        let (mut written, mut cells) = (0, 0);
        loop {
            let (result, read, wrote, ended) =
                reader.read_record(rest, &mut self.content[written..], &mut self.ends[cells..]);
            rest = &rest[read..];
            written += wrote;
            cells += ended;
            match result {
                // Asked once more with nothing, the reader ends the last row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record => return Ok(Some((cells, rest))),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::OutputEndsFull => {
                    return Err(too_many("columns", limits.columns).with("row", number));
                }
                ReadRecordResult::OutputFull => return Err(limits.long_cell(number, cells)),
            }
        }
    }

    fn cells(&self, length: usize) -> Result<Vec<&str>, Message> {
        let ends = &self.ends[..length];
        let starts = std::iter::once(&0).chain(ends);
        let cells = starts.zip(ends).map(|(start, end)| self.content.get(*start..*end));
        let cells = cells.map(|cell| std::str::from_utf8(cell.unwrap_or_default()).map(str::trim));
        cells.collect::<Result<_, _>>().map_err(|_| broken())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { rows: 3, columns: 4, cell: 10, sum: 1_000 };

    fn key(text: &str, limits: &Limits) -> String {
        rows(text, b';', limits).unwrap_err().key
    }

    #[test]
    fn rows_keep_their_numbers_and_quotes_their_content() {
        let text = "\n\na; b \r\n\r\n;;\n\"c;\"\"d\ne\";f\r\ng";
        let found = rows(text, b';', &LIMITS).unwrap();
        let plain: Vec<(i64, Vec<&str>)> =
            found.iter().map(|(row, cells)| (*row, cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(plain, [(3, vec!["a", "b"]), (6, vec!["c;\"d\ne", "f"]), (8, vec!["g"])]);
        assert!(rows("", b';', &LIMITS).unwrap().is_empty());
    }

    #[test]
    fn each_limit_is_said_before_anything_grows() {
        assert_eq!(key("a\nb\nc\nd\n", &LIMITS), "error-file-rows");
        assert_eq!(key("a;b;c;d;e", &LIMITS), "error-file-columns");
        assert_eq!(key("a;12345678901", &LIMITS), "error-file-cell");
        assert_eq!(key("a;\"a quote that nobody ends\nb;c\nd;e\nf;g\n", &LIMITS), "error-file-cell");
        assert_eq!(key("a;b\nc;d\n", &Limits { sum: 60, ..LIMITS }), "error-file-sum");
        // Ten megabytes of separators are one row with too many columns.
        assert_eq!(key(&";".repeat(10 * 1024 * 1024), &LIMITS), "error-file-columns");
        assert_eq!(key(&"x".repeat(10 * 1024 * 1024), &LIMITS), "error-file-cell");
    }

    #[test]
    fn the_sign_between_columns_is_found() {
        for (text, sign) in [("a;b\n1,5;2", b';'), ("a,b", b','), ("a\tb,c\td", b'\t'), ("a|b", b'|'), ("a", b';')] {
            assert_eq!(delimiter(text, 1), sign, "{text}");
        }
        assert_eq!(delimiter("Statement\n\na;b;c", 30), b';');
    }
}
