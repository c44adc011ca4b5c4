//! Technical reviews and the ranking of a call.

pub(crate) mod entity;
