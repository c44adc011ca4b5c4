//! A statement as XLSX: real numbers and days with their formats, rows written as they come, so that a long one
//! needs no more memory than a short one.

use std::io::Write;

use chrono::{Datelike as _, NaiveDate};
use i18n::Reader;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{Asked, Cell, Head, Row, Shape};
use crate::error::{Error, Result};

/// Most rows of a statement as XLSX. The format takes a million; a longer one is better read as CSV.
pub const LONGEST_XLSX: u64 = 200_000;

/// Rows above the table: what it is, of whom, at which day.
const ABOVE: u32 = 3;

impl From<XlsxError> for Error {
    fn from(cause: XlsxError) -> Self {
        match cause {
            XlsxError::IoError(cause) => Self::File(cause),
            other => Self::Defect(format!("XLSX: {other}")),
        }
    }
}

/// What stands in a workbook beside its rows.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What was asked.
    pub asked: Asked,
    /// Of whom or what.
    pub of: Cell,
    /// The columns.
    pub heads: Vec<Head>,
    /// The row above the first.
    pub opening: Option<Row>,
    /// The last row.
    pub total: Option<Row>,
    /// The reader.
    pub reader: Reader,
}

/// Writes a workbook with one sheet. `rows` gives parts of the rows until it gives none; `total` comes last. It
/// blocks: call it where waiting is allowed.
///
/// # Errors
/// A file's, or a defect of the writer.
pub fn write_xlsx<W: Write + Send>(
    into: W,
    plan: &Sheet,
    mut rows: impl FnMut() -> Result<Option<Vec<Row>>>,
) -> Result<()> {
    let Sheet { asked, of, heads, opening, total, reader } = plan;
    let reader = *reader;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let title = reader.text(&asked.kind.label_key());
    sheet.set_name(title.chars().filter(|sign| !"[]:*?/\\".contains(*sign)).take(31).collect::<String>())?;
    for (column, head) in (0_u16..).zip(heads) {
        sheet.set_column_width(column, if head.shape == Shape::Words { 28 } else { 16 })?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(ABOVE, ABOVE)?;
    sheet.set_freeze_panes(ABOVE + 1, 0)?;
    let mut formats = Formats::default();
    let strong = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, &title, &strong)?;
    write_cell(sheet, (1, 0), of, reader, &mut formats, false)?;
    let at = reader.with("books-at", &[("date", asked.at.into())]);
    sheet.write_string(1, if *of == Cell::Empty { 0 } else { 1 }, at)?;
    for (column, head) in (0_u16..).zip(heads) {
        let align = if head.shape == Shape::Amount { FormatAlign::Right } else { FormatAlign::Left };
        let format = strong.clone().set_align(align).set_text_wrap().set_border_bottom(FormatBorder::Medium);
        sheet.write_string_with_format(ABOVE, column, reader.text(head.key), &format)?;
    }
    let mut line = ABOVE + 1;
    if let Some(opening) = opening {
        write_row(sheet, line, opening, reader, &mut formats, false)?;
        line += 1;
    }
    while let Some(part) = rows()? {
        for row in part {
            write_row(sheet, line, &row, reader, &mut formats, false)?;
            line += 1;
        }
    }
    if let Some(total) = total {
        write_row(sheet, line, total, reader, &mut formats, true)?;
    }
    workbook.save_to_writer(into)?;
    Ok(())
}

/// The formats by decimals of the currency, made once: a workbook has room for some thousands only.
#[derive(Default)]
struct Formats {
    made: std::collections::BTreeMap<(u32, bool), Format>,
}

/// Stands for days among the numbers of decimals.
const DAY: u32 = 100;
/// Stands for years and words.
const PLAIN: u32 = 101;
/// Stands for months.
const MONTH: u32 = 102;
/// Stands for rates, which have as many decimals as were entered.
const RATE: u32 = 103;

impl Formats {
    fn of(&mut self, kind: u32, total: bool) -> &Format {
        self.made.entry((kind, total)).or_insert_with(|| {
            let format = match kind {
                DAY => Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
                MONTH => Format::new().set_num_format("yyyy-mm").set_align(FormatAlign::Left),
                PLAIN => Format::new().set_align(FormatAlign::Left),
                RATE => Format::new(),
                0 => Format::new().set_num_format("#,##0"),
                decimals => {
                    let places: String = (0..decimals).map(|_| '0').collect();
                    Format::new().set_num_format(format!("#,##0.{places}"))
                }
            };
            if total { format.set_bold().set_border_top(FormatBorder::Medium) } else { format }
        })
    }
}

fn write_row(
    sheet: &mut Worksheet,
    line: u32,
    row: &Row,
    reader: Reader,
    formats: &mut Formats,
    total: bool,
) -> Result<()> {
    for (column, cell) in (0_u16..).zip(&row.cells) {
        write_cell(sheet, (line, column), cell, reader, formats, total)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    reader: Reader,
    formats: &mut Formats,
    total: bool,
) -> Result<()> {
    match cell {
        Cell::Empty if total => sheet.write_blank(line, column, formats.of(PLAIN, total))?,
        Cell::Empty => sheet,
        Cell::Year(year) => {
            let year = i32::try_from(*year).unwrap_or_default();
            sheet.write_number_with_format(line, column, year, formats.of(PLAIN, total))?
        }
        Cell::Date(date) => sheet.write_datetime_with_format(line, column, &day(*date)?, formats.of(DAY, total))?,
        Cell::Month(month) => {
            sheet.write_datetime_with_format(line, column, &day(*month)?, formats.of(MONTH, total))?
        }
        Cell::Rate(rate) => sheet.write_number_with_format(line, column, number(*rate)?, formats.of(RATE, total))?,
        Cell::Money(money) => {
            let format = formats.of(money.currency.minor_units(), total);
            sheet.write_number_with_format(line, column, number(money.to_decimal())?, format)?
        }
        words => sheet.write_string_with_format(line, column, words.words(reader), formats.of(PLAIN, total))?,
    };
    Ok(())
}

fn day(date: NaiveDate) -> Result<ExcelDateTime> {
    let year = u16::try_from(date.year()).map_err(|_| Error::Defect(format!("XLSX: no such year: {date}")))?;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    Ok(ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))?)
}

/// XLSX knows only floating point numbers: 15 digits are exact, which is more than a form takes.
fn number(exact: Decimal) -> Result<f64> {
    exact.to_f64().ok_or_else(|| Error::Defect(format!("XLSX: no such number: {exact}")))
}
