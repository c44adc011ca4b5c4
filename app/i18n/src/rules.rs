//! Numbers that texts share with the rules: `{ RULE("shortest-password") }` in a locale file is the constant by which
//! passwords are judged, so that no text says another number than the code.

use domain::amendments::{MOST_EXTENSION_MONTHS, MOVABLE_PER_CENT};
use domain::contributions::standard_psc_per_cent;
use domain::disbursements::{LEAST_SPENT_PER_CENT, LONGEST_AHEAD_DAYS};
use domain::forms::{LARGEST_DRAFT, LARGEST_FILE, LARGEST_FORM, MEGABYTE};
use domain::organisations::{LEAST_YEARS_REGISTERED, RENEWED_WITHIN_DAYS, SHORTEST_ACCOUNT_NUMBER};
use domain::published::THRESHOLD;
use domain::reports::{EXPLAIN_ABOVE, FINAL_DAYS, MENDING_DAYS, PERIOD_MONTHS, SOON_DAYS};
use domain::reviews::{LEAST_REVIEWS, LEAST_TOTAL};
use domain::users::{LINK_LIFETIME, Language, RESET_LIFETIME, SHORTEST_PASSWORD};
use fluent_templates::fluent_bundle::FluentValue;
use rust_decimal::Decimal;

use crate::Reader;

/// The number of a rule; none of a name that nobody knows.
fn number(rule: &str) -> Option<Decimal> {
    Some(match rule {
        "psc-per-cent" => standard_psc_per_cent(),
        "spent-per-cent" => LEAST_SPENT_PER_CENT.into(),
        "order-ahead-days" => LONGEST_AHEAD_DAYS.into(),
        "movable-per-cent" => MOVABLE_PER_CENT.into(),
        "extension-months" => MOST_EXTENSION_MONTHS.into(),
        "form-megabytes" => (LARGEST_FORM / MEGABYTE).into(),
        "file-megabytes" => (LARGEST_FILE / MEGABYTE).into(),
        "draft-megabytes" => (LARGEST_DRAFT / MEGABYTE).into(),
        "registered-years" => LEAST_YEARS_REGISTERED.into(),
        "vetting-renewed-days" => RENEWED_WITHIN_DAYS.into(),
        "shortest-account-number" => SHORTEST_ACCOUNT_NUMBER.into(),
        "smallest-count" => THRESHOLD.into(),
        "report-months" => PERIOD_MONTHS.into(),
        "final-report-days" => FINAL_DAYS.into(),
        "report-mending-days" => MENDING_DAYS.into(),
        "report-soon-days" => SOON_DAYS.into(),
        "explain-per-cent" => EXPLAIN_ABOVE.into(),
        "reviews" => LEAST_REVIEWS.into(),
        "points" => LEAST_TOTAL.into(),
        "link-days" => LINK_LIFETIME.num_days().into(),
        "reset-hours" => RESET_LIFETIME.num_hours().into(),
        "shortest-password" => SHORTEST_PASSWORD.into(),
        _ => return None,
    })
}

/// What `RULE` gives to a text: a whole number, by which it may choose a plural, or a number with decimals as the reader
/// writes it.
pub fn value(language: Language, named: &[FluentValue<'_>]) -> FluentValue<'static> {
    let [FluentValue::String(rule)] = named else { return FluentValue::Error };
    match number(rule) {
        Some(number) if number.fract().is_zero() => i64::try_from(number).map_or(FluentValue::Error, FluentValue::from),
        Some(number) => FluentValue::from(Reader::new(language).decimal(number)),
        None => FluentValue::Error,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_that_a_text_names_has_its_number() {
        let mut named = BTreeSet::new();
        for language in ["en", "fr"] {
            for entry in std::fs::read_dir(format!("{}/locales/{language}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
                let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
                named.extend(text.split("RULE(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
        let unknown: Vec<&String> = named.iter().filter(|rule| number(rule).is_none()).collect();
        assert!(unknown.is_empty() && named.len() > 20, "{unknown:?} of {named:?}");
    }

    #[test]
    fn texts_say_the_numbers_of_the_rules_in_each_language() {
        let text = |language, key: &str| Reader::new(language).text(key);
        for (language, words) in [(Language::English, "13 per cent"), (Language::French, "13 pour cent")] {
            assert!(text(language, "pledge-psc_per_cent-hint").starts_with(words), "{words}");
        }
        assert!(text(Language::English, "refused-link").contains("works for an hour, any other for 3 days."));
        assert!(text(Language::French, "refused-link").contains("fonctionne une heure, les autres 3 jours."));
        let password = text(Language::English, "register-password-hint");
        assert!(password.starts_with(&format!("At least {SHORTEST_PASSWORD} characters.")), "{password}");
    }
}
