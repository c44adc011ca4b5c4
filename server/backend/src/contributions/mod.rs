//! Contributions: pledges, receipts, rates of exchange.

pub(crate) mod entity;
mod sources;

pub use sources::sources;
