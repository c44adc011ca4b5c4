//! Use cases and queries. Every use case takes the [`Context`] first, asks for permission, applies the rules
//! of `domain`, and writes change, audit row, ledger entry and mail in one transaction.

pub mod applications;
pub mod audit;
pub mod bench_data;
pub mod board;
pub mod calls;
mod camt;
mod codes;
pub mod context;
pub mod contributions;
pub mod database;
pub mod disbursements;
pub mod documents;
pub mod donors;
pub mod drafts;
pub mod error;
mod files;
pub mod grants;
pub mod home;
pub mod kept_forms;
pub mod ledger;
pub mod mail;
pub mod organisations;
pub mod page;
pub mod published;
pub mod readiness;
pub mod reading;
pub mod reports;
pub mod reviews;
pub mod sealed;
pub mod security_log;
pub mod settings;
pub mod statements;
pub mod token;
pub mod users;

pub use context::{Context, Services, Work};
pub use error::{Error, Result};
