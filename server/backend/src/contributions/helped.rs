//! Whom a donor's money helped, as far as the donor may know: counts leave this file only after suppression, so that
//! nobody can be recognised, neither from the statement alone nor from its difference to the public figures.

use std::collections::HashMap;

use domain::help::{HelpKind, Sex};
use domain::published::{PublishedCell, THRESHOLD, publish_table};
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    Select,
};

use crate::error::Result;
use crate::reports::entity::{report, report_people};

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
    /// In the order of the grants asked for.
    pub(super) by_grant: Vec<PublishedCell>,
    pub(super) rows: Vec<HelpedRow>,
    pub(super) total: PublishedCell,
}

/// Kind of help, sex, people.
type Group = (String, String, i64);

impl Helped {
    /// Counts the people in accepted reports of the grants that the donor pays for.
    pub(super) async fn load<C: ConnectionTrait>(database: &C, grants: &[i64]) -> Result<Self> {
        let groups: Vec<(HelpKind, Sex)> =
            HelpKind::ALL.iter().flat_map(|help| Sex::ALL.iter().map(move |sex| (*help, *sex))).collect();
        let row = |found: &[Group]| -> Vec<i64> {
            let of = |(help, sex): &(HelpKind, Sex)| {
                found.iter().filter(|group| group.0 == help.code() && group.1 == sex.code()).map(|group| group.2).sum()
            };
            groups.iter().map(of).collect()
        };
        let own: Vec<(String, String, i64, i64)> = accepted()
            .filter(report::Column::GrantId.is_in(grants.iter().copied()))
            .column(report::Column::GrantId)
            .group_by(report::Column::GrantId)
            .into_tuple()
            .all(database)
            .await?;
        let mut by_grant: HashMap<i64, Vec<Group>> = HashMap::new();
        for (help, sex, people, grant) in own {
            by_grant.entry(grant).or_default().push((help, sex, people));
        }
        let counts: Vec<Vec<i64>> =
            grants.iter().map(|grant| row(by_grant.get(grant).map_or(&[][..], Vec::as_slice))).collect();
        let others: Vec<Group> = accepted()
            .filter(report::Column::GrantId.is_not_in(grants.iter().copied()))
            .into_tuple()
            .all(database)
            .await?;
        Ok(Self::suppressed(&groups, &counts, row(&others)))
    }

    /// Counts by grant and counts by help and sex are totals of one table, and suppressed together: published by
    /// themselves, one could show what the other hides. The public figures count everybody; what they exceed the
    /// donor's by are the people whom everybody else's money helped. A second table, of the donor's and everybody
    /// else's, hides whatever of the donor's would give those away. What either table hides stays hidden.
    fn suppressed(groups: &[(HelpKind, Sex)], counts: &[Vec<i64>], others: Vec<i64>) -> Self {
        let own: Vec<i64> = (0..groups.len()).map(|at| counts.iter().filter_map(|row| row.get(at)).sum()).collect();
        let by_grant = publish_table(counts, THRESHOLD);
        let difference = publish_table(&[own, others], THRESHOLD);
        let both = |one: Option<&PublishedCell>, other: Option<&PublishedCell>| match (one, other) {
            (Some(PublishedCell::Shown(count)), Some(PublishedCell::Shown(_))) => PublishedCell::Shown(*count),
            (None, Some(cell)) => *cell,
            _ => PublishedCell::Suppressed,
        };
        let column = |wanted: (HelpKind, Sex)| {
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
        Self { by_grant, rows, total }
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

/// People in accepted reports by kind of help and sex.
fn accepted() -> Select<report_people::Entity> {
    let to_report = report_people::Entity::belongs_to(report::Entity)
        .from(report_people::Column::ReportId)
        .to(report::Column::Id)
        .into();
    let sum = Expr::col((report_people::Entity, report_people::Column::People)).sum().cast_as("BIGINT");
    report_people::Entity::find()
        .select_only()
        .column(report_people::Column::Help)
        .column(report_people::Column::Sex)
        .column_as(sum, "people")
        .join(JoinType::InnerJoin, to_report)
        .filter(report::Column::State.eq(ReportState::Accepted.code()))
        .group_by(report_people::Column::Help)
        .group_by(report_people::Column::Sex)
}
