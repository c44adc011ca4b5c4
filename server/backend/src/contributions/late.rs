//! Pledges of which an instalment is overdue, found by one query: for the list of pledges and for the home pages, which
//! so give the same number.

use chrono::NaiveDate;
use domain::ids::DonorId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::pledge;
use crate::context::Context;
use crate::error::Result;
use crate::page::count_waiting;

/// The filter of the list that gives pledges of which an instalment is overdue.
pub const OVERDUE: &str = "overdue";

/// True for rows of `pledges` of which an instalment was due before a day and has not come in full. The database keeps in
/// `open_from` when the first instalment of which money is awaited was or is due.
pub(super) fn has_overdue(today: NaiveDate) -> Expr {
    Expr::cust(format!("pledges.open_from IS NOT NULL AND pledges.open_from < '{today}'"))
}

/// How many pledges have an overdue instalment, of all donors or of one.
pub(crate) async fn overdue_pledges(context: &Context, donor: Option<DonorId>) -> Result<u64> {
    let mut query = pledge::Entity::find().filter(has_overdue(context.today()));
    if let Some(donor) = donor {
        query = query.filter(pledge::Column::DonorId.eq(donor.0));
    }
    count_waiting(context.database(), query).await
}
