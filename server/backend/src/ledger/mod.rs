//! The books: posting entries, and what the postings add up to.

pub mod check;
pub(crate) mod entity;
mod kept;
mod post;
pub mod queries;

pub use post::{NewEntry, post};
pub(crate) use post::find_command;
