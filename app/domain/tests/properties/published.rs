//! Suppression: an attacker who knows everything that is shown, and that nothing hidden is zero, can work out no
//! hidden count. For small tables another table that looks the same is found by trying; for larger ones the
//! attacker narrows bounds down as far as they go.

use domain::published::{PublishedCell, PublishedTable, THRESHOLD, publish_lists, publish_table};
use proptest::prelude::*;

pub type Counts = Vec<Vec<i64>>;

/// Counts with their totals as one table: the last column and the last row are totals.
pub fn with_totals(counts: &Counts) -> Counts {
    let mut extended: Counts =
        counts.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
    let columns = extended.first().map_or(0, Vec::len);
    extended.push((0..columns).map(|column| extended.iter().map(|row| row[column]).sum()).collect());
    extended
}

pub fn extended(published: &PublishedTable) -> Vec<Vec<PublishedCell>> {
    let mut rows: Vec<Vec<PublishedCell>> = published
        .cells
        .iter()
        .zip(&published.row_totals)
        .map(|(row, total)| row.iter().copied().chain([*total]).collect())
        .collect();
    rows.push(published.column_totals.iter().copied().chain([published.grand_total]).collect());
    rows
}

fn hidden_places(shown: &[Vec<PublishedCell>]) -> Vec<(usize, usize)> {
    let place = |(row, cells): (usize, &Vec<PublishedCell>)| {
        cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.shown().is_none())
            .map(|(column, _)| (row, column))
            .collect::<Vec<_>>()
    };
    shown.iter().enumerate().flat_map(place).collect()
}

/// True when a table with other counts would have been shown just so.
fn looks_the_same(counts: &Counts, shown: &[Vec<PublishedCell>]) -> bool {
    with_totals(counts).iter().flatten().zip(shown.iter().flatten()).all(|(count, cell)| match cell {
        PublishedCell::Shown(value) => count == value,
        PublishedCell::Suppressed => *count >= 1,
    })
}

/// Every way to move the hidden cells of a table up or down by one.
fn neighbours(truth: &Counts, shown: &[Vec<PublishedCell>]) -> Vec<Counts> {
    let mut tables = vec![truth.clone()];
    for (row, cells) in truth.iter().enumerate() {
        for (column, count) in cells.iter().enumerate() {
            if shown[row][column].shown().is_none() {
                let moved = |delta: i64| {
                    tables.iter().map(move |table| {
                        let mut table = table.clone();
                        table[row][column] = count + delta;
                        table
                    })
                };
                tables = [-1, 0, 1].into_iter().flat_map(moved).collect();
            }
        }
        // A row that does not fit what is shown of it leads nowhere.
        tables.retain(|table| match shown[row].last() {
            Some(PublishedCell::Shown(total)) => table[row].iter().sum::<i64>() == *total,
            _ => true,
        });
    }
    tables.retain(|table| looks_the_same(table, shown));
    tables
}

/// The hidden places that are the same in every table that looks like this one.
pub fn determined(truth: &Counts, shown: &[Vec<PublishedCell>]) -> Vec<(usize, usize)> {
    let neighbours: Vec<Counts> = neighbours(truth, shown).iter().map(with_totals).collect();
    let truth = with_totals(truth);
    hidden_places(shown)
        .into_iter()
        .filter(|(row, column)| neighbours.iter().all(|table| table[*row][*column] == truth[*row][*column]))
        .collect()
}

/// Narrows the bounds of hidden places down by every sum until nothing changes; gives those that are left with
/// one value.
fn narrowed(shown: &[Vec<PublishedCell>]) -> Vec<(usize, usize)> {
    const FAR: i64 = 1_000_000_000;
    let (rows, columns) = (shown.len(), shown[0].len());
    let mut bounds: Vec<Vec<(i64, i64)>> = shown
        .iter()
        .map(|row| row.iter().map(|cell| cell.shown().map_or((1, FAR), |count| (count, count))).collect())
        .collect();
    let mut lines: Vec<Vec<(usize, usize)>> =
        (0..rows).map(|row| (0..columns).map(|column| (row, column)).collect()).collect();
    lines.extend((0..columns).map(|column| (0..rows).map(|row| (row, column)).collect()));
    for _ in 0..200 {
        let before = bounds.clone();
        for line in &lines {
            let (total, parts) = line.split_last().unwrap();
            let sum = |bounds: &Vec<Vec<(i64, i64)>>, low: bool| -> i64 {
                parts
                    .iter()
                    .map(|(row, column)| if low { bounds[*row][*column].0 } else { bounds[*row][*column].1 })
                    .sum()
            };
            let (least, most) = (sum(&bounds, true), sum(&bounds, false));
            let whole = bounds[total.0][total.1];
            bounds[total.0][total.1] = (whole.0.max(least), whole.1.min(most));
            let whole = bounds[total.0][total.1];
            for (row, column) in parts {
                let part = bounds[*row][*column];
                let (least, most) = (sum(&bounds, true), sum(&bounds, false));
                bounds[*row][*column] = (part.0.max(whole.0 - (most - part.1)), part.1.min(whole.1 - (least - part.0)));
            }
        }
        if before == bounds {
            break;
        }
    }
    hidden_places(shown)
        .into_iter()
        .filter(|(row, column)| bounds[*row][*column].0 >= bounds[*row][*column].1)
        .collect()
}

pub fn small_count() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0_i64), 5 => 1_i64..5, 3 => 5_i64..12, 1 => 12_i64..200]
}

fn table(
    rows: std::ops::RangeInclusive<usize>,
    columns: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Counts> {
    (rows, columns)
        .prop_flat_map(|(rows, columns)| prop::collection::vec(prop::collection::vec(small_count(), columns), rows))
}

pub fn assert_honest(counts: &Counts, published: &PublishedTable) {
    let truth = with_totals(counts);
    for (count, cell) in truth.iter().flatten().zip(extended(published).iter().flatten()) {
        match cell {
            PublishedCell::Shown(shown) => {
                assert_eq!(shown, count, "what is shown is true");
                assert!(*count == 0 || *count >= THRESHOLD, "{count} is shown");
            }
            PublishedCell::Suppressed => assert!(*count > 0, "zero is hidden"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_hidden_count_of_a_small_table_can_be_worked_out(counts in table(1..=3, 1..=3)) {
        let published = publish_table(&counts, THRESHOLD);
        assert_honest(&counts, &published);
        prop_assert_eq!(determined(&counts, &extended(&published)), vec![]);
    }

    #[test]
    fn no_hidden_count_of_a_larger_table_falls_to_narrowing(counts in table(2..=8, 2..=11)) {
        let published = publish_table(&counts, THRESHOLD);
        assert_honest(&counts, &published);
        prop_assert_eq!(narrowed(&extended(&published)), vec![]);
    }

    #[test]
    fn a_table_without_small_counts_is_shown_whole(
        counts in prop::collection::vec(prop::collection::vec(prop_oneof![Just(0_i64), 5_i64..500], 4), 1..6),
    ) {
        let published = publish_table(&counts, THRESHOLD);
        prop_assert_eq!(hidden_places(&extended(&published)), vec![]);
    }

    #[test]
    fn several_lists_of_the_same_people_do_not_betray_each_other(
        first in prop::collection::vec(small_count(), 1..5),
        cuts in prop::collection::vec(0_usize..1000, 0..3),
    ) {
        let total: i64 = first.iter().sum();
        let second = cut(total, &cuts);
        let published = publish_lists(&[first.clone(), second.clone()], THRESHOLD);
        let lists = [first, second];
        let mut moves: Vec<Vec<(Vec<i64>, i64)>> = Vec::new();
        for (list, shown) in lists.iter().zip(&published.lists) {
            let row = vec![list.clone()];
            let cells: Vec<PublishedCell> = shown.iter().copied().chain([published.total]).collect();
            let totals = shown.iter().copied().chain([published.total]).collect();
            moves.push(neighbours(&row, &[cells, totals]).into_iter().map(|table| {
                let sum = table[0].iter().sum();
                (table[0].clone(), sum)
            }).collect());
        }
        // A move of one list counts only where the other list has one to the same total.
        for (number, shown) in published.lists.iter().enumerate() {
            for (place, _) in shown.iter().enumerate().filter(|(_, cell)| cell.shown().is_none()) {
                let witness = moves[number].iter().any(|(list, sum)| {
                    list[place] != lists[number][place] && moves[1 - number].iter().any(|(_, other)| other == sum)
                });
                prop_assert!(witness, "place {} of list {} in {:?}", place, number, published);
            }
        }
        if published.total == PublishedCell::Suppressed {
            let moved = moves[0].iter().any(|(_, sum)| *sum != total && moves[1].iter().any(|(_, other)| other == sum));
            prop_assert!(moved, "the total in {:?}", published);
        }
    }
}

/// Cuts a total into parts at some places.
fn cut(total: i64, cuts: &[usize]) -> Vec<i64> {
    let mut places: Vec<i64> = cuts.iter().map(|cut| i64::try_from(*cut).unwrap() % (total + 1)).collect();
    places.sort_unstable();
    places.push(total);
    let mut before = 0;
    places
        .into_iter()
        .map(|place| {
            let part = place - before;
            before = place;
            part
        })
        .collect()
}

/// One list as it is published, and its total.
fn publish_list(counts: &[i64]) -> (Vec<PublishedCell>, PublishedCell) {
    let mut published = publish_lists(&[counts.to_vec()], THRESHOLD);
    (published.lists.pop().unwrap_or_default(), published.total)
}

#[test]
fn no_hidden_count_of_any_short_list_can_be_worked_out() {
    let mut lists: Vec<Vec<i64>> = vec![vec![]];
    for _ in 0..4 {
        lists =
            lists.iter().flat_map(|list| (0..=7).map(|count| list.iter().copied().chain([count]).collect())).collect();
        for list in &lists {
            let (cells, total) = publish_list(list);
            // A list is a table of one row in which a column's total is its only cell.
            let columns = cells.iter().copied().chain([total]).collect();
            let shown = vec![cells.iter().copied().chain([total]).collect(), columns];
            let truth = vec![list.clone()];
            assert_eq!(determined(&truth, &shown), vec![], "{list:?} as {shown:?}");
            for (count, cell) in list.iter().zip(&cells) {
                assert!(
                    cell.shown().is_none_or(|shown| shown == *count && !(1..THRESHOLD).contains(count)),
                    "{list:?}"
                );
            }
        }
    }
}

#[test]
fn five_single_people_are_not_given_away_by_their_total() {
    // Five hidden counts of one at least that add up to five would each be one.
    let (cells, total) = publish_list(&[1, 1, 1, 1, 1]);
    assert!(cells.iter().all(|cell| *cell == PublishedCell::Suppressed));
    assert_eq!(total, PublishedCell::Suppressed);
}

#[test]
fn one_small_count_takes_the_smallest_other_with_it_and_the_total_stays() {
    use PublishedCell::{Shown, Suppressed};
    let (cells, total) = publish_list(&[3, 40, 12, 0]);
    assert_eq!(cells, [Suppressed, Shown(40), Suppressed, Shown(0)]);
    assert_eq!(total, Shown(55));
    let table = publish_table(&[vec![3, 20, 30], vec![25, 6, 35], vec![40, 45, 50]], THRESHOLD);
    let hidden = hidden_places(&extended(&table));
    assert_eq!(hidden, [(0, 0), (0, 1), (1, 0), (1, 1)], "the cheapest square around the small count");
}

#[test]
fn the_auditors_of_these_tests_find_what_a_careless_table_gives_away() {
    use PublishedCell::{Shown, Suppressed};
    let truth = vec![vec![3, 20], vec![25, 6]];
    let careless = [
        vec![Suppressed, Shown(20), Shown(23)],
        vec![Shown(25), Shown(6), Shown(31)],
        vec![Shown(28), Shown(26), Shown(54)],
    ];
    assert_eq!(determined(&truth, &careless), [(0, 0)]);
    assert_eq!(narrowed(&careless), [(0, 0)]);
}

#[test]
fn empty_and_ragged_tables_are_taken_as_zeros() {
    assert_eq!(publish_table(&[], THRESHOLD).grand_total, PublishedCell::Shown(0));
    let table = publish_table(&[vec![], vec![7, -3]], THRESHOLD);
    assert_eq!(table.cells[0], [PublishedCell::Shown(0), PublishedCell::Shown(0)]);
    assert_eq!(table.cells[1], [PublishedCell::Shown(7), PublishedCell::Shown(0)]);
    assert_eq!(publish_list(&[]), (vec![], PublishedCell::Shown(0)));
    let overflow = publish_table(&[vec![i64::MAX, i64::MAX], vec![2, 3]], THRESHOLD);
    assert_eq!(overflow.cells[1], [PublishedCell::Suppressed, PublishedCell::Suppressed]);
}

#[test]
fn a_list_that_does_not_add_up_to_the_others_shows_nothing() {
    let published = publish_lists(&[vec![10, 20], vec![10, 19]], THRESHOLD);
    assert_eq!(published.lists[0], [PublishedCell::Shown(10), PublishedCell::Shown(20)]);
    assert_eq!(published.lists[1], [PublishedCell::Suppressed, PublishedCell::Suppressed]);
    assert_eq!(published.total, PublishedCell::Shown(30));
}
