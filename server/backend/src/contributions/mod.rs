//! Contributions: pledges, receipts, rates of exchange, and what became of a donor's money.

pub mod donor_sums;
pub mod donor_view;
pub(crate) mod entity;
mod helped;
mod import_rates;
mod pledge;
pub mod queries;
mod rates;
mod receive;
mod sources;

pub use import_rates::import_rates;
pub use pledge::pledge;
pub use rates::{rate_on, record_rate};
pub use receive::receive;
pub use sources::sources;
