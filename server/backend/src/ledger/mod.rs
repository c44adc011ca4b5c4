//! The books: posting entries, and what the postings add up to.

pub mod check;
pub mod closing;
pub(crate) mod entity;
pub mod entries;
pub(crate) mod figures;
mod flags;
pub(crate) mod kept;
pub mod periods;
mod post;
mod proofs;
pub mod queries;
mod rate_proofs;
mod reverse;
mod sums;
mod transfer;

pub use post::{NewEntry, post};
pub(crate) use post::{check_command, find_command, is_repeat, post_many, refuse_used};
pub use reverse::{post_reversal, reverse};
pub(crate) use transfer::set_aside;
pub use transfer::transfer_programme_support;
