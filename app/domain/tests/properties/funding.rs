//! From a donor's dollar to a grant and back: commitments, payments, expenditure and recoveries in any order.

use domain::contributions::Earmark;
use domain::funding::{Purpose, available_for, scenario};
use domain::grants::replanned;
use domain::ledger::Event;
use proptest::prelude::*;

use super::fund::{Fund, PURPOSES, Step};

fn step() -> impl Strategy<Value = Step> {
    let (grant, thousandths) = (0..8_usize, 0..=1100_i64);
    prop_oneof![
        (0..3_usize, thousandths.clone()).prop_map(|(purpose, thousandths)| Step::Award { purpose, thousandths }),
        (grant.clone(), 0..400_i64).prop_map(|(grant, thousandths)| Step::Increase { grant, thousandths }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Decrease { grant, thousandths }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Pay { grant, thousandths }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Spend { grant, thousandths }),
        (grant.clone(), 0..8_usize).prop_map(|(grant, payment)| Step::Bounce { grant, payment }),
        grant.clone().prop_map(|grant| Step::End { grant }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Receive { grant, thousandths }),
        (grant, thousandths).prop_map(|(grant, thousandths)| Step::WriteOff { grant, thousandths }),
    ]
}

fn money() -> impl Strategy<Value = Vec<(Earmark, i64)>> {
    let earmark = proptest::sample::select(Earmark::ALL);
    prop::collection::vec((earmark, 0..=9_999_999_i64), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn shares_add_up_and_nothing_is_below_zero_whatever_happens(
        money in money(),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut fund = Fund::new(&money);
        for step in &steps {
            fund.take(step);
            fund.check();
        }
    }

    #[test]
    fn what_was_paid_and_spent_of_a_receipt_stays_when_an_award_changes(
        money in money(),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut fund = Fund::new(&money);
        let used = |fund: &Fund| -> Vec<(i64, i64)> {
            let standings = fund.grants.iter().flat_map(|grant| grant.standings.values());
            let used = standings.filter(|standing| standing.advanced != 0 || standing.spent != 0);
            used.map(|standing| (standing.paid, standing.spent)).collect()
        };
        for step in &steps {
            let before = used(&fund);
            fund.take(step);
            if matches!(step, Step::Award { .. } | Step::Increase { .. } | Step::Decrease { .. }) {
                prop_assert_eq!(before, used(&fund));
            }
        }
    }

    #[test]
    fn ending_everything_and_getting_it_all_back_returns_exactly_what_was_taken(
        money in money(),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut fund = Fund::new(&money);
        // Everything but spending and losing can be undone.
        for step in steps.iter().filter(|step| !matches!(step, Step::Spend { .. } | Step::WriteOff { .. })) {
            fund.take(step);
        }
        for grant in 0..fund.grants.len() {
            fund.take(&Step::End { grant });
            fund.take(&Step::Receive { grant, thousandths: 1000 });
        }
        fund.check();
        for (source, (_, before)) in fund.sources.iter().zip(&money) {
            prop_assert_eq!(source.available, *before, "receipt {}", source.receipt);
        }
    }

    #[test]
    fn a_scenario_takes_what_the_same_awards_would_take(
        money in money(),
        awards in prop::collection::vec((0..3_usize, 0..=9_999_999_i64), 0..8),
    ) {
        let mut fund = Fund::new(&money);
        let asked: Vec<(i64, Purpose)> = awards.iter().map(|(purpose, amount)| (*amount, PURPOSES[*purpose])).collect();
        let thought = scenario(&asked, &fund.sources);
        for ((purpose, amount), considered) in awards.iter().zip(&thought.awards) {
            prop_assert_eq!(considered.available, available_for(PURPOSES[*purpose], &fund.sources));
            prop_assert_eq!(considered.taken.is_some(), *amount <= considered.available);
            let number = fund.begin(*purpose);
            fund.commit(number, *amount, Event::Commitment);
        }
        prop_assert_eq!(thought.left, fund.sources);
    }

    #[test]
    fn replanned_instalments_add_up_and_none_is_nothing(
        unpaid in prop::collection::vec(1..=9_999_999_i64, 0..6),
        total in 0..=99_999_999_i64,
    ) {
        let number = i64::try_from(unpaid.len()).unwrap();
        match replanned(&unpaid, total) {
            None => prop_assert!(number == 0 || total < number),
            Some(amounts) => {
                prop_assert_eq!(amounts.iter().sum::<i64>(), total);
                prop_assert!(amounts.iter().all(|amount| *amount >= 1));
            }
        }
    }
}
