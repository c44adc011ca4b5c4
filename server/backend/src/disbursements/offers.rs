//! Which steps the reader may take now, in the own role or in the place of an absent officer, and why not.

use domain::disbursements::{DisbursementEvent, Signature, Signatures, allowed, check_separation};
use domain::errors::AppError;
use domain::ids::UserId;
use domain::message::Message;
use domain::roles::{Subject, roles_for};

use super::conditions::Conditions;
use super::entity::disbursement;
use super::officers::{check_limit, stand_ins};
use super::take::{action_of, signatures, state_of};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::grants::entity::grant;
use crate::users::ties;

/// A step that the reader may take now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The step.
    pub event: DisbursementEvent,
    /// The officer in whose place; none in the own role.
    pub stands_for: Option<String>,
}

/// What the reader may do now, in the own role or in that of an absent officer; and why not, where the role fits.
pub(super) async fn offers(
    context: &Context,
    row: &disbursement::Model,
    grant: &grant::Model,
    conditions: &Conditions,
) -> Result<(Vec<Offer>, Option<Message>)> {
    let state = state_of(row)?;
    let signatures = signatures(row);
    let absent = stand_ins(context.database(), context).await?;
    let (mut obstacle, mut offers) = (None, Vec::new());
    for event in allowed(state) {
        let action = action_of(event, state);
        let stands_for = if context.permit(action, &Subject::NONE).is_ok() {
            None
        } else {
            let found = absent.iter().find(|found| roles_for(action).contains(&found.role));
            match found.filter(|_| event != DisbursementEvent::Resubmit) {
                Some(found) => Some((found.officer, found.name.clone())),
                None => continue,
            }
        };
        let Some(person) = context.actor.user else {
            offers.push(Offer { event, stands_for: None });
            continue;
        };
        let signature = Signature { person, stands_for: stands_for.as_ref().map(|(officer, _)| *officer) };
        match obstacle_of(context, row, grant, event, signature, &signatures, conditions).await? {
            Some(message) => obstacle = obstacle.or(Some(message)),
            None => offers.push(Offer { event, stands_for: stands_for.map(|(_, name)| name) }),
        }
    }
    Ok((offers, obstacle))
}

/// Why a step cannot be taken with this signature, if so: the same rules as those of the step itself.
async fn obstacle_of(
    context: &Context,
    row: &disbursement::Model,
    grant: &grant::Model,
    event: DisbursementEvent,
    signature: Signature,
    signatures: &Signatures,
    conditions: &Conditions,
) -> Result<Option<Message>> {
    if let Err(AppError::Refused(message)) = check_separation(event, signature, signatures) {
        return Ok(Some(message));
    }
    let people: Vec<UserId> = signature.people().collect();
    if let Some(message) = ties::obstacle(context.database(), grant.organisation_id, &people).await? {
        return Ok(Some(message));
    }
    if event.is_limited() {
        let action = action_of(event, state_of(row)?);
        match check_limit(context.database(), signature, action, row.usd_minor).await {
            Err(Error::App(AppError::Refused(message))) => return Ok(Some(message)),
            Err(other) => return Err(other),
            Ok(()) => {}
        }
    }
    if !event.pays() {
        return Ok(None);
    }
    if let Some(reason) = &row.held_reason {
        return Ok(Some(Message::new("refused-disbursement-held").with("reason", reason.as_str())));
    }
    conditions.step_obstacle(event, row, grant.organisation_id, &context.services.bank_keys)
}
