//! Calls for proposals.

pub(crate) mod entity;
