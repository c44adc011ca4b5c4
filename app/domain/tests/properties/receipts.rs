//! Receipts: whatever comes in whichever currency, the books balance and a pledge is never closed beyond its amount.

use chrono::NaiveDate;
use domain::contributions::{Earmark, PledgeInstalment, STANDARD_PSC_BASIS_POINTS, unpaid};
use domain::ledger::{
    Account, balances, pledge_amended, pledge_written_down, receipt, receipt_identified, receipt_returned,
    receipt_unidentified,
};
use domain::money::{Currency, Money};
use domain::receipts::{Incoming, OpenPledge, settle};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(vec!["USD", "EUR", "JPY", "KWD", "CLF", "UGX"])
        .prop_map(|code| Currency::from_code(code).unwrap())
}

fn rate() -> impl Strategy<Value = Decimal> {
    (1_i64..=100_000_000).prop_map(|thousandths| Decimal::new(thousandths, 3))
}

/// Amount, charge, currency, its rate, the pledge's rate, whether it was held first.
fn incoming() -> impl Strategy<Value = (i64, i64, Currency, Decimal, Decimal, bool)> {
    (1_i64..=100_000_000, 0_i64..=5_000, currency(), rate(), rate(), any::<bool>())
}

proptest! {
    #[test]
    fn every_receipt_balances_and_together_they_close_no_more_than_was_pledged(
        minor in 1_i64..=1_000_000_000,
        own in currency(),
        usd_minor in 1_i64..=10_000_000_000,
        all in prop::collection::vec(incoming(), 1..12),
    ) {
        let mut open = OpenPledge {
            earmark: Earmark::Africa,
            amount: Money::new(minor, own),
            usd_minor,
            rate: None,
            closed_minor: 0,
            closed_usd_minor: 0,
            psc_basis_points: STANDARD_PSC_BASIS_POINTS,
        };
        for (amount, charge_minor, currency, rate, pledge_rate, held) in all {
            let amount = Money::new(amount, currency);
            let (rate, pledge_rate) = if currency == own { (rate, rate) } else { (rate, pledge_rate) };
            let one = if currency == Currency::USD { Decimal::ONE } else { rate };
            let known = held.then(|| amount.to_usd(one).unwrap().minor);
            let date = NaiveDate::from_ymd_opt(2026, 3, 17).unwrap();
            let came = Incoming { amount, usd_minor: known, charge_minor, date, rate: one, pledge_rate, stated: None };
            let Ok(settled) = settle(&open, &came) else { continue };
            let postings = if held { receipt_identified(&settled.parts) } else { receipt(&settled.parts) };
            prop_assert!(balances(&postings), "{:?}", postings);
            let of = |account| -> i64 {
                postings.iter().filter(|line| line.account == account).map(|line| line.usd_minor).sum()
            };
            prop_assert_eq!(of(Account::ContributionsReceivable), -settled.parts.settled_usd_minor);
            prop_assert_eq!(of(Account::BankCharges), settled.parts.charge_usd_minor);
            prop_assert!(settled.parts.settled.minor <= open.outstanding().minor);
            prop_assert!(settled.parts.excess_minor >= 0);
            open.closed_minor += settled.parts.settled.minor;
            open.closed_usd_minor += settled.parts.settled_usd_minor;
            if open.outstanding().minor == 0 {
                prop_assert_eq!(open.closed_usd_minor, usd_minor, "closed to the cent");
            }
        }
    }

    #[test]
    fn held_money_that_goes_back_leaves_nothing(minor in 1_i64..=i64::MAX / 4, usd_minor in 1_i64..=i64::MAX / 4, own in currency()) {
        let amount = Money::new(minor, own);
        let mut postings = receipt_unidentified(amount, usd_minor, None);
        postings.extend(receipt_returned(amount, usd_minor, None));
        for account in [Account::Cash, Account::ReceiptsUnidentified] {
            let sum: i64 = postings.iter().filter(|line| line.account == account).map(|line| line.usd_minor).sum();
            prop_assert_eq!(sum, 0);
        }
        prop_assert!(balances(&postings));
    }

    #[test]
    fn amendments_and_write_downs_balance_in_both_directions(minor in -1_000_000_000_i64..=1_000_000_000, own in currency()) {
        let amount = Money::new(minor, own);
        prop_assert!(balances(&pledge_amended(Earmark::None, amount, minor / 2, None)));
        prop_assert!(balances(&pledge_written_down(Earmark::None, amount, minor / 2, None)));
    }

    #[test]
    fn what_is_unpaid_of_the_instalments_is_what_is_still_to_come(
        parts in prop::collection::vec(1_i64..=1_000_000, 1..10),
        received in 0_i64..=5_000_000,
        written_down in 0_i64..=5_000_000,
    ) {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let due: Vec<PledgeInstalment> =
            parts.iter().map(|minor| PledgeInstalment { due: day, amount: Money::usd(*minor) }).collect();
        let left = unpaid(&due, received, written_down);
        let sum: i64 = left.iter().map(|money| money.minor).sum();
        prop_assert_eq!(sum, (parts.iter().sum::<i64>() - received - written_down).max(0));
        prop_assert!(left.iter().zip(&parts).all(|(left, whole)| (0..=*whole).contains(&left.minor)));
    }
}

#[test]
fn currencies_have_the_minor_units_of_the_standard() {
    for (code, units) in
        [("JPY", 0), ("USD", 2), ("KWD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4), ("ISK", 0), ("XCG", 2), ("ZWG", 2)]
    {
        assert_eq!(Currency::from_code(code).unwrap().minor_units(), units, "{code}");
    }
    for none in ["XXX", "XAU", "XDR", "XTS", "usd", "EURO", ""] {
        assert!(Currency::from_code(none).is_none(), "{none}");
    }
    let codes = Currency::all_codes();
    let mut unique = codes.clone();
    unique.dedup();
    assert_eq!(codes.len(), unique.len(), "a code stands twice");
    assert!(codes.len() >= 170, "{}", codes.len());
}
