//! Importing rates of exchange from CSV: every line is checked first, and all of them are entered or none.

use std::collections::BTreeMap;
use std::ops::Bound;

use chrono::NaiveDate;
use domain::contributions::{RATE, RATE_IMPORT, RateLine};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::message::Message;
use domain::money::Currency;
use domain::roles::{Action, Subject};
use rust_decimal::Decimal;
use sea_orm::EntityTrait as _;

use super::entity::rate;
use super::rates::{asks, insert, to_decimal};
use crate::context::Context;
use crate::error::Result;
use crate::files::{self, Faults, Limits};

/// Most lines.
const MOST_LINES: usize = 20_000;

/// The text of a file of rates, to be imported as if it were pasted.
///
/// # Errors
/// `file`: too large, no text, or in an encoding that cannot be read.
pub async fn rate_file(bytes: &[u8]) -> Result<String> {
    files::read(bytes, |bytes| match files::decode(&bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(message) => Err(files::wrong("file", message)),
    })
    .await
}

/// Imports lines of `currency,date,units per USD`, with or without a first line of headings; a semicolon may stand
/// between the columns, and then a comma may be the decimal sign. Gives the number of rates that are new: a file
/// imported again changes nothing.
///
/// # Errors
/// Not allowed, wrong lines by their numbers, rates far from those before them that are not confirmed (then nothing is
/// entered), or the database's.
pub async fn import_rates(context: &Context, typed: &Typed) -> Result<usize> {
    context.permit(Action::WriteRates, &Subject::NONE)?;
    let answers = RATE_IMPORT.read(typed)?;
    let text = answers.text("csv").to_owned();
    let read = files::read(text, |text| read(&String::from_utf8_lossy(&text)));
    let (lines, mut faults) = read.await?;
    if lines.is_empty() && faults.is_empty() {
        return Err(AppError::field("csv", "error-rate-file-empty").into());
    }
    let work = context.begin_money().await?;
    let mut known = Known::new();
    for row in rate::Entity::find().all(&work.transaction).await? {
        known.insert((row.currency, row.valid_from), to_decimal(&row.units_per_usd)?);
    }
    let entered = known.clone();
    let mut fresh = Vec::new();
    for (number, line) in lines {
        let key = (line.currency.clone(), line.from);
        match known.get(&key) {
            Some(rate) if *rate == line.units_per_usd => {}
            Some(rate) => faults.add(|| {
                wrong("exists", number)
                    .with("currency", line.currency.as_str())
                    .with("date", line.from)
                    .with("known", rate.to_string())
            }),
            None => {
                known.insert(key, line.units_per_usd);
                fresh.push((number, line));
            }
        }
    }
    let mut refused = faults.into_errors("csv");
    if !answers.ticked("confirmed") {
        refused.0.extend(unusual(&known, &entered, &fresh).into_errors("confirmed").0);
    }
    refused.into_result()?;
    for (_, line) in &fresh {
        insert(&work, line).await?;
    }
    work.commit().await?;
    Ok(fresh.len())
}

fn wrong(what: &str, number: i64) -> Message {
    Message::new(format!("error-rate-line-{what}")).with("line", number)
}

type Known = BTreeMap<(String, NaiveDate), Decimal>;

/// The lines whose rates are far from the one before, in the file or entered; with none before, from the first entered
/// after.
fn unusual(known: &Known, entered: &Known, fresh: &[(i64, RateLine)]) -> Faults {
    let mut asked = Faults::default();
    for (number, line) in fresh {
        let key = |day: NaiveDate| (line.currency.clone(), day);
        let earlier = known.range(key(NaiveDate::MIN)..key(line.from)).next_back();
        let after = (Bound::Excluded(key(line.from)), Bound::Included(key(NaiveDate::MAX)));
        let Some(((_, beside), rate)) = earlier.or_else(|| entered.range(after).next()) else { continue };
        if let Some(message) = asks("error-rate-line-unusual", line, *beside, *rate) {
            asked.add(|| message.with("line", *number));
        }
    }
    asked
}

/// The lines with their numbers, and what is wrong with the others.
fn read(text: &str) -> std::result::Result<(Vec<(i64, RateLine)>, Faults), AppError> {
    let semicolons = text.lines().next().is_some_and(|line| line.contains(';'));
    let rows = files::rows(text, if semicolons { b';' } else { b',' }, &Limits::of_rows(MOST_LINES));
    let mut lines = Vec::new();
    let mut faults = Faults::default();
    for (position, (number, cells)) in rows.map_err(|message| files::wrong("csv", message))?.into_iter().enumerate() {
        if position == 0 && cells.first().is_some_and(|head| head.eq_ignore_ascii_case("currency")) {
            continue;
        }
        match read_line(&cells, semicolons) {
            Ok(line) => lines.push((number, line)),
            Err((what, value)) => faults.add(|| wrong(what, number).with("value", value)),
        }
    }
    Ok((lines, faults))
}

/// One line by the same rules as the form for one rate, but with the decimal sign that a program writes.
fn read_line(cells: &[String], semicolons: bool) -> std::result::Result<RateLine, (&'static str, String)> {
    let [currency, from, rate] = cells else {
        return Err(("columns", shorten(&cells.join(","))));
    };
    let rate = if semicolons { rate.replace(',', ".") } else { rate.clone() };
    let typed = Typed::default()
        .with("currency", currency.to_uppercase())
        .with("from", from.as_str())
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
        read(text).unwrap().1.keys()
    }

    #[test]
    fn a_file_with_headings_and_one_with_semicolons_read_the_same() {
        let (english, none) = read("currency,from,units\nEUR,2026-03-01,0.925\n").unwrap();
        assert!(none.is_empty());
        assert_eq!(english[0].1, read("eur;01/03/2026;0,925").unwrap().0[0].1);
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
