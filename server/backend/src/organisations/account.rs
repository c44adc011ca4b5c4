//! An account as it is sealed in the database, and the rules for its numbers.

use domain::errors::FieldErrors;
use domain::forms::Values;
use domain::message::Message;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::sealed::BankKeys;

/// Shortest account number; the last characters of a shorter one would give all of it away.
const SHORTEST_NUMBER: usize = 6;

/// An account. It has no `Debug`, so that no log shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) account_holder: String,
    pub(crate) bank_name: String,
    pub(crate) bank_country: String,
    pub(crate) account_number: String,
    pub(crate) bic: String,
}

/// What the account of an organisation is sealed for.
pub(crate) fn about_organisation(organisation: i64) -> String {
    format!("organisation/{organisation}")
}

impl Account {
    /// An account from a form with these fields; what is wrong with its numbers goes to the errors.
    pub(crate) fn read(answers: &Values, errors: &mut FieldErrors) -> Self {
        let account = Self {
            account_holder: answers.text("account_holder").to_owned(),
            bank_name: answers.text("bank_name").to_owned(),
            bank_country: answers.text("bank_country").to_owned(),
            account_number: written(answers.text("account_number")),
            bic: compact(answers.text("bic")),
        };
        check(&account.account_number, &account.bic, errors);
        account
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
fn written(number: &str) -> String {
    let number = compact(number);
    let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    if looks_like_iban(&plain) && iban_holds(&plain) { plain } else { number }
}

fn check(number: &str, bic: &str, errors: &mut FieldErrors) {
    let plain =
        |text: &str| text.chars().all(|character| character.is_ascii_alphanumeric() || "-/.".contains(character));
    if errors.of("account_number").is_none() {
        if number.len() < SHORTEST_NUMBER || !plain(number) {
            errors.add("account_number", Message::new("error-account-number"));
        } else if looks_like_iban(number) && !iban_holds(number) {
            errors.add("account_number", Message::new("error-iban"));
        }
    }
    let letters = bic.chars().take(6).all(|character| character.is_ascii_alphabetic());
    let fits = matches!(bic.len(), 8 | 11) && letters && bic.chars().all(|character| character.is_ascii_alphanumeric());
    if errors.of("bic").is_none() && !fits {
        errors.add("bic", Message::new("error-bic"));
    }
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

    #[test]
    fn only_the_last_four_characters_show() {
        let account = Account {
            account_holder: "Casa Aurora".to_owned(),
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
