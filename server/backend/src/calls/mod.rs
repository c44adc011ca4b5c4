//! Calls for proposals: entered as drafts, published, opened and closed by the clock, decided.

mod create;
pub(crate) mod entity;
mod extend;
pub mod queries;
mod steps;
mod update;

pub use create::{create, initial};
pub use extend::{Extension, extend, extensions};
pub(crate) use queries::{limits_of, terms_of};
pub use steps::{decide, publish, withdraw};
pub(crate) use steps::{load, state_of};
pub use update::update;
