//! The `fund` program.

use std::process::ExitCode;

use clap::Parser as _;
use server::commands::Cli;

/// glibc's allocator keeps what was used once: fifty people who sign in at the same time left it with 900 MB.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
#[allow(clippy::print_stderr, reason = "the reason for ending goes to the terminal, log or not")]
async fn main() -> ExitCode {
    // Whatever is written, the database, documents, mails and keys, is for the account that the program runs under.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
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
