//! Statements of the books: which there are, and what they work out of sums.

use std::collections::BTreeMap;

use chrono::NaiveDate;

code_list! {
    /// A statement that the books give, at any day.
    StatementKind, "books-statement", {
        /// Pledged, received and outstanding by donor, year and currency.
        Contributions = "contributions",
        /// Where the Fund stands.
        Position = "position",
        /// Committed, disbursed and spent by grant.
        Grants = "grants",
        /// Advances by partner and age.
        Advances = "advances",
        /// Opening balance, movement and balance of each account.
        TrialBalance = "trial-balance",
        /// Every posting to one account, with the balance after it.
        GeneralLedger = "general-ledger",
        /// One donor's pledges and receipts, with what is outstanding after each.
        Donor = "donor",
        /// Programme support costs by donor and year.
        ProgrammeSupport = "psc",
    }
}

/// What of an account is left, by the age of what filled it: days 0 to 90, 91 to 180, 181 to 365, and older.
pub type Ages = [i64; 4];

/// A movement of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The day.
    pub day: NaiveDate,
    /// What came in (above zero) or left (below zero).
    pub minor: i64,
    /// The payment that came in, or that left because it was stopped or came back; none for what was accounted for.
    pub payment: Option<i64>,
}

/// Each payment once, on the day of its first movement, less what of it left again: a payment that was voided, failed or
/// bounced says nothing of the age of others.
fn netted(movements: &[Movement]) -> Vec<(NaiveDate, i64)> {
    let mut payments: BTreeMap<i64, i64> = BTreeMap::new();
    for movement in movements {
        if let Some(payment) = movement.payment {
            *payments.entry(payment).or_default() += movement.minor;
        }
    }
    let each = movements.iter().filter_map(|movement| Some((movement.day, payments.remove(&movement.payment?)?)));
    each.filter(|(_, minor)| *minor != 0).collect()
}

/// Divides what is left by age: what is accounted for is taken from the oldest that came in; a payment that left again
/// from itself. `movements` are in order of the days.
#[must_use]
pub fn ages(movements: &[Movement], at: NaiveDate) -> Ages {
    // What was accounted for and waits for a payment again, because that came back, counts against it.
    let accounted: i64 =
        movements.iter().filter(|movement| movement.payment.is_none()).map(|movement| -movement.minor).sum();
    let payments = netted(movements);
    let mut left = accounted + payments.iter().map(|(_, minor)| (-minor).max(0)).sum::<i64>();
    let mut ages = [0; 4];
    for (day, minor) in payments.iter().filter(|(_, minor)| *minor > 0) {
        let taken = left.clamp(0, *minor);
        left -= taken;
        let group = match (at - *day).num_days() {
            i64::MIN..=90 => 0,
            91..=180 => 1,
            181..=365 => 2,
            _ => 3,
        };
        ages[group] += minor - taken;
    }
    // More left than came in: shown as it is, below zero, so that the sum is the account's.
    ages[0] -= left;
    ages
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn paid(text: &str, minor: i64, payment: i64) -> Movement {
        Movement { day: day(text), minor, payment: Some(payment) }
    }

    fn accounted(text: &str, minor: i64) -> Movement {
        Movement { day: day(text), minor: -minor, payment: None }
    }

    #[test]
    fn what_leaves_is_taken_from_the_oldest() {
        let at = day("2026-12-31");
        let movements = [
            paid("2025-06-01", 100, 1),
            paid("2026-05-01", 200, 2),
            paid("2026-09-01", 300, 3),
            accounted("2026-11-15", 150),
            paid("2026-12-01", 400, 4),
        ];
        assert_eq!(ages(&movements, at), [400, 300, 150, 0]);
        assert_eq!(ages(&movements[..1], at), [0, 0, 0, 100]);
        assert_eq!(ages(&[accounted("2026-12-01", 5)], at), [-5, 0, 0, 0]);
        assert_eq!(ages(&[], at), [0; 4]);
    }

    #[test]
    fn a_payment_that_was_stopped_makes_no_other_advance_younger() {
        // 20,000 paid 400 days ago, of which 18,500 are accounted for; 16,000 approved, and voided a day later.
        let at = day("2026-12-31");
        let movements = [
            paid("2025-11-26", 2_000_000, 1),
            accounted("2026-06-01", 1_850_000),
            paid("2026-12-20", 1_600_000, 2),
            paid("2026-12-21", -1_600_000, 2),
        ];
        assert_eq!(ages(&movements, at), [0, 0, 0, 150_000]);
        // On the day before it was voided, it was an advance of its own age.
        assert_eq!(ages(&movements[..3], day("2026-12-20")), [1_600_000, 0, 0, 150_000]);
    }

    #[test]
    fn what_was_accounted_for_and_waits_again_makes_no_advance_of_its_own() {
        // Both payments accounted for; the second comes back, and its 300 wait for a payment again.
        let at = day("2026-12-31");
        let movements = [
            paid("2025-06-01", 500, 1),
            paid("2026-05-01", 300, 2),
            accounted("2026-11-15", 700),
            accounted("2026-12-01", -200),
            paid("2026-12-01", -300, 2),
        ];
        assert_eq!(ages(&movements, at), [0, 0, 0, 0]);
        assert_eq!(ages(&movements[..3], at), [0, 0, 100, 0]);
    }

    #[test]
    fn ages_change_after_90_180_and_365_days() {
        let at = day("2026-12-31");
        let group = |days: u64| {
            ages(
                &[Movement { day: at.checked_sub_days(chrono::Days::new(days)).unwrap(), minor: 1, payment: Some(1) }],
                at,
            )
        };
        assert_eq!((group(90), group(91)), ([1, 0, 0, 0], [0, 1, 0, 0]));
        assert_eq!((group(180), group(181)), ([0, 1, 0, 0], [0, 0, 1, 0]));
        assert_eq!((group(365), group(366)), ([0, 0, 1, 0], [0, 0, 0, 1]));
    }
}
