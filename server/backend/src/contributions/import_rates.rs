//! Importing rates of exchange from CSV: every line is checked first, and all of them are entered or none.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::{RATE, RATE_IMPORT, RateLine};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::message::Message;
use domain::money::Currency;
use domain::roles::{Action, Subject};
use rust_decimal::Decimal;
use sea_orm::EntityTrait as _;

use super::entity::rate;
use super::rates::{insert, to_decimal};
use crate::context::Context;
use crate::error::Result;

/// Wrong lines that are named one by one; a file of another kind would otherwise fill the page.
const MOST_NAMED: usize = 20;

/// Imports lines of `currency,date,units per USD`, with or without a first line of headings; a semicolon may stand
/// between the columns, and then a comma may be the decimal sign. Gives the number of rates that are new: a file
/// imported again changes nothing.
///
/// # Errors
/// Not allowed, wrong lines by their numbers (then nothing is entered), or the database's.
pub async fn import_rates(context: &Context, typed: &Typed) -> Result<usize> {
    context.permit(Action::WriteRates, &Subject::NONE)?;
    let answers = RATE_IMPORT.read(typed)?;
    let (lines, mut errors) = read(answers.text("csv"));
    if lines.is_empty() && errors.is_empty() {
        return Err(AppError::field("csv", "error-rate-file-empty").into());
    }
    let work = context.begin_money().await?;
    let mut known: HashMap<(String, NaiveDate), Decimal> = HashMap::new();
    for row in rate::Entity::find().all(&work.transaction).await? {
        known.insert((row.currency, row.valid_from), to_decimal(&row.units_per_usd)?);
    }
    let mut fresh = Vec::new();
    for (number, line) in lines {
        let key = (line.currency.clone(), line.from);
        match known.get(&key) {
            Some(rate) if *rate == line.units_per_usd => {}
            Some(rate) => errors.push(
                wrong("exists", number)
                    .with("currency", line.currency.as_str())
                    .with("date", line.from)
                    .with("known", rate.to_string()),
            ),
            None => {
                known.insert(key, line.units_per_usd);
                fresh.push(line);
            }
        }
    }
    as_field_errors(errors).into_result()?;
    for line in &fresh {
        insert(&work, line).await?;
    }
    work.commit().await?;
    Ok(fresh.len())
}

fn wrong(what: &str, number: u64) -> Message {
    Message::new(format!("error-rate-line-{what}")).with("line", i64::try_from(number).unwrap_or(i64::MAX))
}

fn as_field_errors(errors: Vec<Message>) -> FieldErrors {
    let more = errors.len().saturating_sub(MOST_NAMED);
    let mut fields = FieldErrors::default();
    for message in errors.into_iter().take(MOST_NAMED) {
        fields.add("csv", message);
    }
    if more > 0 {
        fields.add("csv", Message::new("error-rate-lines-more").with("count", more));
    }
    fields
}

/// The lines with their numbers, and what is wrong with the others.
fn read(text: &str) -> (Vec<(u64, RateLine)>, Vec<Message>) {
    let semicolons = text.lines().next().is_some_and(|line| line.contains(';'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut errors = Vec::new();
    for (position, record) in reader.records().enumerate() {
        let Ok(record) = record else {
            errors.push(wrong("columns", u64::try_from(position + 1).unwrap_or(u64::MAX)));
            continue;
        };
        let number = record.position().map_or(0, csv::Position::line);
        if position == 0 && record.get(0).is_some_and(|head| head.eq_ignore_ascii_case("currency")) {
            continue;
        }
        match read_line(&record, semicolons) {
            Ok(line) => lines.push((number, line)),
            Err((what, value)) => errors.push(wrong(what, number).with("value", value)),
        }
    }
    (lines, errors)
}

/// One line by the same rules as the form for one rate, but with the decimal sign that a program writes.
fn read_line(record: &csv::StringRecord, semicolons: bool) -> std::result::Result<RateLine, (&'static str, String)> {
    let [currency, from, rate] = record.iter().collect::<Vec<&str>>()[..] else {
        return Err(("columns", shorten(record.as_slice())));
    };
    let rate = if semicolons { rate.replace(',', ".") } else { rate.to_owned() };
    let typed = Typed::default()
        .with("currency", currency.to_uppercase())
        .with("from", from)
        .with("units_per_usd", rate.as_str());
    let (answers, errors) = RATE.read_lenient(&typed);
    if errors.of("currency").is_some() || answers.text("currency") == Currency::USD.code() {
        return Err(("currency", shorten(currency)));
    }
    let plain = rate.chars().all(|character| character.is_ascii_digit() || character == '.');
    match (answers.date("from"), answers.decimal("units_per_usd")) {
        (None, _) => Err(("date", shorten(from))),
        (Some(from), Some(units_per_usd)) if plain => {
            Ok(RateLine { currency: answers.text("currency").to_owned(), from, units_per_usd })
        }
        _ => Err(("rate", shorten(&rate))),
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        read(text).1.into_iter().map(|message| message.key).collect()
    }

    #[test]
    fn a_file_with_headings_and_one_with_semicolons_read_the_same() {
        let (english, none) = read("currency,from,units\nEUR,2026-03-01,0.925\n");
        assert!(none.is_empty());
        assert_eq!(english[0].1, read("eur;01/03/2026;0,925").0[0].1);
        assert_eq!(english[0].0, 2, "the number is the line's in the file");
    }

    #[test]
    fn a_comma_that_could_group_thousands_is_no_rate() {
        assert_eq!(keys("EUR,2026-03-01,\"0,925\""), ["error-rate-line-rate"]);
    }

    #[test]
    fn each_kind_of_wrong_line_is_told_apart() {
        assert_eq!(keys("EUR,2026-03-01"), ["error-rate-line-columns"]);
        assert_eq!(keys("EUX,2026-03-01,1"), ["error-rate-line-currency"]);
        assert_eq!(keys("USD,2026-03-01,1"), ["error-rate-line-currency"]);
        assert_eq!(keys("EUR,2026-02-30,1"), ["error-rate-line-date"]);
        assert_eq!(keys("EUR,2026-03-01,-1"), ["error-rate-line-rate"]);
        assert_eq!(keys("EUR,2026-03-01,0"), ["error-rate-line-rate"]);
    }
}
