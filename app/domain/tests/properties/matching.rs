//! Suggestions for lines of bank statements.

use chrono::{Days, NaiveDate};
use domain::ids::PledgeId;
use domain::matching::{Candidate, Candidates, Line, payment_reference, suggest};
use domain::money::{Currency, Money};
use proptest::prelude::*;

fn amount() -> impl Strategy<Value = Money> {
    (0_i64..4, prop_oneof![Just("USD"), Just("EUR")])
        .prop_map(|(minor, code)| Money::new(minor * 100, Currency::from_code(code).unwrap()))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..200).prop_map(|days| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(days))
}

fn name() -> impl Strategy<Value = String> {
    let word = prop_oneof![Just("Norway"), Just("Élise"), Just("Kingdom of"), Just("Sea"), Just("of"), Just("-")];
    prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "))
}

/// Pledges whose references begin alike.
fn pledge() -> impl Strategy<Value = i64> {
    prop_oneof![1_i64..6, Just(10_000), Just(100_000), Just(100_001)]
}

fn candidate() -> impl Strategy<Value = (i64, String, Money, Vec<(NaiveDate, Money)>)> {
    (pledge(), name(), amount(), prop::collection::vec((day(), amount()), 0..3))
}

fn line() -> impl Strategy<Value = Line> {
    let reference = (pledge(), prop_oneof![Just(""), Just("0"), Just("1"), Just(" x")], any::<bool>())
        .prop_map(|(id, after, said)| if said { payment_reference(PledgeId(id)) + after } else { String::new() });
    (amount(), day(), name(), name(), reference).prop_map(|(gross, date, payer, text, reference)| Line {
        gross,
        date,
        payer,
        text: format!("{text} {reference}"),
    })
}

proptest! {
    #[test]
    fn searching_suggests_what_looking_at_every_pledge_suggests(
        first in prop::collection::vec(candidate(), 0..6),
        changed in prop::collection::vec((amount(), any::<bool>()), 6),
        lines in prop::collection::vec(line(), 1..6),
    ) {
        let mut all: Vec<Candidate> = Vec::new();
        let mut searched: Vec<(i64, String)> = Vec::new();
        for (id, name, outstanding, unpaid) in first {
            if searched.iter().all(|(known, _)| *known != id) {
                all.push(Candidate::new(PledgeId(id), &name, outstanding, unpaid));
                searched.push((id, name));
            }
        }
        let mut candidates = Candidates::new(all.clone());
        for line in &lines {
            prop_assert_eq!(candidates.suggest(line), suggest(line, &all));
        }
        for ((at, (id, name)), (amount, gone)) in searched.iter().enumerate().rev().zip(changed) {
            if gone {
                candidates.remove(PledgeId(*id));
                all.remove(at);
            } else {
                all[at] = Candidate::new(PledgeId(*id), name, amount, Vec::new());
                candidates.put(all[at].clone());
            }
        }
        for line in &lines {
            prop_assert_eq!(candidates.suggest(line), suggest(line, &all));
        }
    }
}
