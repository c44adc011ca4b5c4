//! Pledges of which an instalment is overdue, found by one query: for the list of pledges and for the home pages, which
//! so give the same number. It says what [`domain::contributions::unpaid`] says of one pledge.

use chrono::NaiveDate;
use domain::ids::DonorId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::entity::pledge;
use super::planned::OPEN;
use crate::context::Context;
use crate::error::Result;

/// The filter of the list that gives pledges of which an instalment is overdue.
pub const OVERDUE: &str = "overdue";

/// True for rows of `pledges` of which an instalment was due before a day and has not come in full. What came in pays
/// the earliest instalments, what was written down is taken from the latest: what is open of an instalment lies beyond
/// what came in, and before the pledge less what was written down.
pub(super) fn has_overdue(today: NaiveDate) -> Expr {
    Expr::cust(format!(
        "pledges.id IN (SELECT late.pledge_id FROM (SELECT pledge_instalments.pledge_id, \
         pledge_instalments.amount_minor AS whole, \
         SUM(pledge_instalments.amount_minor) OVER (PARTITION BY pledge_instalments.pledge_id \
         ORDER BY pledge_instalments.due, pledge_instalments.id) AS until, \
         pledges.amount_minor - pledges.written_down_minor AS kept, \
         COALESCE((SELECT SUM(credited_minor) FROM receipts WHERE pledge_id = pledges.id), 0) AS credited \
         FROM pledges JOIN pledge_instalments ON pledge_instalments.pledge_id = pledges.id \
         WHERE pledge_instalments.withdrawn_at IS NULL AND pledge_instalments.due < '{today}' AND {OPEN}) AS late \
         WHERE late.until - late.whole < late.kept AND late.until > late.credited AND late.kept > late.credited)"
    ))
}

/// How many pledges have an overdue instalment, of all donors or of one.
pub(crate) async fn overdue_pledges(context: &Context, donor: Option<DonorId>) -> Result<u64> {
    let mut query = pledge::Entity::find().filter(has_overdue(context.today()));
    if let Some(donor) = donor {
        query = query.filter(pledge::Column::DonorId.eq(donor.0));
    }
    Ok(query.count(context.database()).await?)
}
