//! A programme officer proposes an amendment. A small move between budget categories is recorded at once.

use domain::amendments::{AmendmentKind, AmendmentState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{AmendmentId, GrantId};
use domain::message::Argument;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};

use super::limits::{Proposal, proposal};
use super::{check_fits, effect, state_of};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::grants::entity::{grant, grant_amendment};
use crate::grants::load as load_grant;
use crate::ledger::find_command;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Proposes an amendment of a running grant; a repeated command answers with the first one.
///
/// # Errors
/// Not allowed, not found, wrong fields or beyond the limits, not for a grant in that state, another one that is
/// still open, or the database's.
pub async fn propose(context: &Context, id: GrantId, kind: AmendmentKind, typed: &Typed) -> Result<AmendmentId> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let answers = kind.form().read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    if let Some(first) = first_answer(&work, id, kind, command_id).await? {
        return Ok(first);
    }
    let grant = load_grant(&work, id).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    check_fits(kind, &grant)?;
    let number = next_number(&work, id).await?;
    let proposal = proposal(&work.transaction, &grant, kind, &answers).await?;
    let reason = answers.text("reason").to_owned();
    let row = write(&work, &grant, kind, number, &proposal, reason, command_id).await?;
    tell(&work, &grant, &row, kind, proposal.needs_approval).await?;
    work.commit().await?;
    Ok(AmendmentId(row.id))
}

async fn first_answer(
    work: &Work<'_>,
    id: GrantId,
    kind: AmendmentKind,
    command_id: &str,
) -> Result<Option<AmendmentId>> {
    let in_books = find_command(work, command_id).await?.is_some();
    let found = grant_amendment::Entity::find()
        .filter(grant_amendment::Column::CommandId.eq(command_id))
        .one(&work.transaction)
        .await?;
    match found {
        Some(row) if row.grant_id == id.0 && row.kind == kind.code() => Ok(Some(AmendmentId(row.id))),
        None if !in_books => Ok(None),
        _ => Err(AppError::refused("refused-command-used").into()),
    }
}

/// The next number of the grant's amendments. Only one at a time is open, so that each says what it changes.
async fn next_number(work: &Work<'_>, id: GrantId) -> Result<i64> {
    let last = grant_amendment::Entity::find()
        .filter(grant_amendment::Column::GrantId.eq(id.0))
        .order_by_desc(grant_amendment::Column::Number)
        .one(&work.transaction)
        .await?;
    let Some(last) = last else { return Ok(1) };
    if state_of(&last)?.is_open() {
        return Err(AppError::refused_with("refused-amendment-open", "number", last.number).into());
    }
    Ok(last.number + 1)
}

async fn write(
    work: &Work<'_>,
    grant: &grant::Model,
    kind: AmendmentKind,
    number: i64,
    proposal: &Proposal,
    reason: String,
    command_id: &str,
) -> Result<grant_amendment::Model> {
    let terms = match proposal.needs_approval {
        true => None,
        false => Some(effect::apply(work, grant.clone(), kind, proposal, command_id).await?),
    };
    let state = if terms.is_some() { AmendmentState::InForce } else { AmendmentState::Proposed };
    let (before, after) = match &terms {
        Some((before, after)) => (Some(serde_json::to_string(before)?), Some(serde_json::to_string(after)?)),
        None => (None, None),
    };
    let row = grant_amendment::ActiveModel {
        grant_id: Set(grant.id),
        number: Set(number),
        kind: Set(kind.code().to_owned()),
        state: Set(state.code().to_owned()),
        usd_minor: Set(proposal.usd_minor),
        months: Set(proposal.months),
        lines: Set(serde_json::to_string(&proposal.lines)?),
        reason: Set(reason),
        note: Set(String::new()),
        needs_approval: Set(proposal.needs_approval),
        before_terms: Set(before),
        after_terms: Set(after),
        proposed_by: Set(work.context.actor.user.map(Into::into)),
        proposed_name: Set(work.context.actor.name.clone()),
        proposed_at: Set(work.context.now),
        command_id: Set(command_id.to_owned()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(work, "audit-amendment-propose", audit::Kind::Grant, grant.id, None, Some(&row)).await?;
    Ok(row)
}

async fn tell(
    work: &Work<'_>,
    grant: &grant::Model,
    row: &grant_amendment::Model,
    kind: AmendmentKind,
    open: bool,
) -> Result<()> {
    let mail_kind = match (open, kind.needs_countersignature()) {
        (false, _) => MailKind::AmendmentInForce,
        (true, true) => MailKind::AmendmentToSign,
        // The Fund's own decision is told once it is taken.
        (true, false) => return Ok(()),
    };
    let arguments = [
        ("number", row.number.into()),
        ("grant", grant.number.as_str().into()),
        ("kind", Argument::Key(kind.label_key())),
        ("reason", row.reason.as_str().into()),
    ];
    let link = format!("/grants/{}/amendments/{}", grant.id, row.id);
    mail::queue_to_organisation(work, grant.organisation_id, mail_kind, &arguments, Some(&link)).await
}
