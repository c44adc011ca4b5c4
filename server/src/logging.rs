//! Where the log goes: to standard error, chosen by `RUST_LOG`; and the security log, always whole, to the same place or
//! into a file of its own.

use std::fs::File;
use std::io::IsTerminal as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Mutex;

use backend::security_log::TARGET;
use tracing::level_filters::LevelFilter;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Registry};

use crate::config::SettingError;

/// Name of the setting of the security log's file.
const SECURITY_LOG: &str = "SECURITY_LOG";

/// Starts logging, with the security log in `file` where one is set, else on standard error. Without `security` there is
/// none: what invented data tells has not happened here.
///
/// # Errors
/// When the file cannot be opened.
pub fn start(file: Option<&Path>, security: bool) -> Result<(), SettingError> {
    let security = match file {
        _ if !security => BoxMakeWriter::new(std::io::sink),
        Some(path) => BoxMakeWriter::new(Mutex::new(open(path)?)),
        None => BoxMakeWriter::new(std::io::stderr),
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    let colours = std::io::stderr().is_terminal();
    // It fails only where logging has begun already.
    let _ = subscriber(filter, std::io::stderr, security, colours).try_init();
    Ok(())
}

/// Added to at the end, so that a program that cuts the file may do so at any time; for its owner only.
fn open(path: &Path) -> Result<File, SettingError> {
    std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(|cause| SettingError { name: SECURITY_LOG, why: format!("{}: {cause}", path.display()) })
}

/// Both logs. The numbers of requests are spans, which both show.
///
/// Where a log cannot be written either, as on a full disk, the program goes on: saying so on standard error panics there.
pub fn subscriber<L, S>(filter: EnvFilter, log: L, security: S, colours: bool) -> impl Subscriber + Send + Sync
where
    L: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
    S: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let filter = match format!("{TARGET}=off").parse() {
        Ok(directive) => filter.add_directive(directive),
        Err(_) => filter,
    };
    let of_security = |metadata: &Metadata<'_>| metadata.is_span() || metadata.target() == TARGET;
    let log = tracing_subscriber::fmt::layer().with_writer(log).with_ansi(colours).log_internal_errors(false);
    let security = tracing_subscriber::fmt::layer().with_writer(security).with_ansi(false).log_internal_errors(false);
    Registry::default()
        .with(log.with_filter(filter))
        .with(security.with_filter(filter_fn(of_security).with_max_level_hint(LevelFilter::INFO)))
}
