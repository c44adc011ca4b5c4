//! Amounts: reading, splitting, sharing and rounding, exact to the minor unit.

use domain::forms::Typed;
use domain::money::{
    Currency, LARGEST_MINOR, Money, MoneyError, parse_number, split_in_proportion, with_decimal_point,
};
use proptest::prelude::*;

fn currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(Currency::all_codes()).prop_map(|code| Currency::from_code(code).unwrap())
}

fn usd(text: &str) -> Result<i64, MoneyError> {
    Money::parse(text, Currency::USD).map(|money| money.minor)
}

proptest! {
    #[test]
    fn a_split_adds_up_and_no_part_is_a_unit_away_from_its_share(
        total in -LARGEST_MINOR..=LARGEST_MINOR,
        weights in prop::collection::vec(0_i64..=1_000_000_000_000, 1..12),
    ) {
        let parts = split_in_proportion(total, &weights);
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        prop_assert_eq!(parts.len(), weights.len());
        if sum == 0 {
            prop_assert!(parts.iter().all(|part| *part == 0));
        } else {
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            for (part, weight) in parts.iter().zip(&weights) {
                let error = i128::from(*part) * sum - i128::from(total) * i128::from(*weight);
                prop_assert!(error.abs() < sum, "part {} of {} by {}", part, total, weight);
            }
        }
    }

    #[test]
    fn a_split_never_panics_whatever_the_numbers(total in any::<i64>(), weights in prop::collection::vec(any::<i64>(), 0..8)) {
        let parts = split_in_proportion(total, &weights);
        prop_assert_eq!(parts.len(), weights.len());
        if weights.iter().any(|weight| *weight > 0) {
            prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(total));
        }
    }

    #[test]
    fn what_is_printed_is_read_back(minor in 0..=LARGEST_MINOR, currency in currency()) {
        let money = Money::new(minor, currency);
        let printed = money.to_string();
        let number = printed.strip_suffix(&format!(" {currency}")).unwrap();
        prop_assert_eq!(Money::parse(number, currency), Ok(money));
    }

    #[test]
    fn an_amount_grouped_in_any_usual_way_is_the_same_amount(minor in 0..=LARGEST_MINOR) {
        let plain = Money::usd(minor).to_decimal().to_string();
        let (whole, cents) = plain.split_once('.').unwrap();
        let mut grouped: Vec<String> = whole
            .as_bytes()
            .rchunks(3)
            .map(|digits| String::from_utf8(digits.to_vec()).unwrap())
            .collect();
        grouped.reverse();
        for (separator, decimal_sign) in [(",", "."), (".", ","), (" ", ","), ("\u{a0}", ","), ("\u{202f}", ","), ("'", ".")] {
            let text = format!("{}{decimal_sign}{cents}", grouped.join(separator));
            prop_assert_eq!(usd(&text), Ok(minor), "{}", text);
        }
    }

    #[test]
    fn an_amount_in_lakhs_or_in_the_digits_of_another_script_is_the_same_amount(minor in 0..=LARGEST_MINOR, script in 0..4_usize) {
        let plain = Money::usd(minor).to_decimal().to_string();
        let (whole, cents) = plain.split_once('.').unwrap();
        let (head, last) = whole.split_at(whole.len().saturating_sub(3));
        let mut groups: Vec<String> =
            head.as_bytes().rchunks(2).map(|digits| String::from_utf8(digits.to_vec()).unwrap()).collect();
        groups.reverse();
        groups.push(last.to_owned());
        let lakhs = format!("{}.{cents}", groups.join(","));
        prop_assert_eq!(usd(&lakhs), Ok(minor), "{}", lakhs);
        let zero = ['०', '٠', '۰', '০'][script];
        let other = |text: &str| -> String {
            text.chars()
                .map(|sign| sign.to_digit(10).map_or(sign, |value| char::from_u32(u32::from(zero) + value).unwrap()))
                .collect()
        };
        for text in [other(&lakhs), other(&plain), other(&plain).replace('.', "٫")] {
            prop_assert_eq!(usd(&text), Ok(minor), "{}", text);
        }
    }

    #[test]
    fn reading_never_panics_and_never_gives_an_amount_out_of_range(text in any::<String>(), currency in currency()) {
        if let Ok(money) = Money::parse(&text, currency) {
            prop_assert!((0..=LARGEST_MINOR).contains(&money.minor));
        }
    }

    #[test]
    fn reading_things_like_numbers_never_panics(text in "[-−]?[0-9.,' \u{a0}]{0,60}", currency in currency()) {
        if let Ok(money) = Money::parse(&text, currency) {
            prop_assert!((0..=LARGEST_MINOR).contains(&money.minor));
            prop_assert!(parse_number(&text).is_ok());
        }
    }

    #[test]
    fn a_share_is_rounded_half_away_from_zero(
        minor in any::<i64>(),
        numerator in -20_000_i64..=20_000,
        denominator in prop_oneof![-10_000_i64..=-1, 1_i64..=10_000],
    ) {
        let product = i128::from(minor) * i128::from(numerator);
        let denominator_wide = i128::from(denominator);
        match Money::usd(minor).share(numerator, denominator) {
            Ok(share) => {
                // |2·share·d − 2·product| ≤ |d|, and on a tie the share is the one farther from zero.
                let error = 2 * i128::from(share.minor) * denominator_wide - 2 * product;
                prop_assert!(error.abs() <= denominator_wide.abs());
                if error.abs() == denominator_wide.abs() {
                    prop_assert!((i128::from(share.minor) * denominator_wide).abs() > product.abs());
                }
            }
            Err(error) => {
                prop_assert_eq!(error, MoneyError::TooLarge);
                prop_assert!((product / denominator_wide).abs() >= i128::from(i64::MAX) - 1);
            }
        }
    }

    #[test]
    fn sums_are_exact_or_refused(one in any::<i64>(), other in any::<i64>()) {
        let sum = Money::usd(one).plus(Money::usd(other));
        prop_assert_eq!(sum.ok().map(|money| money.minor), one.checked_add(other));
        if let Ok(sum) = sum {
            prop_assert_eq!(sum.minus(Money::usd(other)).ok(), (other != i64::MIN).then_some(Money::usd(one)));
        }
    }
}

#[test]
fn amounts_are_read_as_people_of_several_countries_write_them() {
    for (text, minor) in [
        ("1234.5", 123_450),
        ("1 234,50", 123_450),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("1\u{202f}234,50", 123_450),
        ("1’234.50", 123_450),
        ("1,234", 123_400),
        ("1,23", 123),
        ("0,500", 50),
        ("1,234,567", 123_456_700),
        ("1.234.567", 123_456_700),
        ("0", 0),
        ("-0", 0),
        ("007", 700),
        ("0.500", 50),
        ("14,30,000", 143_000_000),
        ("1,00,00,000.50", 1_000_000_050),
        ("३३", 3_300),
        ("१४,३०,०००", 143_000_000),
        ("١٢٣", 12_300),
        ("١٬٢٣٤", 123_400),
        ("۱۲۳٫۵", 12_350),
        ("１２.５", 1_250),
    ] {
        assert_eq!(usd(text), Ok(minor), "{text}");
    }
}

#[test]
fn what_is_no_amount_is_refused_with_the_right_reason() {
    for (text, error) in [
        ("", MoneyError::NotANumber),
        ("abc", MoneyError::NotANumber),
        ("NaN", MoneyError::NotANumber),
        ("1e9", MoneyError::NotANumber),
        ("0x10", MoneyError::NotANumber),
        ("$5", MoneyError::NotANumber),
        ("1..5", MoneyError::NotANumber),
        ("1,23,4", MoneyError::NotANumber),
        ("143,30,000", MoneyError::NotANumber),
        ("14.30.000", MoneyError::NotANumber),
        ("14,30,00", MoneyError::NotANumber),
        ("½", MoneyError::NotANumber),
        ("三", MoneyError::NotANumber),
        ("१.०००", MoneyError::TooPrecise),
        ("1.2.3,4,5", MoneyError::NotANumber),
        (".5", MoneyError::NotANumber),
        ("5.", MoneyError::NotANumber),
        ("--5", MoneyError::NotANumber),
        ("-5", MoneyError::Negative),
        ("−5", MoneyError::Negative),
        ("0.001", MoneyError::TooPrecise),
        ("1.005", MoneyError::TooPrecise),
        // One to some people, a thousand to others.
        ("1.000", MoneyError::TooPrecise),
        ("1.00000000000000000000000000000001", MoneyError::TooPrecise),
        ("100000000000.01", MoneyError::TooLarge),
        ("99999999999999999999999999999999", MoneyError::TooLarge),
    ] {
        assert_eq!(usd(text), Err(error), "{text}");
    }
    assert_eq!(usd(&"9".repeat(1_000_000)), Err(MoneyError::TooLarge));
    let yen = Currency::from_code("JPY").unwrap();
    assert_eq!(Money::parse("100.5", yen), Err(MoneyError::TooPrecise));
    let dinar = Currency::from_code("KWD").unwrap();
    assert_eq!(Money::parse("1.005", dinar), Ok(Money::new(1005, dinar)));
}

#[test]
fn three_digits_behind_a_comma_are_decimals_to_whoever_writes_decimal_commas() {
    for (text, meant) in [("33,333", "33.333"), (" 1,000 ", "1.000"), ("३३,३३३", "३३.३३३"), ("0,500", "0.500")]
    {
        assert_eq!(with_decimal_point(text).as_deref(), Some(meant), "{text}");
    }
    // Everybody reads these the same.
    for text in [
        "1,234,567",
        "1 234,56",
        "33,33",
        "1,234.50",
        "1.234,567",
        "33 333",
        "x,333",
        ",333",
        "Rue 3,123 bis",
        "123456789012,345",
        "1234,567",
    ] {
        assert_eq!(with_decimal_point(text), None, "{text}");
    }
    let typed = Typed::default().with("lines.0.unit_cost", "33,333").with("lines.0.unit", "night, 3 beds");
    let pointed = typed.with_decimal_points();
    assert_eq!(usd(pointed.get("lines.0.unit_cost")), Err(MoneyError::TooPrecise));
    assert_eq!(pointed.get("lines.0.unit"), "night, 3 beds");
}

#[test]
fn two_currencies_are_never_added() {
    let euro = Currency::from_code("EUR").unwrap();
    assert_eq!(Money::usd(1).plus(Money::new(1, euro)), Err(MoneyError::CurrenciesDiffer));
}

#[test]
fn the_first_of_equal_remainders_gets_the_cent() {
    assert_eq!(split_in_proportion(100, &[1, 1, 1]), [34, 33, 33]);
    assert_eq!(split_in_proportion(-100, &[1, 1, 1]), [-34, -33, -33]);
    assert_eq!(split_in_proportion(6_000_000, &[50, 40, 10]), [3_000_000, 2_400_000, 600_000]);
}
