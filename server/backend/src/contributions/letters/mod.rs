//! The acknowledgement of a receipt: a letter and a numbered receipt, in the donor's language, as one PDF. What it says
//! is kept when it is issued, so that it is the same for ever, to the byte.

mod issue;
mod pdf;

use serde::{Deserialize, Serialize};

pub use issue::{IssuedLetter, download, issue, issued};

/// Everything that stands on the two pages, as it was written once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Letter {
    /// Such as `L-2026-0001`.
    number: String,
    /// The language's tag.
    language: String,
    /// The Fund's name and place.
    sender: Vec<String>,
    /// Name and place of the donor.
    recipient: Vec<String>,
    /// Place and day.
    dated: String,
    subject: String,
    /// The paragraphs of the letter.
    paragraphs: Vec<String>,
    /// The heading of the receipt.
    receipt_title: String,
    /// Names and values of the receipt.
    rows: Vec<(String, String)>,
    /// What stands below.
    notes: Vec<String>,
}
