//! The table of operations: each chooses a record by chance, sends a command, and tells the model what follows.

use std::future::Future;
use std::pin::Pin;

use backend::{Error, grants, reports};
use chrono::Days;
use domain::applications::ApplicationState;
use domain::countries;
use domain::disbursements::{DisbursementEvent, DisbursementState, transition};
use domain::forms::Typed;
use domain::funding::{Purpose, allocate};
use domain::grants::default_instalments;
use domain::help::Theme;
use domain::ids::{DisbursementId, GrantId, InstalmentId, ReportId};

use super::commands::{Command, send};
use super::model::{Disbursement, Grant, Model, Stage};
use super::{bank, books, contributions, grants as running};
use crate::support::{decide, grants as forms, later};

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Refused, or a repeat.
    Unchanged,
    /// There was no record to do it on.
    Nothing,
}

type Step<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One kind of step.
pub struct Operation {
    pub name: &'static str,
    /// How often it is drawn, beside the others.
    pub weight: u64,
    pub run: for<'a> fn(&'a mut Model) -> Step<'a>,
}

/// Everything that moves money.
pub const OPERATIONS: &[Operation] = &[
    Operation { name: "pledge", weight: 8, run: |model| Box::pin(contributions::pledge(model)) },
    Operation { name: "amend a pledge", weight: 3, run: |model| Box::pin(contributions::amend(model)) },
    Operation { name: "write a pledge down", weight: 2, run: |model| Box::pin(contributions::write_down(model)) },
    Operation { name: "hold what nobody knows", weight: 4, run: |model| Box::pin(contributions::hold(model)) },
    Operation { name: "identify what was held", weight: 4, run: |model| Box::pin(contributions::identify(model)) },
    Operation { name: "send back what was held", weight: 1, run: |model| Box::pin(contributions::send_back(model)) },
    Operation { name: "take a receipt back", weight: 4, run: |model| Box::pin(contributions::undo(model)) },
    Operation { name: "receive", weight: 14, run: |model| Box::pin(contributions::receive(model)) },
    Operation { name: "award", weight: 12, run: |model| Box::pin(award(model)) },
    Operation { name: "amend a grant", weight: 5, run: |model| Box::pin(running::amend(model)) },
    Operation { name: "end a grant early", weight: 2, run: |model| Box::pin(running::end(model)) },
    Operation { name: "recover or write off", weight: 4, run: |model| Box::pin(running::recover(model)) },
    Operation { name: "terminate", weight: 2, run: |model| Box::pin(terminate(model)) },
    Operation { name: "offer and sign", weight: 12, run: |model| Box::pin(sign(model)) },
    Operation { name: "request", weight: 10, run: |model| Box::pin(request(model)) },
    Operation { name: "step of a disbursement", weight: 30, run: |model| Box::pin(step(model)) },
    Operation { name: "waive a condition", weight: 6, run: |model| Box::pin(running::waive(model)) },
    Operation { name: "suspend or resume a grant", weight: 3, run: |model| Box::pin(running::suspend(model)) },
    Operation { name: "gather a batch", weight: 12, run: |model| Box::pin(bank::gather(model)) },
    Operation { name: "cancel a batch", weight: 6, run: |model| Box::pin(bank::cancel(model)) },
    Operation { name: "answer of the bank", weight: 8, run: |model| Box::pin(bank::answer(model)) },
    Operation { name: "line of a statement", weight: 5, run: |model| Box::pin(bank::line(model)) },
    Operation { name: "contribution of the past", weight: 3, run: |model| Box::pin(bank::past(model)) },
    Operation { name: "report", weight: 8, run: |model| Box::pin(report(model)) },
    Operation { name: "pay over programme support", weight: 3, run: |model| Box::pin(books::transfer(model)) },
    Operation { name: "reverse an entry", weight: 4, run: |model| Box::pin(books::reverse(model)) },
    Operation { name: "close a month", weight: 2, run: |model| Box::pin(books::close(model)) },
    Operation { name: "receive in a closed month", weight: 1, run: |model| Box::pin(books::receive_too_late(model)) },
    Operation { name: "repeat an earlier command", weight: 8, run: |model| Box::pin(repeat(model)) },
    Operation { name: "days pass", weight: 4, run: |model| Box::pin(wait(model)) },
];

/// Sends a command. A refusal is an answer, anything else is a defect.
pub async fn sent(model: &mut Model, command: Command) -> Option<i64> {
    match send(model, &command).await {
        Ok(id) => {
            model.done.push((command, id));
            Some(id)
        }
        Err(Error::App(cause)) => {
            model.refusal = cause.to_string();
            None
        }
        Err(cause) => panic!("{command:?}: {cause}"),
    }
}

/// The director decides on a recommended application, whether or not there is money for it.
async fn award(model: &mut Model) -> Outcome {
    let (application, amount, purpose) = match model.applications.pop() {
        Some(refused_before) if model.chance.once_in(2) => refused_before,
        _ => recommended(model).await,
    };
    let shares = allocate(amount, purpose, &model.sources);
    let grant = sent(model, Command::Award(application, forms::commanded())).await;
    assert_eq!(grant.is_some(), shares.is_some(), "awarded exactly when the money for its purpose covers it");
    let (Some(grant), Some(shares)) = (grant, shares) else {
        model.applications.push((application, amount, purpose));
        return Outcome::Unchanged;
    };
    for share in &shares {
        let source = model.sources.iter_mut().find(|source| source.receipt == share.receipt).unwrap();
        source.available -= share.usd_minor;
    }
    model.expected.committed += amount;
    let mut instalments = Vec::new();
    for planned in default_instalments(amount, 2) {
        let sql =
            format!("SELECT id AS value FROM instalments WHERE grant_id = {grant} AND number = {}", planned.number);
        instalments.push((InstalmentId(model.world.number(&sql).await), planned.usd_minor));
    }
    let (confirmed, accepted, recognised, reports) = (0, 0, 0, 0);
    let (id, stage) = (GrantId(grant), Stage::Preparing);
    let grant =
        Grant { id, award: amount, purpose, stage, shares, instalments, confirmed, accepted, recognised, reports };
    model.grants.push(grant);
    Outcome::Done
}

async fn recommended(model: &mut Model) -> (domain::ids::ApplicationId, i64, Purpose) {
    let amount = model.chance.minor(2_000_000, 6_000_000);
    let theme = model.chance.one_of(Theme::ALL).unwrap();
    let country = model.chance.one_of(&["KE", "NP", "BR"]).unwrap();
    let state = ApplicationState::Recommended.code();
    let id = decide::application(&model.world, model.call, model.organisation, state, amount).await;
    let world = &model.world;
    world.sql(&format!("UPDATE applications SET theme = '{theme}', country = '{country}' WHERE id = {id}")).await;
    let session = format!(
        "INSERT INTO board_sessions (call_id, title, date, state, created_at) VALUES ({}, 'S', '2026-05-01', 'closed', '{}')",
        model.call,
        decide::TIME
    );
    let session = world.insert(&session).await;
    world
        .sql(&format!(
            "INSERT INTO board_items (session_id, application_id, outcome, amount_usd_minor, conditions, recorded_at) \
             VALUES ({session}, {id}, 'approve', {amount}, '', '{}')",
            decide::TIME
        ))
        .await;
    (id, amount, Purpose { theme, region: countries::region(country) })
}

/// Giving up a grant returns to each receipt exactly what it had given.
async fn terminate(model: &mut Model) -> Outcome {
    let places: Vec<usize> = (0..model.grants.len()).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let grant = model.grants[place].clone();
    let done = sent(model, Command::Terminate(grant.id, forms::because("No longer needed"))).await.is_some();
    assert_eq!(done, matches!(grant.stage, Stage::Preparing | Stage::ToSign), "{grant:?} ({})", model.refusal);
    if !done {
        return Outcome::Unchanged;
    }
    for share in &grant.shares {
        let source = model.sources.iter_mut().find(|source| source.receipt == share.receipt).unwrap();
        source.available += share.usd_minor;
    }
    model.expected.committed -= grant.award;
    model.grants[place].stage = Stage::Terminated;
    Outcome::Done
}

/// The next of offering and countersigning. No money moves, and later steps depend on it.
async fn sign(model: &mut Model) -> Outcome {
    let waiting = |grant: &Grant| matches!(grant.stage, Stage::Preparing | Stage::ToSign);
    let places: Vec<usize> = (0..model.grants.len()).filter(|place| waiting(&model.grants[*place])).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let id = model.grants[place].id;
    if model.grants[place].stage == Stage::Preparing {
        // So long ago that the period of its second report has begun.
        let start = model.today() - Days::new(185);
        let agreement = Typed::default().with("start_date", start.to_string()).with("months", "12");
        grants::offer(&later(&model.people.officer, model.now), id, &agreement).await.unwrap();
        model.grants[place].stage = Stage::ToSign;
    } else {
        let signed = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
        grants::countersign(&later(&model.people.signatory, model.now), id, &signed).await.unwrap();
        model.grants[place].stage = Stage::Active;
    }
    Outcome::Done
}

/// Mostly the next instalment of an active grant, sometimes any of any, whether or not it may be paid now.
async fn request(model: &mut Model) -> Outcome {
    let any = model.chance.once_in(6);
    let places: Vec<usize> =
        (0..model.grants.len()).filter(|place| any || model.grants[*place].stage == Stage::Active).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let grant = model.grants[place].clone();
    let held =
        |id: InstalmentId| model.disbursements.iter().any(|row| row.instalment == id && row.state.holds_instalment());
    let next = grant.instalments.iter().copied().find(|(id, _)| !held(*id)).filter(|_| !any);
    let (instalment, amount) = next.or_else(|| model.chance.one_of(&grant.instalments)).unwrap();
    let Some(id) = sent(model, Command::Request(grant.id, instalment, forms::commanded())).await else {
        return Outcome::Unchanged;
    };
    assert_eq!(grant.stage, Stage::Active, "only an active grant is paid");
    let id = DisbursementId(id);
    let state = DisbursementState::Requested;
    model.disbursements.push(Disbursement { id, grant: place, instalment, amount, state });
    Outcome::Done
}

/// Any step of any disbursement, mostly the next one.
async fn step(model: &mut Model) -> Outcome {
    // A payment that was made comes back rarely.
    let bouncing = model.chance.once_in(12);
    let open = |state: DisbursementState| !is_over(state) && (bouncing || state != DisbursementState::Confirmed);
    let places: Vec<usize> =
        (0..model.disbursements.len()).filter(|place| open(model.disbursements[*place].state)).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let row = model.disbursements[place].clone();
    let fitting: Vec<DisbursementEvent> =
        DisbursementEvent::ALL.iter().copied().filter(|event| transition(row.state, *event).is_ok()).collect();
    let event = match model.chance.between(0, 9) {
        0 => model.chance.one_of(DisbursementEvent::ALL).unwrap(),
        1 => model.chance.one_of(&fitting).unwrap(),
        _ => fitting[0],
    };
    let typed = match event {
        DisbursementEvent::Confirm => forms::paid(&model.today().to_string()),
        DisbursementEvent::Bounce => forms::because("Account closed").with("bounced_on", model.today().to_string()),
        DisbursementEvent::Reject | DisbursementEvent::Return | DisbursementEvent::Fail | DisbursementEvent::Void => {
            forms::because("Not so")
        }
        _ => forms::commanded(),
    };
    let certified = row.state == DisbursementState::Certified;
    let of_approver = matches!(event, DisbursementEvent::Approve | DisbursementEvent::Void)
        || (certified && matches!(event, DisbursementEvent::Reject | DisbursementEvent::Return));
    let command = match of_approver && model.chance.once_in(3) {
        true => Command::StandIn(row.id, event, typed),
        false => Command::Step(row.id, event, certified, typed),
    };
    let done = sent(model, command).await.is_some();
    let next = transition(row.state, event);
    // A condition that is not met stops what would pay, and of a grant that has ended nothing bounces that is accounted
    // for; nothing else stops what gives money back, or what the bank has done.
    let ended = model.grants[row.grant].stage == Stage::Ended;
    let may_be_stopped = event.pays() || (event == DisbursementEvent::Bounce && ended);
    assert!(done == next.is_ok() || (!done && may_be_stopped), "{event} of {row:?} ({})", model.refusal);
    let (true, Ok(next)) = (done, next) else { return Outcome::Unchanged };
    assert_eq!(take_effect(model, place, event), next);
    Outcome::Done
}

/// Tells the model of a step that was taken, and gives the state after it.
pub fn take_effect(model: &mut Model, place: usize, event: DisbursementEvent) -> DisbursementState {
    let row = model.disbursements[place].clone();
    let next = transition(row.state, event).unwrap();
    model.disbursements[place].state = next;
    match event {
        DisbursementEvent::Approve => model.expected.advances += row.amount,
        DisbursementEvent::Void | DisbursementEvent::Fail => model.expected.advances -= row.amount,
        DisbursementEvent::Confirm => {
            model.expected.disbursed += row.amount;
            model.grants[row.grant].confirmed += row.amount;
            model.recognise(row.grant);
        }
        DisbursementEvent::Bounce => {
            model.expected.disbursed -= row.amount;
            model.expected.advances -= row.amount;
            model.grants[row.grant].confirmed -= row.amount;
            model.wait_again(row.grant);
        }
        DisbursementEvent::Certify
        | DisbursementEvent::Release
        | DisbursementEvent::Reject
        | DisbursementEvent::Return
        | DisbursementEvent::Resubmit => {}
    }
    next
}

fn is_over(state: DisbursementState) -> bool {
    DisbursementEvent::ALL.iter().all(|event| transition(state, *event).is_err())
}

/// The next report of an active grant is written, submitted and accepted, with any expenditure that the award allows.
async fn report(model: &mut Model) -> Outcome {
    let open = |grant: &Grant| grant.stage == Stage::Active && grant.reports < 2;
    let places: Vec<usize> = (0..model.grants.len()).filter(|place| open(&model.grants[*place])).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let grant = model.grants[place].clone();
    let number = grant.reports + 1;
    let sql = format!("SELECT id AS value FROM reports WHERE grant_id = {} AND number = {number}", grant.id);
    let id = ReportId(model.world.number(&sql).await);
    let left = grant.award - grant.accepted;
    let spent = if number == 2 && model.chance.once_in(2) { left } else { model.chance.minor(0, left) };
    let mut typed = forms::report_form([spent, 0, 0]);
    for row in ["expenditure.1", "expenditure.2"] {
        typed.set(&format!("{row}.line"), "");
        typed.set(&format!("{row}.spent"), "");
    }
    typed.set("expenditure.0.explanation", "Prices rose, and one course was cancelled.");
    let people = &model.people;
    reports::save(&later(&people.signatory, model.now), id, &typed).await.unwrap();
    reports::submit(&later(&people.signatory, model.now), id, &forms::signed()).await.unwrap();
    reports::accept(&later(&people.officer, model.now), id, &Typed::default()).await.unwrap();
    model.grants[place].accepted += spent;
    model.grants[place].reports = number;
    model.recognise(place);
    Outcome::Done
}

/// A command that was done is sent again: it gives the same record and changes nothing.
async fn repeat(model: &mut Model) -> Outcome {
    let done = model.done.clone();
    let Some((command, id)) = model.chance.one_of(&done) else { return Outcome::Nothing };
    let again = send(model, &command).await;
    assert_eq!(again.as_ref().ok(), Some(&id), "{command:?}: {:?}", again.as_ref().err());
    Outcome::Unchanged
}

async fn wait(model: &mut Model) -> Outcome {
    let days = model.chance.between(1, 12);
    if model.wait(days) { Outcome::Done } else { Outcome::Nothing }
}
