//! Grants: commitment, agreement, instalments, end.

mod award;
pub(crate) mod books;
mod close;
mod countersign;
pub(crate) mod entity;
mod funding;
mod offer;
pub mod queries;
mod step;
mod terminate;

pub(crate) use award::award;
pub use close::close;
pub use countersign::countersign;
pub use offer::offer;
pub(crate) use step::{load, state_of};
pub use terminate::terminate;
