//! What grants reported of their indicators, as far as a donor may know. Indicators of people are left out altogether:
//! whom the money helped is told in `helped.rs`, after suppression over all counts at once, and a number beside it
//! could give away what is hidden there. What counts anything else is shown from the threshold on, once somebody of the
//! secretariat has confirmed that it does: an organisation may call people things.

use std::collections::HashMap;

use domain::applications::Counted;
use domain::ids::GrantId;
use domain::published::{PublishedCell, THRESHOLD, publish_table};
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::error::Result;
use crate::grants::entity::grant_indicator;

/// An indicator of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DonorResult {
    /// What is measured.
    pub indicator: String,
    /// Of what the numbers are.
    pub unit: String,
    /// At the end of the project.
    pub target: i64,
    /// What accepted reports give so far; nothing for an indicator of people, or of which nobody of the Fund has confirmed
    /// that it counts anything else.
    pub achieved: Option<PublishedCell>,
}

#[derive(FromQueryResult)]
struct Row {
    grant_id: i64,
    indicator: String,
    unit: String,
    target: i64,
    confirmed_counted: Option<String>,
    achieved: i64,
}

/// The indicators of some grants in their order, by one query. Results of people do not even leave the database.
pub(super) async fn load<C: ConnectionTrait>(
    database: &C,
    grants: impl IntoIterator<Item = GrantId>,
) -> Result<HashMap<GrantId, Vec<DonorResult>>> {
    use grant_indicator::Column as I;
    let achieved = format!(
        "CAST(COALESCE((SELECT SUM(report_results.achieved) FROM report_results \
         JOIN reports ON reports.id = report_results.report_id \
         WHERE report_results.indicator_id = grant_indicators.id AND reports.state = '{}' \
         AND grant_indicators.confirmed_counted = '{}'), 0) AS BIGINT)",
        ReportState::Accepted,
        Counted::Other
    );
    let rows: Vec<Row> = grant_indicator::Entity::find()
        .select_only()
        .columns([I::GrantId, I::Indicator, I::Unit, I::Target, I::ConfirmedCounted])
        .column_as(Expr::cust(achieved), "achieved")
        .filter(I::GrantId.is_in(grants.into_iter().map(|grant| grant.0)))
        .order_by_asc(I::GrantId)
        .order_by_asc(I::Position)
        .into_model()
        .all(database)
        .await?;
    let mut results: HashMap<GrantId, Vec<DonorResult>> = HashMap::new();
    for row in rows {
        let shown = (row.confirmed_counted.as_deref() == Some(Counted::Other.code())).then(|| published(row.achieved));
        results.entry(GrantId(row.grant_id)).or_default().push(DonorResult {
            indicator: row.indicator,
            unit: row.unit,
            target: row.target,
            achieved: shown,
        });
    }
    Ok(results)
}

/// A count by itself. Small ones are hidden also where they count things, for a thing may belong to one person.
fn published(count: i64) -> PublishedCell {
    publish_table(&[vec![count]], THRESHOLD).grand_total
}
