//! People helped in all accepted reports, kept by group as reports are accepted, so that the public figures do not
//! add up every report.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, Set};

use super::entity::{people_total, report_people};
use crate::context::Work;
use crate::error::Result;

/// Adds the people of a report that has just been accepted. The caller holds the money lock.
pub(crate) async fn add(work: &Work<'_>, report: i64) -> Result<()> {
    let rows =
        report_people::Entity::find().filter(report_people::Column::ReportId.eq(report)).all(&work.transaction).await?;
    // Added up first: one statement may not change a row twice.
    let mut groups: BTreeMap<[String; 6], i64> = BTreeMap::new();
    for row in rows {
        *groups.entry([row.sex, row.age, row.movement, row.returnee, row.exploitation, row.help]).or_default() +=
            row.people;
    }
    if groups.is_empty() {
        return Ok(());
    }
    let rows = groups.into_iter().map(|([sex, age, movement, returnee, exploitation, help], people)| {
        people_total::ActiveModel {
            sex: Set(sex),
            age: Set(age),
            movement: Set(movement),
            returnee: Set(returnee),
            exploitation: Set(exploitation),
            help: Set(help),
            people: Set(people),
        }
    });
    use people_total::Column as C;
    let sum = Expr::col((people_total::Entity, C::People)).add(Expr::col((Alias::new("excluded"), C::People)));
    let conflict = OnConflict::columns([C::Sex, C::Age, C::Movement, C::Returnee, C::Exploitation, C::Help])
        .value(C::People, sum)
        .to_owned();
    people_total::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(&work.transaction).await?;
    Ok(())
}
