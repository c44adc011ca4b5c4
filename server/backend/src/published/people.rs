//! People helped as everybody may know them, and what a donor's page has to keep hidden with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::help::{AgeGroup, Exploitation, HelpKind, Movement, Returnee, Sex};
use domain::published::{
    Hiding, PublishedCell, PublishedLists, PublishedTable, THRESHOLD, changes_of_lists, changes_of_table,
    publish_lists_hiding, publish_table_hiding, sum_of_quarters,
};
use sea_orm::ConnectionTrait;

use crate::error::Result;
use crate::reports::totals::{self, Counts, Grouping, quarters};

/// People helped, with small counts suppressed.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleFigures {
    /// Rows by sex, columns by age group.
    pub by_sex_and_age: PublishedTable,
    /// Lists of the same people: movement, returnee, exploitation, help.
    pub lists: PublishedLists,
}

impl PeopleFigures {
    /// How many people are shown of each kind of help.
    pub(crate) fn by_help(&self) -> &[PublishedCell] {
        self.lists.lists.last().map_or(&[], Vec::as_slice)
    }
}

/// The figures of a day.
pub(crate) async fn at<C: ConnectionTrait>(database: &C, day: NaiveDate) -> Result<PeopleFigures> {
    Ok(of(&totals::at(database, day).await?))
}

/// The figures that these counts make.
pub(crate) fn of(counts: &Counts) -> PeopleFigures {
    let table = by_sex_and_age(counts);
    let lists = by_lists(counts);
    let mut hidden_table = changes_of_table(&table, THRESHOLD);
    let mut hidden_lists = changes_of_lists(&lists, THRESHOLD);
    let (table, lists) = (sum_of_quarters(&table), sum_of_quarters(&lists));
    let publish = |hidden_table: &Hiding, hidden_lists: &Hiding| PeopleFigures {
        by_sex_and_age: publish_table_hiding(&table, THRESHOLD, hidden_table),
        lists: publish_lists_hiding(&lists, THRESHOLD, hidden_lists),
    };
    let published = publish(&hidden_table, &hidden_lists);
    // Both have the same total: where one hides it, the other does.
    let totals = [published.by_sex_and_age.grand_total, published.lists.total];
    if totals[0] == totals[1] {
        return published;
    }
    (hidden_table.total, hidden_lists.total) = (true, true);
    publish(&hidden_table, &hidden_lists)
}

fn by_sex_and_age(counts: &Counts) -> Vec<Vec<Vec<i64>>> {
    let found = quarters(counts, Grouping::SexAge, Sex::CODES, AgeGroup::CODES);
    let empty = vec![vec![0; AgeGroup::CODES.len()]; Sex::CODES.len()];
    std::iter::once(empty).chain(found.into_values()).collect()
}

fn by_lists(counts: &Counts) -> Vec<Vec<Vec<i64>>> {
    let lists = [
        (Grouping::Movement, Movement::CODES),
        (Grouping::Returnee, Returnee::CODES),
        (Grouping::Exploitation, Exploitation::CODES),
        (Grouping::Help, HelpKind::CODES),
    ];
    let empty: Vec<Vec<i64>> = lists.iter().map(|(_, codes)| vec![0; codes.len()]).collect();
    let mut found = BTreeMap::new();
    for (number, (grouping, codes)) in lists.into_iter().enumerate() {
        for (quarter, mut rows) in quarters(counts, grouping, &[""], codes) {
            let all = found.entry(quarter).or_insert_with(|| empty.clone());
            all[number] = rows.swap_remove(0);
        }
    }
    std::iter::once(empty).chain(found.into_values()).collect()
}
