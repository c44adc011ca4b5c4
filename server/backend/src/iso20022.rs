//! What the readers of the banks' ISO 20022 files have in common.

use chrono::NaiveDate;
use quick_xml::events::BytesRef;

/// Deepest nesting of elements; these files have about twelve levels.
pub(crate) const DEEPEST: usize = 40;

/// A sign that is written as a reference: one of the five that XML escapes, or any by its number. None for what only a
/// file itself could define.
pub(crate) fn sign(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return Some(sign);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// The day of a date, or of a date with a time.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}
