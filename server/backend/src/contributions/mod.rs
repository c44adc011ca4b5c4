//! Contributions: pledges, receipts, rates of exchange, and what became of a donor's money.

pub(crate) mod bank_entity;
mod change;
pub mod donor_sums;
pub mod donor_view;
mod enter;
pub(crate) mod entity;
mod helped;
mod import_rates;
mod late;
pub mod letters;
pub mod past;
mod planned;
mod pledge;
pub(crate) mod proofs;
pub mod queries;
mod rates;
mod receive;
pub mod reminders;
mod results;
mod settle;
mod sources;
pub mod statements;
mod undo;
mod unidentified;
pub mod unidentified_queries;

pub use change::{ChangeKind, amend, write_down};
pub use import_rates::import_rates;
pub use late::OVERDUE;
pub(crate) use late::overdue_pledges;
pub use pledge::pledge;
pub use rates::{rate_on, record_rate};
pub use receive::receive;
pub use sources::sources;
pub use undo::undo;
pub use unidentified::{HeldState, hold, identify, send_back};
