//! The steps after the request, each with its permission and its form.

use domain::disbursements::{BOUNCE, CONFIRM, DisbursementEvent, STEP, STEP_BACK};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DisbursementId;
use domain::roles::{Action, Subject};

use super::officers::Desk;
use super::take::{Details, take};
use crate::context::Context;
use crate::error::Result;

/// Certifies that the money is there and the purpose right.
///
/// # Errors
/// Not allowed, not found, not in that state, the requester's own, no longer payable, or the database's.
pub async fn certify(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::CertifyDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Certify, Desk::Own, typed).await
}

/// Approves that the payee is right and the papers complete.
///
/// # Errors
/// As [`certify`].
pub async fn approve(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ApproveDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Approve, Desk::Own, typed).await
}

/// Sends the payment to the bank.
///
/// # Errors
/// As [`certify`].
pub async fn release(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Release, Desk::Own, typed).await
}

/// Confirms that the bank paid, with its reference.
///
/// # Errors
/// As [`certify`]; wrong fields, such as a bank reference already used.
pub async fn confirm(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Confirm, Desk::Own, typed).await
}

/// Sends a returned request again, after what it came back for was put right. All its conditions are looked at anew.
///
/// # Errors
/// As [`certify`]; also when the instalment has another disbursement meanwhile.
pub async fn resubmit(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::RequestDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Resubmit, Desk::Own, typed).await
}

/// Returns to whoever requested: the certifying officer a request, the approving officer what was certified.
///
/// # Errors
/// As [`reject`].
pub async fn give_back(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    permit_either(context)?;
    step(context, id, DisbursementEvent::Return, Desk::Own, typed).await
}

/// Records that a confirmed payment came back: the money is there again, and promised to the partner again.
///
/// # Errors
/// As [`reject`]; wrong days; the partner has accounted for the money already.
pub async fn bounce(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Bounce, Desk::Own, typed).await
}

/// Takes any step but a request in the place of an officer who is absent and gave their role for today.
///
/// # Errors
/// As the step itself; nobody gave the role that it needs.
pub async fn stand_in(context: &Context, id: DisbursementId, event: &str, typed: &Typed) -> Result<()> {
    context.permit(Action::StandInDisbursements, &Subject::NONE)?;
    let event = DisbursementEvent::from_code(event).filter(|event| *event != DisbursementEvent::Resubmit);
    step(context, id, event.ok_or(AppError::NotFound)?, Desk::Absent, typed).await
}

fn permit_either(context: &Context) -> Result<()> {
    if context.permit(Action::CertifyDisbursements, &Subject::NONE).is_err() {
        context.permit(Action::ApproveDisbursements, &Subject::NONE)?;
    }
    Ok(())
}

/// Rejects: the certifying officer a request, the approving officer what was certified.
///
/// # Errors
/// Not allowed, not found, not in that state, no reason, or the database's.
pub async fn reject(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    permit_either(context)?;
    step(context, id, DisbursementEvent::Reject, Desk::Own, typed).await
}

/// Records that the bank did not pay; the commitment is open again.
///
/// # Errors
/// As [`reject`].
pub async fn fail(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Fail, Desk::Own, typed).await
}

/// Voids an approved payment before it is released; the commitment is open again.
///
/// # Errors
/// As [`reject`].
pub async fn void(context: &Context, id: DisbursementId, typed: &Typed) -> Result<()> {
    context.permit(Action::ApproveDisbursements, &Subject::NONE)?;
    step(context, id, DisbursementEvent::Void, Desk::Own, typed).await
}

/// Reads the step's form and takes the step.
async fn step(
    context: &Context,
    id: DisbursementId,
    event: DisbursementEvent,
    desk: Desk,
    typed: &Typed,
) -> Result<()> {
    use DisbursementEvent as E;
    let form = match event {
        E::Certify | E::Approve | E::Release | E::Resubmit => &STEP,
        E::Confirm => &CONFIRM,
        E::Bounce => &BOUNCE,
        E::Return | E::Reject | E::Fail | E::Void => &STEP_BACK,
    };
    let answers = form.read(typed)?;
    let details = Details {
        note: answers.text("note").to_owned(),
        reason: answers.text("reason").to_owned(),
        bank_reference: answers.optional_text("bank_reference"),
        paid_on: answers.date("paid_on"),
        bounced_on: answers.date("bounced_on"),
        payee: None,
    };
    take(context, id, event, desk, answers.text("command_id"), details).await
}
