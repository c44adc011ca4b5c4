//! Workbooks (XLSX). The crate that reads them believes what they say of themselves: it makes room for as many texts as
//! they claim, and copies a format for each use. So each part is looked through first, and cells are taken as they come
//! and never as the rectangle that they span.

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor};

use calamine::{Data, DataRef, Reader as _, Xlsx};
use domain::message::Message;
use quick_xml::events::{BytesStart, Event};

use super::{Limits, MEGABYTE, Rows, Taking, broken, look_through, too_many};

/// Most bytes that a workbook may unfold to.
const MOST_UNFOLDED: usize = 32 * MEGABYTE;
/// Most bytes of one tag; the longest that a spreadsheet program writes are addresses of 2,083 signs.
const LONGEST_TAG: usize = 4_000;
/// Most texts that cells share.
const MOST_TEXTS: u64 = 200_000;
/// Most formats, and most sheets: for each the crate copies what it refers to.
const MOST_COPIES: usize = 10_000;

/// The rows of the first sheet in which something stands.
///
/// # Errors
/// No workbook, or which limit it is beyond, and where.
pub(crate) fn first_sheet(bytes: &[u8], limits: &Limits) -> Result<Rows, Message> {
    let mut copies = 0;
    look_through(bytes, MOST_UNFOLDED, |_, part| look(part, &mut copies))?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let first = book.sheet_names().into_iter().next().ok_or_else(broken)?;
    let mut sheet = book.worksheet_cells_reader(&first).map_err(|_| broken())?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut taking = Taking { limits, sum: 0 };
    while let Some(cell) = sheet.next_cell().map_err(|_| broken())? {
        let (row, column) = cell.get_position();
        let (number, column) = (i64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        let text: &str = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
            DataRef::SharedString(text) => text,
            _ => "",
        };
        taking.cell(number, column, text)?;
        if rows.len() == limits.rows && !rows.contains_key(&row) {
            return Err(too_many("rows", limits.rows));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = plain(cell.get_value());
    }
    let filled = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    Ok(filled.map(|(row, cells)| (i64::from(row) + 1, cells)).collect())
}

/// Looks through a part for what would cost more than its size. Whatever is no XML ends it: the crate stops there, too.
fn look(part: &mut dyn BufRead, copies: &mut usize) -> Result<(), Message> {
    let mut reader = quick_xml::Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => check_tag(&tag, copies)?,
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn check_tag(tag: &BytesStart<'_>, copies: &mut usize) -> Result<(), Message> {
    if tag.len() > LONGEST_TAG {
        return Err(broken());
    }
    match tag.local_name().as_ref() {
        "xf" | "sheet" => *copies += 1,
        "sst" => {
            let claimed = tag.try_get_attribute("uniqueCount").ok().flatten();
            let claimed = claimed.map_or(Ok(0), |count| count.value.trim().parse::<u64>());
            if !claimed.is_ok_and(|count| count <= MOST_TEXTS) {
                return Err(too_many("texts", usize::try_from(MOST_TEXTS).unwrap_or(usize::MAX)));
            }
        }
        _ => {}
    }
    if *copies > MOST_COPIES { Err(too_many("formats", MOST_COPIES)) } else { Ok(()) }
}

/// A cell as a program would have written it.
fn plain(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        other => Data::from(other.clone()).to_string().trim().to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    const LIMITS: Limits = Limits::of_rows(5_000);

    /// A workbook of one sheet with these rows and shared texts, made by hand: no program would write what tests need.
    fn book(rows: &str, texts: &str, styles: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relation = |id: &str, kind: &str, to: &str| {
            format!(
                "<Relationships><Relationship Id=\"{id}\" Type=\"{types}/{kind}\" Target=\"{to}\"/></Relationships>"
            )
        };
        for (name, content) in [
            ("[Content_Types].xml", "<Types/>".to_owned()),
            ("_rels/.rels", relation("r1", "officeDocument", "xl/workbook.xml")),
            ("xl/_rels/workbook.xml.rels", relation("r2", "worksheet", "worksheets/sheet1.xml")),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns:r=\"{types}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r2\"/></sheets></workbook>"
                ),
            ),
            ("xl/styles.xml", styles.to_owned()),
            ("xl/sharedStrings.xml", texts.to_owned()),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const STYLES: &str = "<styleSheet/>";
    const TEXTS: &str = "<sst count=\"1\" uniqueCount=\"1\"><si><t>donor</t></si></sst>";
    const HEAD: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";

    fn key(bytes: &[u8]) -> String {
        first_sheet(bytes, &LIMITS).unwrap_err().key
    }

    #[test]
    fn rows_and_cells_stand_where_the_sheet_says_and_take_no_room_between() {
        let far = "<row r=\"1048576\"><c r=\"C1048576\"><v>5</v></c></row>";
        let found = first_sheet(&book(&format!("{HEAD}{far}"), TEXTS, STYLES), &LIMITS).unwrap();
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(found, [(1, cells(&["donor"])), (1_048_576, cells(&["", "", "5"]))]);
    }

    #[test]
    fn a_cell_far_away_is_refused_by_its_row() {
        for (cell, row) in [("XFD1048576", 1_048_576), ("ALL100000", 100_000)] {
            let sheet = format!("{HEAD}<row r=\"{row}\"><c r=\"{cell}\"><v>1</v></c></row>");
            let bytes = book(&sheet, TEXTS, STYLES);
            assert!(bytes.len() < 3_000, "{}", bytes.len());
            let message = first_sheet(&bytes, &LIMITS).unwrap_err();
            assert_eq!(message, too_many("columns", 100).with("row", i64::from(row)), "{cell}");
        }
        // What a program only formats is nothing.
        let formatted = format!("{HEAD}<row r=\"9\"><c r=\"XFD9\" s=\"0\"/></row>");
        assert_eq!(first_sheet(&book(&formatted, TEXTS, STYLES), &LIMITS).unwrap().len(), 1);
        // Beyond what any sheet has; the reader counts too far and gives up, or gives a wrong place.
        let nowhere = format!("{HEAD}<row r=\"2\"><c r=\"ZZZZZZ2\"><v>1</v></c></row>");
        assert_eq!(key(&book(&nowhere, TEXTS, STYLES)), "error-file-columns");
    }

    #[test]
    fn long_texts_are_refused_also_where_many_cells_share_one() {
        let long = "x".repeat(1024 * 1024);
        let cells: String = (1..=10_000).map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>")).collect();
        let shared = book(&cells, &format!("<sst><si><t>{long}</t></si></sst>"), STYLES);
        assert!(shared.len() < 100_000, "{}", shared.len());
        let message = first_sheet(&shared, &LIMITS).unwrap_err();
        assert_eq!(message, too_many("cell", 4_000).with("row", 1_i64).with("column", 1_i64));
        let huge = "y".repeat(40 * 1024 * 1024);
        let inline = book(&format!("<row r=\"1\"><c t=\"inlineStr\"><is><t>{huge}</t></is></c></row>"), TEXTS, STYLES);
        assert!(inline.len() < 1024 * 1024, "{}", inline.len());
        assert_eq!(first_sheet(&inline, &LIMITS).unwrap_err(), too_many("unfolded", 32));
    }

    #[test]
    fn what_a_workbook_claims_of_its_texts_and_formats_is_not_believed() {
        let claimed = "<sst uniqueCount=\"100000000000\"><si><t>donor</t></si></sst>";
        assert_eq!(key(&book(HEAD, claimed, STYLES)), "error-file-texts");
        let font =
            format!("<styleSheet><fonts><font><name val=\"{}\"/></font></fonts></styleSheet>", "f".repeat(1 << 20));
        assert_eq!(key(&book(HEAD, TEXTS, &font)), "error-file-broken");
        let formats = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf fontId=\"0\"/>".repeat(10_000));
        assert_eq!(key(&book(HEAD, TEXTS, &formats)), "error-file-formats");
    }

    #[test]
    fn rows_have_a_limit_and_a_cut_archive_is_broken() {
        let rows: String = (1..=5_001).map(|row| format!("<row r=\"{row}\"><c><v>1</v></c></row>")).collect();
        let bytes = book(&rows, TEXTS, STYLES);
        assert_eq!(first_sheet(&bytes, &LIMITS).unwrap_err(), too_many("rows", 5_000));
        assert_eq!(key(&bytes[..bytes.len() - 30]), "error-file-broken");
        assert_eq!(key(b"PK\x03\x04 no workbook"), "error-file-broken");
    }
}
