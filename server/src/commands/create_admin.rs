//! `fund create-admin`

use chrono::Utc;
use clap::Args;
use domain::errors::AppError;
use domain::users::Language;
use i18n::Reader;

use super::{Outcome, say, services};
use crate::config::Checked;

/// Whom to invite.
#[derive(Args, Clone, Debug)]
pub struct CreateAdmin {
    /// E-mail address of the administrator
    #[arg(long)]
    email: String,
    /// Name of the administrator
    #[arg(long)]
    name: String,
}

/// Makes an administrator and prints the single-use link that sets the password.
pub async fn run(settings: &Checked, whom: &CreateAdmin) -> Outcome {
    let services = services(settings).await?;
    let link = backend::users::create_admin(&services, Utc::now(), &whom.email, &whom.name)
        .await
        .map_err(|cause| in_words(&cause.into()))?;
    say("The administrator sets the password here; the link works once, for fourteen days, and goes by mail too:");
    say(&link);
    Ok(0)
}

fn in_words(error: &AppError) -> String {
    let reader = Reader::new(Language::English);
    match error {
        AppError::Invalid(errors) => errors
            .0
            .iter()
            .map(|error| format!("--{}: {}", error.field, reader.message(&error.message)))
            .collect::<Vec<_>>()
            .join("\n"),
        other => format!("{other}; the log has the cause (has `fund migrate` been run?)"),
    }
}
