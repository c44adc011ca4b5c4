//! Publishing counts of people without giving anybody away: counts below a threshold are hidden, and so is
//! whatever else would let a hidden count be worked out, from the other counts or from earlier ones. Totals that are
//! shown stay true.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::time::{next_quarter_start, quarter_start};

/// The smallest count of people that is shown; zero is shown too.
pub const THRESHOLD: i64 = 5;

/// A count as the public sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PublishedCell {
    /// The true count.
    Shown(i64),
    /// Hidden. Which of the hidden ones are small and which only protect others is not said.
    Suppressed,
}

impl PublishedCell {
    /// The count, if it is shown.
    #[must_use]
    pub const fn shown(self) -> Option<i64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Suppressed => None,
        }
    }
}

/// A table of counts with its totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedTable {
    /// Counts by row and column.
    pub cells: Vec<Vec<PublishedCell>>,
    /// One total a row.
    pub row_totals: Vec<PublishedCell>,
    /// One total a column.
    pub column_totals: Vec<PublishedCell>,
    /// Total of all.
    pub grand_total: PublishedCell,
}

/// Several lists that count the same people in different ways, and so share one total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedLists {
    /// Counts of each list.
    pub lists: Vec<Vec<PublishedCell>>,
    /// The total of every list.
    pub total: PublishedCell,
}

/// What of a table has to stay hidden for another reason than being small, by places. Zeros are shown all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hiding {
    /// Rows and columns of counts; of several lists, the list and the place in it.
    pub cells: Vec<(usize, usize)>,
    /// Rows whose totals stay hidden.
    pub row_totals: Vec<usize>,
    /// Columns whose totals stay hidden.
    pub column_totals: Vec<usize>,
    /// True when the total of all stays hidden.
    pub total: bool,
}

/// Counts and totals as a flow: every count is an edge between two sums that it is part of, so that what flows
/// into a sum flows out of it. Whoever knows the shown edges can move a hidden one up or down only along a cycle of
/// hidden edges; where there is none, it is determined. The matrix of such a flow is totally unimodular, so that
/// this is exact for whole numbers.
struct Flow {
    nodes: usize,
    edges: Vec<Edge>,
}

#[derive(Clone, Copy)]
struct Edge {
    from: usize,
    to: usize,
    count: i64,
    hidden: bool,
    /// How much is lost when it is hidden.
    loss: i64,
}

/// Totals are hidden only when no cells will do.
const LOSS_OF_TOTAL: i64 = 1_000_000_000_000;
const LOSS_OF_GRAND_TOTAL: i64 = 1_000 * LOSS_OF_TOTAL;

impl Flow {
    fn new(nodes: usize) -> Self {
        Self { nodes, edges: Vec::new() }
    }

    fn add(&mut self, (from, to): (usize, usize), count: i64, loss: i64, threshold: i64, stays_hidden: bool) {
        let hidden = count > 0 && (count < threshold || stays_hidden);
        let loss = loss.saturating_add(count.clamp(1, LOSS_OF_TOTAL / 1_000_000));
        self.edges.push(Edge { from, to, count, hidden, loss });
    }

    /// Hides further edges until no hidden one is determined.
    fn protect(&mut self) {
        let primary: Vec<usize> = (0..self.edges.len()).filter(|edge| self.edges[*edge].hidden).collect();
        for edge in primary {
            for other in self.cheapest_cycle(edge) {
                self.edges[other].hidden = true;
            }
        }
    }

    /// The edges, besides the given one, of the cycle through it that loses least, all of which can move when the
    /// given one grows or shrinks. There always is one where counts add up: people flow in a circle.
    fn cheapest_cycle(&self, edge: usize) -> Vec<usize> {
        let Edge { from, to, count, .. } = self.edges[edge];
        let grow = self.cheapest_path(to, from, edge);
        let shrink = if count > 1 { self.cheapest_path(from, to, edge) } else { None };
        match (grow, shrink) {
            (Some((cost, path)), Some((other_cost, other))) => {
                if other_cost < cost {
                    other
                } else {
                    path
                }
            }
            (Some((_, path)), None) | (None, Some((_, path))) => path,
            (None, None) => Vec::new(),
        }
    }

    /// Dijkstra over edges that can move: up always, down while something is left. Zeros are shown always, so a
    /// hidden count is known to be one at least.
    fn cheapest_path(&self, start: usize, end: usize, without: usize) -> Option<(i64, Vec<usize>)> {
        let mut best: Vec<Option<(i64, usize, usize)>> = vec![None; self.nodes];
        let mut queue = BinaryHeap::from([Reverse((0_i64, start))]);
        let steps = self.steps(without);
        while let Some(Reverse((cost, node))) = queue.pop() {
            if node == end {
                break;
            }
            if best[node].is_some_and(|(known, _, _)| known < cost) {
                continue;
            }
            for (next, edge) in &steps[node] {
                let step = if self.edges[*edge].hidden { 0 } else { self.edges[*edge].loss };
                let total = cost.saturating_add(step);
                if *next != start && best[*next].is_none_or(|(known, _, _)| total < known) {
                    best[*next] = Some((total, node, *edge));
                    queue.push(Reverse((total, *next)));
                }
            }
        }
        let (cost, _, _) = best[end]?;
        let mut path = Vec::new();
        let mut node = end;
        while node != start {
            let (_, before, edge) = best[node]?;
            path.push(edge);
            node = before;
        }
        Some((cost, path))
    }

    fn steps(&self, without: usize) -> Vec<Vec<(usize, usize)>> {
        let mut steps = vec![Vec::new(); self.nodes];
        for (number, edge) in self.edges.iter().enumerate() {
            if number == without || edge.count < 1 {
                continue;
            }
            steps[edge.from].push((edge.to, number));
            if edge.count > 1 {
                steps[edge.to].push((edge.from, number));
            }
        }
        steps
    }

    fn published(&self) -> impl Iterator<Item = PublishedCell> + '_ {
        self.edges.iter().map(
            |edge| {
                if edge.hidden { PublishedCell::Suppressed } else { PublishedCell::Shown(edge.count) }
            },
        )
    }
}

/// Publishes a table of counts; rows that are shorter than the longest are filled with zeros, and counts below
/// zero are taken as zero.
#[must_use]
pub fn publish_table(counts: &[Vec<i64>], threshold: i64) -> PublishedTable {
    publish_table_hiding(counts, threshold, &Hiding::default())
}

/// Publishes a table like [`publish_table`], where some places stay hidden whatever they hold.
#[must_use]
pub fn publish_table_hiding(counts: &[Vec<i64>], threshold: i64, hiding: &Hiding) -> PublishedTable {
    let columns = counts.iter().map(Vec::len).max().unwrap_or(0);
    let rows = counts.len();
    let count = |row: usize, column: usize| counts[row].get(column).copied().unwrap_or(0).max(0);
    let row_sum = |row: usize| (0..columns).fold(0_i64, |sum, column| sum.saturating_add(count(row, column)));
    let column_sum = |column: usize| (0..rows).fold(0_i64, |sum, row| sum.saturating_add(count(row, column)));
    let grand = (0..rows).fold(0_i64, |sum, row| sum.saturating_add(row_sum(row)));
    // People flow from the source to their row, by their cell to their column, on to the sink and round again.
    let (source, sink) = (rows + columns, rows + columns + 1);
    let mut flow = Flow::new(rows + columns + 2);
    for row in 0..rows {
        for column in 0..columns {
            let stays_hidden = hiding.cells.contains(&(row, column));
            flow.add((row, rows + column), count(row, column), 0, threshold, stays_hidden);
        }
    }
    for row in 0..rows {
        flow.add((source, row), row_sum(row), LOSS_OF_TOTAL, threshold, hiding.row_totals.contains(&row));
    }
    for column in 0..columns {
        let stays_hidden = hiding.column_totals.contains(&column);
        flow.add((rows + column, sink), column_sum(column), LOSS_OF_TOTAL, threshold, stays_hidden);
    }
    flow.add((sink, source), grand, LOSS_OF_GRAND_TOTAL, threshold, hiding.total);
    flow.protect();
    let mut published = flow.published();
    let mut take = |number: usize| -> Vec<PublishedCell> { published.by_ref().take(number).collect() };
    let cells = (0..rows).map(|_| take(columns)).collect();
    let row_totals = take(rows);
    let column_totals = take(columns);
    let grand_total = take(1).first().copied().unwrap_or(PublishedCell::Suppressed);
    PublishedTable { cells, row_totals, column_totals, grand_total }
}

/// Publishes several lists of the same people, which share a total; publishing each by itself could show in one
/// what another hides. A list whose counts do not add up to the first one's total is published with nothing shown.
#[must_use]
pub fn publish_lists(lists: &[Vec<i64>], threshold: i64) -> PublishedLists {
    publish_lists_hiding(lists, threshold, &Hiding::default())
}

/// Publishes several lists like [`publish_lists`], where some places stay hidden whatever they hold.
#[must_use]
pub fn publish_lists_hiding(lists: &[Vec<i64>], threshold: i64, hiding: &Hiding) -> PublishedLists {
    let sum = |list: &[i64]| list.iter().fold(0_i64, |sum, count| sum.saturating_add((*count).max(0)));
    let total = lists.first().map_or(0, |list| sum(list));
    let agreeing: Vec<(usize, &Vec<i64>)> = lists.iter().enumerate().filter(|(_, list)| sum(list) == total).collect();
    // People flow through one list after the other and round again by the total.
    let mut flow = Flow::new(agreeing.len() + 1);
    for (number, (list, counts)) in agreeing.iter().enumerate() {
        for (place, count) in counts.iter().enumerate() {
            let stays_hidden = hiding.cells.contains(&(*list, place));
            flow.add((number, number + 1), (*count).max(0), 0, threshold, stays_hidden);
        }
    }
    flow.add((agreeing.len(), 0), total, LOSS_OF_GRAND_TOTAL, threshold, hiding.total);
    flow.protect();
    let mut published = flow.published();
    let lists = lists
        .iter()
        .map(|list| {
            if sum(list) == total {
                published.by_ref().take(list.len()).collect()
            } else {
                vec![PublishedCell::Suppressed; list.len()]
            }
        })
        .collect();
    PublishedLists { lists, total: published.next().unwrap_or(PublishedCell::Suppressed) }
}

/// The day from which the people of a report are counted, of which these are the groups that anybody is shown: the
/// quarter of the day on which it was accepted, when nobody is alone in any of them; otherwise the next one, together
/// with the people of other reports.
#[must_use]
pub fn counted_from(accepted: NaiveDate, groups: impl IntoIterator<Item = i64>, threshold: i64) -> NaiveDate {
    match groups.into_iter().all(|people| people == 0 || people >= threshold) {
        true => quarter_start(accepted),
        false => next_quarter_start(accepted),
    }
}

/// True when a count that changed so much in each quarter, the oldest first, may be shown: who kept what was shown of
/// it before learns of a change of at least `threshold` people, or of none.
#[must_use]
pub fn changes_enough(additions: impl IntoIterator<Item = i64>, threshold: i64) -> bool {
    let (mut count, mut shown) = (0_i64, 0_i64);
    for addition in additions {
        count = count.saturating_add(addition);
        if count.abs_diff(shown) >= threshold.unsigned_abs() {
            shown = count;
        }
    }
    count == shown
}

/// What of a table stays hidden because it changed by too few people; `quarters` is what each quarter added to it, the
/// oldest first.
#[must_use]
pub fn changes_of_table(quarters: &[Vec<Vec<i64>>], threshold: i64) -> Hiding {
    let rows = quarters.iter().map(Vec::len).max().unwrap_or(0);
    let columns = quarters.iter().flatten().map(Vec::len).max().unwrap_or(0);
    let of = |quarter: &Vec<Vec<i64>>, row: usize, column: usize| {
        quarter.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0)
    };
    let hidden = |sum: &dyn Fn(&Vec<Vec<i64>>) -> i64| !changes_enough(quarters.iter().map(sum), threshold);
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    Hiding {
        cells: cells.filter(|(row, column)| hidden(&|quarter| of(quarter, *row, *column))).collect(),
        row_totals: (0..rows)
            .filter(|row| hidden(&|quarter| (0..columns).map(|column| of(quarter, *row, column)).sum()))
            .collect(),
        column_totals: (0..columns)
            .filter(|column| hidden(&|quarter| (0..rows).map(|row| of(quarter, row, *column)).sum()))
            .collect(),
        total: hidden(&|quarter| quarter.iter().flatten().sum()),
    }
}

/// The same of several lists of the same people.
#[must_use]
pub fn changes_of_lists(quarters: &[Vec<Vec<i64>>], threshold: i64) -> Hiding {
    let first: Vec<i64> = quarters.iter().map(|lists| lists.first().into_iter().flatten().sum()).collect();
    let cells = changes_of_table(quarters, threshold).cells;
    Hiding { cells, total: !changes_enough(first, threshold), ..Hiding::default() }
}

/// What quarters added, in sum.
#[must_use]
pub fn sum_of_quarters(quarters: &[Vec<Vec<i64>>]) -> Vec<Vec<i64>> {
    let mut sums: Vec<Vec<i64>> = Vec::new();
    for quarter in quarters {
        sums.resize_with(sums.len().max(quarter.len()), Vec::new);
        for (sum, row) in sums.iter_mut().zip(quarter) {
            sum.resize(sum.len().max(row.len()), 0);
            for (sum, addition) in sum.iter_mut().zip(row) {
                *sum = sum.saturating_add(*addition);
            }
        }
    }
    sums
}
