//! Recoveries: what an organisation pays back of a grant that ended with money not spent.

use crate::contributions::FundingShare;
use crate::forms::{Form, Kind, required};
use crate::ids::ReceiptId;
use crate::money::split_in_proportion;

code_list! {
    /// How far a recovery is.
    RecoveryState, "recovery-state", {
        /// The organisation still owes some of it.
        Open = "open",
        /// Paid back, or written off, to the last cent.
        Settled = "settled",
    }
}

code_list! {
    /// What brought a recovery further.
    RecoveryStep, "recovery-step", { Received = "received", WrittenOff = "written-off" }
}

/// Days within which an organisation is to pay back.
pub const RECOVERY_DAYS: u64 = 30;

/// Entering money that an organisation paid back.
pub const RECEIVE: Form = Form {
    name: "recovery-receive",
    fields: &[
        required("amount", Kind::Amount),
        required("date", Kind::Date),
        required("bank_reference", Kind::Line(60)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Writing off what an organisation will not pay back.
pub const WRITE_OFF: Form = Form {
    name: "recovery-write-off",
    fields: &[
        required("amount", Kind::Amount),
        required("reason", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// What is still owed to one receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The receipt that paid.
    pub receipt: ReceiptId,
    /// US cents.
    pub usd_minor: i64,
}

/// The part of an amount that goes to each receipt: in proportion to what is still owed to it, to the cent, never
/// more than that. `None` when more comes than is owed. The last part leaves nothing owed to anyone.
#[must_use]
pub fn settle(amount: i64, owed: &[Owed]) -> Option<Vec<FundingShare>> {
    let weights: Vec<i64> = owed.iter().map(|row| row.usd_minor.max(0)).collect();
    if amount < 0 || weights.iter().map(|weight| i128::from(*weight)).sum::<i128>() < i128::from(amount) {
        return None;
    }
    let parts = split_in_proportion(amount, &weights);
    Some(
        owed.iter()
            .zip(parts)
            .filter(|(_, part)| *part != 0)
            .map(|(row, usd_minor)| FundingShare { receipt: row.receipt, usd_minor })
            .collect(),
    )
}
