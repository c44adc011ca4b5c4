//! Proof that the money can be trusted, with the real program over HTTP: many people at once, servers killed at any
//! moment, and disks, databases and mail servers that fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod chance;
mod cluster;
mod concurrency;
mod crash;
mod faults;
mod http;
mod mails;
mod migrating;
mod place;
mod program;
mod seed;
mod smtp;
mod stream;
