//! All tests of the served site and of the program itself, in one program.

mod applications_pages;
mod audit_page;
mod audit_trail;
mod bank_keys;
mod connections;
mod contributions_pages;
mod decisions;
mod forms;
mod house_rules;
mod language;
mod locales;
mod permissions;
mod proof;
mod router;
mod secretariat_pages;
mod security_log;
mod statements;
mod support;
mod ties_page;
