//! Grants: commitment, agreement, instalments, amendments, end, and what is paid back.

pub mod amendments;
pub mod available;
mod award;
mod award_conditions;
pub(crate) mod books;
mod close;
mod countersign;
mod end;
pub(crate) mod entity;
pub(crate) mod funding;
mod indicators;
mod offer;
mod parts;
mod payable;
pub(crate) mod proofs;
pub mod queries;
pub mod recoveries;
mod step;
mod take_back;
mod terminate;
mod use_proofs;
pub(crate) mod uses;

pub(crate) use award::award;
pub(crate) use award_conditions::open_conditions;
pub use award_conditions::{AwardCondition, meet_condition, reopen_condition};
pub use close::close;
pub use countersign::countersign;
pub(crate) use indicators::has_unconfirmed_indicator;
pub use indicators::{INDICATORS_UNCONFIRMED, confirm_indicator};
pub use offer::offer;
pub use payable::INSTALMENT_DUE;
pub(crate) use payable::has_instalment_due;
pub use recoveries::open_recovery;
pub(crate) use step::{load, state_of};
pub use take_back::take_back;
pub use terminate::terminate;
