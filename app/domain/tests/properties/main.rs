//! Properties of the rules: tried on many made-up values, and on every value where there are few.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod applications;
mod budgets;
mod countries;
mod disbursements;
mod forms;
mod fund;
mod funding;
mod ledger;
mod matching;
mod merging;
mod money;
mod published;
mod published_over_time;
mod receipts;
mod reports;
mod reviews;
mod states;
mod time;
