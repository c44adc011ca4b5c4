//! Bank statements: read from camt.053 or from a bank's table, kept line by line, and each line taken for a pledge or
//! held. Importing moves no money; taking a line does.

mod camt;
mod import;
pub mod queries;
mod table;
mod take;

use chrono::NaiveDate;
use domain::money::Money;

pub use import::{discard, import};
pub use take::{hold_line, hold_rest, match_line, match_sure};

domain::code_list! {
    /// What became of a line.
    LineState, "line-state", {
        /// Waits for somebody to say what it is.
        New = "new",
        /// Waits, too, and is taken by hand only: the books hold other money under the same bank reference.
        Doubtful = "doubtful",
        Matched = "matched",
        Held = "held",
        /// Was entered before, by hand or from another file.
        Known = "known",
        /// The bank took back money that came in: its receipt, if it was entered, is to be taken back.
        Reversed = "reversed",
        /// Money that went out: not a contribution.
        Ignored = "ignored",
    }
}

impl LineState {
    /// The lines of which somebody has to say what they are.
    pub(crate) const WAITING: [Self; 2] = [Self::New, Self::Doubtful];

    /// True for lines of which somebody has to say what they are.
    #[must_use]
    pub fn waits(self) -> bool {
        Self::WAITING.contains(&self)
    }
}

domain::code_list! {
    /// How the file was written.
    StatementFormat, "bank-statement-format", { Camt = "camt", Table = "table" }
}

domain::code_list! {
    /// Whether a statement counts.
    StatementState, "bank-statement-state", { Imported = "imported", Discarded = "discarded" }
}

/// A line as read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ParsedLine {
    /// True for money that came in.
    credit: bool,
    /// True where the bank takes back an earlier line.
    reversal: bool,
    amount: Money,
    /// What banks kept, in minor units of the same currency.
    charge_minor: i64,
    date: NaiveDate,
    payer: String,
    text: String,
    /// The bank's own, which names the line for ever; empty where it has none.
    bank_reference: String,
    /// Others that came with the payment.
    references: Vec<String>,
}

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ParsedStatement {
    account: String,
    lines: Vec<ParsedLine>,
    /// Entries that the bank has not booked yet.
    pending: i64,
}
