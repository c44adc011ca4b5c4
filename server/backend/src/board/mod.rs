//! The Board's sessions, votes and recommendations, and the executive director's decisions.

pub mod agenda;
mod correct;
mod create;
mod decide;
pub(crate) mod entity;
pub mod queries;
mod record;
mod release;
pub mod scenario;
mod send_back;
mod session;
mod vote;
mod waiting;

pub use correct::{correct, take_back};
pub(crate) use create::on_no_agenda;
pub use create::{create, eligible_calls};
pub use decide::approve;
pub use record::record;
pub use release::{ToTell, release, to_tell};
pub use send_back::send_back;
pub(crate) use session::open_items;
pub use session::{close, start};
pub use vote::vote;
pub use waiting::{Waiting, number_waiting, waiting, waiting_one};
