//! What the server does by itself: sending mail, reminding of reports, telling the people of the Fund what waits for them,
//! closing periods of the books that somebody asked for, and taking away files that nobody can open, registrations that
//! nobody confirmed, and invitations that have ended.

use std::sync::Arc;
use std::time::Duration;

use backend::mail::{Transport, drain_while};
use backend::{Context, Services};
use chrono::Utc;
use domain::roles::Actor;
use lettre::message::Mailbox;
use tokio::sync::watch;

/// Pause between two looks into the outbox.
const PAUSE: Duration = Duration::from_secs(5);
/// Pause between two looks for a period that is to be closed: somebody sits before the page that says so.
const MOMENT: Duration = Duration::from_secs(2);
/// Pause between two looks for reports that are due or late, for files that nothing refers to, and for registrations that
/// nobody confirmed in time.
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Sends mails until it is told to stop; the mail under way is finished. A failure is logged and tried again; it never
/// ends the loop.
pub async fn send_mail(
    services: Arc<Services>,
    transport: Transport,
    sender: Mailbox,
    mut stopping: watch::Receiver<bool>,
) {
    while !*stopping.borrow() {
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-mail");
        if let Err(cause) = drain_while(&context, &transport, &sender, || !*stopping.borrow()).await {
            tracing::error!(%cause, "the outbox could not be drained");
        }
        // Ends early when it is told to stop, or when whoever could say so is gone.
        let _ = tokio::time::timeout(PAUSE, stopping.changed()).await;
    }
}

/// Closes the periods of the books that people asked for, until the process ends. A failure is logged; whichever server
/// looks after the closing's claim has run out tries again.
pub async fn close_periods(services: Arc<Services>) {
    loop {
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-closing");
        if let Err(cause) = backend::ledger::closing::go_on(&context).await {
            tracing::error!(%cause, "a period could not be closed");
        }
        tokio::time::sleep(MOMENT).await;
    }
}

/// Reminds of reports, and drafts reminders of overdue pledges, once an hour until the process ends. A failure is logged and tried again an hour later.
pub async fn remind_of_reports(services: Arc<Services>) {
    loop {
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-reminders");
        match backend::reports::remind(&context).await {
            Ok(0) => {}
            Ok(reports) => tracing::info!(reports, "reminders were queued"),
            Err(cause) => tracing::error!(%cause, "reminders could not be queued"),
        }
        match backend::contributions::reminders::draft(&context).await {
            Ok(0) => {}
            Ok(drafts) => tracing::info!(drafts, "reminders of overdue pledges wait for approval"),
            Err(cause) => tracing::error!(%cause, "reminders of pledges could not be drafted"),
        }
        tokio::time::sleep(HOUR).await;
    }
}

/// Tells the people of the Fund what waits for them, on a working day once to each. It is looked once an hour until the
/// process ends, and not right after it began: a server that is restarted again and again has other worries.
pub async fn send_digests(services: Arc<Services>) {
    loop {
        tokio::time::sleep(HOUR).await;
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-digests");
        match backend::home::send_digests(&context).await {
            Ok(0) => {}
            Ok(mails) => tracing::info!(mails, "mails that tell what waits were queued"),
            Err(cause) => tracing::error!(%cause, "mails that tell what waits could not be queued"),
        }
    }
}

/// Deletes files of documents that nothing refers to, once an hour until the process ends.
pub async fn sweep_documents(services: Arc<Services>) {
    loop {
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-documents");
        match backend::documents::sweep(&context).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "files that nothing refers to were deleted"),
            Err(cause) => tracing::error!(%cause, "files could not be swept"),
        }
        tokio::time::sleep(HOUR).await;
    }
}

/// Takes away registrations that nobody confirmed in time, invitations that have ended, and what was counted of tries and
/// has come back, once an hour until the process ends.
pub async fn sweep_registrations(services: Arc<Services>) {
    loop {
        let context = Context::new(services.clone(), Actor::system(), Utc::now(), "job-registrations");
        match backend::users::sweep_registrations(&context).await {
            Ok(0) => {}
            Ok(registrations) => tracing::info!(registrations, "registrations that nobody confirmed were deleted"),
            Err(cause) => tracing::error!(%cause, "registrations could not be swept"),
        }
        match backend::users::sweep_invitations(&context).await {
            Ok(0) => {}
            Ok(invitations) => tracing::info!(invitations, "invitations that had ended were deleted"),
            Err(cause) => tracing::error!(%cause, "invitations could not be swept"),
        }
        if let Err(cause) = backend::users::sweep_limits(&context).await {
            tracing::error!(%cause, "tries to sign in could not be swept");
        }
        tokio::time::sleep(HOUR).await;
    }
}

/// Keeps the database's statistics up to date, at once and then once a day until the process ends.
pub async fn optimize_database(services: Arc<Services>) {
    loop {
        if let Err(cause) = backend::database::optimize(&services.database).await {
            tracing::warn!(%cause, "the database's statistics could not be brought up to date");
        }
        tokio::time::sleep(DAY).await;
    }
}
