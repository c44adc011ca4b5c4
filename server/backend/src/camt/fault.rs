//! What cannot be understood of an entry: kept with it, so that whoever reads the file is told where, and what is there.

use chrono::NaiveDate;
use domain::message::Message;
use domain::money::{Currency, Money};

use super::{Entry, Payment};

/// Stands for words that are not there.
const NOTHING: &str = "–";

/// Something in an entry that cannot be understood, or is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// `amount`, `currency`, `direction`, `date`, `reversal` or `status`.
    pub(crate) what: &'static str,
    /// The words of the file.
    pub(crate) value: String,
}

impl Fault {
    pub(super) fn of(what: &'static str, value: &str) -> Self {
        Self { what, value: value.chars().take(40).collect() }
    }

    /// The fault as the message `error-bank-file-entry-…`, with the entry's place in the file and its name.
    pub(crate) fn message(&self, number: usize, entry: &Entry) -> Message {
        Message::new(format!("error-bank-file-entry-{}", self.what))
            .with("number", number)
            .with("reference", entry.name().chars().take(60).collect::<String>())
            .with("value", if self.value.is_empty() { NOTHING } else { self.value.as_str() })
    }
}

impl Entry {
    /// What cannot be understood of the entry or of its payments, or is not said. Nothing of such an entry is money that
    /// a program may enter.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let of_parts = self.parts.iter().flat_map(|part| &part.faults);
        let mut faults: Vec<Fault> = self.faults.iter().chain(&self.own.faults).chain(of_parts).cloned().collect();
        let unclear = |what: &str| faults.iter().any(|fault| fault.what == what);
        let missing: Vec<Fault> = [
            ("status", self.status == "BOOK", self.status.as_str()),
            ("amount", self.own.amount.is_some() || unclear("currency"), ""),
            ("direction", self.own.credit.is_some(), ""),
            ("date", self.valued.or(self.booked).is_some(), ""),
        ]
        .into_iter()
        .filter(|(what, is_said, _)| !is_said && !unclear(what))
        .map(|(what, _, value)| Fault::of(what, value))
        .collect();
        faults.extend(missing);
        faults
    }

    /// The day of a date, or of a date with a time.
    pub(super) fn day(&mut self, text: &str) -> Option<NaiveDate> {
        let day = text.get(..10).and_then(|day| day.parse().ok());
        if day.is_none() {
            self.faults.push(Fault::of("date", text));
        }
        day
    }

    /// What names the entry for a person who looks for it: the bank's reference, or the payment's.
    pub(crate) fn name(&self) -> &str {
        let all = std::iter::once(&self.own).chain(&self.parts);
        let mut names = all.flat_map(|one| [one.bank_reference.as_str(), one.end_to_end_id.as_str()]);
        names.find(|name| !name.is_empty()).unwrap_or(NOTHING)
    }
}

impl Payment {
    /// An amount, with the attribute that says its currency.
    pub(super) fn money(&mut self, text: &str, currency: Option<&str>) -> Option<Money> {
        let Some(known) = currency.and_then(Currency::from_code) else {
            self.faults.push(Fault::of("currency", currency.unwrap_or_default()));
            return None;
        };
        let money = Money::parse_plain(text, known).filter(|money| money.minor >= 0);
        if money.is_none() {
            self.faults.push(Fault::of("amount", text));
        }
        money
    }
}
