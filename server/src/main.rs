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
    match Cli::parse().run().await {
        Ok(code) => ExitCode::from(code),
        Err(cause) => {
            eprintln!("fund: {cause}");
            ExitCode::from(2)
        }
    }
}
