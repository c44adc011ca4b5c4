//! What waits for each person, and the figures of the administrator's home page.

mod pipeline;
mod waits;

pub use pipeline::{CallPipeline, Overdue, overdue, pipeline};
pub use waits::{Waiting, overdue_lists, waits};
