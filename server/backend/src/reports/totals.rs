//! People helped in all accepted reports, kept by what is shown of them as reports are accepted, so that no page adds up
//! every report: by grouping, and by the quarter from which a report's people count (`domain::published`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::published::{THRESHOLD, counted_from};
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, Set};

use super::entity::{people_count, report_people};
use crate::context::Work;
use crate::error::{Result, unknown_code};

domain::code_list! {
    /// The groups by which people are shown, to everybody or to a donor.
    Grouping, "grouping", {
        /// A sex and an age group.
        SexAge = "sex-age",
        /// Within a country, across borders or not stated.
        Movement = "movement",
        /// Returnees.
        Returnee = "returnee",
        /// The form of exploitation.
        Exploitation = "exploitation",
        /// The kind of help.
        Help = "help",
        /// A kind of help and a sex.
        HelpSex = "help-sex",
    }
}

impl Grouping {
    /// The code of the group that a row of a report belongs to.
    fn code_of(self, row: &report_people::Model) -> String {
        match self {
            Self::SexAge => format!("{}/{}", row.sex, row.age),
            Self::Movement => row.movement.clone(),
            Self::Returnee => row.returnee.clone(),
            Self::Exploitation => row.exploitation.clone(),
            Self::Help => row.help.clone(),
            Self::HelpSex => format!("{}/{}", row.help, row.sex),
        }
    }
}

/// People by grouping, code and quarter.
pub(crate) type Counts = BTreeMap<(Grouping, String, NaiveDate), i64>;

/// Adds the people of a report's rows to what counts from a quarter on.
pub(crate) fn count(counts: &mut Counts, rows: &[report_people::Model], from: NaiveDate) {
    for row in rows {
        for grouping in Grouping::ALL {
            *counts.entry((*grouping, grouping.code_of(row), from)).or_default() += row.people;
        }
    }
}

/// The day from which the people of a report count that is accepted on a day.
pub(super) fn people_from(rows: &[report_people::Model], accepted: NaiveDate) -> NaiveDate {
    let mut groups = Counts::new();
    count(&mut groups, rows, accepted);
    counted_from(accepted, groups.into_values(), THRESHOLD)
}

/// The people of a report.
pub(crate) async fn rows<C: ConnectionTrait>(database: &C, report: i64) -> Result<Vec<report_people::Model>> {
    Ok(report_people::Entity::find().filter(report_people::Column::ReportId.eq(report)).all(database).await?)
}

/// Adds the people of a report that has just been accepted and that count from a day on. The caller holds the money lock.
pub(crate) async fn add(work: &Work<'_>, rows: &[report_people::Model], from: NaiveDate) -> Result<()> {
    // Added up first: one statement may not change a row twice.
    let mut counts = Counts::new();
    count(&mut counts, rows, from);
    if counts.is_empty() {
        return Ok(());
    }
    let rows = counts.into_iter().map(|((grouping, code, people_from), people)| people_count::ActiveModel {
        grouping: Set(grouping.code().to_owned()),
        code: Set(code),
        people_from: Set(people_from),
        people: Set(people),
    });
    use people_count::Column as C;
    let sum = Expr::col((people_count::Entity, C::People)).add(Expr::col((Alias::new("excluded"), C::People)));
    let conflict = OnConflict::columns([C::Grouping, C::Code, C::PeopleFrom]).value(C::People, sum).to_owned();
    people_count::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(&work.transaction).await?;
    Ok(())
}

/// Everything that counts on a day.
pub(crate) async fn at<C: ConnectionTrait>(database: &C, day: NaiveDate) -> Result<Counts> {
    let mut counts = all(database).await?;
    counts.retain(|(_, _, from), _| *from <= day);
    Ok(counts)
}

/// Everything that was kept, also what counts from a later day on.
pub(crate) async fn all<C: ConnectionTrait>(database: &C) -> Result<Counts> {
    let counts = people_count::Entity::find().all(database).await?.into_iter().map(|row| {
        let grouping = Grouping::from_code(&row.grouping).ok_or_else(|| unknown_code("grouping", &row.grouping))?;
        Ok(((grouping, row.code, row.people_from), row.people))
    });
    counts.collect()
}

/// One grouping as a table of what each quarter added, the oldest first: a row of counts for each of the rows, in the
/// order of the columns. Groups with one code have one row, whose code is empty.
pub(crate) fn quarters(
    counts: &Counts,
    grouping: Grouping,
    rows: &[&str],
    columns: &[&str],
) -> BTreeMap<NaiveDate, Vec<Vec<i64>>> {
    let mut quarters = BTreeMap::new();
    for ((_, code, from), people) in counts.iter().filter(|((found, ..), _)| *found == grouping) {
        let (row, column) = code.split_once('/').unwrap_or(("", code));
        let place = rows.iter().position(|known| *known == row).zip(columns.iter().position(|known| *known == column));
        let table = quarters.entry(*from).or_insert_with(|| vec![vec![0; columns.len()]; rows.len()]);
        if let Some(cell) = place.and_then(|(row, column)| table.get_mut(row)?.get_mut(column)) {
            *cell += people;
        }
    }
    quarters
}
