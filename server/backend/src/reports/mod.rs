//! Reports of grantees: drafts, submitting, assessing, reminding.

mod assess;
mod content;
mod due;
pub(crate) mod entity;
pub(crate) mod proofs;
pub mod queries;
mod recognise;
mod remind;
mod save;
mod step;
mod submit;
pub(crate) mod totals;

pub use assess::{accept, return_to_organisation};
pub(crate) use due::{drop_open, plan};
pub(crate) use recognise::{recognise, wait_again};
pub use remind::remind;
pub use save::{restore, save, together, version, versions};
pub use submit::submit;
