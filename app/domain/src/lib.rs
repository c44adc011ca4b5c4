//! Pure types and rules of the Fund, for server and browser alike. Nothing here does I/O, reads a clock,
//! draws a random number or knows Leptos or SeaORM: clock, actor and rates come in as parameters.

#[macro_use]
mod codes;

pub mod amendments;
pub mod applications;
pub mod board;
pub mod budgets;
pub mod calls;
pub mod contacts;
pub mod contributions;
pub mod countries;
pub mod disbursements;
pub mod donors;
pub mod errors;
pub mod forms;
pub mod funding;
pub mod grants;
pub mod help;
pub mod ids;
pub mod ledger;
pub mod matching;
pub mod message;
pub mod money;
pub mod organisations;
pub mod periods;
pub mod published;
pub mod receipts;
pub mod recoveries;
pub mod reports;
pub mod reviews;
pub mod roles;
pub mod statements;
pub mod time;
pub mod users;
