//! Two people's changes of one text: nothing that either wrote is lost unseen.

use domain::forms::{Typed, merge};
use proptest::prelude::*;

fn texts() -> impl Strategy<Value = Typed> {
    let rows = prop::collection::vec(prop::sample::select(vec!["1", "2", "3"]), 0..4);
    (prop::sample::select(vec!["", "a", "b"]), prop::sample::select(vec!["", "a", "b"]), rows).prop_map(
        |(one, two, rows)| {
            let typed = Typed::default().with("one", one).with("two", two);
            rows.iter()
                .enumerate()
                .fold(typed, |typed, (row, count)| typed.with(&format!("people.{row}.count"), *count))
        },
    )
}

proptest! {
    #[test]
    fn what_only_one_side_changed_is_taken_from_it(base in texts(), changed in texts()) {
        for merged in [merge(&base, &changed, &base), merge(&base, &base, &changed), merge(&base, &changed, &changed)] {
            prop_assert!(merged.conflicts.is_empty());
            prop_assert!(merged.typed.says_the_same(&changed, &[]), "{merged:?}");
        }
    }

    #[test]
    fn every_field_is_of_one_of_the_texts_and_both_orders_dispute_the_same(base in texts(), theirs in texts(), mine in texts()) {
        let merged = merge(&base, &theirs, &mine);
        prop_assert_eq!(&merged.conflicts, &merge(&base, &mine, &theirs).conflicts);
        for name in ["one", "two"] {
            let (before, other, own) = (base.get(name), theirs.get(name), mine.get(name));
            let expected = if own == before { other } else { own };
            prop_assert_eq!(merged.typed.get(name), expected);
            let disputed = own != before && other != before && own != other;
            prop_assert_eq!(merged.conflicts.contains(&name.to_owned()), disputed);
        }
        // In dispute stands the own text, so that showing it beside the other one loses neither.
        let units = &merged.conflicts;
        prop_assert!(merged.typed.of_units(units).says_the_same(&mine.compacted().of_units(units), &[]));
    }
}

#[test]
fn rows_are_compared_one_by_one_as_long_as_none_came_or_went() {
    let rows = |counts: &[&str]| {
        counts
            .iter()
            .enumerate()
            .fold(Typed::default(), |typed, (row, count)| typed.with(&format!("people.{row}.count"), *count))
    };
    let base = rows(&["1", "2", "3"]);
    let merged = merge(&base, &rows(&["1", "20", "3"]), &rows(&["1", "2", "30"]));
    assert!(merged.conflicts.is_empty() && merged.typed.says_the_same(&rows(&["1", "20", "30"]), &[]), "{merged:?}");
    assert_eq!(merge(&base, &rows(&["1", "20", "3"]), &rows(&["1", "22", "3"])).conflicts, ["people.1"]);
    // Who took a row away moved all that follow: which row the other changed is no longer sure.
    let merged = merge(&base, &rows(&["1", "20", "3"]), &rows(&["2", "3"]));
    assert_eq!(merged.conflicts, ["people"]);
    assert!(merge(&base, &base, &rows(&["2", "3"])).conflicts.is_empty());
}
