//! Whom a donor's money helped, as far as the donor may know: counts leave this file only after suppression, so that
//! nobody can be recognised, neither from the statement alone nor from its difference to the public figures.

use std::collections::HashMap;

use domain::help::{HelpKind, Sex};
use domain::published::{PublishedCell, THRESHOLD, publish_table};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::donor_sums::Figure;
use super::entity::donor_grant_figure;
use crate::error::Result;
use crate::reports::entity::people_total;

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
    /// Counts the people in accepted reports of the grants that the donor pays for, of which `figures` are the sum.
    pub(super) async fn load<C: ConnectionTrait>(
        database: &C,
        donor: i64,
        figures: &HashMap<Figure, i64>,
    ) -> Result<Self> {
        let groups = groups();
        let own: Vec<i64> =
            groups.iter().map(|(help, sex)| figures.get(&Figure::People(*help, *sex)).copied().unwrap_or(0)).collect();
        let everybody = everybody(database).await?;
        let others = groups
            .iter()
            .zip(&own)
            .map(|(group, own)| Ord::max(everybody.get(group).copied().unwrap_or(0) - own, 0))
            .collect();
        let grants = figures.get(&Figure::Grants).copied().unwrap_or(0);
        if u64::try_from(grants).is_ok_and(|grants| grants > MOST_GRANTS) {
            return Ok(Self::suppressed(&groups, &[], &[own], others));
        }
        let (grants, counts) = by_grant(database, donor, &groups).await?;
        Ok(Self::suppressed(&groups, &grants, &counts, others))
    }

    /// Counts by grant and counts by help and sex are totals of one table, and suppressed together: published by
    /// themselves, one could show what the other hides. The public figures count everybody; what they exceed the
    /// donor's by are the people whom everybody else's money helped. A second table, of the donor's and everybody
    /// else's, hides whatever of the donor's would give those away. What either table hides stays hidden.
    /// Where nothing is said by grant, `counts` is one row of all.
    fn suppressed(groups: &[Group], grants: &[i64], counts: &[Vec<i64>], others: Vec<i64>) -> Self {
        let own: Vec<i64> = (0..groups.len()).map(|at| counts.iter().filter_map(|row| row.get(at)).sum()).collect();
        let by_grant = publish_table(counts, THRESHOLD);
        let difference = publish_table(&[own, others], THRESHOLD);
        let both = |one: Option<&PublishedCell>, other: Option<&PublishedCell>| match (one, other) {
            (Some(PublishedCell::Shown(count)), Some(PublishedCell::Shown(_))) => PublishedCell::Shown(*count),
            (None, Some(cell)) => *cell,
            _ => PublishedCell::Suppressed,
        };
        let column = |wanted: Group| {
            let at = groups.iter().position(|group| *group == wanted).unwrap_or(groups.len());
            both(by_grant.column_totals.get(at), difference.cells.first().and_then(|cells| cells.get(at)))
        };
        let rows = HelpKind::ALL
            .iter()
            .map(|help| {
                let by_sex: Vec<PublishedCell> = Sex::ALL.iter().map(|sex| column((*help, *sex))).collect();
                let sum: Option<i64> = by_sex.iter().map(|cell| cell.shown()).sum();
                HelpedRow { help: *help, by_sex, total: sum.map_or(PublishedCell::Suppressed, PublishedCell::Shown) }
            })
            .collect();
        let total = both(Some(&by_grant.grand_total), difference.row_totals.first());
        let mut by_grant = by_grant.row_totals;
        if total == PublishedCell::Suppressed {
            hide_one(&mut by_grant);
        }
        Self { by_grant: grants.iter().copied().zip(by_grant).collect(), rows, total }
    }
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

/// The people of all accepted reports, as the public figures count them.
async fn everybody<C: ConnectionTrait>(database: &C) -> Result<HashMap<Group, i64>> {
    let rows: Vec<(String, String, i64)> = people_total::Entity::find()
        .select_only()
        .column(people_total::Column::Help)
        .column(people_total::Column::Sex)
        .column_as(Expr::col(people_total::Column::People).sum().cast_as("BIGINT"), "people")
        .group_by(people_total::Column::Help)
        .group_by(people_total::Column::Sex)
        .into_tuple()
        .all(database)
        .await?;
    let group = |help: &str, sex: &str| HelpKind::from_code(help).zip(Sex::from_code(sex));
    Ok(rows.into_iter().filter_map(|(help, sex, people)| Some((group(&help, &sex)?, people))).collect())
}

/// The donor's grants, and a row of counts for each.
async fn by_grant<C: ConnectionTrait>(database: &C, donor: i64, groups: &[Group]) -> Result<(Vec<i64>, Vec<Vec<i64>>)> {
    use donor_grant_figure::Column as G;
    let wanted = groups.iter().map(|(help, sex)| Figure::People(*help, *sex)).chain([Figure::Grants]);
    let rows = donor_grant_figure::Entity::find()
        .filter(G::DonorId.eq(donor))
        .filter(G::Figure.is_in(wanted.map(Figure::code)))
        .all(database)
        .await?;
    let (mut grants, mut counts) = (Vec::new(), HashMap::<i64, Vec<i64>>::new());
    for row in rows {
        match Figure::from_code(&row.figure)? {
            Figure::People(help, sex) => {
                let row_of = counts.entry(row.grant_id).or_insert_with(|| vec![0; groups.len()]);
                for (count, group) in row_of.iter_mut().zip(groups) {
                    *count += if *group == (help, sex) { row.amount } else { 0 };
                }
            }
            _ => grants.push(row.grant_id),
        }
    }
    let counts = grants.iter().map(|grant| counts.remove(grant).unwrap_or_else(|| vec![0; groups.len()])).collect();
    Ok((grants, counts))
}
