//! The rate that each posting in another currency remembers, and whether its dollars are those of the rate.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Account, Event, Posting};
use crate::money::{Currency, Money};
use crate::time::month_start;

/// A UN operational rate by which an amount became US dollars, with its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedRate {
    /// Units of the currency for one USD.
    pub units_per_usd: Decimal,
    /// First day of the month for which it holds.
    pub month: NaiveDate,
}

impl UsedRate {
    /// The rate that holds on a day; none for US dollars, which need no rate.
    #[must_use]
    pub fn of(currency: Currency, units_per_usd: Decimal, day: NaiveDate) -> Option<Self> {
        let month = month_start(day);
        (currency != Currency::USD).then(|| Self { units_per_usd: units_per_usd.normalize(), month })
    }
}

/// Most US cents by which a part of an amount may differ from its own value at the rate: a part is what remains between
/// two sums, each of them rounded from an amount that was rounded itself.
const ROUNDING: u64 = 2;

/// True when a posting's US cents are its amount at its rate, rounded half away from zero; of a part of a pledge or
/// receipt, such as what settles a pledge or what banks kept, within what rounding the other parts leaves. A posting
/// without a rate has nothing to differ from.
#[must_use]
pub fn is_at_its_rate(event: Event, posting: &Posting) -> bool {
    let Some(rate) = posting.rate else { return true };
    let Ok(exact) = Money::to_usd(posting.amount, rate.units_per_usd) else { return false };
    let whole = event == Event::Pledge || matches!(posting.account, Account::Cash | Account::ReceiptsUnidentified);
    exact.minor.abs_diff(posting.usd_minor) <= if whole { 0 } else { ROUNDING }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::contributions::Earmark;

    #[test]
    fn a_whole_is_at_its_rate_to_the_cent_and_a_part_within_two() {
        let euro = Currency::from_code("EUR").unwrap();
        let day = "2026-03-17".parse().unwrap();
        let rate = UsedRate::of(euro, "0.920".parse().unwrap(), day);
        assert_eq!(rate.unwrap().month, "2026-03-01".parse::<NaiveDate>().unwrap());
        assert_eq!(rate.unwrap().units_per_usd.to_string(), "0.92");
        assert_eq!(UsedRate::of(Currency::USD, Decimal::ONE, day), None);
        let at = |account, usd_minor| Posting {
            account,
            earmark: Earmark::None,
            amount: Money::new(-4_600_000, euro),
            usd_minor,
            rate,
        };
        let holds = |account, usd| is_at_its_rate(Event::Receipt, &at(account, usd));
        assert!(holds(Account::Cash, -5_000_000) && !holds(Account::Cash, -5_000_001));
        assert!(holds(Account::ContributionsReceivable, -4_999_998) && !holds(Account::BankCharges, -5_000_003));
        assert!(!is_at_its_rate(Event::Pledge, &at(Account::ContributionsReceivable, -4_999_999)));
        assert!(is_at_its_rate(Event::Receipt, &Posting { rate: None, ..at(Account::Cash, 1) }));
    }
}
