//! One step of a disbursement's life, the same way for each: once for a command, by the right person, as the
//! state machine allows, with its entry in the books, its audit row and its mail.

use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::disbursements::{DisbursementEvent, DisbursementState, Signatures, check_separation, transition};
use domain::errors::AppError;
use domain::ids::{DisbursementId, GrantId, OrganisationId, UserId};
use domain::ledger::{Account, Event, Posting, disbursement as postings_of, disbursement_rejected};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::conditions::Conditions;
use super::entity::disbursement;
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::donor_sums;
use crate::error::{Error, Result, is_duplicate, unknown_code};
use crate::grants::entity::{grant, instalment};
use crate::ledger::entity::{journal_entry, posting};
use crate::ledger::{NewEntry, find_command, post};
use crate::mail::{self, MailKind};
use crate::organisations::entity::bank_details;

/// What a person adds to a step.
#[derive(Default)]
pub(super) struct Details {
    pub(super) note: String,
    pub(super) reason: String,
    pub(super) bank_reference: Option<String>,
    pub(super) paid_on: Option<NaiveDate>,
    /// The account that is approved.
    pub(super) payee: Option<bank_details::Model>,
}

/// Takes a step. The caller has asked for the permission that goes with the event.
pub(super) async fn take(
    context: &Context,
    id: DisbursementId,
    event: DisbursementEvent,
    command_id: &str,
    mut details: Details,
) -> Result<()> {
    let work = context.begin_money().await?;
    if is_repeated(&work, id, event, command_id).await? {
        return Ok(());
    }
    let found = disbursement::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    let grant = crate::grants::load(&work, GrantId(before.grant_id)).await?;
    let state = state_of(&before)?;
    if event == DisbursementEvent::Reject {
        permit_rejection(context, state)?;
    }
    let next = transition(state, event)?;
    if let Some(person) = context.actor.user {
        check_separation(event, person, &signatures(&before))?;
    }
    if matches!(event, DisbursementEvent::Certify | DisbursementEvent::Approve | DisbursementEvent::Release) {
        // Held until the end, so that the bank details do not change between this look at them and the step.
        crate::organisations::load(&work, OrganisationId(grant.organisation_id)).await?;
        let conditions = Conditions::load(&work.transaction, &grant, context.today()).await?;
        if let Some(message) = conditions.step_obstacle(event, &before) {
            return Err(AppError::Refused(message).into());
        }
        details.payee = conditions.bank.filter(|_| event == DisbursementEvent::Approve);
    }
    let date = details.paid_on.unwrap_or_else(|| context.today());
    let after = write(&work, &before, event, next, details).await?;
    let entry = NewEntry {
        event: event.ledger_event(),
        date,
        source_kind: "disbursement",
        source_id: before.id,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id,
        reverses: None,
        postings: postings(&work, &before, event, state).await?,
    };
    post(&work, entry).await?;
    if [state, next].contains(&DisbursementState::Confirmed) {
        donor_sums::renew(&work, GrantId(grant.id)).await?;
    }
    if event == DisbursementEvent::Confirm {
        // What the partner spent beyond earlier advances was accepted already; this payment makes it good.
        let command_id = format!("system/disbursement/{}/expenditure", before.id);
        crate::reports::recognise(&work, &grant, "disbursement", before.id, &command_id).await?;
    }
    if event == DisbursementEvent::Release {
        tell(&work, &grant, &after).await?;
    }
    let action = format!("audit-disbursement-{}", event.code());
    audit::record(&work, &action, audit::Kind::Disbursement, before.id, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// The state of a row.
pub(super) fn state_of(row: &disbursement::Model) -> Result<DisbursementState> {
    DisbursementState::from_code(&row.state).ok_or_else(|| unknown_code("disbursement state", &row.state))
}

/// Who took the steps so far.
pub(super) fn signatures(row: &disbursement::Model) -> Signatures {
    Signatures {
        requested_by: row.requested_by.map(UserId),
        certified_by: row.certified_by.map(UserId),
        approved_by: row.approved_by.map(UserId),
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

async fn is_repeated(work: &Work<'_>, id: DisbursementId, event: DisbursementEvent, command_id: &str) -> Result<bool> {
    match find_command(work, command_id).await? {
        None => Ok(false),
        Some((known, source)) if known == event.ledger_event().code() && source == id.0 => Ok(true),
        Some(_) => Err(AppError::refused("refused-disbursement-command-used").into()),
    }
}

/// Whoever would take the next step may reject it instead.
fn permit_rejection(context: &Context, state: DisbursementState) -> Result<()> {
    let action = match state {
        DisbursementState::Certified => Action::ApproveDisbursements,
        _ => Action::CertifyDisbursements,
    };
    Ok(context.permit(action, &Subject::NONE)?)
}

async fn write(
    work: &Work<'_>,
    before: &disbursement::Model,
    event: DisbursementEvent,
    next: DisbursementState,
    details: Details,
) -> Result<disbursement::Model> {
    let person = work.context.actor.user.map(i64::from);
    let now = Some(work.context.now);
    let mut row: disbursement::ActiveModel = before.clone().into();
    row.state = Set(next.code().to_owned());
    row.note = Set(with_note(&before.note, work.context, &details.note));
    match event {
        DisbursementEvent::Certify => (row.certified_by, row.certified_at) = (Set(person), Set(now)),
        DisbursementEvent::Approve => {
            (row.approved_by, row.approved_at) = (Set(person), Set(now));
            if let Some(payee) = details.payee {
                row.payee_holder = Set(Some(payee.account_holder));
                row.payee_bank = Set(Some(payee.bank_name));
                row.payee_country = Set(Some(payee.bank_country));
                row.payee_number = Set(Some(payee.account_number));
                row.payee_bic = Set(Some(payee.bic));
            }
        }
        DisbursementEvent::Release => (row.released_by, row.released_at) = (Set(person), Set(now)),
        DisbursementEvent::Confirm => {
            (row.confirmed_by, row.confirmed_at) = (Set(person), Set(now));
            (row.bank_reference, row.paid_on) = (Set(details.bank_reference), Set(details.paid_on));
            check_paid_on(work, before, details.paid_on)?;
        }
        DisbursementEvent::Reject | DisbursementEvent::Fail | DisbursementEvent::Void => {
            row.reason = Set(details.reason)
        }
    }
    row.update(&work.transaction).await.map_err(|cause| {
        if is_duplicate(&cause) {
            AppError::field("bank_reference", "error-disbursement-bank-reference-used").into()
        } else {
            Error::from(cause)
        }
    })
}

fn check_paid_on(work: &Work<'_>, row: &disbursement::Model, paid_on: Option<NaiveDate>) -> Result<()> {
    let released_on = row.released_at.map(domain::time::vienna_date);
    match paid_on {
        Some(day) if day > work.context.today() => Err(AppError::field("paid_on", "error-paid-in-future").into()),
        Some(day) if released_on.is_some_and(|released| day < released) => {
            Err(AppError::field("paid_on", "error-paid-before-release").into())
        }
        _ => Ok(()),
    }
}

/// The step's postings, with the same split over earmarks as the request.
async fn postings(
    work: &Work<'_>,
    row: &disbursement::Model,
    event: DisbursementEvent,
    state: DisbursementState,
) -> Result<Vec<Posting>> {
    let entry = journal_entry::Entity::find()
        .filter(journal_entry::Column::SourceKind.eq("disbursement"))
        .filter(journal_entry::Column::SourceId.eq(row.id))
        .filter(journal_entry::Column::Event.eq(Event::DisbursementRequested.code()))
        .one(&work.transaction)
        .await?
        .ok_or_else(|| Error::Defect(format!("disbursement {} without its entry", row.id)))?;
    let lines = posting::Entity::find()
        .filter(posting::Column::EntryId.eq(entry.id))
        .filter(posting::Column::Account.eq(Account::DisbursementsRequested.code()))
        .all(&work.transaction)
        .await?;
    let amounts = lines
        .into_iter()
        .map(|line| {
            let earmark = Earmark::from_code(&line.earmark).ok_or_else(|| unknown_code("earmark", &line.earmark))?;
            Ok((earmark, line.usd_minor))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(match event {
        DisbursementEvent::Reject => disbursement_rejected(state == DisbursementState::Certified, &amounts),
        _ => postings_of(event.ledger_event(), &amounts),
    })
}

async fn tell(work: &Work<'_>, grant: &grant::Model, row: &disbursement::Model) -> Result<()> {
    let planned = instalment::Entity::find_by_id(row.instalment_id).one(&work.transaction).await?;
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("amount", Money::usd(row.usd_minor).into()),
        ("instalment", planned.map_or(0, |planned| planned.number).into()),
    ];
    let link = format!("/disbursements/{}", row.id);
    mail::queue_to_organisation(work, grant.organisation_id, MailKind::DisbursementReleased, &arguments, Some(&link))
        .await
}
