//! Technical reviews and the ranking of a call: assigning reviewers and taking back, declaring conflicts of interest, scoring.

mod assign;
mod complete;
mod declare;
pub(crate) mod entity;
pub(crate) mod facts;
pub mod queries;
mod ranking;
mod reopen;
mod score;
mod take_back;

pub use assign::{assign, reviewers};
pub(crate) use complete::{disputes, recommendable, resume};
pub use declare::declare;
pub use facts::ApplicationFacts;
pub(crate) use ranking::purpose_of;
pub use ranking::{BELOW, Ranked, Ranking, ranking};
pub use reopen::reopen;
pub use score::{save, submit, together};
pub use take_back::take_back;
