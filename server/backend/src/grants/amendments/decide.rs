//! The executive director approves an amendment, with which it is in force, or refuses it; the programme officer can
//! take it back before.

use domain::amendments::{AmendmentEvent, AmendmentState, DECISION};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::AmendmentId;
use domain::message::Argument;
use domain::roles::{Action, Subject};
use sea_orm::Set;

use super::limits::Proposal;
use super::{check_fits, effect, kind_of, load, state_of, step};
use crate::context::Context;
use crate::error::Result;
use crate::grants::entity::{grant, grant_amendment};
use crate::ledger::refuse_used;
use crate::mail::{self, MailKind};
use crate::users::ties;

/// Approves an amendment: it takes effect. The same command again changes nothing.
///
/// # Errors
/// Not allowed, not found, not countersigned, one's own proposal, a tie with the organisation, beyond the limits by now, not enough money, or the
/// database's.
pub async fn approve(context: &Context, id: AmendmentId, typed: &Typed) -> Result<()> {
    context.permit(Action::ApproveAmendments, &Subject::NONE)?;
    let answers = DECISION.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let (row, grant) = load(&work, id).await?;
    if row.decision_command_id.as_deref() == Some(command_id) {
        return Ok(());
    }
    refuse_used(&work, command_id).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    let kind = kind_of(&row)?;
    if kind.needs_countersignature() && state_of(&row)? == AmendmentState::Proposed {
        return Err(AppError::refused("refused-amendment-not-countersigned").into());
    }
    check_own(context, &row)?;
    check_fits(kind, &grant)?;
    // The state first: an amendment that is not open must change nothing, whatever its effect would have refused.
    let note = answers.text("note").to_owned();
    let proposal = Proposal {
        usd_minor: row.usd_minor,
        months: row.months,
        lines: serde_json::from_str(&row.lines)?,
        needs_approval: row.needs_approval,
    };
    domain::amendments::transition(state_of(&row)?, AmendmentEvent::Approve)?;
    let (before, after) = effect::apply(&work, grant.clone(), kind, &proposal, command_id).await?;
    let (before, after) = (serde_json::to_string(&before)?, serde_json::to_string(&after)?);
    let row = step(&work, &row, AmendmentEvent::Approve, |change| {
        decided(context, change, note, command_id);
        change.before_terms = Set(Some(before));
        change.after_terms = Set(Some(after));
    })
    .await?;
    let arguments = [
        ("number", row.number.into()),
        ("grant", grant.number.as_str().into()),
        ("kind", Argument::Key(kind.label_key())),
        ("reason", row.reason.as_str().into()),
    ];
    tell(&work, &grant, &row, MailKind::AmendmentInForce, &arguments).await?;
    work.commit().await
}

/// Refuses an amendment: everything stays as it was. The same command again changes nothing.
///
/// # Errors
/// Not allowed, not found, no reason, a tie with the organisation, not open, or the database's.
pub async fn refuse(context: &Context, id: AmendmentId, typed: &Typed) -> Result<()> {
    context.permit(Action::ApproveAmendments, &Subject::NONE)?;
    let answers = DECISION.read(typed)?;
    let command_id = answers.text("command_id");
    let note = answers.text("note").to_owned();
    if note.is_empty() {
        return Err(AppError::field("note", "error-amendment-note").into());
    }
    let work = context.begin().await?;
    let (row, grant) = load(&work, id).await?;
    if row.decision_command_id.as_deref() == Some(command_id) {
        return Ok(());
    }
    refuse_used(&work, command_id).await?;
    ties::check(&work.transaction, grant.organisation_id, context.actor.user.as_slice()).await?;
    let row = step(&work, &row, AmendmentEvent::Refuse, |change| decided(context, change, note, command_id)).await?;
    if kind_of(&row)?.needs_countersignature() {
        let arguments = [
            ("number", row.number.into()),
            ("grant", grant.number.as_str().into()),
            ("kind", Argument::Key(kind_of(&row)?.label_key())),
            ("reason", row.note.as_str().into()),
        ];
        tell(&work, &grant, &row, MailKind::AmendmentRefused, &arguments).await?;
    }
    work.commit().await
}

/// Takes an amendment back before it is in force.
///
/// # Errors
/// Not allowed, not found, not open, or the database's.
pub async fn withdraw(context: &Context, id: AmendmentId) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let work = context.begin().await?;
    let (row, _) = load(&work, id).await?;
    step(&work, &row, AmendmentEvent::Withdraw, |_| ()).await?;
    work.commit().await
}

fn check_own(context: &Context, row: &grant_amendment::Model) -> Result<()> {
    let own = context.actor.user.map(i64::from);
    match own.is_some() && own == row.proposed_by {
        true => Err(AppError::refused("refused-amendment-own").into()),
        false => Ok(()),
    }
}

fn decided(context: &Context, change: &mut grant_amendment::ActiveModel, note: String, command_id: &str) {
    change.note = Set(note);
    change.decided_by = Set(context.actor.user.map(Into::into));
    change.decided_name = Set(Some(context.actor.name.clone()));
    change.decided_at = Set(Some(context.now));
    change.decision_command_id = Set(Some(command_id.to_owned()));
}

async fn tell(
    work: &crate::context::Work<'_>,
    grant: &grant::Model,
    row: &grant_amendment::Model,
    kind: MailKind,
    arguments: &[(&'static str, Argument)],
) -> Result<()> {
    let link = format!("/grants/{}/amendments/{}", grant.id, row.id);
    mail::queue_to_organisation(work, grant.organisation_id, kind, arguments, Some(&link)).await
}
