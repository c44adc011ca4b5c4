//! Recoveries: what organisations owe the Fund of grants that ended with money not spent.

mod due;
pub mod queries;
mod receive;
mod settle;
mod write_off;

use domain::ids::OrganisationId;
use domain::money::Money;
use domain::recoveries::RecoveryState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

pub(super) use due::due;
pub use receive::receive;
pub use write_off::write_off;

use super::entity::recovery;
use crate::error::Result;

/// What an organisation still has to pay back, over all its grants. While there is anything, it gets no new
/// instalment.
///
/// # Errors
/// The database's.
pub async fn open_recovery<C: ConnectionTrait>(database: &C, organisation: OrganisationId) -> Result<Option<Money>> {
    use recovery::Column as C;
    let open = Expr::col(C::UsdMinor).sub(Expr::col(C::ReceivedUsdMinor)).sub(Expr::col(C::WrittenOffUsdMinor));
    let sum: Option<Option<i64>> = recovery::Entity::find()
        .select_only()
        .column_as(open.sum().cast_as("BIGINT"), "open")
        .filter(C::OrganisationId.eq(organisation.0))
        .filter(C::State.eq(RecoveryState::Open.code()))
        .into_tuple()
        .one(database)
        .await?;
    Ok(sum.flatten().filter(|open| *open > 0).map(Money::usd))
}
