//! Organisations: profiles, vetting, bank details.

pub(crate) mod account;
mod bank;
mod enter;
pub(crate) mod entity;
mod latin;
pub mod queries;
mod update;
mod vet;

pub(crate) use bank::unverified;
pub use bank::{BankDetails, BankState, bank_details, bank_state, verify_bank_details, write_bank_details};
pub use enter::enter;
pub(crate) use enter::{Registration, insert};
pub(crate) use latin::latin;
use queries::status_of;
pub use update::update;
pub use vet::vet;

use domain::errors::AppError;
use domain::ids::OrganisationId;
use sea_orm::{EntityTrait as _, QuerySelect as _};

use crate::context::Work;
use crate::error::Result;
use entity::organisation;

/// An organisation's row, held until the transaction ends.
pub(crate) async fn load(work: &Work<'_>, id: OrganisationId) -> Result<organisation::Model> {
    let found = organisation::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}
