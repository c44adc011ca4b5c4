//! The texts and number signs that an island receives from the server.

use std::collections::BTreeMap;

use domain::message::{Argument, Message};
use domain::money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How the reader writes numbers and amounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberLook {
    /// Between thousands.
    pub group: String,
    /// Before the decimals.
    pub decimal: String,
    /// The currency's code stands before the amount.
    pub code_first: bool,
    /// Between a number and the sign of per cent.
    pub before_percent: String,
}

impl NumberLook {
    /// A decimal number with the digits that it has.
    #[must_use]
    pub fn number(&self, number: Decimal) -> String {
        let plain = number.abs().to_string();
        let (whole, fraction) =
            plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
        let mut text = String::from(if number.is_sign_negative() && !number.is_zero() { "-" } else { "" });
        for (position, digit) in whole.char_indices() {
            if position > 0 && (whole.len() - position) % 3 == 0 {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push_str(&self.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// A percentage.
    #[must_use]
    pub fn percent(&self, number: Decimal) -> String {
        format!("{}{}%", self.number(number), self.before_percent)
    }

    /// An amount with its currency.
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        let number = self.number(money.to_decimal());
        if self.code_first {
            format!("{}\u{a0}{number}", money.currency)
        } else {
            format!("{number}\u{a0}{}", money.currency)
        }
    }

    /// US cents without the currency.
    #[must_use]
    pub fn usd(&self, minor: i64) -> String {
        self.number(Money::usd(minor).to_decimal())
    }
}

/// Texts by key. Places for values are written `{name}`, as the server left them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    texts: BTreeMap<String, String>,
    /// How numbers are written.
    pub look: NumberLook,
}

impl Words {
    /// Words made on the server.
    #[must_use]
    pub const fn new(texts: BTreeMap<String, String>, look: NumberLook) -> Self {
        Self { texts, look }
    }

    /// The text of a key; the key itself when the server did not send it.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.texts.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// A text with a value put in.
    #[must_use]
    pub fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.get(key).replace(&format!("{{{name}}}"), value)
    }

    /// A message with its values put in.
    #[must_use]
    pub fn message(&self, message: &Message) -> String {
        message.arguments.iter().fold(self.get(&message.key), |text, (name, value)| {
            let shown = match value {
                Argument::Text(text) => text.clone(),
                Argument::Key(key) => self.get(key),
                Argument::Keys(keys) => keys.iter().map(|key| self.get(key)).collect::<Vec<_>>().join(", "),
                Argument::Number(number) => self.look.number(Decimal::from(*number)),
                Argument::Money(money) => self.look.money(*money),
                Argument::Date(date) => date.to_string(),
                Argument::Instant(instant) => instant.format("%Y-%m-%d %H:%M UTC").to_string(),
            };
            text.replace(&format!("{{{name}}}"), &shown)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_the_readers_signs() {
        let english = NumberLook {
            group: ",".to_owned(),
            decimal: ".".to_owned(),
            code_first: true,
            before_percent: String::new(),
        };
        let french = NumberLook {
            group: "\u{202f}".to_owned(),
            decimal: ",".to_owned(),
            code_first: false,
            before_percent: "\u{a0}".to_owned(),
        };
        assert_eq!(english.usd(123_456_789), "1,234,567.89");
        assert_eq!(english.usd(-5), "-0.05");
        assert_eq!(french.usd(6_000_000), "60\u{202f}000,00");
    }

    #[test]
    fn values_take_their_places_in_a_text() {
        let words = Words::new(
            BTreeMap::from([("sum".to_owned(), "Asked {amount} of {most}".to_owned())]),
            NumberLook {
                group: ",".to_owned(),
                decimal: ".".to_owned(),
                code_first: true,
                before_percent: String::new(),
            },
        );
        let message = Message::new("sum").with("amount", Money::usd(150)).with("most", 7_i64);
        assert_eq!(words.message(&message), "Asked USD\u{a0}1.50 of 7");
    }
}
