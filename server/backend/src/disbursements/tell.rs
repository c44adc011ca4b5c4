//! Mails about a disbursement: to whoever comes next, to whoever requested it, and to the organisation when money moves.

use domain::disbursements::DisbursementEvent;
use domain::ids::UserId;
use domain::message::Argument;
use domain::money::Money;
use domain::roles::Action;
use sea_orm::EntityTrait as _;

use super::entity::disbursement;
use super::officers::on_duty;
use crate::context::Work;
use crate::error::Result;
use crate::grants::entity::{grant, instalment};
use crate::mail::{self, MailKind};

/// Whom a mail goes to.
enum To {
    /// Everybody who takes the next step today, in the own role or for somebody absent.
    Next(Action),
    /// Who requested the payment.
    Requester,
    /// The organisation's members.
    Organisation,
    /// Both of these.
    RequesterAndOrganisation,
}

/// Tells of a step.
pub(super) async fn of_step(
    work: &Work<'_>,
    grant: &grant::Model,
    row: &disbursement::Model,
    event: DisbursementEvent,
    reason: &str,
) -> Result<()> {
    use DisbursementEvent as E;
    let (to, kind) = match event {
        E::Certify => (To::Next(Action::ApproveDisbursements), MailKind::DisbursementCertified),
        E::Approve => (To::Next(Action::ReleaseDisbursements), MailKind::DisbursementApproved),
        E::Resubmit => (To::Next(Action::CertifyDisbursements), MailKind::DisbursementRequested),
        E::Release => (To::Organisation, MailKind::DisbursementReleased),
        E::Confirm => (To::Organisation, MailKind::DisbursementConfirmed),
        E::Return => (To::Requester, MailKind::DisbursementReturned),
        E::Reject => (To::Requester, MailKind::DisbursementRejected),
        E::Void => (To::Requester, MailKind::DisbursementVoided),
        E::Fail => (To::RequesterAndOrganisation, MailKind::DisbursementFailed),
        E::Bounce => (To::RequesterAndOrganisation, MailKind::DisbursementBounced),
    };
    send(work, grant, row, to, kind, reason).await
}

/// Tells who comes next that a payment was requested.
pub(super) async fn of_request(work: &Work<'_>, grant: &grant::Model, row: &disbursement::Model) -> Result<()> {
    send(work, grant, row, To::Next(Action::CertifyDisbursements), MailKind::DisbursementRequested, "").await
}

/// Tells who requested the payment that it is held, or goes on.
pub(super) async fn of_hold(
    work: &Work<'_>,
    grant: &grant::Model,
    row: &disbursement::Model,
    is_held: bool,
    reason: &str,
) -> Result<()> {
    let kind = if is_held { MailKind::DisbursementHeld } else { MailKind::DisbursementResumed };
    send(work, grant, row, To::Requester, kind, reason).await
}

async fn send(
    work: &Work<'_>,
    grant: &grant::Model,
    row: &disbursement::Model,
    to: To,
    kind: MailKind,
    reason: &str,
) -> Result<()> {
    let planned = instalment::Entity::find_by_id(row.instalment_id).one(&work.transaction).await?;
    let arguments: [(&'static str, Argument); 5] = [
        ("number", grant.number.as_str().into()),
        ("amount", Money::usd(row.usd_minor).into()),
        ("instalment", planned.map_or(0, |planned| planned.number).into()),
        ("actor", work.context.actor.name.as_str().into()),
        ("reason", reason.into()),
    ];
    let path = format!("/disbursements/{}", row.id);
    let link = Some(path.as_str());
    if let To::Next(action) = to {
        return mail::queue_to_users(work, on_duty(work.context, action), kind, &arguments, link).await;
    }
    if matches!(to, To::Requester | To::RequesterAndOrganisation)
        && let Some(person) = row.requested_by
    {
        mail::queue_to_user(work, UserId(person), kind, &arguments, link).await?;
    }
    if matches!(to, To::Organisation | To::RequesterAndOrganisation) {
        mail::queue_to_organisation(work, grant.organisation_id, kind, &arguments, link).await?;
    }
    Ok(())
}
