//! What never reaches a browser: settings, the router with its guards, commands, and the jobs of the server.

pub mod commands;
pub mod config;
pub mod connections;
pub mod jobs;
pub mod logging;
pub mod router;
pub mod security;
