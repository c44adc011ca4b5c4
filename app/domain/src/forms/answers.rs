//! The checked answers of a form, fetched by the field's name.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::money::Money;

/// The answer to one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Count(i64),
    Money(Money),
    Decimal(Decimal),
    Date(NaiveDate),
    Clock(NaiveTime),
    Codes(Vec<String>),
    Tick(bool),
}

/// The checked answers of a form. Getters give the empty value where an optional field was left empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(pub(super) BTreeMap<String, Value>);

impl Values {
    /// A text or a single code; empty when not given.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        match self.0.get(name) {
            Some(Value::Text(text)) => text,
            Some(Value::Codes(codes)) => codes.first().map_or("", String::as_str),
            _ => "",
        }
    }

    /// A text, none when not given.
    #[must_use]
    pub fn optional_text(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// A whole number; zero when not given.
    #[must_use]
    pub fn count(&self, name: &str) -> i64 {
        match self.0.get(name) {
            Some(Value::Count(count)) => *count,
            _ => 0,
        }
    }

    /// A whole number, none when not given.
    #[must_use]
    pub fn optional_count(&self, name: &str) -> Option<i64> {
        match self.0.get(name) {
            Some(Value::Count(count)) => Some(*count),
            _ => None,
        }
    }

    /// An amount; none when not given.
    #[must_use]
    pub fn money(&self, name: &str) -> Option<Money> {
        match self.0.get(name) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// An amount's minor units; zero when not given.
    #[must_use]
    pub fn minor(&self, name: &str) -> i64 {
        self.money(name).map_or(0, |money| money.minor)
    }

    /// A rate or per cent; none when not given.
    #[must_use]
    pub fn decimal(&self, name: &str) -> Option<Decimal> {
        match self.0.get(name) {
            Some(Value::Decimal(decimal)) => Some(*decimal),
            _ => None,
        }
    }

    /// A day; none when not given.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        match self.0.get(name) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// A time of day; none when not given.
    #[must_use]
    pub fn clock(&self, name: &str) -> Option<NaiveTime> {
        match self.0.get(name) {
            Some(Value::Clock(time)) => Some(*time),
            _ => None,
        }
    }

    /// The chosen codes.
    #[must_use]
    pub fn codes(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            Some(Value::Codes(codes)) => codes,
            _ => &[],
        }
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Tick(true)))
    }

    /// A record's number chosen from given options; none when not given or no number.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<i64> {
        self.text(name).parse().ok()
    }
}

/// The checked answers of a form with its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Fields that stand once.
    pub values: Values,
    /// Rows by group; the number is the row's number in the form.
    pub rows: BTreeMap<&'static str, Vec<(usize, Values)>>,
}

impl std::ops::Deref for Answers {
    type Target = Values;
    fn deref(&self) -> &Values {
        &self.values
    }
}

impl Answers {
    /// The rows of a group.
    #[must_use]
    pub fn group(&self, name: &str) -> &[(usize, Values)] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }
}
