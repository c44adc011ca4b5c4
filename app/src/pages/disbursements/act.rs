//! The steps of a disbursement as actions.

use backend::disbursements;
use domain::errors::AppError;
use domain::ids::DisbursementId;

use crate::web::{Done, Sent, Visit};

fn done(id: DisbursementId, notice: &'static str) -> Done {
    Done::to(format!("/disbursements/{id}"), notice)
}

/// `POST /disbursements/{disbursement}/certify`
pub async fn certify(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::certify(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-certified"))
}

/// `POST /disbursements/{disbursement}/approve`
pub async fn approve(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::approve(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-approved"))
}

/// `POST /disbursements/{disbursement}/release`
pub async fn release(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::release(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-released"))
}

/// `POST /disbursements/{disbursement}/confirm`
pub async fn confirm(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::confirm(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-confirmed"))
}

/// `POST /disbursements/{disbursement}/certify/reject` and `…/approve/reject`
pub async fn reject(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::reject(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-rejected"))
}

/// `POST /disbursements/{disbursement}/fail`
pub async fn fail(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::fail(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-failed"))
}

/// `POST /disbursements/{disbursement}/void`
pub async fn void(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::void(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-voided"))
}

/// `POST /disbursements/{disbursement}/certify/return` and `…/approve/return`
pub async fn give_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::give_back(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-returned"))
}

/// `POST /disbursements/{disbursement}/bounce`
pub async fn bounce(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::bounce(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-bounced"))
}

/// `POST /disbursements/{disbursement}/resubmit`
pub async fn resubmit(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::resubmit(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-requested"))
}

/// `POST /disbursements/{disbursement}/hold`
pub async fn hold(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::hold(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-held"))
}

/// `POST /disbursements/{disbursement}/resume`
pub async fn resume(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::resume(&visit.context, id, &sent.typed).await?;
    Ok(done(id, "done-disbursement-resumed"))
}

/// `POST /disbursements/{disbursement}/stand-in/{step}`
pub async fn stand_in(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    disbursements::stand_in(&visit.context, id, visit.parameter("step"), &sent.typed).await?;
    Ok(done(id, "done-disbursement-stood-in"))
}
