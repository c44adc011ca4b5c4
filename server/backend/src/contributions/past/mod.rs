//! The past: contributions of earlier years from a spreadsheet. The file is kept as read; what each row would do is
//! shown first; then all rows are entered or none, and a row that is known already is never entered twice.

mod import;
mod known;
mod plan;
mod sheet;

use serde::{Deserialize, Serialize};

pub use import::{PastFile, Preview, confirm, list, open, preview, upload};
pub use plan::{Outcome, PlannedRow};

domain::code_list! {
    /// How far a file of the past is.
    PastState, "past-state", { Waiting = "waiting", Imported = "imported" }
}

/// A row as read, cell by cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    /// The number of its line in the file.
    number: i64,
    /// Values in the order of [`sheet::COLUMNS`].
    cells: Vec<String>,
}
