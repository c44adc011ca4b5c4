//! Pledges of which an instalment is overdue, found by one query: for the list of pledges and for the home pages, which
//! so give the same number.

use chrono::NaiveDate;
use domain::ids::DonorId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::pledge;
use super::planned::is_unpaid;
use crate::context::Context;
use crate::error::Result;
use crate::page::count_waiting;

/// The filter of the list that gives pledges of which an instalment is overdue.
pub const OVERDUE: &str = "overdue";

/// True for rows of `pledges` of which an instalment was due before a day and has not come in full. The day of the first
/// that is open is kept by the database in `open_from`, so that pledges which are paid are not looked at.
pub(super) fn has_overdue(today: NaiveDate) -> Expr {
    let unpaid = is_unpaid("late");
    Expr::cust(format!(
        "pledges.open_from IS NOT NULL AND pledges.open_from < '{today}' AND EXISTS (SELECT 1 FROM pledge_instalments AS late \
         WHERE late.pledge_id = pledges.id AND late.due < '{today}' AND {unpaid})"
    ))
}

/// How many pledges have an overdue instalment, of all donors or of one.
pub(crate) async fn overdue_pledges(context: &Context, donor: Option<DonorId>) -> Result<u64> {
    let mut query = pledge::Entity::find().filter(has_overdue(context.today()));
    if let Some(donor) = donor {
        query = query.filter(pledge::Column::DonorId.eq(donor.0));
    }
    count_waiting(context.database(), query).await
}
