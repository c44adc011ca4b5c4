//! Locale files, and dates, numbers and money in the reader's way. Server only: islands receive their few
//! texts as properties, so that no translation runtime reaches the browser.

mod format;
mod pseudo;
mod rules;

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::message::{Argument, Message};
use domain::money::Money;
use domain::users::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader as _, static_loader};
use rust_decimal::Decimal;
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // Isolation marks would stand in subjects of mails and in titles; whole texts have one direction here.
            bundle.set_use_isolating(false);
            let is_french = bundle.locales.first() == Some(&FRENCH);
            bundle.set_formatter(Some(if is_french { grouped_in_french } else { grouped_in_english }));
            let language = if is_french { Language::French } else { Language::English };
            // It could only be refused where the bundle had a function of that name already.
            let _new = bundle.add_function("RULE", move |named, _| rules::value(language, named));
        },
    };
}

/// Whole numbers inside texts, with the thousands grouped as in the language of the text.
fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.as_string().parse().ok()?;
    Some(Reader::new(language).number(whole))
}

fn grouped_in_english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(Language::English, value)
}

fn grouped_in_french<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(Language::French, value)
}

const ENGLISH: LanguageIdentifier = langid!("en");
const FRENCH: LanguageIdentifier = langid!("fr");

/// The tag of the mirrored pseudo-locale, which shows texts that escaped translation and right-to-left layout.
pub const PSEUDO_TAG: &str = "ar-XB";

/// In which way somebody reads: language, direction, formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    language: Language,
    pseudo: bool,
}

impl Reader {
    /// A reader of a language.
    #[must_use]
    pub const fn new(language: Language) -> Self {
        Self { language, pseudo: false }
    }

    /// The reader of a tag that a person chose (`en`, `fr`, or the pseudo-locale's).
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        if tag == PSEUDO_TAG {
            return Some(Self { language: Language::English, pseudo: true });
        }
        Language::from_code(tag).map(Self::new)
    }

    /// The best reader for a browser's `Accept-Language`; English when it names none that we have.
    /// By hand, because `fluent-langneg` reads the order of the languages only, not their weights (RFC 9110, 12.5.4).
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        let mut wishes: Vec<(Decimal, &str)> = accept_language
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let tag = pieces.next()?.trim();
                let weight = pieces.next().and_then(|weight| weight.trim().strip_prefix("q=")).unwrap_or("1");
                Some((Decimal::from_str_exact(weight).unwrap_or_default(), tag))
            })
            .filter(|(weight, _)| *weight > Decimal::ZERO)
            .collect();
        wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wishes
            .into_iter()
            .find_map(|(_, tag)| Language::from_code(&tag.split('-').next()?.to_lowercase()))
            .map_or(Self::new(Language::English), Self::new)
    }

    /// The language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The tag for the page's `lang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        if self.pseudo { PSEUDO_TAG } else { self.language.code() }
    }

    /// The direction for the page's `dir`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if self.pseudo { "rtl" } else { "ltr" }
    }

    const fn identifier(self) -> &'static LanguageIdentifier {
        static EN: LanguageIdentifier = ENGLISH;
        static FR: LanguageIdentifier = FRENCH;
        match self.language {
            Language::English => &EN,
            Language::French => &FR,
        }
    }

    /// The text of a key. A key that no locale file has comes back in brackets, so that it is noticed.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        self.optional(key).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The text of a key, if the locale files have it: hints and other texts that may be missing.
    #[must_use]
    pub fn optional(self, key: &str) -> Option<String> {
        LOCALES.try_lookup(self.identifier(), key).map(|text| self.mirror(text))
    }

    /// The text of a key with arguments.
    #[must_use]
    pub fn with(self, key: &str, arguments: &[(&'static str, Argument)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), self.argument(value))).collect();
        self.lookup(key, &values)
    }

    /// A message in the reader's language.
    #[must_use]
    pub fn message(self, message: &Message) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            message.arguments.iter().map(|(name, value)| (Cow::Owned(name.clone()), self.argument(value))).collect();
        self.lookup(&message.key, &values)
    }

    fn lookup(self, key: &str, values: &HashMap<Cow<'static, str>, FluentValue<'_>>) -> String {
        LOCALES
            .try_lookup_with_args(self.identifier(), key, values)
            .map_or_else(|| format!("[{key}]"), |text| self.mirror(text))
    }

    fn mirror(self, text: String) -> String {
        if self.pseudo { pseudo::mirror(&text) } else { text }
    }

    /// The text of a key within another text; the key itself when no locale file has it.
    fn label(self, key: &str) -> String {
        LOCALES.try_lookup(self.identifier(), key).unwrap_or_else(|| key.to_owned())
    }

    fn argument(self, argument: &Argument) -> FluentValue<'static> {
        match argument {
            Argument::Text(text) => FluentValue::from(text.clone()),
            Argument::Key(key) => FluentValue::from(self.label(key)),
            Argument::Keys(keys) => {
                FluentValue::from(keys.iter().map(|key| self.label(key)).collect::<Vec<_>>().join(", "))
            }
            Argument::Number(number) => FluentValue::from(*number),
            Argument::Money(money) => FluentValue::from(self.money(*money)),
            Argument::Date(date) => FluentValue::from(self.date(*date)),
            Argument::Instant(instant) => FluentValue::from(self.instant(*instant)),
        }
    }

    /// A calendar day: `31 March 2026`, `31 mars 2026`.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        format::date(self.language, date)
    }

    /// The month of a day: `March 2026`, `mars 2026`.
    #[must_use]
    pub fn month(self, date: NaiveDate) -> String {
        format::month(self.language, date)
    }

    /// An instant in Vienna time with its abbreviation: `31 March 2026, 23:59:59 CEST`.
    #[must_use]
    pub fn instant(self, instant: DateTime<Utc>) -> String {
        format::instant(self.language, instant)
    }

    /// An amount with its currency: `USD 1,234.50`, `1 234,50 USD`.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        format::money(self.language, money)
    }

    /// A whole number with grouped thousands.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        format::decimal(self.language, Decimal::from(number))
    }

    /// True for readers who write a comma before decimals.
    #[must_use]
    pub fn has_decimal_comma(self) -> bool {
        self.decimal(Decimal::new(5, 1)).contains(',')
    }

    /// A decimal number with the digits that it has.
    #[must_use]
    pub fn decimal(self, number: Decimal) -> String {
        format::decimal(self.language, number)
    }

    /// A percentage: `13%`, `13 %`.
    #[must_use]
    pub fn percent(self, number: Decimal) -> String {
        let text = self.decimal(number);
        match self.language {
            Language::English => format!("{text}%"),
            Language::French => format!("{text}\u{a0}%"),
        }
    }
}

/// True when both languages' files have the key of a text without arguments; for tests. A text with arguments
/// cannot be looked up without them.
#[must_use]
pub fn is_complete(key: &str) -> bool {
    [&ENGLISH, &FRENCH]
        .into_iter()
        .all(|language| LOCALES.lookup_no_default_fallback::<&str>(language, key, None).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_weighs_most() {
        for (accepted, language) in [
            ("fr-CH, en;q=0.5", Language::French),
            ("en;q=0.5, fr;q=0.9", Language::French),
            ("fr;q=0, en", Language::English),
            ("de, FR;q=0.4, *;q=0.1", Language::French),
            ("en;q=0.2, fr;q=79228162514264337593543950335", Language::French),
            ("fr;q=nan, en;q=0.1", Language::English),
            ("ru, zh;q=0.9", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Reader::negotiate(accepted).language(), language, "{accepted}");
        }
    }
}
