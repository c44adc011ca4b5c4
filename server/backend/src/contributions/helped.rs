//! Whom a donor's money helped, as far as the donor may know: counts leave this file only after suppression, so that
//! nobody can be recognised, neither from the statement alone nor from its difference to the public figures.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::help::{HelpKind, Sex};
use domain::published::{
    Hiding, PublishedCell, PublishedTable, THRESHOLD, changes_of_table, publish_table_hiding, sum_of_quarters,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _};

use super::donor_sums::Figure;
use super::entity::donor_grant_figure;
use crate::error::Result;
use crate::published::people::{self, PeopleFigures};
use crate::reports::totals::{self, Grouping, quarters};

/// People are counted by grant for a donor with at most so many: suppression looks at all counts of a table at once,
/// and a longer one would cost more than a page may.
pub(super) const MOST_GRANTS: u64 = 100;

/// People helped by one kind of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpedRow {
    /// Kind of help.
    pub help: HelpKind,
    /// Counts in the order of [`Sex::ALL`].
    pub by_sex: Vec<PublishedCell>,
    /// All of the row.
    pub total: PublishedCell,
}

/// Counts of people after suppression.
pub(super) struct Helped {
    /// By grant; empty for a donor of more than [`MOST_GRANTS`].
    pub(super) by_grant: HashMap<i64, PublishedCell>,
    pub(super) rows: Vec<HelpedRow>,
    pub(super) total: PublishedCell,
}

/// A kind of help and a sex: a column of the tables that are suppressed.
type Group = (HelpKind, Sex);

fn groups() -> Vec<Group> {
    HelpKind::ALL.iter().flat_map(|help| Sex::ALL.iter().map(move |sex| (*help, *sex))).collect()
}

impl Helped {
    /// Counts the people in accepted reports of the grants that the donor pays for, of which `figures` are the sum, as
    /// far as they count on a day.
    pub(super) async fn load<C: ConnectionTrait>(
        database: &C,
        donor: i64,
        figures: &HashMap<Figure, i64>,
        day: NaiveDate,
    ) -> Result<Self> {
        let groups = groups();
        let counts = totals::at(database, day).await?;
        let mut own = BTreeMap::new();
        for (figure, people) in figures {
            add(&mut own, 0, 1, &groups, *figure, *people);
        }
        let grants = figures.get(&Figure::Grants).copied().unwrap_or(0);
        let (grants, by_grant) = match u64::try_from(grants).is_ok_and(|grants| grants > MOST_GRANTS) {
            true => (Vec::new(), own.clone()),
            false => by_grant(database, donor, &groups).await?,
        };
        let by_grant: Vec<Table> =
            by_grant.into_iter().filter(|(from, _)| *from <= day).map(|(_, table)| table).collect();
        // What each quarter added: a row of the donor's and a row of everybody else's.
        let everybody = quarters(&counts, Grouping::HelpSex, HelpKind::CODES, Sex::CODES);
        let split = everybody.into_iter().map(|(from, all)| {
            let all: Vec<i64> = all.into_iter().flatten().collect();
            let own = own.get(&from).and_then(|table| table.first().cloned()).unwrap_or_else(|| vec![0; groups.len()]);
            let others = all.iter().zip(&own).map(|(all, own)| Ord::max(all - own, 0)).collect();
            vec![own, others]
        });
        let split: Vec<Table> = std::iter::once(vec![vec![0; groups.len()]; 2]).chain(split).collect();
        Ok(Self::suppressed(&groups, &grants, &by_grant, &split, &people::of(&counts)))
    }

    /// Counts by grant and counts by help and sex are totals of one table, and suppressed together: published by
    /// themselves, one could show what the other hides. The public figures count everybody; what they exceed the
    /// donor's by are the people whom everybody else's money helped. Further tables, of the donor's and everybody
    /// else's, hide whatever of the donor's would give those away, or what the public figures hide of a sex or a kind
    /// of help. What any table hides stays hidden, and so does what changed by too few people since a donor could
    /// have kept an earlier page. Where nothing is said by grant, each table of `by_grant` has one row of all.
    fn suppressed(
        groups: &[Group],
        grants: &[i64],
        by_grant: &[Table],
        split: &[Table],
        public: &PeopleFigures,
    ) -> Self {
        let hiding = Hiding { cells: Vec::new(), ..changes_of_table(by_grant, THRESHOLD) };
        let by_grant = publish_table_hiding(&sum_of_quarters(by_grant), THRESHOLD, &hiding);
        let difference = publish_split(split, &[], PublishedCell::Shown(0));
        let public_total = public.by_sex_and_age.grand_total;
        let place = |group: &Group| Sex::ALL.iter().position(|sex| *sex == group.1).unwrap_or(0);
        let by_sex = publish_split(
            &merged(split, groups, Sex::ALL.len(), place),
            &public.by_sex_and_age.row_totals,
            public_total,
        );
        let place = |group: &Group| HelpKind::ALL.iter().position(|help| *help == group.0).unwrap_or(0);
        let by_help = publish_split(&merged(split, groups, HelpKind::ALL.len(), place), public.by_help(), public_total);
        let of_own = |table: &PublishedTable, at: usize| table.cells.first().and_then(|cells| cells.get(at)).copied();
        let cell = |help: usize, sex: usize| {
            let at = groups.iter().position(|group| *group == (HelpKind::ALL[help], Sex::ALL[sex]))?;
            match by_grant.column_totals.get(at).copied().unwrap_or(PublishedCell::Shown(0)) {
                PublishedCell::Shown(0) => Some(0),
                PublishedCell::Shown(count) => {
                    let places = [of_own(&difference, at), of_own(&by_sex, sex), of_own(&by_help, help)];
                    places.iter().all(|place| place.and_then(PublishedCell::shown).is_some()).then_some(count)
                }
                PublishedCell::Suppressed => None,
            }
        };
        let published = |count: Option<i64>| count.map_or(PublishedCell::Suppressed, PublishedCell::Shown);
        let rows = (0..HelpKind::ALL.len())
            .map(|help| {
                let by_sex: Vec<Option<i64>> = (0..Sex::ALL.len()).map(|sex| cell(help, sex)).collect();
                let total = published(by_sex.iter().copied().sum());
                HelpedRow { help: HelpKind::ALL[help], by_sex: by_sex.into_iter().map(published).collect(), total }
            })
            .collect();
        let own = [&difference, &by_sex, &by_help].map(|table| table.row_totals.first().and_then(|cell| cell.shown()));
        let total = by_grant.grand_total.shown().filter(|_| own.iter().all(Option::is_some));
        let mut by_grant = by_grant.row_totals;
        if total.is_none() {
            hide_one(&mut by_grant);
        }
        Self { by_grant: grants.iter().copied().zip(by_grant).collect(), rows, total: published(total) }
    }
}

/// Rows of counts.
type Table = Vec<Vec<i64>>;

/// Adds a figure to what its quarter added to a row of a table of so many rows.
fn add(
    quarters: &mut BTreeMap<NaiveDate, Table>,
    row: usize,
    rows: usize,
    groups: &[Group],
    figure: Figure,
    people: i64,
) {
    let Figure::People(help, sex, from) = figure else { return };
    let table = quarters.entry(from).or_insert_with(|| vec![vec![0; groups.len()]; rows]);
    let place = groups.iter().position(|group| *group == (help, sex));
    if let Some(cell) = place.and_then(|place| table.get_mut(row)?.get_mut(place)) {
        *cell += people;
    }
}

/// The same tables with groups put together: each goes to a place of so many.
fn merged(split: &[Table], groups: &[Group], places: usize, place: impl Fn(&Group) -> usize) -> Vec<Table> {
    let row = |row: &Vec<i64>| {
        let mut sums = vec![0; places];
        for (group, people) in groups.iter().zip(row) {
            sums[place(group)] += people;
        }
        sums
    };
    split.iter().map(|table| table.iter().map(row).collect()).collect()
}

/// Publishes the donor's people beside everybody else's. What both are together is public, but for what the public
/// figures hide of it; of that nobody knows everybody else's part either.
fn publish_split(split: &[Table], public: &[PublishedCell], public_total: PublishedCell) -> PublishedTable {
    let changes = changes_of_table(split, THRESHOLD);
    let mut hiding = Hiding { cells: changes.cells, row_totals: changes.row_totals, ..Hiding::default() };
    for (column, cell) in public.iter().enumerate() {
        if cell.shown().is_none() {
            hiding.cells.push((1, column));
            hiding.column_totals.push(column);
        }
    }
    if public_total.shown().is_none() {
        hiding.row_totals.push(1);
        hiding.total = true;
    }
    publish_table_hiding(&sum_of_quarters(split), THRESHOLD, &hiding)
}

/// A hidden total must not be the sum of what is shown: one of the parts, the smallest, is hidden with it.
fn hide_one(parts: &mut [PublishedCell]) {
    if parts.iter().any(|part| part.shown().is_none()) {
        return;
    }
    let smallest =
        parts.iter_mut().filter(|part| part.shown().is_some_and(|count| count > 0)).min_by_key(|part| part.shown());
    if let Some(part) = smallest {
        *part = PublishedCell::Suppressed;
    }
}

/// The donor's grants, and by quarter what it added to a row of counts for each.
async fn by_grant<C: ConnectionTrait>(
    database: &C,
    donor: i64,
    groups: &[Group],
) -> Result<(Vec<i64>, BTreeMap<NaiveDate, Table>)> {
    use donor_grant_figure::Column as G;
    let rows = donor_grant_figure::Entity::find()
        .filter(G::DonorId.eq(donor))
        .filter(G::Figure.eq(Figure::Grants.code()).or(G::Figure.starts_with("people/")))
        .all(database)
        .await?;
    let grants: Vec<i64> =
        rows.iter().filter(|row| row.figure == Figure::Grants.code()).map(|row| row.grant_id).collect();
    let mut quarters = BTreeMap::from([(NaiveDate::MIN, vec![vec![0; groups.len()]; grants.len()])]);
    for row in rows {
        if let Some(place) = grants.iter().position(|grant| *grant == row.grant_id) {
            add(&mut quarters, place, grants.len(), groups, Figure::from_code(&row.figure)?, row.amount);
        }
    }
    Ok((grants, quarters))
}

#[cfg(test)]
mod tests {
    use domain::help::{AgeGroup, Exploitation, Movement, Returnee};

    use super::*;
    use crate::reports::entity::report_people;

    fn row(help: HelpKind, sex: Sex, age: AgeGroup, people: i64) -> report_people::Model {
        report_people::Model {
            id: 0,
            report_id: 0,
            sex: sex.code().to_owned(),
            age: age.code().to_owned(),
            movement: Movement::ALL[0].code().to_owned(),
            returnee: Returnee::ALL[0].code().to_owned(),
            exploitation: Exploitation::ALL[0].code().to_owned(),
            help: help.code().to_owned(),
            people,
        }
    }

    #[test]
    fn what_the_public_figures_hide_of_a_sex_a_donor_of_every_grant_cannot_work_out() {
        let quarter = NaiveDate::default();
        let (groups, mut counts, mut own) = (groups(), totals::Counts::new(), BTreeMap::new());
        let [one, two, three] = [HelpKind::ALL[0], HelpKind::ALL[1], HelpKind::ALL[2]];
        // 150 women and girls, 60 men and boys, and 3 people of another sex, each helped in another way.
        for (sex, rows) in [(Sex::Female, [50, 50, 50]), (Sex::Male, [25, 20, 15]), (Sex::Other, [1, 1, 1])] {
            for (help, people) in [one, two, three].into_iter().zip(rows) {
                totals::count(&mut counts, &[row(help, sex, AgeGroup::Adult, people)], quarter);
                add(&mut own, 0, 1, &groups, Figure::People(help, sex, quarter), people);
            }
        }
        let public = people::of(&counts);
        let sexes = &public.by_sex_and_age.row_totals;
        let of = |sex: Sex| sexes[Sex::ALL.iter().position(|known| *known == sex).unwrap_or(0)].shown();
        assert_eq!(of(Sex::Other), None);
        let own: Vec<Table> = own.into_values().collect();
        let split: Vec<Table> = own.iter().map(|table| vec![table[0].clone(), vec![0; groups.len()]]).collect();
        let helped = Helped::suppressed(&groups, &[1], &own, &split, &public);
        // Everything that the donor sees of a sex would add up to what the public figures hide of it.
        for (place, sex) in Sex::ALL.iter().enumerate().filter(|(_, sex)| of(**sex).is_none()) {
            let seen: Option<i64> = helped.rows.iter().map(|row| row.by_sex[place].shown()).sum();
            assert!(matches!(seen, None | Some(0)), "{sex}: {seen:?}");
        }
        assert_eq!(
            helped.rows.iter().map(|row| row.by_sex[0].shown()).sum::<Option<i64>>().is_some(),
            of(Sex::ALL[0]).is_some()
        );
    }
}
