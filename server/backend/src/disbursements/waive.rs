//! Waiving a condition of one instalment: by an approving officer, with a reason, and never one of law. A waiver is
//! for the payment that is under way, or for the next one: with a step that takes the payment back, it ends.

use domain::disbursements::{DisbursementState, PaymentCondition, WAIVER};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DisbursementId, GrantId, InstalmentId, OrganisationId};
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use super::conditions::{ConditionView, Conditions};
use super::entity::condition_waiver;
use super::take::state_of;
use crate::audit;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::grants::entity::{grant, instalment};
use crate::organisations::entity::organisation;
use crate::users::ties;

/// An instalment with its conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct InstalmentConditions {
    /// The instalment.
    pub id: InstalmentId,
    /// Its number in the grant.
    pub number: i64,
    /// How much.
    pub amount: Money,
    /// The grant.
    pub grant: GrantId,
    /// The grant's number.
    pub grant_number: String,
    /// Who is paid.
    pub organisation: String,
    /// The disbursement that holds it.
    pub disbursement: Option<(DisbursementId, DisbursementState)>,
    /// Each condition as it stands.
    pub conditions: Vec<ConditionView>,
}

/// The conditions of an instalment. An organisation's members are not told who waived one, nor why.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn conditions_of(context: &Context, id: InstalmentId) -> Result<InstalmentConditions> {
    context.permit(Action::ReadDisbursements, &Subject::NONE)?;
    let database = context.database();
    let planned = instalment::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let grant = grant::Entity::find_by_id(planned.grant_id).one(database).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::ReadDisbursements, &Subject::organisation(OrganisationId(grant.organisation_id)))?;
    let conditions = Conditions::load(database, &grant, context.today()).await?;
    let mut checks = conditions.checks(&planned);
    if context.actor.role.is_some_and(Role::of_organisation) {
        checks.iter_mut().for_each(ConditionView::hide_officer);
    }
    let paid = organisation::Entity::find_by_id(grant.organisation_id).one(database).await?;
    let disbursement = conditions.live(planned.id);
    Ok(InstalmentConditions {
        id,
        number: planned.number,
        amount: Money::usd(planned.usd_minor),
        grant: GrantId(grant.id),
        grant_number: grant.number,
        organisation: paid.map(|row| row.legal_name).unwrap_or_default(),
        disbursement: disbursement.map(|row| Ok::<_, Error>((DisbursementId(row.id), state_of(row)?))).transpose()?,
        conditions: checks,
    })
}

/// Waives a condition that is not met, for the payment of an instalment. One that is waived already stays as it is.
///
/// # Errors
/// Not allowed, not found, no reason, a condition that nobody may waive or that is met, a tie with the organisation,
/// or the database's.
pub async fn waive(context: &Context, id: InstalmentId, typed: &Typed) -> Result<()> {
    context.permit(Action::WaiveConditions, &Subject::NONE)?;
    let answers = WAIVER.read(typed)?;
    let condition = PaymentCondition::from_code(answers.text("condition"))
        .ok_or_else(|| AppError::field("condition", "error-choose"))?;
    let work = context.begin_money().await?;
    let planned = instalment::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let grant = crate::grants::load(&work, GrantId(planned.grant_id)).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    let conditions = Conditions::load(&work.transaction, &grant, context.today()).await?;
    let check = conditions.checks(&planned).into_iter().find(|check| check.condition == condition);
    let check = check.ok_or(AppError::NotFound)?;
    if check.waived.is_some() {
        return Ok(());
    }
    if !check.may_be_waived {
        let refusal = if check.unmet.is_none() { "refused-condition-met" } else { "refused-condition-of-law" };
        return Err(AppError::refused(refusal).into());
    }
    let row = condition_waiver::ActiveModel {
        instalment_id: Set(planned.id),
        condition: Set(condition.code().to_owned()),
        reason: Set(answers.text("reason").to_owned()),
        waived_by: Set(context.actor.user.map(Into::into)),
        waived_by_name: Set(context.actor.name.clone()),
        waived_at: Set(context.now),
        after_step: Set(conditions.latest_step(planned.id)),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(&work, "audit-condition-waived", audit::Kind::Grant, grant.id, None, Some(&row)).await?;
    work.commit().await
}
