//! A stream of receipts, commitments and disbursements, sent by clients that do not give up: each command is sent
//! with its id until somebody answers.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use super::chance::Chance;
use super::http::{Outcome, act, number_in};
use super::place::Place;
use super::seed::{Fund, Person, command, today, typed_usd};

/// Every award: 40,000 USD.
pub const AWARD: i64 = 4_000_000;

/// A command and what it was answered in the end.
#[derive(Clone, Debug)]
pub struct Sent {
    pub id: String,
    /// The event that it leaves in the books when it is done.
    pub event: &'static str,
    pub done: bool,
}

/// What the clients share.
pub struct Stream {
    pub place: Place,
    pub fund: Fund,
    /// Where each server listens at present.
    pub servers: Vec<Mutex<SocketAddr>>,
    pub running: AtomicBool,
    pub sent: Mutex<Vec<Sent>>,
    /// Tries that ended without an answer.
    pub unanswered: AtomicU64,
    /// How many gifts were pledged.
    pub gifts: AtomicI64,
    /// Applications that nobody has decided: the next, and the last.
    pub next_application: AtomicI64,
    pub last_application: i64,
    /// Awarded grants that wait for a client.
    pub grants: Mutex<Vec<i64>>,
}

/// Names and values of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

impl Stream {
    /// True until the clients are to stop.
    fn runs(&self) -> bool {
        self.running.load(Ordering::Relaxed)
    }

    /// Sends a form until there is an answer to it. "Try again later" is none.
    async fn insist(&self, chance: &mut Chance, path: &str, person: &Person, fields: &[(&str, &str)]) -> Outcome {
        loop {
            let server = usize::try_from(chance.between(0, 1000)).unwrap() % self.servers.len();
            let address = *self.servers[server].lock().unwrap();
            match act(address, path, &person.cookie, fields).await {
                Ok(Outcome::Refused(503, _)) | Err(_) => {
                    self.unanswered.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(chance.between(5, 40))).await;
                }
                Ok(outcome) => return outcome,
            }
        }
    }

    /// Sends a command, and keeps what became of it. Gives where it led, or none when it was refused.
    async fn send(
        &self,
        chance: &mut Chance,
        event: &'static str,
        path: &str,
        person: &Person,
        fields: &[(&str, &str)],
    ) -> Option<String> {
        let id = command();
        let mut fields = fields.to_vec();
        fields.push(("command_id", &id));
        let outcome = self.insist(chance, path, person, &fields).await;
        if let Outcome::Refused(status, page) = &outcome {
            assert_eq!(*status, 409, "{path}: {page}");
        }
        let done = matches!(outcome, Outcome::Done(_));
        self.sent.lock().unwrap().push(Sent { id: id.clone(), event, done });
        done.then(|| outcome.done())
    }

    /// A donor's side: pledges, each of which comes in in two parts.
    pub async fn contribute(&self, mut chance: Chance) {
        let (donor, today) = (self.fund.donor.to_string(), today());
        while self.runs() {
            // No two parts are alike: people are asked of such whether they are one.
            let minor = 3 * (1_800_000 + self.gifts.fetch_add(1, Ordering::Relaxed));
            let amount = typed_usd(minor);
            let fields = [
                ("donor", &*donor),
                ("amount", &*amount),
                ("currency", "USD"),
                ("instrument", "agreement"),
                ("date", &*today),
                ("earmark", "none"),
            ];
            let finance = &self.fund.finance;
            let led = self.send(&mut chance, "pledge", "/contributions/create", finance, &fields).await.unwrap();
            let path = format!("/contributions/{}/receive", number_in(&led));
            for part in [minor / 3, minor - minor / 3] {
                let (amount, reference) = (typed_usd(part), command());
                let fields =
                    [("amount", &*amount), ("currency", "USD"), ("date", &*today), ("bank_reference", &*reference)];
                self.send(&mut chance, "receipt", &path, finance, &fields).await.expect("a receipt was refused");
            }
        }
    }

    /// The director's side: decides one application after the other; where the money does not suffice, later again.
    pub async fn decide(&self, mut chance: Chance) {
        while self.runs() {
            let application = self.next_application.fetch_add(1, Ordering::Relaxed);
            assert!(application <= self.last_application, "there are not enough applications");
            let path = format!("/board/decisions/{application}/approve");
            while self.runs() {
                match self.send(&mut chance, "commitment", &path, &self.fund.director, &[]).await {
                    Some(led) => {
                        self.grants.lock().unwrap().push(number_in(&led));
                        break;
                    }
                    None => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        }
    }

    /// The officers' side: takes an awarded grant through its agreement to its first payment, or back.
    pub async fn disburse(&self, mut chance: Chance) {
        while self.runs() {
            let grant = self.grants.lock().unwrap().pop();
            match grant {
                Some(grant) => self.pay(&mut chance, grant).await,
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    async fn pay(&self, chance: &mut Chance, grant: i64) {
        let (fund, today) = (&self.fund, today());
        // These two carry no command: sent again after an answer was lost, they are refused as done.
        let agreement = [("start_date", &*today), ("months", "12")];
        self.insist(chance, &format!("/grants/{grant}/offer"), &fund.officer, &agreement).await;
        let signed = [("accept", "yes"), ("full_name", "Maya Rai")];
        self.insist(chance, &format!("/grants/{grant}/countersign"), &fund.signatory, &signed).await;
        let sql = format!("SELECT id FROM instalments WHERE grant_id = {grant} AND number = 1");
        let instalment = self.place.number(&sql).await;
        let request = format!("/grants/{grant}/instalments/{instalment}/request");
        let led = self.send(chance, "disbursement-requested", &request, &fund.officer, &[]).await.unwrap();
        let id = number_in(&led);
        let reference = command();
        let paid = [("bank_reference", &*reference), ("paid_on", &*today)];
        let reason = [("reason", "Not so")];
        let steps: [(&str, &'static str, &Person, Fields<'_>); 4] = [
            ("certify", "disbursement-certified", &fund.certifier, &[]),
            ("approve", "disbursement-approved", &fund.approver, &[]),
            ("release", "disbursement-released", &fund.finance, &[]),
            ("confirm", "disbursement-confirmed", &fund.finance, &paid),
        ];
        // One payment in four is stopped before one of these steps.
        let stops: [(&str, &'static str, &Person); 4] = [
            ("certify/reject", "disbursement-rejected", &fund.certifier),
            ("approve/reject", "disbursement-rejected", &fund.approver),
            ("void", "disbursement-voided", &fund.approver),
            ("fail", "disbursement-failed", &fund.finance),
        ];
        let stopped = usize::try_from(chance.between(0, 15)).unwrap();
        for (number, (step, event, person, fields)) in steps.into_iter().enumerate() {
            if let Some((stop, event, person)) = stops.get(number).filter(|_| number == stopped) {
                let path = format!("/disbursements/{id}/{stop}");
                self.send(chance, event, &path, person, &reason).await.expect("a step back was refused");
                return;
            }
            let path = format!("/disbursements/{id}/{step}");
            self.send(chance, event, &path, person, fields).await.expect("a step was refused");
        }
    }
}
