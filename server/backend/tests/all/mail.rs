//! The outbox: queued with the change, sent once, tried again with growing pauses, stuck where people see it.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::support::accounts::mails;
use crate::support::{World, later, noon, on_both};
use backend::Context;
use backend::mail::{self, Drained, MailKind, MailState, Recipient, Transport, drain, queue};
use backend::page::PageRequest;
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::message::{Argument, Message as Text};
use domain::money::Money;
use domain::roles::Role;
use domain::users::Language;
use lettre::Message;
use lettre::message::Mailbox;

type Kept = Arc<Mutex<Vec<Message>>>;

fn sender() -> Mailbox {
    "Fund <fund@example.org>".parse().unwrap()
}

fn memory() -> (Transport, Kept) {
    let kept = Kept::default();
    (Transport::Memory(kept.clone()), kept)
}

/// A mail server that is not there.
fn closed_port() -> Transport {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    Transport::smtp(&format!("smtp://127.0.0.1:{port}")).unwrap()
}

fn recipient(language: Language) -> Recipient {
    Recipient { address: "amina@example.org".to_owned(), name: "Amina <b>Diallo</b>".to_owned(), language }
}

async fn queue_one(world: &World, once: Option<&str>) {
    let system = world.system();
    let work = system.begin().await.unwrap();
    queue(&work, &recipient(Language::English), MailKind::Confirm, &[], Some("/confirm/abc"), once).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn a_mail_is_sent_once_as_text_and_html() {
    on_both(|world| async move {
        queue_one(&world, None).await;
        let (transport, kept) = memory();
        let system = world.system();
        assert_eq!(drain(&system, &transport, &sender()).await.unwrap(), Drained { sent: 1, failed: 0 });
        assert_eq!(drain(&system, &transport, &sender()).await.unwrap(), Drained { sent: 0, failed: 0 });
        let text = String::from_utf8(kept.lock().unwrap()[0].formatted()).unwrap();
        assert!(
            text.contains("multipart/alternative") && text.contains("text/plain") && text.contains("text/html"),
            "{text}"
        );
        assert!(text.contains("http://localhost:3000/confirm/abc"), "{text}");
        assert!(text.contains("&lt;b&gt;Diallo"), "a name is no markup: {text}");
        let mail = mails(&world).await.pop().unwrap();
        assert_eq!((mail.state.as_str(), mail.text.as_str()), ("sent", ""), "a link that opens an account is not kept");
    })
    .await;
}

#[tokio::test]
async fn a_mail_goes_back_with_its_transaction() {
    on_both(|world| async move {
        let system = world.system();
        let work = system.begin().await.unwrap();
        queue(&work, &recipient(Language::English), MailKind::Reset, &[], Some("/reset/abc"), None).await.unwrap();
        drop(work);
        let (transport, kept) = memory();
        assert_eq!(drain(&system, &transport, &sender()).await.unwrap(), Drained::default());
        assert!(mails(&world).await.is_empty() && kept.lock().unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_reminder_with_the_same_key_is_queued_once() {
    on_both(|world| async move {
        queue_one(&world, Some("report-1-due")).await;
        queue_one(&world, Some("report-1-due")).await;
        queue_one(&world, Some("report-2-due")).await;
        assert_eq!(mails(&world).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_drains_at_once_send_nothing_twice() {
    on_both(|world| async move {
        for _ in 0..30 {
            queue_one(&world, None).await;
        }
        let (transport, kept) = memory();
        let drains: Vec<_> = (0..3)
            .map(|_| {
                let (system, transport) = (world.system(), transport.clone());
                tokio::spawn(async move { drain(&system, &transport, &sender()).await.unwrap().sent })
            })
            .collect();
        let mut sent = 0;
        for drain in drains {
            sent += drain.await.unwrap();
        }
        let messages = kept.lock().unwrap();
        let ids: HashSet<String> =
            messages.iter().map(|message| message.headers().get_raw("Message-ID").unwrap().to_owned()).collect();
        assert_eq!((sent, messages.len(), ids.len()), (30, 30, 30));
    })
    .await;
}

#[tokio::test]
async fn a_failed_mail_waits_longer_each_time_gets_stuck_and_can_be_retried() {
    on_both(|world| async move {
        queue_one(&world, None).await;
        let admin = world.staff(Role::Administrator).await;
        let mut now = noon();
        let mut pauses = Vec::new();
        loop {
            let system = later(&world.system(), now);
            assert_eq!(drain(&system, &closed_port(), &sender()).await.unwrap(), Drained { sent: 0, failed: 1 });
            let row = only(&admin).await;
            let cause = row.last_error.unwrap();
            assert_eq!(cause.key, "mail-failed-unreachable");
            assert!(i18n::Reader::new(Language::French).message(&cause).contains("injoignable"), "{cause:?}");
            if row.state == MailState::Stuck {
                break;
            }
            // Not a moment before the pause is over.
            let early = later(&world.system(), row.next_try_at - TimeDelta::seconds(1));
            assert_eq!(drain(&early, &closed_port(), &sender()).await.unwrap(), Drained::default());
            pauses.push(row.next_try_at - now);
            now = row.next_try_at;
        }
        assert!(pauses.len() >= 5 && pauses.windows(2).all(|pair| pair[0] < pair[1]), "{pauses:?}");
        let much_later = later(&world.system(), now + TimeDelta::days(30));
        let (transport, kept) = memory();
        assert_eq!(drain(&much_later, &transport, &sender()).await.unwrap(), Drained::default(), "stuck is stuck");
        let auditor = world.staff(Role::Auditor).await;
        assert!(mail::retry(&auditor, only(&auditor).await.id).await.is_err());
        mail::retry(&admin, only(&admin).await.id).await.unwrap();
        assert_eq!(drain(&much_later, &transport, &sender()).await.unwrap(), Drained { sent: 1, failed: 0 });
        assert_eq!(kept.lock().unwrap().len(), 1);
        assert!(mail::retry(&admin, only(&admin).await.id).await.is_err(), "what was sent is not sent again");
    })
    .await;
}

async fn only(context: &Context) -> mail::MailRow {
    let page = mail::list(context, &PageRequest::default()).await.unwrap();
    assert_eq!(page.total, 1);
    page.rows.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_mail_of_a_process_that_died_is_taken_over_when_its_claim_ends() {
    on_both(|world| async move {
        queue_one(&world, None).await;
        let claimed = (noon() + TimeDelta::minutes(5)).format("%Y-%m-%dT%H:%M:%S+00:00");
        world.sql(&format!("UPDATE outbox SET claimed_until = '{claimed}', tries = 1")).await;
        let (transport, kept) = memory();
        assert_eq!(drain(&world.system(), &transport, &sender()).await.unwrap(), Drained::default());
        let admin = world.staff(Role::Administrator).await;
        let busy = AppError::from(mail::retry(&admin, only(&admin).await.id).await.unwrap_err());
        assert_eq!(busy, AppError::NotFound, "what is just being handed over is not queued again");
        let after = later(&world.system(), noon() + TimeDelta::minutes(6));
        assert_eq!(drain(&after, &transport, &sender()).await.unwrap(), Drained { sent: 1, failed: 0 });
        assert_eq!(kept.lock().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_outbox_is_searched_and_filtered_and_shown_to_administrators_and_auditors_only() {
    on_both(|world| async move {
        queue_one(&world, None).await;
        let admin = world.staff(Role::Administrator).await;
        let total = |search: &str, filter: &str| {
            let request =
                PageRequest { search: search.to_owned(), filter: filter.to_owned(), ..PageRequest::default() };
            let admin = admin.clone();
            async move { mail::list(&admin, &request).await.unwrap().total }
        };
        assert_eq!((total("AMINA@", "").await, total("confirm your", "").await, total("nobody", "").await), (1, 1, 0));
        assert_eq!((total("", "queued").await, total("", "stuck").await), (1, 0));
        for role in Role::ALL.iter().filter(|role| !matches!(role, Role::Administrator | Role::Auditor)) {
            let other = world.staff(*role).await;
            assert!(mail::list(&other, &PageRequest::default()).await.is_err(), "{role}");
        }
    })
    .await;
}

/// Every argument that callers pass, for all kinds.
fn arguments() -> Vec<(&'static str, Argument)> {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
    vec![
        ("inviter", "Ada".into()),
        ("place", "organisation".into()),
        ("of", "Casa Aurora".into()),
        ("until", noon().into()),
        ("role", Argument::Key("role-auditor".to_owned())),
        ("address", "192.0.2.7".into()),
        ("ending", "5432".into()),
        ("number", "APP-0007".into()),
        ("title", "Safe return".into()),
        ("revision", 2_i64.into()),
        ("at", noon().into()),
        ("comments", "Explain line 3.".into()),
        ("due", day.into()),
        ("amount", Money::usd(4_000_000).into()),
        ("note", "The budget did not fit.".into()),
        ("instalment", 1_i64.into()),
        ("report", "Interim report".into()),
        ("level", 1_i64.into()),
        ("donor", "Norway".into()),
        ("open", Money::usd(1_000_000).into()),
        ("reference", "VTF-P00007".into()),
        ("reason", "Prices rose.".into()),
        ("grant", "G-2026-0007".into()),
        ("kind", Argument::Key("amendment-kind-increase".to_owned())),
        ("left", Money::usd(1_000).into()),
        ("recovery", "R-2026-0007".into()),
        ("actor", "Ada".into()),
        ("organisation", "Casa Aurora".into()),
        ("starts", day.into()),
        ("ends", day.into()),
        ("conditions", Argument::Keys(vec!["screening-non-profit".to_owned()])),
        ("call", "Call 2026".into()),
        ("before", noon().into()),
        ("person", "Ana Lima".into()),
        ("confirmer", "Eva".into()),
        ("earlier", Money::usd(0).into()),
        ("deadline", noon().into()),
        ("waiting", "Explain line 3.".into()),
    ]
}

#[tokio::test]
async fn every_kind_of_mail_has_its_texts_in_every_language() {
    on_both(|world| async move {
        let system = world.system();
        for language in [Language::English, Language::French] {
            let work = system.begin().await.unwrap();
            for kind in MailKind::ALL {
                queue(&work, &recipient(language), *kind, &arguments(), Some("/x"), None).await.unwrap();
            }
            work.commit().await.unwrap();
        }
        let mails = mails(&world).await;
        let (english, french) = mails.split_at(MailKind::ALL.len());
        for mail in &mails {
            let whole = format!("{} {}", mail.subject, mail.text);
            assert!(!whole.contains(['[', '{', '$']), "a text or an argument is missing: {whole}");
        }
        for (english, french) in english.iter().zip(french) {
            assert_eq!(english.kind, french.kind);
            let lines =
                |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<HashSet<_>>();
            let same: Vec<String> = lines(&english.text).intersection(&lines(&french.text)).cloned().collect();
            // What callers pass, the link and the mark before the footer are the same; every text is not.
            let passed =
                ["http://localhost:3000/x", "-- ", "Explain line 3.", "The budget did not fit.", "Prices rose."];
            assert!(same.iter().all(|line| passed.contains(&line.as_str())), "not translated: {same:?}");
            assert_ne!(english.subject, french.subject);
        }
    })
    .await;
}

/// A real SMTP server; ends with the test.
struct SmtpServer {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl SmtpServer {
    /// None where `SMTP_TEST_SERVER` does not name the server's script.
    fn start(options: &[&str]) -> Option<Self> {
        let Ok(script) = std::env::var("SMTP_TEST_SERVER") else {
            assert!(std::env::var_os("CI").is_none(), "SMTP_TEST_SERVER must name the mail server's script in CI");
            eprintln!("SMTP_TEST_SERVER is not set: not tried against a real mail server");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("node");
        let mut child =
            command.arg(script).arg("0").arg(folder.path()).args(options).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("listening ").unwrap().parse().unwrap();
        Some(Self { child, port, folder })
    }

    fn transport(&self) -> Transport {
        Transport::smtp(&format!("smtp://127.0.0.1:{}", self.port)).unwrap()
    }

    fn received(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        files.map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_real_mail_server_that_first_refuses_gets_each_mail_once() {
    on_both(|world| async move {
        let Some(server) = SmtpServer::start(&["--fail", "2"]) else { return };
        for _ in 0..3 {
            queue_one(&world, None).await;
        }
        let transport = server.transport();
        assert_eq!(drain(&world.system(), &transport, &sender()).await.unwrap(), Drained { sent: 1, failed: 2 });
        assert_eq!(server.received().len(), 1);
        // What our side says is a key; what the mail server said stays as it said it.
        let admin = world.staff(Role::Administrator).await;
        let listed = mail::list(&admin, &PageRequest::default()).await.unwrap().rows;
        let causes: Vec<String> = listed
            .into_iter()
            .filter_map(|row| row.last_error)
            .map(|cause| i18n::Reader::new(Language::French).message(&cause))
            .collect();
        assert_eq!(causes.len(), 2);
        assert!(causes.iter().all(|cause| cause.contains("(451)") && cause.contains("Try again later")), "{causes:?}");
        assert!(causes.iter().all(|cause| cause.starts_with("Le serveur de messagerie n’a pas accepté")), "{causes:?}");
        let after = later(&world.system(), noon() + TimeDelta::minutes(2));
        assert_eq!(drain(&after, &transport, &sender()).await.unwrap(), Drained { sent: 2, failed: 0 });
        let received = server.received();
        let ids: HashSet<&str> =
            received.iter().filter_map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:"))).collect();
        assert_eq!((received.len(), ids.len()), (3, 3));
        assert!(received[0].contains("amina@example.org"), "{}", received[0]);
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_never_answers_is_given_up_and_the_mail_waits() {
    on_both(|world| async move {
        // Twenty seconds of waiting are enough once.
        if world.kind != "sqlite" {
            return;
        }
        let Some(server) = SmtpServer::start(&["--hang"]) else { return };
        queue_one(&world, None).await;
        assert_eq!(
            drain(&world.system(), &server.transport(), &sender()).await.unwrap(),
            Drained { sent: 0, failed: 1 }
        );
        let mail = mails(&world).await.pop().unwrap();
        assert_eq!((mail.state.as_str(), mail.tries), ("queued", 1));
        let admin = world.staff(Role::Administrator).await;
        assert_eq!(only(&admin).await.last_error, Some(Text::new("mail-failed-silent").with("seconds", 20_i64)));
    })
    .await;
}
