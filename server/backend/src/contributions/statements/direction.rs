//! How a bank's table says whether money came in or went out, where no sign before the amount does.

use domain::errors::{AppError, FieldErrors};
use domain::message::Message;

use super::table::{Columns, Places};

/// Headings that banks use for a column that says it, in small letters.
pub(super) const HEADINGS: &[&str] = &[
    "db/cr",
    "dr/cr",
    "cr/dr",
    "cr/db",
    "d/c",
    "c/d",
    "dc",
    "debit/credit",
    "credit/debit",
    "debit or credit",
    "debit/credit indicator",
    "credit/debit indicator",
    "soll/haben",
    "s/h",
    "sens",
    "débit/crédit",
    "crédit/débit",
    "debe/haber",
];
const CREDIT: &[&str] = &["c", "cr", "crdt", "credit", "crédit", "h", "haben", "haber", "crédito", "+"];
const DEBIT: &[&str] = &["d", "dr", "db", "dbit", "debit", "débit", "s", "soll", "debe", "débito", "-", "\u{2212}"];

/// What a word says of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Direction {
    /// True for money that came in.
    pub(super) credit: bool,
    /// True where the bank takes back an earlier line; the words for it are those of MT940.
    pub(super) reversal: bool,
}

impl Direction {
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = word.trim().trim_end_matches('.').to_lowercase();
        let is = |words: &[&str]| words.contains(&word.as_str());
        let (credit, reversal) = match word.as_str() {
            "rc" => (false, true),
            "rd" => (true, true),
            _ if is(CREDIT) => (true, false),
            _ if is(DEBIT) => (false, false),
            _ => return None,
        };
        Some(Self { credit, reversal })
    }
}

/// An amount without the sign or the word that it bears, and whether that says that it went out.
pub(super) fn split(text: &str) -> (&str, bool) {
    let is_minus = |sign: char| matches!(sign, '-' | '\u{2212}');
    let text = text.trim();
    if let Some(rest) = text.strip_prefix(is_minus).or_else(|| text.strip_suffix(is_minus)) {
        return (rest.trim(), true);
    }
    let number = text.trim_end_matches(|sign: char| sign.is_alphabetic() || sign == '.');
    match Direction::of(text.get(number.len()..).unwrap_or_default()) {
        Some(direction) if !direction.reversal => (number.trim(), !direction.credit),
        _ => (text, false),
    }
}

/// The column that says it, where its heading does not tell: one in which nothing but such words stands.
///
/// # Errors
/// `column_direction`, where no amount has a minus and no column is that of debits: some words of a column say it and
/// others do not, or the column that is remembered is not there.
pub(super) fn find(
    heads: &[String],
    rows: &[(i64, Vec<String>)],
    places: &Places,
    columns: &mut Columns,
) -> Result<Option<usize>, AppError> {
    let cell = |row: &[String], place: Option<usize>| place.and_then(|at| row.get(at)).cloned().unwrap_or_default();
    let with_amount: Vec<&Vec<String>> =
        rows.iter().map(|(_, row)| row).filter(|row| !cell(row, places.amount).is_empty()).collect();
    if places.debit.is_some() || with_amount.iter().any(|row| split(&cell(row, places.amount)).1) {
        return Ok(None);
    }
    let refuse = |key: &str, column: &str| {
        let message = Message::new(key).with("column", column.chars().take(60).collect::<String>());
        Err(AppError::Invalid(FieldErrors::one("column_direction", message)))
    };
    let widest = with_amount.iter().map(|row| row.len()).max().unwrap_or(0);
    for place in (0..widest).filter(|place| !places.is_taken(*place)) {
        let words: Vec<String> = with_amount.iter().map(|row| cell(row, Some(place))).collect();
        let debits = words.iter().filter(|word| Direction::of(word).is_some_and(|found| !found.credit));
        // A letter alone may be anything else, unless its counterpart is there, too.
        let (debits, spelt_out) = (debits.clone().count(), debits.filter(|word| word.chars().count() > 1).count());
        let heading = heads.get(place).cloned().unwrap_or_default();
        let is_known = |word: &String| Direction::of(word).is_some() && word.contains(char::is_alphabetic);
        let both = debits > 0 && debits < words.len();
        if words.iter().all(is_known) && (spelt_out > 0 || both) {
            columns.direction = heading;
            return Ok(Some(place));
        }
        if spelt_out > 0 {
            return refuse("error-statement-direction", &heading);
        }
    }
    match [&columns.direction, &columns.debit].into_iter().find(|column| !column.is_empty()) {
        Some(column) if !with_amount.is_empty() => refuse("error-statement-direction-gone", column),
        _ => Ok(None),
    }
}
