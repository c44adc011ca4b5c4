//! Many people at once, over HTTP: one server on SQLite, two on PostgreSQL.

use std::collections::HashSet;
use std::net::SocketAddr;

use domain::roles::Role;
use futures::future::join_all;

use super::http::{Outcome, act, get, number_in};
use super::place::Place;
use super::program::Server;
use super::seed::{Fund, Person, command, person, today, typed_usd};

/// Every award: 40,000 USD.
const AWARD: i64 = 4_000_000;

/// A database and its servers.
struct Site {
    place: Place,
    fund: Fund,
    servers: Vec<Server>,
}

impl Site {
    /// One server on SQLite, then two on PostgreSQL.
    async fn on(place: Place) -> Self {
        let fund = Fund::new(&place).await;
        let mut servers = vec![Server::start(&place, &[]).await];
        if place.kind == "postgres" {
            servers.push(Server::start(&place, &[]).await);
        }
        Self { place, fund, servers }
    }

    /// The server that takes the request of a number: they take turns.
    fn server(&self, number: usize) -> SocketAddr {
        self.servers[number % self.servers.len()].address
    }

    /// Sends the same form many times at once.
    async fn at_once(&self, times: usize, path: &str, person: &Person, fields: &[(&str, &str)]) -> Vec<Outcome> {
        let sent = (0..times).map(|number| act(self.server(number), path, &person.cookie, fields));
        join_all(sent).await.into_iter().map(Result::unwrap).collect()
    }

    /// A grant whose agreement both have signed, and a disbursement of its first instalment that is certified.
    async fn certified_disbursement(&self) -> i64 {
        let application = *self.fund.recommended(&self.place, 1, AWARD).await.start();
        let fund = &self.fund;
        let step = async |path: String, person: &Person, fields: &[(&str, &str)]| {
            act(self.server(0), &path, &person.cookie, fields).await.unwrap().done()
        };
        let decision = format!("/board/decisions/{application}/approve");
        let grant = number_in(&step(decision, &fund.director, &[("command_id", &command())]).await);
        let agreement = [("start_date", &*today()), ("months", "12")];
        step(format!("/grants/{grant}/offer"), &fund.officer, &agreement).await;
        let signed = [("accept", "yes"), ("full_name", "Maya Rai")];
        step(format!("/grants/{grant}/countersign"), &fund.signatory, &signed).await;
        let instalment =
            self.place.number(&format!("SELECT id FROM instalments WHERE grant_id = {grant} AND number = 1")).await;
        let request = format!("/grants/{grant}/instalments/{instalment}/request");
        step(request, &fund.officer, &[("command_id", &command())]).await;
        let id = self.place.number(&format!("SELECT id FROM disbursements WHERE grant_id = {grant}")).await;
        step(format!("/disbursements/{id}/certify"), &fund.certifier, &[("command_id", &command())]).await;
        id
    }

    async fn end(self) {
        self.place.assert_books().await;
        for server in self.servers {
            server.kill().await;
        }
        self.place.end().await;
    }
}

/// Two hundred decisions at once, each on an application of its own, with money for fifty of them.
async fn two_hundred_approvals(place: Place) {
    let site = Site::on(place).await;
    // A cent less than the fifty-first would need.
    site.fund.money(&site.place, 51 * AWARD - 1).await;
    let applications = site.fund.recommended(&site.place, 200, AWARD).await;
    // Of one person no more than twenty refused forms are kept.
    let directors = join_all((0..10).map(|_| person(&site.place, Role::ExecutiveDirector, None))).await;
    let decisions = applications.clone().enumerate().map(|(number, application)| {
        let (server, path) = (site.server(number), format!("/board/decisions/{application}/approve"));
        let cookie = &directors[number % directors.len()].cookie;
        async move { act(server, &path, cookie, &[("command_id", &command())]).await.unwrap() }
    });
    let outcomes = join_all(decisions).await;
    let (done, refused): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| matches!(outcome, Outcome::Done(_)));
    assert_eq!((done.len(), refused.len()), (50, 150), "{}: {:?}", site.place.kind, refused.first());
    let grants: HashSet<i64> = done.into_iter().map(|outcome| number_in(&outcome.done())).collect();
    assert_eq!(grants.len(), 50, "each decision led to a grant of its own");
    for outcome in refused {
        let (status, page) = outcome.refused();
        assert_eq!(status, 409, "{page}");
        // What is left when fifty are awarded; nobody was refused earlier than that.
        assert!(page.contains("39,999.99"), "the page says how much there is: {page}");
        assert!(page.contains("available for its purpose. Nothing was changed."), "{page}");
    }
    let count = async |sql: &str| site.place.number(sql).await;
    assert_eq!(count("SELECT COUNT(*) FROM grants").await, 50);
    assert_eq!(count("SELECT COUNT(*) FROM decisions").await, 50);
    assert_eq!(count("SELECT COUNT(*) FROM applications WHERE state = 'awarded'").await, 50);
    assert_eq!(count("SELECT COUNT(*) FROM applications WHERE state = 'recommended'").await, 150);
    assert_eq!(count("SELECT COUNT(*) FROM journal_entries WHERE event = 'commitment'").await, 50);
    assert_eq!(count("SELECT COUNT(*) FROM outbox WHERE kind = 'decision-awarded'").await, 50);
    assert_eq!(count("SELECT CAST(SUM(usd_minor) AS BIGINT) FROM grant_funding").await, 50 * AWARD);
    site.end().await;
}

#[tokio::test]
async fn of_two_hundred_approvals_at_once_fifty_succeed_on_sqlite() {
    two_hundred_approvals(Place::sqlite().await).await;
}

#[tokio::test]
async fn of_two_hundred_approvals_at_once_fifty_succeed_with_two_servers_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        two_hundred_approvals(place).await;
    }
}

/// Two officers open the same disbursement and press the same button.
async fn two_officers(place: Place) {
    let site = Site::on(place).await;
    site.fund.money(&site.place, 20 * AWARD).await;
    for _ in 0..5 {
        let id = site.certified_disbursement().await;
        let path = format!("/disbursements/{id}/approve");
        let press = async |number: usize, person: &Person| {
            act(site.server(number), &path, &person.cookie, &[("command_id", &command())]).await.unwrap()
        };
        let (one, other) = futures::join!(press(0, &site.fund.approver), press(1, &site.fund.other_approver));
        let lost = match (&one, &other) {
            (Outcome::Done(_), Outcome::Refused(..)) => other,
            (Outcome::Refused(..), Outcome::Done(_)) => one,
            both => panic!("{}: {both:?}", site.place.kind),
        };
        let (status, page) = lost.refused();
        assert_eq!(status, 409, "{page}");
        assert!(page.contains("is not possible while the disbursement is"), "{page}");
        let entries = format!(
            "SELECT COUNT(*) FROM journal_entries WHERE source_kind = 'disbursement' AND source_id = {id} AND event = 'disbursement-approved'"
        );
        assert_eq!(site.place.number(&entries).await, 1);
        let trail = format!(
            "SELECT COUNT(*) FROM audit WHERE subject_kind = 'disbursement' AND subject_id = {id} AND action = 'audit-disbursement-approve'"
        );
        assert_eq!(site.place.number(&trail).await, 1);
        let shown = get(site.server(0), &format!("/disbursements/{id}"), &site.fund.finance.cookie).await.unwrap();
        assert_eq!(shown.status, 200);
    }
    site.end().await;
}

#[tokio::test]
async fn of_two_officers_who_approve_one_disbursement_one_is_told_that_it_was_done() {
    two_officers(Place::sqlite().await).await;
    if let Some(place) = Place::postgres().await {
        two_officers(place).await;
    }
}

/// One form, sent a hundred times at once by an impatient hand or a broken proxy. Each is told that it was done.
async fn a_hundred_times(place: Place) {
    let site = Site::on(place).await;
    let (fund, id) = (&site.fund, command());
    let pledge = [
        ("donor", &*fund.donor.to_string()),
        ("amount", "90000"),
        ("currency", "USD"),
        ("instrument", "agreement"),
        ("date", &*today()),
        ("earmark", "none"),
        ("psc_per_cent", "0"),
        ("command_id", &*id),
    ];
    let outcomes = site.at_once(100, "/contributions/create", &fund.finance, &pledge).await;
    let made = one_number(outcomes);
    let (id, reference) = (command(), command());
    let receipt = [
        ("amount", &*typed_usd(9_000_000)),
        ("currency", "USD"),
        ("date", &*today()),
        ("bank_reference", &*reference),
        ("command_id", &*id),
    ];
    let outcomes = site.at_once(100, &format!("/contributions/{made}/receive"), &fund.finance, &receipt).await;
    one_number(outcomes);
    let application = *fund.recommended(&site.place, 1, AWARD).await.start();
    let id = command();
    let path = format!("/board/decisions/{application}/approve");
    one_number(site.at_once(100, &path, &fund.director, &[("command_id", &id)]).await);
    let disbursement = site.certified_disbursement().await;
    let id = command();
    let path = format!("/disbursements/{disbursement}/approve");
    one_number(site.at_once(100, &path, &fund.approver, &[("command_id", &id)]).await);
    let count = async |sql: &str| site.place.number(sql).await;
    assert_eq!(count("SELECT COUNT(*) FROM pledges").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM receipts").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM grants").await, 2);
    assert_eq!(count("SELECT COUNT(*) FROM decisions").await, 2);
    assert_eq!(count("SELECT COUNT(*) FROM journal_entries WHERE event = 'disbursement-approved'").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM audit WHERE action = 'audit-disbursement-approve'").await, 1);
    site.end().await;
}

/// Every answer led to the same record.
fn one_number(outcomes: Vec<Outcome>) -> i64 {
    let numbers: HashSet<i64> = outcomes.into_iter().map(|outcome| number_in(&outcome.done())).collect();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    numbers.into_iter().next().unwrap()
}

#[tokio::test]
async fn one_command_sent_a_hundred_times_at_once_has_one_effect() {
    a_hundred_times(Place::sqlite().await).await;
    if let Some(place) = Place::postgres().await {
        a_hundred_times(place).await;
    }
}
