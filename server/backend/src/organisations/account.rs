//! An account as it is sealed in the database, and the rules for its numbers.

use domain::countries::{is_country, sovereign};
use domain::errors::FieldErrors;
use domain::forms::Values;
use domain::message::Message;
use domain::organisations::{Address, SHORTEST_ACCOUNT_NUMBER};
use serde::{Deserialize, Serialize};

use super::latin::latin;
use crate::error::Result;
use crate::sealed::BankKeys;

/// An account. It has no `Debug`, so that no log shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) account_holder: String,
    /// The holder as banks are to spell it; empty where the name itself can stand in an order.
    #[serde(default)]
    pub(crate) holder_latin: String,
    pub(crate) bank_name: String,
    pub(crate) bank_country: String,
    pub(crate) account_number: String,
    pub(crate) bic: String,
    /// Where the holder is, of the Fund's own account; an organisation's address stands in its profile.
    #[serde(default)]
    pub(crate) address: Option<Address>,
}

/// What the account of an organisation is sealed for.
pub(crate) fn about_organisation(organisation: i64) -> String {
    format!("organisation/{organisation}")
}

impl Account {
    /// An account from a form with these fields; what keeps it from being paid to goes to the errors.
    pub(crate) fn read(answers: &Values, errors: &mut FieldErrors) -> Self {
        let address = Address::of(answers);
        let account = Self {
            account_holder: answers.text("account_holder").to_owned(),
            holder_latin: answers.text("holder_latin").to_owned(),
            bank_name: answers.text("bank_name").to_owned(),
            bank_country: answers.text("bank_country").to_owned(),
            account_number: written(answers.text("account_number")),
            bic: compact(answers.text("bic")),
            address: (!address.town.is_empty()).then_some(address),
        };
        for fault in account.faults().0 {
            if errors.of(&fault.field).is_none() {
                errors.0.push(fault);
            }
        }
        account
    }

    /// What keeps the account from standing in a payment order, by field.
    pub(crate) fn faults(&self) -> FieldErrors {
        let mut faults = FieldErrors::default();
        let mut add = |field: &str, key: &str| faults.add(field, Message::new(key));
        if !self.account_holder.is_empty() && self.order_name().is_none() {
            add("holder_latin", "error-holder-latin");
        }
        if let Some(key) = number_fault(&self.account_number) {
            add("account_number", key);
        } else if self.is_iban() && !in_country(&self.account_number, 0, &self.bank_country) {
            add("account_number", "error-iban-country");
        }
        if !is_bic(&self.bic) {
            add("bic", "error-bic");
        } else if !in_country(&self.bic, 4, &self.bank_country) {
            add("bic", "error-bic-country");
        }
        faults.0.extend(self.address.iter().flat_map(|address| address_faults(address).0));
        faults
    }

    /// The key of what keeps the account from standing in an order beside its holder's address, if anything.
    pub(crate) fn order_fault(&self, address: &Address) -> Option<String> {
        let first = |faults: FieldErrors| faults.0.into_iter().next().map(|fault| fault.message.key);
        let town = address.town.is_empty().then(|| "refused-order-town".to_owned());
        first(self.faults()).or(town).or_else(|| first(address_faults(address)))
    }

    /// The holder as an order spells it.
    pub(crate) fn order_name(&self) -> Option<String> {
        latin(if self.holder_latin.is_empty() { &self.account_holder } else { &self.holder_latin })
    }

    /// Seals it for a record.
    pub(crate) fn seal(&self, keys: &BankKeys, about: &str) -> Result<String> {
        keys.seal(about, &serde_json::to_string(self)?)
    }

    /// Opens what was sealed for a record.
    pub(crate) fn open(keys: &BankKeys, about: &str, sealed: &str) -> Result<Self> {
        Ok(serde_json::from_str(&keys.open(about, sealed)?)?)
    }

    /// The last characters of the number, by which people tell accounts apart.
    pub(crate) fn ending(&self) -> String {
        ending(&self.account_number)
    }

    /// True when the number has the form of an IBAN.
    pub(crate) fn is_iban(&self) -> bool {
        let plain = self.account_number.chars().all(|character| character.is_ascii_alphanumeric());
        plain && looks_like_iban(&self.account_number) && iban_holds(&self.account_number)
    }
}

/// The last characters of an account's number, which may be shown.
pub(crate) fn ending(number: &str) -> String {
    let skip = number.chars().count().saturating_sub(4);
    number.chars().skip(skip).collect()
}

/// What the audit trail, which more people read, says of an account.
#[derive(Serialize)]
pub(crate) struct Masked {
    account_holder: String,
    holder_latin: String,
    bank_name: String,
    bank_country: String,
    account_number: String,
    bic: String,
}

impl Masked {
    pub(crate) fn of(account: &Account) -> Self {
        let first = |text: &str| text.chars().next().map_or_else(String::new, |first| format!("{first}…"));
        Self {
            account_holder: first(&account.account_holder),
            holder_latin: first(&account.holder_latin),
            bank_name: first(&account.bank_name),
            bank_country: account.bank_country.clone(),
            account_number: format!("…{}", account.ending()),
            bic: account.bic.chars().take(4).chain(['…']).collect(),
        }
    }
}

/// People write numbers in groups; banks do not.
fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The number as banks write it: an IBAN without signs between its groups, other numbers with them.
pub(crate) fn written(number: &str) -> String {
    let number = compact(number);
    let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    if looks_like_iban(&plain) && iban_holds(&plain) { plain } else { number }
}

/// What is wrong with the parts of an address, each of which an order has to be able to carry.
pub(crate) fn address_faults(address: &Address) -> FieldErrors {
    let mut faults = FieldErrors::default();
    for (name, text) in address.parts() {
        if !text.is_empty() && latin(text).is_none() {
            faults.add(name, Message::new("error-latin"));
        }
    }
    faults
}

/// The key of what is wrong with a number, if anything.
pub(crate) fn number_fault(number: &str) -> Option<&'static str> {
    let plain = number.chars().all(|character| character.is_ascii_alphanumeric() || "-/.".contains(character));
    if number.len() < SHORTEST_ACCOUNT_NUMBER || !plain {
        return Some("error-account-number");
    }
    (looks_like_iban(number) && !iban_holds(number)).then_some("error-iban")
}

/// Whether a BIC has the form of ISO 9362, with the code of a country or of a territory of one.
fn is_bic(bic: &str) -> bool {
    let signs = bic.bytes().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
    let letters = bic.bytes().take(6).all(|sign| sign.is_ascii_uppercase());
    let country = bic.get(4..6).map(sovereign).is_some_and(is_country);
    matches!(bic.len(), 8 | 11) && signs && letters && country
}

/// Whether the country that a number names at a place is the bank's. A form without the bank's country says so itself.
fn in_country(number: &str, at: usize, bank_country: &str) -> bool {
    bank_country.is_empty() || number.get(at..at + 2).map(sovereign) == Some(bank_country)
}

fn looks_like_iban(number: &str) -> bool {
    let mut characters = number.chars();
    let country = characters.by_ref().take(2).all(|character| character.is_ascii_alphabetic());
    let digits = characters.take(2).all(|character| character.is_ascii_digit());
    country && digits && number.len() >= 15
}

/// The check digits of ISO 13616: the number read as one large number leaves 1 when divided by 97.
fn iban_holds(number: &str) -> bool {
    let rotated = number.chars().skip(4).chain(number.chars().take(4));
    let rest = rotated.filter_map(|character| character.to_digit(36)).fold(0_u32, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_with_a_slip_is_noticed() {
        assert!(iban_holds("GB82WEST12345698765432"));
        assert!(!iban_holds("GB82WEST12345698765423"));
        assert!(!looks_like_iban("0012345678"));
    }

    fn faults(change: impl Fn(&mut Account)) -> Vec<String> {
        let mut account = Account {
            account_holder: "Casa Aurora".to_owned(),
            holder_latin: String::new(),
            bank_name: "Westbank".to_owned(),
            bank_country: "GB".to_owned(),
            account_number: "GB82WEST12345698765432".to_owned(),
            bic: "WESTGB2L".to_owned(),
            address: None,
        };
        change(&mut account);
        account.faults().0.into_iter().map(|fault| format!("{} {}", fault.field, fault.message.key)).collect()
    }

    #[test]
    fn what_contradicts_itself_or_no_bank_could_read_is_told_by_its_field() {
        assert!(faults(|_| {}).is_empty());
        let holder = |latin: &'static str| {
            faults(move |account| {
                account.account_holder = "आश्रय नेपाल".to_owned();
                account.holder_latin = latin.to_owned();
            })
        };
        assert_eq!(holder(""), ["holder_latin error-holder-latin"]);
        assert_eq!(holder("आश्रय"), ["holder_latin error-holder-latin"]);
        assert!(holder("Ashraya Nepal").is_empty());
        for bic in ["XXXXXXXX", "WESTZZ2L", "WESTGB2", "WESTGB2LAB", "WEST1B2L", "WESTGB2É"] {
            assert_eq!(faults(|account| account.bic = bic.to_owned()), ["bic error-bic"], "{bic}");
        }
        assert_eq!(faults(|account| account.bic = "BKAUATWW".to_owned()), ["bic error-bic-country"]);
        assert!(
            faults(|account| account.bic = "WESTJESH".to_owned()).is_empty(),
            "Jersey's banks have British numbers"
        );
        let abroad = |account: &mut Account| account.account_number = "AT611904300234573201".to_owned();
        assert_eq!(faults(abroad), ["account_number error-iban-country"]);
        let both = faults(|account| account.bank_country = "AT".to_owned());
        assert_eq!(both, ["account_number error-iban-country", "bic error-bic-country"]);
        let town = |town: &'static str| {
            faults(move |account| {
                account.address = Some(Address { town: town.to_owned(), ..Address::default() });
            })
        };
        assert_eq!(town("काठमाडौं"), ["town error-latin"]);
        assert!(town("São Paulo").is_empty());
    }

    #[test]
    fn only_the_last_four_characters_show() {
        let account = Account {
            account_holder: "Casa Aurora".to_owned(),
            holder_latin: String::new(),
            address: None,
            bank_name: "Himal Bank".to_owned(),
            bank_country: "NP".to_owned(),
            account_number: "GB82WEST12345698765432".to_owned(),
            bic: "HIMANPKA".to_owned(),
        };
        assert_eq!(written("gb82-west 1234-5698-7654-32"), account.account_number);
        assert_eq!(written("001-234 567/8"), "001-234567/8", "no IBAN stays as it is");
        assert_eq!(account.ending(), "5432");
        let masked = serde_json::to_string(&Masked::of(&account)).unwrap_or_default();
        for secret in ["Casa", "Himal", "WEST", "HIMANPKA"] {
            assert!(!masked.contains(secret), "{masked}");
        }
    }
}
