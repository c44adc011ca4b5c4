//! What the bank's files say of payments: camt.053 (statement) and camt.054 (notification), any version. Only what is
//! needed to find a payment again is taken; amounts and names of others are passed over.

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::money::Money;

use crate::camt::{self, Entry, Payment};
use crate::files;

/// A booked transaction that names a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Transaction {
    /// The payment's identification.
    pub(super) end_to_end_id: String,
    /// True when money came in: the payment was sent back.
    pub(super) is_credit: bool,
    /// True where the bank takes back an earlier entry.
    pub(super) is_reversal: bool,
    /// The amount: of a payment what was ordered, of one that was sent back what arrived, which may be less. None when
    /// the file says it in a way that is not understood.
    pub(super) amount: Option<Money>,
    /// The day of booking.
    pub(super) booked_on: Option<NaiveDate>,
    /// The bank's reference.
    pub(super) reference: String,
    /// Why it came back, as the bank says.
    pub(super) reason: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BankFile {
    /// `camt.053` or `camt.054`.
    pub(super) kind: &'static str,
    pub(super) transactions: Vec<Transaction>,
}

/// Reads a file.
///
/// # Errors
/// `file`: in an encoding that cannot be read, neither camt.053 nor camt.054, broken or hostile XML, or an unknown currency.
pub(super) fn read(bytes: &[u8]) -> Result<BankFile, AppError> {
    let text = files::decode(bytes).map_err(|message| files::wrong("file", message))?;
    let file = camt::read(&text)?;
    let booked = file.entries.iter().filter(|entry| entry.is_booked());
    Ok(BankFile { kind: file.kind.name(), transactions: booked.flat_map(of_entry).collect() })
}

/// The transactions of an entry that name a payment.
fn of_entry(entry: &Entry) -> Vec<Transaction> {
    let own = &entry.own;
    let named = entry.parts.iter().filter(|part| !part.end_to_end_id.is_empty());
    named
        .map(|part| {
            // An entry's own amount is that of a single payment only.
            let single = if entry.parts.len() == 1 { own.amount } else { None };
            let is_credit = part.credit.or(own.credit) == Some(true);
            let end_to_end_id = part.end_to_end_id.clone();
            let reference = match (part.bank_reference.as_str(), own.bank_reference.as_str()) {
                ("", "") => end_to_end_id.clone(),
                ("", entry) => format!("{entry}/{end_to_end_id}"),
                (payment, _) => payment.to_owned(),
            };
            Transaction {
                is_credit,
                is_reversal: entry.reversal,
                amount: if is_credit { arrived(entry, part) } else { part.instructed.or(part.amount).or(single) },
                booked_on: entry.booked.or(entry.valued),
                reference: reference.chars().take(60).collect(),
                reason: part.returned.join(" "),
                end_to_end_id,
            }
        })
        .collect()
}

/// What arrived on the account of a payment that was sent back: what was ordered once may have become less on the way.
fn arrived(entry: &Entry, part: &Payment) -> Option<Money> {
    if entry.parts.len() == 1 {
        return entry.own.amount.or(part.amount);
    }
    let whole = entry.own.amount?;
    let sum = entry.parts.iter().try_fold(0_i64, |sum, one| {
        let amount = one.amount.filter(|amount| amount.currency == whole.currency)?;
        let same_way = one.credit.is_none() || one.credit == entry.own.credit;
        if same_way { sum.checked_add(amount.minor) } else { sum.checked_sub(amount.minor) }
    });
    // Parts that do not add up to what was booked do not say what arrived.
    part.amount.filter(|_| sum == Some(whole.minor))
}
