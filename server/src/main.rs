//! The `fund` program.

use std::process::ExitCode;

use clap::Parser as _;
use server::commands::Cli;

#[tokio::main]
#[allow(clippy::print_stderr, reason = "the reason for ending goes to the terminal, log or not")]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match Cli::parse().run().await {
        Ok(code) => ExitCode::from(code),
        Err(cause) => {
            eprintln!("fund: {cause}");
            ExitCode::from(2)
        }
    }
}
