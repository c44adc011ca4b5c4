//! Donors: who gives to the Fund.

mod confirm;
mod create;
pub(crate) mod entity;
pub mod queries;
mod update;

pub use confirm::confirm;
pub use create::create;
pub(crate) use create::insert;
pub use update::update;
