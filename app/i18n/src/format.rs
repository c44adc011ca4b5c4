//! Dates, numbers and money by ICU's data of each language.

use std::cell::OnceCell;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use domain::money::Money;
use domain::time::{vienna_abbreviation, vienna_wall_clock};
use domain::users::Language;
use icu_calendar::{Date, Iso};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal as Digits;
use icu_locale_core::{Locale, locale};
use rust_decimal::Decimal;

type DayFormatter = FixedCalendarDateTimeFormatter<icu_calendar::Gregorian, YMD>;
type MonthFormatter = FixedCalendarDateTimeFormatter<icu_calendar::Gregorian, YM>;

/// The formatters of one language. Making them costs more than using them, so each thread keeps its own.
struct Formatters {
    day: Option<DayFormatter>,
    month: Option<MonthFormatter>,
    number: Option<DecimalFormatter>,
}

impl Formatters {
    fn new(locale: &Locale) -> Self {
        Self {
            day: DayFormatter::try_new(locale.clone().into(), YMD::long()).ok(),
            month: MonthFormatter::try_new(locale.clone().into(), YM::long()).ok(),
            number: DecimalFormatter::try_new(
                locale.clone().into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok(),
        }
    }
}

thread_local! {
    static ENGLISH: OnceCell<Formatters> = const { OnceCell::new() };
    static FRENCH: OnceCell<Formatters> = const { OnceCell::new() };
}

fn with_formatters<T>(language: Language, use_them: impl FnOnce(&Formatters) -> T) -> T {
    match language {
        Language::English => ENGLISH.with(|cell| use_them(cell.get_or_init(|| Formatters::new(&locale!("en-GB"))))),
        Language::French => FRENCH.with(|cell| use_them(cell.get_or_init(|| Formatters::new(&locale!("fr"))))),
    }
}

/// A day in words; ISO digits should ICU refuse it.
pub fn date(language: Language, date: NaiveDate) -> String {
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    let iso: Option<Date<Iso>> = Date::try_new_iso(date.year(), month, day).ok();
    with_formatters(language, |formatters| match (&formatters.day, iso) {
        (Some(formatter), Some(iso)) => formatter.format(&iso.to_calendar(icu_calendar::Gregorian)).to_string(),
        _ => date.to_string(),
    })
}

/// The month of a day in words, with the year.
pub fn month(language: Language, date: NaiveDate) -> String {
    let iso: Option<Date<Iso>> = Date::try_new_iso(date.year(), u8::try_from(date.month()).unwrap_or(1), 1).ok();
    with_formatters(language, |formatters| match (&formatters.month, iso) {
        (Some(formatter), Some(iso)) => formatter.format(&iso.to_calendar(icu_calendar::Gregorian)).to_string(),
        _ => date.format("%Y-%m").to_string(),
    })
}

/// An instant in Vienna time. Seconds are shown only where they are not zero, as at a deadline.
pub fn instant(language: Language, instant: DateTime<Utc>) -> String {
    let wall = vienna_wall_clock(instant);
    let clock = if wall.second() == 0 { wall.format("%H:%M") } else { wall.format("%H:%M:%S") };
    format!("{}, {clock} {}", date(language, wall.date()), vienna_abbreviation(instant))
}

/// A number with the language's signs.
pub fn decimal(language: Language, number: Decimal) -> String {
    let plain = number.to_string();
    with_formatters(language, |formatters| match (&formatters.number, plain.parse::<Digits>()) {
        (Some(formatter), Ok(digits)) => formatter.format(&digits).to_string(),
        _ => plain.clone(),
    })
}

/// An amount; the code stands before it in English, after it in French.
pub fn money(language: Language, money: Money) -> String {
    let number = decimal(language, money.to_decimal());
    match language {
        Language::English => format!("{}\u{a0}{number}", money.currency),
        Language::French => format!("{number}\u{a0}{}", money.currency),
    }
}
