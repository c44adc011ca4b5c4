//! The books: posting entries, and what the postings add up to.

pub mod check;
pub(crate) mod entity;
mod kept;
mod post;
mod proofs;
pub mod queries;
mod sums;

pub use post::{NewEntry, post};
pub(crate) use post::{check_command, find_command};
