//! Organisations: profiles, vetting, bank details.

pub(crate) mod entity;
