//! People who sign in: accounts, sessions, single-use links.

pub(crate) mod entity;
pub mod sessions;
