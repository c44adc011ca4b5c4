//! Mail servers that refuse or hang: nobody who moves money waits for them or is refused, an administrator sees
//! why, and the mails go out by themselves, each once.

use std::time::{Duration, Instant};

use super::http::{act, get, text_of};
use super::place::Place;
use super::program::Server;
use super::seed::{Fund, command};
use super::smtp::MailServer;
use super::stream::AWARD;

/// As long as the server may take until it has looked into its outbox, tried, and given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server with its mail server, and two decisions to be taken, each of which queues a mail.
struct Site {
    place: Place,
    fund: Fund,
    server: Server,
    application: i64,
}

impl Site {
    async fn new(place: Place, mails: &MailServer) -> Self {
        let fund = Fund::new(&place).await;
        // That of the new bank details would be the first.
        place.sql("DELETE FROM outbox").await;
        fund.money(&place, 2 * AWARD).await;
        let application = *fund.recommended(&place, 2, AWARD).await.start();
        let server = Server::start(&place, &[("SMTP_URL", &mails.url())]).await;
        Self { place, fund, server, application }
    }

    /// Takes a decision, and asserts that no mail server kept the director waiting.
    async fn decide(&self, application: i64) {
        let began = Instant::now();
        let path = format!("/board/decisions/{application}/approve");
        let fields = [("command_id", &*command())];
        act(self.server.address, &path, &self.fund.director.cookie, &fields).await.unwrap().done();
        // A mail server is waited for for twenty seconds.
        assert!(began.elapsed() < Duration::from_secs(15), "it took {:?}", began.elapsed());
    }

    /// Waits until SQL counts so many mails.
    async fn until(&self, condition: &str, count: i64) {
        let began = Instant::now();
        let sql = format!("SELECT COUNT(*) FROM outbox WHERE {condition}");
        while self.place.number(&sql).await != count {
            assert!(began.elapsed() < PATIENCE, "{condition}: not {count} mails after {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What an administrator reads about the outbox.
    async fn shown(&self) -> String {
        let page = get(self.server.address, "/mail", &self.fund.administrator.cookie).await.unwrap();
        assert_eq!(page.status, 200);
        text_of(&page.body)
    }

    /// The pause before the next try is over. (It is a minute and more.)
    async fn pause_is_over(&self) {
        self.place.sql("UPDATE outbox SET next_try_at = created_at WHERE state = 'queued'").await;
    }

    async fn end(self, mails: &MailServer) {
        let received = mails.received();
        let known = self.place.rows("SELECT message_id FROM outbox WHERE state = 'sent'").await;
        assert_eq!(received.len(), known.len(), "{received:?}");
        for row in known {
            let id: String = row.try_get_by_index(0).unwrap();
            assert_eq!(received.get(&id), Some(&1), "{id}");
        }
        self.place.assert_books().await;
        self.server.kill().await;
        self.place.end().await;
    }
}

async fn refusing(place: Place) {
    let Some(mails) = MailServer::start(0, &["--fail", "1"]) else { return };
    let site = Site::new(place, &mails).await;
    site.decide(site.application).await;
    site.until("tries = 1 AND claimed_until IS NULL AND last_error IS NOT NULL", 1).await;
    let page = site.shown().await;
    assert!(page.contains("Try again later"), "{page}");
    assert!(mails.received().is_empty());
    site.decide(site.application + 1).await;
    site.pause_is_over().await;
    site.until("state = 'sent'", 2).await;
    site.end(&mails).await;
}

#[tokio::test]
async fn a_mail_server_that_answers_451_is_asked_again_and_delays_nobody() {
    refusing(Place::sqlite().await).await;
    if let Some(place) = Place::postgres().await {
        refusing(place).await;
    }
}

/// On one database only: twenty seconds of waiting are enough once.
#[tokio::test]
async fn a_mail_server_that_hangs_is_given_up_and_delays_nobody() {
    let Some(mails) = MailServer::start(0, &["--hang"]) else { return };
    let port = mails.port();
    let site = Site::new(Place::sqlite().await, &mails).await;
    site.decide(site.application).await;
    site.until("claimed_until IS NOT NULL", 1).await;
    // While the mail server keeps silent.
    site.decide(site.application + 1).await;
    site.until("last_error IS NOT NULL", 1).await;
    let page = site.shown().await;
    assert!(page.contains("did not answer within 20 seconds"), "{page}");
    drop(mails);
    let mails = MailServer::start(port, &[]).unwrap();
    site.pause_is_over().await;
    site.until("state = 'sent'", 2).await;
    site.end(&mails).await;
}

/// The mail server has taken the mail and has yet to say so when the server is told to stop.
async fn stopped(place: Place) {
    let Some(mails) = MailServer::start(0, &["--slow", "3"]) else { return };
    let mut site = Site::new(place, &mails).await;
    site.decide(site.application).await;
    site.decide(site.application + 1).await;
    let began = Instant::now();
    while mails.received().is_empty() {
        assert!(began.elapsed() < PATIENCE, "no mail came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(site.place.number("SELECT COUNT(*) FROM outbox WHERE state = 'sent'").await, 0, "it has not said so");
    site.server.stop().await;
    assert_eq!(site.place.number("SELECT COUNT(*) FROM outbox WHERE state = 'sent'").await, 1);
    let unclaimed = "SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND claimed_until IS NULL";
    assert_eq!(site.place.number(unclaimed).await, 1, "the next mail was not begun");
    site.server = Server::start(&site.place, &[("SMTP_URL", &mails.url())]).await;
    site.until("state = 'sent'", 2).await;
    site.end(&mails).await;
}

#[tokio::test]
async fn a_server_that_is_stopped_marks_the_mail_under_way_and_sends_none_twice() {
    stopped(Place::sqlite().await).await;
    if let Some(place) = Place::postgres().await {
        stopped(place).await;
    }
}
