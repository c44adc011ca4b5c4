//! The payments of instalments with their steps: most are paid, and of one grant in ten the instalment after the first
//! report is at each step of the way.

use chrono::{DateTime, NaiveDate, Utc};
use domain::disbursements::{DisbursementState as State, DisbursementStep as Step};
use domain::grants::PlannedInstalment;
use domain::ledger::Event;

use super::money::next_id;
use super::people::{APPROVING, CERTIFYING, FINANCE, OFFICER};
use crate::disbursements::entity::{disbursement, disbursement_step};

/// The way of a payment: state, what was done, by whom, and what the books say of it.
const WAY: [(State, Step, i64, Event); 5] = [
    (State::Requested, Step::Request, OFFICER, Event::DisbursementRequested),
    (State::Certified, Step::Certify, CERTIFYING, Event::DisbursementCertified),
    (State::Approved, Step::Approve, APPROVING, Event::DisbursementApproved),
    (State::Released, Step::Release, FINANCE, Event::DisbursementReleased),
    (State::Confirmed, Step::Confirm, FINANCE, Event::DisbursementConfirmed),
];

/// Payments and their steps.
#[derive(Default)]
pub(super) struct Payments {
    pub(super) disbursements: Vec<disbursement::Model>,
    pub(super) steps: Vec<disbursement_step::Model>,
}

/// How far the payment of an instalment that can be paid is; none where nobody has requested it.
pub(super) fn progress(grant: i64, planned: &PlannedInstalment) -> Option<State> {
    if !is_on_its_way(grant) || planned.after_report.is_none() {
        return Some(State::Confirmed);
    }
    match grant / 10 % 5 {
        0 => None,
        1 => Some(State::Requested),
        2 => Some(State::Certified),
        3 => Some(State::Approved),
        _ => Some(State::Released),
    }
}

/// Whether the instalment after the first report of a grant is not paid yet.
pub(super) const fn is_on_its_way(grant: i64) -> bool {
    grant % 10 == 2
}

/// Adds a payment that got so far; gives its number, and what the books say of it.
pub(super) fn pay(
    payments: &mut Payments,
    (grant_id, instalment_id): (i64, i64),
    planned: &PlannedInstalment,
    state: State,
    (paid_on, now): (NaiveDate, DateTime<Utc>),
) -> (i64, Vec<Event>) {
    let id = next_id(&payments.disbursements);
    let reached = WAY.iter().position(|(step, ..)| *step == state).unwrap_or(0);
    let by = |place: usize| (reached >= place).then_some(WAY[place].2);
    let at = |place: usize| (reached >= place).then_some(now);
    let paid = state == State::Confirmed;
    payments.disbursements.push(disbursement::Model {
        id,
        grant_id,
        instalment_id,
        usd_minor: planned.usd_minor,
        state: state.code().to_owned(),
        note: String::new(),
        reason: String::new(),
        requested_by: by(0),
        requested_at: now,
        certified_by: by(1),
        certified_at: at(1),
        approved_by: by(2),
        approved_at: at(2),
        released_by: by(3),
        released_at: at(3),
        confirmed_by: by(4),
        confirmed_at: at(4),
        bank_reference: paid.then(|| format!("PAID-{id:06}")),
        paid_on: paid.then_some(paid_on),
        certified_for: None,
        approved_for: None,
        bounced_on: None,
        held_by: None,
        held_at: None,
        held_reason: None,
        payee_sealed: None,
        command_id: format!("seed-disbursement-{id}"),
    });
    for (_, step, user, _) in &WAY[..=reached] {
        payments.steps.push(disbursement_step::Model {
            id: next_id(&payments.steps),
            disbursement_id: id,
            step: step.code().to_owned(),
            user_id: Some(*user),
            actor: format!("Person {user}"),
            stands_for_id: None,
            stands_for: String::new(),
            reason: String::new(),
            at: now,
            command_id: format!("seed-step-{id}-{step}"),
        });
    }
    (id, WAY[..=reached].iter().map(|(.., event)| *event).collect())
}
