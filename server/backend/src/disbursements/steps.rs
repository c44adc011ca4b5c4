//! The steps after the request, each with its permission and its form.

use domain::disbursements::{CONFIRM, DisbursementEvent, STEP, STEP_BACK};
use domain::forms::Typed;
use domain::ids::DisbursementId;
use domain::roles::{Action, Subject};

use super::take::{Details, take};
use crate::context::Context;
use crate::error::Result;

/// Certifies that the money is there and the purpose right.
///
/// # Errors
/// Not allowed, not found, not in that state, the requester's own, no longer payable, or the database's.
pub async fn certify(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::CertifyDisbursements, &Subject::NONE)?;
    forward(context, id, DisbursementEvent::Certify, typed).await
}

/// Approves that the payee is right and the papers complete.
///
/// # Errors
/// As [`certify`].
pub async fn approve(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ApproveDisbursements, &Subject::NONE)?;
    forward(context, id, DisbursementEvent::Approve, typed).await
}

/// Sends the payment to the bank.
///
/// # Errors
/// As [`certify`].
pub async fn release(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    forward(context, id, DisbursementEvent::Release, typed).await
}

/// Confirms that the bank paid, with its reference.
///
/// # Errors
/// As [`certify`]; wrong fields, such as a bank reference already used.
pub async fn confirm(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    let answers = CONFIRM.read(typed)?;
    let details = Details {
        bank_reference: answers.optional_text("bank_reference"),
        paid_on: answers.date("paid_on"),
        ..Details::default()
    };
    take(context, id, DisbursementEvent::Confirm, answers.text("command_id"), details).await
}

/// Rejects: the certifying officer a request, the approving officer what was certified.
///
/// # Errors
/// Not allowed, not found, not in that state, no reason, or the database's.
pub async fn reject(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    if context.permit(Action::CertifyDisbursements, &Subject::NONE).is_err() {
        context.permit(Action::ApproveDisbursements, &Subject::NONE)?;
    }
    back(context, id, DisbursementEvent::Reject, typed).await
}

/// Records that the bank did not pay; the commitment is open again.
///
/// # Errors
/// As [`reject`].
pub async fn fail(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    back(context, id, DisbursementEvent::Fail, typed).await
}

/// Voids an approved payment before it is released; the commitment is open again.
///
/// # Errors
/// As [`reject`].
pub async fn void(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ApproveDisbursements, &Subject::NONE)?;
    back(context, id, DisbursementEvent::Void, typed).await
}

async fn forward(context: &Context, id: DisbursementId, event: DisbursementEvent, typed: &Typed) -> Result<()> {
    let answers = STEP.read(typed)?;
    let details = Details { note: answers.text("note").to_owned(), ..Details::default() };
    take(context, id, event, answers.text("command_id"), details).await
}

async fn back(context: &Context, id: DisbursementId, event: DisbursementEvent, typed: &Typed) -> Result<()> {
    let answers = STEP_BACK.read(typed)?;
    let details = Details { reason: answers.text("reason").to_owned(), ..Details::default() };
    take(context, id, event, answers.text("command_id"), details).await
}
