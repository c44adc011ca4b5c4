//! Requesting that an instalment be paid.

use domain::disbursements::{DisbursementState, REQUEST};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DisbursementId, GrantId, InstalmentId};
use domain::ledger::Event;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use super::conditions::Conditions;
use super::entity::disbursement;
use super::officers::Signer;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::grants::load;
use crate::ledger::{NewEntry, find_command, post};
use crate::users::ties;

/// Requests an instalment; a repeated command answers with the first disbursement.
///
/// # Errors
/// Not allowed, not found, whatever forbids the payment (each with its own message), or the database's.
pub async fn request(
    context: &Context,
    grant: GrantId,
    instalment: InstalmentId,
    typed: &Typed,
) -> Result<DisbursementId> {
    context.permit(Action::RequestDisbursements, &Subject::NONE)?;
    let answers = REQUEST.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    if let Some(first) = first_answer(&work, command_id, instalment).await? {
        return Ok(first);
    }
    let grant = load(&work, grant).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    let conditions = Conditions::load(&work.transaction, &grant, context.today()).await?;
    let planned = conditions.instalments.iter().find(|row| row.id == instalment.0).ok_or(AppError::NotFound)?;
    if let Some(message) = conditions.obstacle(planned) {
        return Err(AppError::Refused(message).into());
    }
    let row = disbursement::ActiveModel {
        grant_id: Set(grant.id),
        instalment_id: Set(planned.id),
        usd_minor: Set(planned.usd_minor),
        state: Set(DisbursementState::Requested.code().to_owned()),
        note: Set(super::take::with_note("", context, answers.text("note"))),
        reason: Set(String::new()),
        requested_by: Set(context.actor.user.map(Into::into)),
        requested_at: Set(context.now),
        command_id: Set(command_id.to_owned()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let entry = NewEntry {
        event: Event::DisbursementRequested,
        date: context.today(),
        source_kind: "disbursement",
        source_id: row.id,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id,
        reverses: None,
        postings: super::entries::requested(&work, grant.id, planned.usd_minor).await?,
    };
    post(&work, entry).await?;
    super::take::note_step(&work, row.id, "request", &Signer::default(), answers.text("note"), command_id).await?;
    super::tell::of_request(&work, &grant, &row).await?;
    audit::record::<(), _>(&work, "audit-disbursement-request", audit::Kind::Disbursement, row.id, None, Some(&row))
        .await?;
    work.commit().await?;
    Ok(DisbursementId(row.id))
}

/// What the same command was answered before. The same id for something else is refused.
async fn first_answer(work: &Work<'_>, command_id: &str, instalment: InstalmentId) -> Result<Option<DisbursementId>> {
    let Some((event, id)) = find_command(work, command_id).await? else { return Ok(None) };
    if event == Event::DisbursementRequested.code() {
        let row = disbursement::Entity::find_by_id(id).one(&work.transaction).await?;
        if row.is_some_and(|row| row.instalment_id == instalment.0) {
            return Ok(Some(DisbursementId(id)));
        }
    }
    Err(AppError::refused("refused-disbursement-command-used").into())
}
