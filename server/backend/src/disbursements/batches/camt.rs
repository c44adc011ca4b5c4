//! What the bank's files say of payments: camt.053 (statement) and camt.054 (notification), any version. Only what is
//! needed to find a payment again is taken; amounts and names of others are passed over.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::message::Message;
use domain::money::{Currency, Money};

use crate::camt::{self, Entry, Payment};
use crate::files;

/// A booked transaction that names a payment.
#[derive(Clone, Debug, PartialEq)]
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
    /// What of its entry cannot be understood: then a person has to look at it.
    pub(super) fault: Option<Message>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BankFile {
    /// `camt.053` or `camt.054`.
    pub(super) kind: &'static str,
    /// The numbers of the accounts it tells of.
    pub(super) accounts: Vec<String>,
    /// The currencies of what is booked.
    pub(super) currencies: BTreeSet<Currency>,
    pub(super) transactions: Vec<Transaction>,
}

/// Reads a file.
///
/// # Errors
/// `file`: in an encoding that cannot be read, neither camt.053 nor camt.054, or broken or hostile XML.
pub(super) fn read(bytes: &[u8]) -> Result<BankFile, AppError> {
    let text = files::decode(bytes).map_err(|message| files::wrong("file", message))?;
    let file = camt::read(&text)?;
    let told = || file.entries.iter().enumerate().filter(|(_, entry)| !entry.is_pending());
    let transactions = told().flat_map(|(place, entry)| of_entry(place + 1, entry)).collect();
    let currencies = told().filter_map(|(_, entry)| entry.own.amount).map(|amount| amount.currency).collect();
    Ok(BankFile { kind: file.kind.name(), accounts: file.accounts.into_iter().collect(), currencies, transactions })
}

/// The transactions of an entry that name a payment.
fn of_entry(number: usize, entry: &Entry) -> Vec<Transaction> {
    let own = &entry.own;
    let fault = entry.faults().first().map(|fault| fault.message(number, entry));
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
                fault: fault.clone(),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_in_an_odd_entry_is_left_to_a_person() {
        let file = |way: &str, amount: &str| {
            let entry = format!(
                "<Ntry><Amt Ccy=\"USD\">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-04-10</Dt>\
                 </BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>UNVTF-1</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>"
            );
            let file = format!(
                "<?xml version=\"1.0\" encoding=\"windows-1252\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:\
                 camt.054.001.04\"><BkToCstmrDbtCdtNtfctn><Ntfctn>{entry}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
            );
            let fault = read(file.as_bytes()).unwrap().transactions[0].fault.clone();
            fault.map(|fault| fault.key)
        };
        assert_eq!(file("DBIT", "5.00"), None);
        assert_eq!(file("dbit", "5.00").as_deref(), Some("error-bank-file-entry-direction"));
        assert_eq!(file("DBIT", "5,00").as_deref(), Some("error-bank-file-entry-amount"));
    }
}
