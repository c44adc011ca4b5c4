//! Grants: commitment, agreement, instalments.

mod award;
pub(crate) mod entity;

pub(crate) use award::award;
