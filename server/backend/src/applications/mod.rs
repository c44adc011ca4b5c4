//! Applications: drafts by section, submitting, returning, screening.

pub(crate) mod entity;
mod step;

pub(crate) use step::{load, state_of, step};
