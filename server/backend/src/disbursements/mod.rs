//! Disbursements: requested, certified, approved, released, confirmed; or rejected, failed, voided.

mod conditions;
pub(crate) mod entity;
pub mod queries;
mod request;
mod steps;
mod take;

pub(crate) use conditions::Conditions;
pub use request::request;
pub use steps::{approve, certify, confirm, fail, reject, release, void};
