//! Statements of the books: which there are, and what they work out of sums.

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

/// Divides what is left by age: what leaves an account is taken from the oldest that came in. `movements` are days
/// with what came in (above zero) or left (below zero), in order of the days.
#[must_use]
pub fn ages(movements: &[(NaiveDate, i64)], at: NaiveDate) -> Ages {
    let mut left: i64 = movements.iter().map(|(_, minor)| (-minor).max(0)).sum();
    let mut ages = [0; 4];
    for (day, minor) in movements.iter().filter(|(_, minor)| *minor > 0) {
        let taken = left.min(*minor);
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

    #[test]
    fn what_leaves_is_taken_from_the_oldest() {
        let at = day("2026-12-31");
        let movements = [
            (day("2025-06-01"), 100),
            (day("2026-05-01"), 200),
            (day("2026-09-01"), 300),
            (day("2026-11-15"), -150),
            (day("2026-12-01"), 400),
        ];
        assert_eq!(ages(&movements, at), [400, 300, 150, 0]);
        assert_eq!(ages(&movements[..1], at), [0, 0, 0, 100]);
        assert_eq!(ages(&[(day("2026-12-01"), -5)], at), [-5, 0, 0, 0]);
        assert_eq!(ages(&[], at), [0; 4]);
    }

    #[test]
    fn ages_change_after_90_180_and_365_days() {
        let at = day("2026-12-31");
        let group = |days: u64| ages(&[(at.checked_sub_days(chrono::Days::new(days)).unwrap(), 1)], at);
        assert_eq!((group(90), group(91)), ([1, 0, 0, 0], [0, 1, 0, 0]));
        assert_eq!((group(180), group(181)), ([0, 1, 0, 0], [0, 0, 1, 0]));
        assert_eq!((group(365), group(366)), ([0, 0, 1, 0], [0, 0, 0, 1]));
    }
}
