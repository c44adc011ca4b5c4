//! Whose money pays for a grant: the receipts that it was allocated from.

use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::ids::GrantId;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::entity::grant_funding;
use crate::context::Context;
use crate::contributions::entity::{pledge, receipt};
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};

/// Money of one receipt that pays for the grant.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingView {
    /// The donor.
    pub donor: String,
    /// What the donor bound it to.
    pub earmark: Earmark,
    /// When it came in.
    pub received_on: NaiveDate,
    /// How much of it.
    pub amount: Money,
}

/// The receipts that pay for a grant, for those who may read contributions; nothing for others.
pub(super) async fn funding(context: &Context, id: GrantId) -> Result<Vec<FundingView>> {
    if context.permit(Action::ReadContributions, &Subject::NONE).is_err() {
        return Ok(Vec::new());
    }
    let receipt_of = grant_funding::Entity::belongs_to(receipt::Entity)
        .from(grant_funding::Column::ReceiptId)
        .to(receipt::Column::Id)
        .into();
    let pledge_of =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    let donor_of = pledge::Entity::belongs_to(donor::Entity).from(pledge::Column::DonorId).to(donor::Column::Id).into();
    let rows: Vec<(String, String, NaiveDate, i64)> = grant_funding::Entity::find()
        .select_only()
        .column(donor::Column::Name)
        .column(pledge::Column::Earmark)
        .column(receipt::Column::Date)
        .column(grant_funding::Column::UsdMinor)
        .join(JoinType::InnerJoin, receipt_of)
        .join(JoinType::InnerJoin, pledge_of)
        .join(JoinType::InnerJoin, donor_of)
        .filter(grant_funding::Column::GrantId.eq(id.0))
        .order_by_asc(grant_funding::Column::Id)
        .into_tuple()
        .all(context.database())
        .await?;
    rows.into_iter()
        .map(|(donor, earmark, received_on, usd_minor)| {
            Ok(FundingView {
                donor,
                earmark: Earmark::from_code(&earmark).ok_or_else(|| unknown_code("earmark", &earmark))?,
                received_on,
                amount: Money::usd(usd_minor),
            })
        })
        .collect()
}
