//! Disbursements: requested, certified, approved, released, confirmed.

pub(crate) mod entity;
