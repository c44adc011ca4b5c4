//! Rates of exchange as they are entered, and which of them are so unlike the one before that somebody should look twice.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::forms::{Form, Kind, Options, optional, required};

/// Entering one rate of exchange. The tick is asked for only where the rate [is unusual](unusual_change).
pub const RATE: Form = Form {
    name: "rate",
    fields: &[
        required("currency", Kind::Choice(Options::Currencies)),
        required("from", Kind::Date),
        required("units_per_usd", Kind::Rate),
        optional("confirmed", Kind::Tick),
    ],
    groups: &[],
};

/// Correcting a rate that nothing has used.
pub const RATE_CORRECTION: Form = Form {
    name: "rate",
    fields: &[required("units_per_usd", Kind::Rate), optional("confirmed", Kind::Tick)],
    groups: &[],
};

/// Importing rates: lines of `currency,date,units per USD`, in a file or pasted.
pub const RATE_IMPORT: Form = Form {
    name: "rate-import",
    fields: &[optional("file", Kind::File), required("csv", Kind::Text(200_000)), optional("confirmed", Kind::Tick)],
    groups: &[],
};

/// One line of a file of rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLine {
    /// ISO 4217 code.
    pub currency: String,
    /// First day on which the rate holds.
    pub from: NaiveDate,
    /// Units of the currency for one USD.
    pub units_per_usd: Decimal,
}

/// Most per cent by which a rate may differ from the one before without anybody being asked. The United Nations rates
/// of a month seldom move by more than three; a slipped decimal sign moves them by nine hundred.
const USUAL_PER_CENT: Decimal = Decimal::TEN;

/// By how many per cent a rate differs from the one before it, above zero when it is higher, in whole per cent; none
/// where that is usual.
#[must_use]
pub fn unusual_change(units_per_usd: Decimal, before: Decimal) -> Option<i64> {
    let Some(change) = (units_per_usd - before)
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|hundredfold| hundredfold.checked_div(before))
    else {
        return Some(i64::MAX);
    };
    (change.abs() > USUAL_PER_CENT).then(|| i64::try_from(change.round()).unwrap_or(i64::MAX))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_unusual_when_it_moved_by_more_than_a_tenth() {
        let change = |after: &str, before: &str| unusual_change(after.parse().unwrap(), before.parse().unwrap());
        assert_eq!(change("0.925", "0.925"), None);
        assert_eq!(change("1.0175", "0.925"), None, "ten per cent exactly");
        assert_eq!(change("1.0177", "0.925"), Some(10));
        assert_eq!(change("0.8325", "0.925"), None);
        assert_eq!(change("9.25", "0.925"), Some(900));
        assert_eq!(change("0.0925", "0.925"), Some(-90));
        assert_eq!(change("10000000", "0.0000000001"), Some(i64::MAX));
        assert_eq!(change("10000000", "0"), Some(i64::MAX), "no stored rate is zero");
    }
}
