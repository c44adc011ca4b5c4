//! Suppression over time: who keeps what is shown each quarter learns of no change of few people, and what stays hidden
//! for another reason cannot be worked out either.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::published::{
    Hiding, PublishedCell, PublishedTable, THRESHOLD, changes_enough, changes_of_lists, changes_of_table, counted_from,
    publish_lists_hiding, publish_table_hiding, sum_of_quarters,
};
use proptest::prelude::*;

use crate::published::{Counts, assert_honest, determined, extended, small_count};

fn quarters() -> impl Strategy<Value = Vec<Counts>> {
    (1_usize..=3, 1_usize..=3).prop_flat_map(|(rows, columns)| {
        let table = prop::collection::vec(prop::collection::vec(small_count(), columns), rows);
        prop::collection::vec(table, 1..=6)
    })
}

/// Every table that was shown, one at the end of each quarter.
fn shown(quarters: &[Counts]) -> Vec<PublishedTable> {
    (1..=quarters.len())
        .map(|number| {
            let so_far = &quarters[..number];
            publish_table_hiding(&sum_of_quarters(so_far), THRESHOLD, &changes_of_table(so_far, THRESHOLD))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_two_figures_of_the_same_place_differ_by_few_people(quarters in quarters()) {
        let mut kept: HashMap<(usize, usize), i64> = HashMap::new();
        for (number, table) in shown(&quarters).iter().enumerate() {
            assert_honest(&sum_of_quarters(&quarters[..=number]), table);
            for (row, cells) in extended(table).iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let Some(count) = cell.shown() else { continue };
                    let before = kept.insert((row, column), count).unwrap_or(0);
                    let change = (count - before).abs();
                    prop_assert!(change == 0 || change >= THRESHOLD, "{before}, then {count}: {quarters:?}");
                }
            }
        }
    }

    #[test]
    fn what_stays_hidden_for_its_change_cannot_be_worked_out(quarters in quarters()) {
        for (number, table) in shown(&quarters).iter().enumerate() {
            let truth = sum_of_quarters(&quarters[..=number]);
            let hidden = extended(table).iter().flatten().filter(|cell| cell.shown().is_none()).count();
            // The attacker tries every neighbour of what is hidden: more than so many take too long.
            if hidden <= 9 {
                prop_assert!(determined(&truth, &extended(table)).is_empty(), "{truth:?}: {table:?}");
            }
        }
    }

    #[test]
    fn what_is_to_stay_hidden_stays_hidden_and_cannot_be_worked_out(
        counts in prop::collection::vec(prop::collection::vec(small_count(), 3), 2),
        cells in prop::collection::vec((0_usize..2, 0_usize..3), 0..=2),
        columns in prop::collection::vec(0_usize..3, 0..=1),
    ) {
        let hiding = Hiding { cells: cells.clone(), column_totals: columns.clone(), ..Hiding::default() };
        let table = publish_table_hiding(&counts, THRESHOLD, &hiding);
        for (row, column) in cells {
            prop_assert!(counts[row][column] == 0 || table.cells[row][column] == PublishedCell::Suppressed);
        }
        for column in columns {
            let sum: i64 = counts.iter().map(|row| row[column]).sum();
            prop_assert!(sum == 0 || table.column_totals[column] == PublishedCell::Suppressed);
        }
        prop_assert!(determined(&counts, &extended(&table)).is_empty(), "{counts:?}: {table:?}");
    }

    #[test]
    fn lists_change_by_many_or_not_at_all_too(quarters in prop::collection::vec(prop::collection::vec(small_count(), 3), 1..=6)) {
        // Two lists of the same people, the second in one group.
        let quarters: Vec<Vec<Vec<i64>>> =
            quarters.into_iter().map(|list| vec![list.clone(), vec![list.iter().sum()]]).collect();
        let mut kept: HashMap<(usize, usize), i64> = HashMap::new();
        for number in 1..=quarters.len() {
            let so_far = &quarters[..number];
            let hiding = changes_of_lists(so_far, THRESHOLD);
            let published = publish_lists_hiding(&sum_of_quarters(so_far), THRESHOLD, &hiding);
            let total = vec![published.total];
            for (list, cells) in published.lists.iter().chain([&total]).enumerate() {
                for (place, cell) in cells.iter().enumerate() {
                    let Some(count) = cell.shown() else { continue };
                    let change = (count - kept.insert((list, place), count).unwrap_or(0)).abs();
                    prop_assert!(change == 0 || change >= THRESHOLD, "{quarters:?}");
                }
            }
        }
    }
}

#[test]
fn few_people_wait_for_the_next_quarter_and_others_do_not() {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    for (groups, accepted, from) in [
        (vec![5, 0, 12], "2026-11-29", "2026-10-01"),
        (vec![5, 4, 12], "2026-11-29", "2027-01-01"),
        (vec![1], "2026-10-01", "2027-01-01"),
        (vec![], "2026-03-31", "2026-01-01"),
    ] {
        assert_eq!(counted_from(day(accepted), groups, THRESHOLD), day(from), "{accepted}");
    }
}

#[test]
fn a_count_is_shown_again_once_it_has_changed_by_enough() {
    for (additions, expected) in [
        (vec![], true),
        (vec![4], false),
        (vec![5], true),
        (vec![41, 1], false),
        (vec![41, 1, 0], false),
        (vec![41, 1, 3, 1], true),
        (vec![41, 0], true),
        (vec![4, 2], true),
        (vec![41, -1], false),
    ] {
        assert_eq!(changes_enough(additions.clone(), THRESHOLD), expected, "{additions:?}");
    }
}
