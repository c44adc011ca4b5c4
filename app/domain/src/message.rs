//! A text that the code wants a person to read, as a key of the locale files with typed arguments.
//! Whoever shows it puts it into the reader's language.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::money::Money;

/// A value inside a message, written out in the reader's way when shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    /// Text as it stands.
    Text(String),
    /// A key of the locale files, looked up first.
    Key(String),
    /// Keys of the locale files, looked up and listed one after the other.
    Keys(Vec<String>),
    /// A whole number; plural rules apply.
    Number(i64),
    /// An amount with its currency.
    Money(Money),
    /// A calendar day.
    Date(NaiveDate),
    /// An instant, shown in Vienna time.
    Instant(DateTime<Utc>),
}

/// A key of the locale files and its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Key in the locale files.
    pub key: String,
    /// Named arguments.
    pub arguments: Vec<(String, Argument)>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), arguments: Vec::new() }
    }

    /// Adds a named argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name.to_owned(), value.into()));
        self
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<Money> for Argument {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}
impl From<NaiveDate> for Argument {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}
impl From<DateTime<Utc>> for Argument {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant)
    }
}
