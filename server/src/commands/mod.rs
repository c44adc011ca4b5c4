//! The commands of `fund`, one file each.

mod bench_bank_file;
mod bench_bank_statement;
mod bench_books;
mod bench_contributions;
mod bench_ledger;
mod bench_pledges;
mod bench_sections;
mod check_books;
mod check_documents;
mod create_admin;
mod migrate;
mod rotate_bank_keys;
mod seed_bench;
mod seed_demo;
mod send_mail;
mod serve;

use std::sync::Arc;

use backend::Services;
use backend::bench_data::Sizes;
use clap::{Parser, Subcommand};

use crate::config::{BANK_KEYS, Checked, ServeSettings, SettingError, Settings, make_demo_key};

/// The grant tracker of the UN Voluntary Trust Fund for Victims of Trafficking in Persons
#[derive(Debug, Parser)]
#[command(name = "fund", version)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site
    Serve(ServeSettings),
    /// Bring the database's schema up to date
    Migrate,
    /// Fill an empty database with demo data: an invented Fund of four years
    SeedDemo,
    /// Make an administrator, who sets the password by a single-use link
    CreateAdmin(create_admin::CreateAdmin),
    /// Send the mails that are due, once
    SendMail,
    /// Check every invariant of the books; exit code 1 and a report if one fails
    CheckBooks,
    /// Compare every document on the disk with what was uploaded; exit code 1 and a report if one is missing or damaged
    CheckDocuments,
    /// Seal all bank details anew with the newest key of BANK_KEYS, so that the older ones can go
    RotateBankKeys,
    /// Fill an empty database with data for `make bench`
    #[command(hide = true)]
    SeedBench {
        /// How many applications; a multiple of 20
        #[arg(long)]
        applications: usize,
        /// How many postings the books have at least
        #[arg(long, default_value_t = 0)]
        postings: usize,
        /// How many pledges each of 20 fiscal years has, beyond the few that pay for the grants
        #[arg(long, default_value_t = 0)]
        pledges_a_year: usize,
    },
    /// Measure postings through a whole use case against bare inserts of the same rows, on data of `seed-bench`
    #[command(hide = true)]
    BenchPledges {
        /// How many pledges each way
        #[arg(long, default_value_t = 500)]
        pledges: i64,
    },
    /// Measure sections that eight people save at once, against the same rows written bare, on data of `seed-bench`
    #[command(hide = true)]
    BenchSections {
        /// How many times each of them saves
        #[arg(long, default_value_t = 100)]
        saves: usize,
    },
    /// Measure the Fund's position and the trial balance, on data of `seed-bench`
    #[command(hide = true)]
    BenchBooks,
    /// Measure a bank statement's import and the taking of its lines, on data of `seed-bench --pledges-a-year`
    #[command(hide = true)]
    BenchBankStatement {
        /// How many lines
        #[arg(long, default_value_t = 10_000)]
        lines: usize,
        /// A copy of the database, into which the same rows are inserted bare
        #[arg(long)]
        copy: String,
    },
    /// Measure the statement of contributions, on data of `seed-bench --pledges-a-year`
    #[command(hide = true)]
    BenchContributions,
    /// Measure postings to the books against bare inserts, on data of `seed-bench`
    #[command(hide = true)]
    BenchLedger {
        /// How many entries each way
        #[arg(long, default_value_t = 1000)]
        entries: i64,
    },
}

/// What a command ends with.
pub type Outcome = Result<u8, Box<dyn std::error::Error + Send + Sync>>;

impl Cli {
    /// Runs the command and gives the exit code.
    ///
    /// # Errors
    /// A wrong setting, or what stopped the command.
    pub async fn run(self) -> Outcome {
        let seeds = matches!(self.command, Command::SeedDemo | Command::SeedBench { .. });
        crate::logging::start(self.settings.security_log.as_deref(), !seeds)?;
        let mut settings = self.settings.check()?;
        if seeds {
            make_demo_key(&mut settings)?;
        }
        match self.command {
            Command::Serve(serve) => serve::run(settings, serve).await,
            Command::Migrate => migrate::run(&settings).await,
            Command::SeedDemo => seed_demo::run(&settings).await,
            Command::CreateAdmin(whom) => create_admin::run(&settings, &whom).await,
            Command::SendMail => send_mail::run(&settings).await,
            Command::CheckBooks => check_books::run(&settings).await,
            Command::CheckDocuments => check_documents::run(&settings).await,
            Command::SeedBench { applications, postings, pledges_a_year } => {
                seed_bench::run(&settings, Sizes { applications, postings, pledges_a_year }).await
            }
            Command::BenchPledges { pledges } => bench_pledges::run(&settings, pledges).await,
            Command::BenchSections { saves } => bench_sections::run(&settings, saves).await,
            Command::BenchBooks => bench_books::run(&settings).await,
            Command::BenchBankStatement { lines, copy } => bench_bank_statement::run(&settings, lines, &copy).await,
            Command::BenchContributions => bench_contributions::run(&settings).await,
            Command::RotateBankKeys => rotate_bank_keys::run(&settings).await,
            Command::BenchLedger { entries } => bench_ledger::run(&settings, entries).await,
        }
    }
}

/// Opens the database of the settings.
async fn services(settings: &Checked) -> Result<Arc<Services>, Box<dyn std::error::Error + Send + Sync>> {
    let database = backend::database::open(&settings.database_url)
        .await
        .map_err(|cause| format!("the setting DATABASE_URL: the database cannot be opened: {cause}"))?;
    warn_if_others_may_read(&settings.database_url);
    Ok(Arc::new(Services {
        database,
        data_dir: settings.data_dir.clone(),
        public_url: settings.public_url.clone(),
        bank_keys: settings.bank_keys.clone(),
        document_quota: settings.document_quota,
    }))
}

/// A database that an earlier program made may be open to everybody on the machine. Whether somebody is meant to read
/// it is not ours to know.
fn warn_if_others_may_read(database_url: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(file) = database_url.strip_prefix("sqlite://").and_then(|path| path.split('?').next()) else { return };
    let mode = std::fs::metadata(file).map_or(0, |about| about.permissions().mode());
    if mode & 0o077 != 0 {
        tracing::warn!(file, "others may read the database; type chmod 600 for it and for its -wal and -shm");
    }
}

/// Stops a command unless the database has the schema that this program was made for.
async fn require_schema(services: &Services) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (missing, unknown) = migrations::difference(&services.database).await?;
    match (missing.len(), unknown.len()) {
        (0, 0) => Ok(()),
        (0, later) => Err(format!(
            "the setting DATABASE_URL: the database was migrated by a later program ({later} steps that this one does not know); start that one"
        )
        .into()),
        (steps, _) => Err(format!(
            "the setting DATABASE_URL: the database lacks {steps} steps of the schema; run `fund migrate` first"
        )
        .into()),
    }
}

/// Stops a command that works with bank details unless the keys open what is in the database.
async fn require_bank_keys(services: &Services) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let checked = backend::sealed::check_keys(services).await?;
    Ok(checked.map_err(|why| SettingError { name: BANK_KEYS, why })?)
}

/// Prints a line for whoever called the command.
#[allow(clippy::print_stdout, reason = "commands speak to a person at a terminal")]
fn say(line: &str) {
    println!("{line}");
}
