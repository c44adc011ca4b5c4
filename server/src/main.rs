//! The `fund` program.

use std::process::ExitCode;

use clap::Parser as _;
use server::commands::Cli;

#[tokio::main]
#[allow(clippy::print_stderr, reason = "the reason for ending goes to the terminal, log or not")]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    // Where the log cannot be written either, as on a full disk, the program goes on: saying so on standard error,
    // as the subscriber would, panics there.
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false).init();
    match Cli::parse().run().await {
        Ok(code) => ExitCode::from(code),
        Err(cause) => {
            eprintln!("fund: {cause}");
            ExitCode::from(2)
        }
    }
}
