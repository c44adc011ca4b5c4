//! Proofs that the sums kept for pages are what the records add up to: grants by country and theme, people helped,
//! and what each donor's money did.

use std::collections::BTreeMap;

use domain::grants::GrantState;
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    RelationDef,
};

use crate::contributions::donor_sums::{self, differences};
use crate::error::Result;
use crate::grants::entity::{grant, grant_total};
use crate::reports::entity::{people_total, report, report_people};

/// Every sum that was kept and differs from the records.
pub(super) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = grants(database).await?;
    findings.extend(people(database).await?);
    findings.extend(donor_sums::check(database).await?);
    Ok(findings)
}

async fn grants<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let rows: Vec<(String, String, i64, i64)> = grant::Entity::find()
        .select_only()
        .column(grant::Column::Country)
        .column(grant::Column::Theme)
        .column_as(Expr::col(grant::Column::Id).count().cast_as("BIGINT"), "number")
        .column_as(Expr::col(grant::Column::AwardUsdMinor).sum().cast_as("BIGINT"), "awarded")
        .filter(grant::Column::State.ne(GrantState::Terminated.code()).or(grant::Column::CountersignedAt.is_not_null()))
        .group_by(grant::Column::Country)
        .group_by(grant::Column::Theme)
        .into_tuple()
        .all(database)
        .await?;
    let expected: BTreeMap<_, _> = rows
        .into_iter()
        .flat_map(|(country, theme, number, awarded)| {
            [((country.clone(), theme.clone(), "grants"), number), ((country, theme, "US cents awarded"), awarded)]
        })
        .collect();
    let kept: BTreeMap<_, _> = grant_total::Entity::find()
        .all(database)
        .await?
        .into_iter()
        .flat_map(|row| {
            let place = (row.country, row.theme);
            [
                ((place.0.clone(), place.1.clone(), "grants"), row.number),
                ((place.0, place.1, "US cents awarded"), row.awarded_usd_minor),
            ]
        })
        .collect();
    let mut findings = Vec::new();
    differences(&kept, &expected, |(country, theme, what), kept, should| {
        findings.push(format!("grants in {country}, {theme}: kept {kept} {what}, the grants add up to {should}"));
    });
    Ok(findings)
}

/// Sex, age, movement, returnee, exploitation, help, people.
type Group = (String, String, String, String, String, String, i64);

async fn people<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    use report_people::Column as P;
    let to_report: RelationDef =
        report_people::Entity::belongs_to(report::Entity).from(P::ReportId).to(report::Column::Id).into();
    let sum = Expr::col((report_people::Entity, P::People)).sum().cast_as("BIGINT");
    let columns = [P::Sex, P::Age, P::Movement, P::Returnee, P::Exploitation, P::Help];
    let query = report_people::Entity::find()
        .select_only()
        .columns(columns)
        .column_as(sum, "people")
        .join(JoinType::InnerJoin, to_report)
        .filter(report::Column::State.eq(ReportState::Accepted.code()));
    let rows: Vec<Group> =
        columns.into_iter().fold(query, |query, column| query.group_by(column)).into_tuple().all(database).await?;
    let expected: BTreeMap<[String; 6], i64> = rows
        .into_iter()
        .map(|(one, two, three, four, five, six, sum)| ([one, two, three, four, five, six], sum))
        .collect();
    let kept: BTreeMap<[String; 6], i64> = people_total::Entity::find()
        .all(database)
        .await?
        .into_iter()
        .map(|row| ([row.sex, row.age, row.movement, row.returnee, row.exploitation, row.help], row.people))
        .collect();
    let mut findings = Vec::new();
    differences(&kept, &expected, |group, kept, should| {
        findings.push(format!("people {}: kept {kept}, the accepted reports add up to {should}", group.join(", ")));
    });
    Ok(findings)
}
