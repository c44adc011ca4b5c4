//! Reports of grantees.

pub(crate) mod entity;
