//! Officers who sign disbursements: how much each may sign for, and who stands in for whom while absent.

mod delegate;
mod limit;
mod queries;
mod sign;

pub use delegate::{delegate, end_delegation};
pub use limit::set_limit;
pub(crate) use queries::roles_now;
pub use queries::{DelegationRow, OfficerRow, Officers, officers};
pub(super) use sign::{Desk, Signer, check_limit, on_duty, sign, stand_ins};

use domain::ids::{OrganisationId, UserId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::context::Work;
use crate::error::Result;
use crate::users::entity::user;

/// The organisations that people belong to, in no order.
pub(super) async fn organisations_of(work: &Work<'_>, people: &[UserId]) -> Result<Vec<Option<OrganisationId>>> {
    let rows = user::Entity::find().filter(user::Column::Id.is_in(people.iter().map(|person| person.0)));
    let rows = rows.all(&work.transaction).await?;
    let actor = work.context.actor.organisation;
    Ok(rows.into_iter().map(|row| row.organisation_id.map(OrganisationId)).chain([actor]).collect())
}
