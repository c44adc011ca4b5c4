//! Proofs that the sums kept for pages are what the records add up to: grants by country and theme, people helped,
//! and what each donor's money did.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::grants::GrantState;
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use crate::contributions::donor_sums::{self, differences};
use crate::error::Result;
use crate::grants::entity::{grant, grant_total};
use crate::reports::entity::{report, report_people};
use crate::reports::totals;

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

async fn people<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut expected = totals::Counts::new();
    let accepted: Vec<(i64, Option<NaiveDate>)> = report::Entity::find()
        .select_only()
        .column(report::Column::Id)
        .column(report::Column::PeopleFrom)
        .filter(report::Column::State.eq(ReportState::Accepted.code()))
        .into_tuple()
        .all(database)
        .await?;
    let from: HashMap<i64, Option<NaiveDate>> = accepted.into_iter().collect();
    let mut findings = Vec::new();
    for row in report_people::Entity::find().all(database).await? {
        match from.get(&row.report_id) {
            Some(Some(from)) => totals::count(&mut expected, std::slice::from_ref(&row), *from),
            Some(None) => {
                findings.push(format!("report {}: accepted, and its people count from no day", row.report_id))
            }
            None => {}
        }
    }
    findings.dedup();
    let kept = totals::all(database).await?;
    differences(&kept, &expected, |(grouping, code, from), kept, should| {
        findings.push(format!(
            "people {grouping} {code} from {from}: kept {kept}, the accepted reports add up to {should}"
        ));
    });
    Ok(findings)
}
