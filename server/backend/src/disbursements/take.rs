//! One step of a disbursement's life, the same way for each: once for a command, by the right person, as the
//! state machine allows, with its entry in the books, its audit row and its mail.

use chrono::NaiveDate;
use domain::disbursements::{
    DisbursementEvent, DisbursementState, Signature, Signatures, check_separation, transition,
};
use domain::errors::AppError;
use domain::ids::{DisbursementId, GrantId, OrganisationId, UserId};
use domain::message::Message;
use domain::roles::Action;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use super::conditions::Conditions;
use super::entity::{disbursement, disbursement_step};
use super::officers::{Desk, Signer, check_limit, sign};
use super::{entries, tell};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::donor_sums;
use crate::contributions::statements::judge_waiting;
use crate::error::{Error, Result, is_duplicate, unknown_code};
use crate::grants::entity::grant;
use crate::grants::uses;
use crate::ledger::{NewEntry, check_command, post};
use crate::users::ties;

/// What a person adds to a step.
#[derive(Default)]
pub(super) struct Details {
    pub(super) note: String,
    pub(super) reason: String,
    pub(super) bank_reference: Option<String>,
    pub(super) paid_on: Option<NaiveDate>,
    pub(super) bounced_on: Option<NaiveDate>,
    /// The account that is approved, sealed.
    pub(super) payee: Option<String>,
}

/// Takes a step from a desk. The caller has asked for the permission that goes with the own desk.
pub(super) async fn take(
    context: &Context,
    id: DisbursementId,
    event: DisbursementEvent,
    desk: Desk,
    command_id: &str,
    details: Details,
) -> Result<()> {
    // The system's own steps, of batches and of the bank's files, have ids that no form can send.
    check_command(command_id)?;
    let work = context.begin_money().await?;
    take_in(&work, id, event, desk, command_id, details).await?;
    work.commit().await
}

/// Takes a step within a transaction under way.
pub(super) async fn take_in(
    work: &Work<'_>,
    id: DisbursementId,
    event: DisbursementEvent,
    desk: Desk,
    command_id: &str,
    mut details: Details,
) -> Result<()> {
    if is_repeated(work, id, event, command_id).await? {
        return Ok(());
    }
    let (before, grant) = load(work, id).await?;
    let state = state_of(&before)?;
    let action = action_of(event, state);
    let signer = sign(work, desk, action).await?;
    let next = transition(state, event)?;
    check_signer(work, &signer, event, action, &before, &grant).await?;
    if event.pays() {
        details.payee = check_conditions(work, event, &before, &grant).await?;
    }
    let date = check_date(work, event, &before, &details)?;
    let reason = if details.reason.is_empty() { details.note.clone() } else { details.reason.clone() };
    let after = write(work, &before, event, next, &signer, details).await?;
    if event == DisbursementEvent::Bounce {
        entries::make_advance_again(work, &before, &grant).await?;
    }
    let postings = entries::postings(work, &before, event, state).await?;
    let entry = NewEntry {
        event: event.ledger_event(),
        date,
        source_kind: "disbursement",
        source_id: before.id,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id,
        reverses: None,
        postings: postings.clone(),
    };
    let entry = post(work, entry).await?;
    uses::of_step(work, GrantId(grant.id), before.id, event, entry, &postings).await?;
    if [state, next].contains(&DisbursementState::Confirmed) {
        donor_sums::renew(work, GrantId(grant.id)).await?;
    }
    if matches!(event, DisbursementEvent::Confirm | DisbursementEvent::Bounce) {
        // What the partner spent beyond earlier advances was accepted already; this payment makes it good. And of what
        // waits again because a payment came back, other advances may make good a part.
        let again = if event == DisbursementEvent::Bounce { "-again" } else { "" };
        let command_id = format!("system/disbursement/{}/expenditure{again}", before.id);
        crate::reports::recognise(work, &grant, "disbursement", before.id, &command_id).await?;
    }
    if event == DisbursementEvent::Confirm {
        judge_waiting(work, after.bank_reference.as_slice()).await?;
    }
    note_step(work, before.id, event.code(), &signer, &reason, command_id).await?;
    tell::of_step(work, &grant, &after, event, &reason).await?;
    let action = format!("audit-disbursement-{}", event.code());
    audit::record(work, &action, audit::Kind::Disbursement, before.id, Some(&before), Some(&after)).await
}

/// The permission that goes with an event in a state: whoever would take the next step may return or reject instead.
pub(super) fn action_of(event: DisbursementEvent, state: DisbursementState) -> Action {
    use DisbursementEvent as E;
    match event {
        E::Certify => Action::CertifyDisbursements,
        E::Approve | E::Void => Action::ApproveDisbursements,
        E::Release | E::Confirm | E::Fail | E::Bounce => Action::ReleaseDisbursements,
        E::Resubmit => Action::RequestDisbursements,
        E::Return | E::Reject if state == DisbursementState::Certified => Action::ApproveDisbursements,
        E::Return | E::Reject => Action::CertifyDisbursements,
    }
}

/// A disbursement and its grant, held until the transaction ends.
pub(super) async fn load(work: &Work<'_>, id: DisbursementId) -> Result<(disbursement::Model, grant::Model)> {
    let found = disbursement::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let row = found.ok_or(AppError::NotFound)?;
    let grant = crate::grants::load(work, GrantId(row.grant_id)).await?;
    Ok((row, grant))
}

/// The state of a row.
pub(super) fn state_of(row: &disbursement::Model) -> Result<DisbursementState> {
    DisbursementState::from_code(&row.state).ok_or_else(|| unknown_code("disbursement state", &row.state))
}

/// Who took the steps so far.
pub(super) fn signatures(row: &disbursement::Model) -> Signatures {
    let signature = |person: Option<i64>, stands_for: Option<i64>| {
        person.map(|person| Signature { person: UserId(person), stands_for: stands_for.map(UserId) })
    };
    Signatures {
        requested: signature(row.requested_by, None),
        certified: signature(row.certified_by, row.certified_for),
        approved: signature(row.approved_by, row.approved_for),
    }
}

/// The notes so far and a new one, with the name of who wrote it.
pub(super) fn with_note(notes: &str, context: &Context, note: &str) -> String {
    if note.is_empty() {
        return notes.to_owned();
    }
    let line = format!("{}: {note}", context.actor.name);
    if notes.is_empty() { line } else { format!("{notes}\n{line}") }
}

/// Notes a step for the disbursement's page.
pub(super) async fn note_step(
    work: &Work<'_>,
    id: i64,
    step: &str,
    signer: &Signer,
    reason: &str,
    command_id: &str,
) -> Result<()> {
    disbursement_step::ActiveModel {
        disbursement_id: Set(id),
        step: Set(step.to_owned()),
        user_id: Set(work.context.actor.user.map(Into::into)),
        actor: Set(work.context.actor.name.clone()),
        stands_for_id: Set(signer.signature.and_then(|signature| signature.stands_for).map(Into::into)),
        stands_for: Set(signer.stands_for.clone()),
        reason: Set(reason.to_owned()),
        at: Set(work.context.now),
        command_id: Set(command_id.to_owned()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    Ok(())
}

async fn is_repeated(work: &Work<'_>, id: DisbursementId, event: DisbursementEvent, command_id: &str) -> Result<bool> {
    match entries::of_command(work, command_id).await? {
        None => Ok(false),
        Some((known, source)) if known == event.ledger_event().code() && source == id.0 => Ok(true),
        Some(_) => Err(AppError::refused("refused-disbursement-command-used").into()),
    }
}

/// Nobody signs twice, for an organisation with which they have a tie, or beyond their limit.
async fn check_signer(
    work: &Work<'_>,
    signer: &Signer,
    event: DisbursementEvent,
    action: Action,
    row: &disbursement::Model,
    grant: &grant::Model,
) -> Result<()> {
    let Some(signature) = signer.signature else { return Ok(()) };
    check_separation(event, signature, &signatures(row))?;
    let people: Vec<UserId> = signature.people().collect();
    ties::check(&work.transaction, grant.organisation_id, &people).await?;
    if event.is_limited() {
        check_limit(&work.transaction, signature, action, row.usd_minor).await?;
    }
    Ok(())
}

/// The conditions of a step towards the bank. Gives the account that is approved.
async fn check_conditions(
    work: &Work<'_>,
    event: DisbursementEvent,
    row: &disbursement::Model,
    grant: &grant::Model,
) -> Result<Option<String>> {
    if let Some(reason) = &row.held_reason {
        let message = Message::new("refused-disbursement-held").with("reason", reason.as_str());
        return Err(AppError::Refused(message).into());
    }
    // Held until the end, so that the bank details do not change between this look at them and the step.
    crate::organisations::load(work, OrganisationId(grant.organisation_id)).await?;
    let conditions = Conditions::load(&work.transaction, grant, work.context.today()).await?;
    match conditions.step_obstacle(event, row, grant.organisation_id, &work.context.services.bank_keys)? {
        Some(message) => Err(AppError::Refused(message).into()),
        None => Ok(conditions.bank.filter(|_| event == DisbursementEvent::Approve).map(|bank| bank.sealed)),
    }
}

/// The day for which the step counts.
fn check_date(
    work: &Work<'_>,
    event: DisbursementEvent,
    row: &disbursement::Model,
    details: &Details,
) -> Result<NaiveDate> {
    let today = work.context.today();
    let (field, day, earliest, early) = match event {
        DisbursementEvent::Confirm => {
            let released = row.released_at.map(domain::time::vienna_date);
            ("paid_on", details.paid_on, released, "error-paid-before-release")
        }
        DisbursementEvent::Bounce => ("bounced_on", details.bounced_on, row.paid_on, "error-bounced-before-paid"),
        _ => return Ok(today),
    };
    match day {
        Some(day) if day > today => Err(AppError::field(field, "error-paid-in-future").into()),
        Some(day) if earliest.is_some_and(|earliest| day < earliest) => Err(AppError::field(field, early).into()),
        day => Ok(day.unwrap_or(today)),
    }
}

async fn write(
    work: &Work<'_>,
    before: &disbursement::Model,
    event: DisbursementEvent,
    next: DisbursementState,
    signer: &Signer,
    details: Details,
) -> Result<disbursement::Model> {
    use DisbursementEvent as E;
    let person = work.context.actor.user.map(i64::from);
    let stands_for = signer.signature.and_then(|signature| signature.stands_for).map(i64::from);
    let now = Some(work.context.now);
    let mut row: disbursement::ActiveModel = before.clone().into();
    row.state = Set(next.code().to_owned());
    row.note = Set(with_note(&before.note, work.context, &details.note));
    (row.held_by, row.held_at, row.held_reason) = (Set(None), Set(None), Set(None));
    match event {
        E::Certify => {
            (row.certified_by, row.certified_for, row.certified_at) = (Set(person), Set(stands_for), Set(now))
        }
        E::Approve => {
            (row.approved_by, row.approved_for, row.approved_at) = (Set(person), Set(stands_for), Set(now));
            row.payee_sealed = Set(details.payee);
        }
        E::Release => (row.released_by, row.released_at) = (Set(person), Set(now)),
        E::Confirm => {
            (row.confirmed_by, row.confirmed_at) = (Set(person), Set(now));
            (row.bank_reference, row.paid_on) = (Set(details.bank_reference), Set(details.paid_on));
        }
        E::Resubmit => {
            (row.requested_by, row.requested_at) = (Set(person), Set(work.context.now));
            (row.certified_by, row.certified_for, row.certified_at) = (Set(None), Set(None), Set(None));
            row.reason = Set(String::new());
        }
        E::Bounce => (row.reason, row.bounced_on) = (Set(details.reason), Set(details.bounced_on)),
        E::Return | E::Reject | E::Fail | E::Void => row.reason = Set(details.reason),
    }
    row.update(&work.transaction).await.map_err(|cause| match is_duplicate(&cause) {
        true if event == E::Resubmit => AppError::refused("refused-resubmit-taken").into(),
        true => AppError::field("bank_reference", "error-disbursement-bank-reference-used").into(),
        false => Error::from(cause),
    })
}
