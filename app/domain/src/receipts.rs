//! What a receipt does to a pledge: how much of it is settled, in whichever currency the money came, what goes beyond
//! it, and what the banks kept.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::contributions::{Earmark, programme_support_costs};
use crate::ledger::{ReceiptParts, UsedRate};
use crate::money::{Money, MoneyError};

/// A pledge as far as a receipt touches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenPledge {
    /// What it is bound to.
    pub earmark: Earmark,
    /// What was pledged.
    pub amount: Money,
    /// The same in US cents, at the pledge's rate.
    pub usd_minor: i64,
    /// That rate; none for US dollars.
    pub rate: Option<UsedRate>,
    /// What of it was settled or given up, in its currency.
    pub closed_minor: i64,
    /// The same in US cents, at the pledge's rate.
    pub closed_usd_minor: i64,
    /// Programme support costs in hundredths of a per cent.
    pub psc_basis_points: i64,
}

impl OpenPledge {
    /// What is still to come; never below zero.
    #[must_use]
    pub fn outstanding(&self) -> Money {
        Money::new((self.amount.minor - self.closed_minor).max(0), self.amount.currency)
    }

    /// What a further part of it is in the books. It is worked out from the sum of all parts, so that the last one
    /// leaves the receivable at zero to the cent.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn usd_of(&self, further: i64) -> Result<i64, MoneyError> {
        if self.closed_minor + further == self.amount.minor {
            return Ok(self.usd_minor - self.closed_usd_minor);
        }
        let closed = Money::usd(self.usd_minor).share(self.closed_minor + further, self.amount.minor)?;
        Ok(closed.minor - self.closed_usd_minor)
    }
}

/// Money that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What is on the account.
    pub amount: Money,
    /// The same in US cents, if the books hold it already; else at `rate`.
    pub usd_minor: Option<i64>,
    /// What the banks kept of it, in minor units of the same currency.
    pub charge_minor: i64,
    /// The day on which it came, whose rates are used.
    pub date: NaiveDate,
    /// Units of its currency for one USD.
    pub rate: Decimal,
    /// Units of the pledge's currency for one USD on the day on which the money came.
    pub pledge_rate: Decimal,
    /// What of the pledge it pays, where finance says so; else what it is worth at the two rates.
    pub stated: Option<Money>,
}

/// What a receipt does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What is posted.
    pub parts: ReceiptParts,
    /// What came in as far as the donor is concerned, in minor units of the pledge's currency.
    pub credited_minor: i64,
}

/// Divides a receipt into what settles the pledge and what goes beyond it. What the banks kept counts as paid.
///
/// # Errors
/// [`MoneyError::TooPrecise`] when it is worth less than the smallest unit of the pledge's currency, and
/// [`MoneyError::TooLarge`] when the books cannot hold it.
pub fn settle(pledge: &OpenPledge, incoming: &Incoming) -> Result<Settled, MoneyError> {
    let gross = Money::new(incoming.amount.minor + incoming.charge_minor, incoming.amount.currency);
    let gross_usd = gross.to_usd(incoming.rate)?.minor;
    let usd_minor = match incoming.usd_minor {
        Some(known) => known,
        None => incoming.amount.to_usd(incoming.rate)?.minor,
    };
    let charge_usd_minor = if incoming.charge_minor == 0 { 0 } else { gross_usd - usd_minor };
    let gross_usd = usd_minor + charge_usd_minor;
    let worth = worth(pledge, incoming, gross)?;
    if worth < 1 {
        return Err(MoneyError::TooPrecise);
    }
    let settled = worth.min(pledge.outstanding().minor);
    let excess_minor = if worth == settled { 0 } else { gross.share(worth - settled, worth)?.minor };
    let parts = ReceiptParts {
        earmark: pledge.earmark,
        amount: incoming.amount,
        usd_minor,
        rate: UsedRate::of(incoming.amount.currency, incoming.rate, incoming.date),
        charge_minor: incoming.charge_minor,
        charge_usd_minor,
        settled: Money::new(settled, pledge.amount.currency),
        settled_usd_minor: if settled == 0 { 0 } else { pledge.usd_of(settled)? },
        settled_rate: pledge.rate,
        excess_minor,
        excess_usd_minor: Money::usd(gross_usd).share(excess_minor, gross.minor)?.minor,
        psc_usd_minor: programme_support_costs(Money::usd(usd_minor), pledge.psc_basis_points)?.minor,
    };
    Ok(Settled { parts, credited_minor: worth })
}

/// What the money is worth in the pledge's currency, in minor units.
fn worth(pledge: &OpenPledge, incoming: &Incoming, gross: Money) -> Result<i64, MoneyError> {
    let target = pledge.amount.currency;
    if target == gross.currency {
        return Ok(gross.minor);
    }
    if let Some(stated) = incoming.stated {
        return Ok(stated.minor);
    }
    let major = gross
        .to_decimal()
        .checked_mul(incoming.pledge_rate)
        .and_then(|product| product.checked_div(incoming.rate))
        .ok_or(MoneyError::TooLarge)?;
    Ok(Money::from_decimal(major, target)?.minor)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::contributions::STANDARD_PSC_BASIS_POINTS;
    use crate::ledger::{Account, balances, receipt};
    use crate::money::Currency;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::from_code(code).unwrap())
    }

    fn pledge(amount: Money, usd_minor: i64) -> OpenPledge {
        OpenPledge {
            earmark: Earmark::None,
            amount,
            usd_minor,
            rate: None,
            closed_minor: 0,
            closed_usd_minor: 0,
            psc_basis_points: STANDARD_PSC_BASIS_POINTS,
        }
    }

    fn came(amount: Money, rate: &str, pledge_rate: &str) -> Incoming {
        Incoming {
            amount,
            usd_minor: None,
            charge_minor: 0,
            date: "2026-03-17".parse().unwrap(),
            rate: rate.parse().unwrap(),
            pledge_rate: pledge_rate.parse().unwrap(),
            stated: None,
        }
    }

    #[test]
    fn what_the_bank_kept_counts_as_paid() {
        let incoming = Incoming { charge_minor: 1_500, ..came(money(98_500, "EUR"), "0.8", "0.8") };
        let settled = settle(&pledge(money(100_000, "EUR"), 125_000), &incoming).unwrap();
        assert_eq!((settled.parts.settled.minor, settled.parts.excess_minor), (100_000, 0));
        assert_eq!((settled.parts.usd_minor, settled.parts.charge_usd_minor), (123_125, 1_875));
        assert!(balances(&receipt(&settled.parts)));
    }

    #[test]
    fn another_currency_settles_what_it_is_worth_on_its_day() {
        // CHF 1,000 pledged at 0.90; EUR 1,000 came when EUR stood at 0.90 and CHF at 0.88.
        let open = pledge(money(100_000, "CHF"), 111_111);
        let settled = settle(&open, &came(money(100_000, "EUR"), "0.9", "0.88")).unwrap();
        assert_eq!((settled.parts.settled.minor, settled.credited_minor), (97_778, 97_778));
        assert_eq!(settled.parts.settled_usd_minor, 108_642);
        let postings = receipt(&settled.parts);
        assert!(balances(&postings));
        let difference: i64 = postings
            .iter()
            .filter(|line| line.account == Account::ExchangeDifferences)
            .map(|line| line.usd_minor)
            .sum();
        assert_eq!(difference, 108_642 - 111_111);
    }

    #[test]
    fn what_finance_states_is_settled_whatever_the_rates_say() {
        let open = pledge(money(100_000, "CHF"), 111_111);
        let incoming = Incoming { stated: Some(money(100_000, "CHF")), ..came(money(100_000, "EUR"), "0.9", "0.88") };
        let settled = settle(&open, &incoming).unwrap();
        assert_eq!((settled.parts.settled.minor, settled.parts.settled_usd_minor), (100_000, 111_111));
        assert!(balances(&receipt(&settled.parts)));
    }

    #[test]
    fn yen_and_dinars_beyond_a_pledge_are_revenue_in_their_own_currency() {
        let open = pledge(money(10_000, "JPY"), 6_667);
        let settled = settle(&open, &came(money(50_000, "KWD"), "0.3", "150")).unwrap();
        // 50.000 KWD are 166.67 USD and 25,000 JPY, of which 10,000 were pledged.
        assert_eq!((settled.credited_minor, settled.parts.settled.minor), (25_000, 10_000));
        assert_eq!(settled.parts.excess_minor, 30_000);
        assert!(balances(&receipt(&settled.parts)));
    }

    #[test]
    fn the_last_part_leaves_nothing_of_the_pledge_in_the_books() {
        let mut open = pledge(money(100_000, "EUR"), 111_111);
        let mut usd = 0;
        for part in [33_333, 33_333, 33_334] {
            let settled = settle(&open, &came(money(part, "EUR"), "0.8", "0.8")).unwrap();
            open.closed_minor += settled.parts.settled.minor;
            open.closed_usd_minor += settled.parts.settled_usd_minor;
            usd += settled.parts.settled_usd_minor;
        }
        assert_eq!((open.outstanding().minor, usd), (0, 111_111));
    }
}
