//! Texts, dates and money in the reader's way, inside views.

use chrono::{DateTime, NaiveDate, Utc};
use domain::message::{Argument, Message};
use domain::money::Money;
use i18n::Reader;
use leptos::prelude::*;
use rust_decimal::Decimal;

/// The reader of the page being drawn.
#[must_use]
pub fn reader() -> Reader {
    use_context::<Reader>().unwrap_or_else(|| Reader::new(domain::users::Language::English))
}

/// The text of a key.
#[must_use]
pub fn t(key: &str) -> String {
    reader().text(key)
}

/// The text of a key with arguments.
#[must_use]
pub fn tw(key: &str, arguments: &[(&'static str, Argument)]) -> String {
    reader().with(key, arguments)
}

/// The text of a key with `{name}` where each value will stand; an island puts the values in.
#[must_use]
pub fn template(key: &str, names: &[&'static str]) -> String {
    let places: Vec<(&'static str, Argument)> =
        names.iter().map(|name| (*name, format!("{{{name}}}").into())).collect();
    tw(key, &places)
}

/// A message.
#[must_use]
pub fn tm(message: &Message) -> String {
    reader().message(message)
}

/// An argument of [`tw`].
#[must_use]
pub fn argument(value: impl Into<Argument>) -> Argument {
    value.into()
}

/// The label of a code of a list: `label("theme", "trafficking")`; the code itself where it is none.
#[must_use]
pub fn label(prefix: &str, code: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    reader().optional(&format!("{prefix}-{code}")).unwrap_or_else(|| code.to_owned())
}

/// A day.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    reader().date(date)
}

/// An instant in Vienna time.
#[must_use]
pub fn instant(instant: DateTime<Utc>) -> String {
    reader().instant(instant)
}

/// An amount that does not break over lines.
pub fn money(amount: Money) -> AnyView {
    let text = reader().money(amount);
    view! { <span class="money">{text}</span> }.into_any()
}

/// US cents as an amount.
pub fn usd(minor: i64) -> AnyView {
    money(Money::usd(minor))
}

/// A whole number.
#[must_use]
pub fn count(number: i64) -> String {
    reader().number(number)
}

/// A percentage.
#[must_use]
pub fn percent(number: Decimal) -> String {
    reader().percent(number)
}

/// A state as a tag, with its tone: `neutral`, `info`, `good`, `warning` or `bad`. The key is the label's.
pub fn status(key: &str, tone: &str) -> AnyView {
    view! { <span class=format!("status status-{tone}")>{t(key)}</span> }.into_any()
}
