//! Reading a form: from what was typed to checked answers, or to every error at once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::answers::{Answers, Value, Values};
use super::{Field, Form, Kind, Options, Typed};
use crate::errors::FieldErrors;
use crate::message::Message;
use crate::money::{Currency, Money, MoneyError, parse_number};

impl Form {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every wrong field at once.
    pub fn read(&self, typed: &Typed) -> Result<Answers, FieldErrors> {
        let (answers, errors) = self.read_lenient(typed);
        if errors.is_empty() { Ok(answers) } else { Err(errors) }
    }

    /// Reads what can be read, and all errors beside it: for drafts, which are saved whatever they hold.
    #[must_use]
    pub fn read_lenient(&self, typed: &Typed) -> (Answers, FieldErrors) {
        let mut errors = FieldErrors::default();
        let currency = currency_of(self.fields, typed, "").unwrap_or(Currency::USD);
        let mut answers =
            Answers { values: read_fields(self.fields, typed, "", currency, &mut errors), rows: BTreeMap::new() };
        for group in self.groups {
            let numbers = typed.rows(group.name);
            if numbers.len() < group.least {
                errors.add(group.name, Message::new("error-too-few-rows").with("least", group.least));
            }
            if numbers.len() > group.most {
                errors.add(group.name, Message::new("error-too-many-rows").with("most", group.most));
            }
            let rows = numbers
                .into_iter()
                .take(group.most)
                .map(|row| {
                    let prefix = format!("{}.{row}.", group.name);
                    let currency = currency_of(group.fields, typed, &prefix).unwrap_or(currency);
                    (row, read_fields(group.fields, typed, &prefix, currency, &mut errors))
                })
                .collect();
            answers.rows.insert(group.name, rows);
        }
        (answers, errors)
    }
}

/// The currency that the field `currency` names, where the form has that field: a name smuggled into a form
/// without it must not turn dollars into yen.
fn currency_of(fields: &[Field], typed: &Typed, prefix: &str) -> Option<Currency> {
    fields.iter().find(|field| field.name == "currency")?;
    Currency::from_code(typed.get(&format!("{prefix}currency")).trim())
}

fn read_fields(fields: &[Field], typed: &Typed, prefix: &str, currency: Currency, errors: &mut FieldErrors) -> Values {
    let mut values = Values::default();
    for field in fields {
        let name = format!("{prefix}{}", field.name);
        match read_field(field, typed.all(&name), currency) {
            Ok(Some(value)) => {
                values.0.insert(field.name.to_owned(), value);
            }
            Ok(None) if field.required => errors.add(&name, Message::new(missing_key(field.kind))),
            Ok(None) => {}
            Err(message) => errors.add(&name, message),
        }
    }
    values
}

const fn missing_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice(_) | Kind::Choices(_) => "error-choose",
        Kind::Tick => "error-tick",
        Kind::File => "error-file-missing",
        _ => "error-required",
    }
}

fn read_field(field: &Field, given: &[String], currency: Currency) -> Result<Option<Value>, Message> {
    if let Kind::Choices(options) = field.kind {
        let codes = given.iter().map(|code| code.trim()).filter(|code| !code.is_empty());
        let codes: Vec<String> = codes.map(str::to_owned).collect();
        if let Some(wrong) = codes.iter().find(|code| !is_option(options, code)) {
            return Err(Message::new("error-no-such-choice").with("value", shorten(wrong)));
        }
        return Ok(Some(Value::Codes(codes)).filter(|value| *value != Value::Codes(Vec::new())));
    }
    let raw = given.first().map_or("", String::as_str);
    if field.kind == Kind::Password {
        return Ok((!raw.is_empty()).then(|| Value::Text(raw.to_owned())));
    }
    let text = tidy(raw, matches!(field.kind, Kind::Text(_)))?;
    if text.is_empty() {
        return Ok(None);
    }
    read_text(field.kind, &text, currency).map(Some)
}

fn read_text(kind: Kind, text: &str, currency: Currency) -> Result<Value, Message> {
    match kind {
        Kind::Line(most) => read_line(text, most).map(Value::Text),
        Kind::Name(most) => {
            let name = read_line(text, most)?;
            if holds_address(&name) { Err(Message::new("error-name-address")) } else { Ok(Value::Text(name)) }
        }
        Kind::Text(most) => within(text, most).map(Value::Text),
        Kind::Email => within(text, 254).and_then(|text| read_email(&text)).map(Value::Text),
        Kind::Password | Kind::File => Ok(Value::Text(text.to_owned())),
        Kind::Hidden => within(text, 200).map(Value::Text),
        Kind::Count(most) => read_count(text, most).map(Value::Count),
        Kind::Amount => Money::parse(text, currency).map(Value::Money).map_err(|error| money_message(error, currency)),
        Kind::Rate => read_rate(text).map(Value::Decimal),
        Kind::Percent => read_percent(text).map(Value::Decimal),
        Kind::Date => read_date(text).map(Value::Date),
        Kind::Clock => read_clock(text).map(Value::Clock),
        Kind::Choice(options) if is_option(options, text) => Ok(Value::Codes(vec![text.to_owned()])),
        Kind::Choice(_) | Kind::Choices(_) => Err(Message::new("error-no-such-choice").with("value", shorten(text))),
        Kind::Tick => Ok(Value::Tick(true)),
    }
}

fn read_line(text: &str, most: usize) -> Result<String, Message> {
    if text.contains('\n') {
        return Err(Message::new("error-one-line"));
    }
    within(text, most)
}

/// Whether a web or mail address stands in a name, also one that a mail program would make a link of by itself.
fn holds_address(name: &str) -> bool {
    name.contains(['@', '＠', '\u{202E}']) || name.contains("//") || name.split_whitespace().any(is_host)
}

/// A word like `example.org`: two or more labels, of which the last two are longer than an initial.
fn is_host(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or(word);
    let labels: Vec<&str> = host.split(['.', '。', '．', '｡']).collect();
    labels.windows(2).any(|pair| {
        let long =
            |label: &str| label.chars().count() >= 2 && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-');
        long(pair[0]) && long(pair[1]) && pair[1].chars().any(char::is_lowercase) && !is_title(pair[0])
    })
}

/// Titles that are written without a space before the name, such as `Dr.Silva`.
fn is_title(label: &str) -> bool {
    matches!(label.to_lowercase().as_str(), "dr" | "mr" | "ms" | "mrs" | "mme" | "prof" | "sr" | "sra" | "st")
}

/// Trims, makes line ends one kind, and refuses control characters, which no keyboard types. Word processors put a
/// vertical tab where somebody began a line within a paragraph, and a form feed between pages: in a text of several
/// `lines` these are line ends, elsewhere blanks.
fn tidy(raw: &str, lines: bool) -> Result<String, Message> {
    let end = if lines { "\n" } else { " " };
    let text = raw
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace(['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], end);
    let text = text.trim();
    let wrong = |character: char| character.is_control() && character != '\n' && character != '\t';
    match text.char_indices().find(|(_, character)| wrong(*character)) {
        None => Ok(text.to_owned()),
        Some((at, character)) => Err(Message::new("error-control-characters")
            .with("code", format!("U+{:04X}", u32::from(character)))
            .with("place", place(&text[..at], &text[at..], wrong))),
    }
}

/// The words before and after a character that cannot be shown, by which a person finds it.
fn place(before: &str, after: &str, wrong: impl Fn(char) -> bool) -> String {
    let shown = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let last: String = before.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    let next: String = after.chars().filter(|character| !wrong(*character)).take(20).collect();
    format!("{} … {}", shown(last), shown(next)).trim().to_owned()
}

fn within(text: &str, most: usize) -> Result<String, Message> {
    let length = text.chars().count();
    if length > most {
        return Err(Message::new("error-too-long").with("most", most).with("length", length));
    }
    Ok(text.to_owned())
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

fn is_option(options: Options, code: &str) -> bool {
    match options {
        Options::List { codes, .. } => codes.contains(&code),
        Options::Countries => crate::countries::is_country(code),
        Options::Currencies => Currency::from_code(code).is_some(),
        Options::Given => code.len() <= 60,
    }
}

/// A practical check: one `@`, something before it, a dot within what follows, no spaces. Only a mail that
/// arrives proves an address, which is why addresses are confirmed.
fn read_email(text: &str) -> Result<String, Message> {
    let wrong = || Message::new("error-email");
    let (local, host) = text.rsplit_once('@').ok_or_else(wrong)?;
    let host_ok = host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    let local_ok =
        !local.is_empty() && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
    if host_ok && local_ok { Ok(text.to_lowercase()) } else { Err(wrong()) }
}

fn read_count(text: &str, most: i64) -> Result<i64, Message> {
    let number = parse_number(text).map_err(|_| Message::new("error-whole-number"))?;
    if !number.fract().is_zero() {
        return Err(Message::new("error-whole-number"));
    }
    if number.is_sign_negative() && !number.is_zero() {
        return Err(Message::new("error-negative"));
    }
    i64::try_from(number)
        .ok()
        .filter(|count| *count <= most)
        .ok_or_else(|| Message::new("error-too-large").with("most", most))
}

fn read_rate(text: &str) -> Result<Decimal, Message> {
    let number = parse_number(text).map_err(|_| Message::new("error-number"))?;
    if number <= Decimal::ZERO || number > Decimal::from(10_000_000) {
        return Err(Message::new("error-rate-range"));
    }
    if number.normalize().scale() > 10 {
        return Err(Message::new("error-too-precise").with("decimals", 10_i64));
    }
    Ok(number.normalize())
}

fn read_percent(text: &str) -> Result<Decimal, Message> {
    let number = parse_number(text.trim_end_matches('%').trim_end()).map_err(|_| Message::new("error-number"))?;
    if number < Decimal::ZERO || number > Decimal::ONE_HUNDRED {
        return Err(Message::new("error-percent-range"));
    }
    if number.normalize().scale() > 2 {
        return Err(Message::new("error-too-precise").with("decimals", 2_i64));
    }
    Ok(number.normalize())
}

/// Days from 1900 to 2199: a year outside is a slip of the finger.
fn read_date(text: &str) -> Result<NaiveDate, Message> {
    use chrono::Datelike as _;
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
        .or_else(|_| NaiveDate::parse_from_str(text, "%d.%m.%Y"))
        .ok()
        .filter(|date| (1900..2200).contains(&date.year()))
        .ok_or_else(|| Message::new("error-date"))
}

fn read_clock(text: &str) -> Result<NaiveTime, Message> {
    NaiveTime::parse_from_str(text, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"))
        .map_err(|_| Message::new("error-clock"))
}

/// The message for an amount that could not be read.
#[must_use]
pub fn money_message(error: MoneyError, currency: Currency) -> Message {
    match error {
        MoneyError::NotANumber | MoneyError::CurrenciesDiffer => Message::new("error-amount"),
        MoneyError::TooPrecise => Message::new("error-amount-too-precise")
            .with("decimals", i64::from(currency.minor_units()))
            .with("currency", currency.code()),
        MoneyError::TooLarge => Message::new("error-amount-too-large"),
        MoneyError::Negative => Message::new("error-negative"),
    }
}
