//! What waits for each person, on the own home page and by mail, and the figures of the administrator's home page.

mod digest;
mod entity;
mod pipeline;
mod waits;

pub use digest::{choose_digest, send_digests, wants_digest};
pub use pipeline::{CallPipeline, Overdue, overdue, pipeline};
pub use waits::{Waiting, overdue_lists, waits};
