//! Uploaded documents: checked by content, stored by hash, handed out only to those who may.

mod active;
mod bank_letter;
mod check;
mod content;
mod download;
mod remove;
mod room;
pub(crate) mod store;
mod sweep;
mod upload;

pub use bank_letter::{BankLetter, bank_letter};
pub use check::{Checked, check};
pub use content::media_type;
pub use download::{Download, download, list};
pub use remove::remove;
pub use sweep::sweep;
pub use upload::upload;
