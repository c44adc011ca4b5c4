//! What receiving and writing off have in common: the parts of the receipts, the row, the entry, the trail.

use chrono::NaiveDate;
use domain::contributions::{Earmark, FundingShare};
use domain::errors::{AppError, FieldErrors};
use domain::funding::{MoneyStage, by_earmark};
use domain::ids::{GrantId, ReceiptId, RecoveryId};
use domain::ledger::{Event, recovery_received, recovery_written_off};
use domain::message::Message;
use domain::money::Money;
use domain::recoveries::{Owed, RecoveryState, RecoveryStep, settle as divide};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use crate::audit;
use crate::context::Work;
use crate::contributions::{donor_sums, is_reference_used};
use crate::error::{Error, Result, is_duplicate};
use crate::grants::entity::{recovery, recovery_share, recovery_step};
use crate::grants::{funding, uses};
use crate::ledger::{NewEntry, is_repeat, post};

/// One step of a recovery.
pub(super) struct Step {
    pub(super) kind: RecoveryStep,
    pub(super) amount: Money,
    pub(super) date: NaiveDate,
    pub(super) bank_reference: Option<String>,
    pub(super) reason: String,
}

/// Loads a recovery for changing it. None when this command changed it before.
pub(super) async fn load(
    work: &Work<'_>,
    id: RecoveryId,
    event: Event,
    command_id: &str,
) -> Result<Option<recovery::Model>> {
    if is_repeat(work, command_id, event, id.0).await? {
        return Ok(None);
    }
    let found = recovery::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(Some(found.ok_or(AppError::NotFound)?))
}

/// Takes a step: divides the amount over what is still owed to each receipt, and posts it by earmark. What was
/// received can be committed again, from the very receipts that paid.
pub(super) async fn take(
    work: &Work<'_>,
    before: &recovery::Model,
    step: Step,
    command_id: &str,
) -> Result<recovery::Model> {
    let left = before.usd_minor - before.received_usd_minor - before.written_off_usd_minor;
    if step.amount.minor <= 0 {
        return Err(AppError::field("amount", "error-recovery-zero").into());
    }
    if step.amount.minor > left {
        let message = Message::new("error-recovery-too-much").with("left", Money::usd(left));
        return Err(AppError::Invalid(FieldErrors::one("amount", message)).into());
    }
    let shares = divide_over_receipts(work, before, &step).await?;
    let earmarks = funding::earmarks(&work.transaction, shares.iter().map(|share| share.receipt.0)).await?;
    let amounts = by_earmark(&shares, |receipt: ReceiptId| earmarks.get(&receipt.0).copied().unwrap_or(Earmark::None));
    let received = step.kind == RecoveryStep::Received;
    let (event, postings) = match received {
        true => (Event::RecoveryReceived, recovery_received(&amounts)),
        false => (Event::RecoveryWrittenOff, recovery_written_off(&amounts)),
    };
    let grant = GrantId(before.grant_id);
    let entry = NewEntry {
        event,
        date: step.date,
        source_kind: "recovery",
        source_id: before.id,
        donor: None,
        grant: Some(grant),
        command_id,
        reverses: None,
        postings,
    };
    let entry = post(work, entry).await?;
    if received {
        let returned = uses::negated(shares);
        funding::keep(work, grant, entry, &returned).await?;
        for stage in [MoneyStage::Advanced, MoneyStage::Paid] {
            uses::keep(work, grant, entry, stage, &returned).await?;
        }
        donor_sums::renew(work, grant).await?;
    }
    let after = write(work, before, &step).await?;
    let action = format!("audit-recovery-{}", step.kind);
    audit::record(work, &action, audit::Kind::Grant, before.grant_id, Some(before), Some(&after)).await?;
    Ok(after)
}

/// Adds the parts to what was received, or written off, of each receipt's share.
async fn divide_over_receipts(work: &Work<'_>, row: &recovery::Model, step: &Step) -> Result<Vec<FundingShare>> {
    let rows = recovery_share::Entity::find()
        .filter(recovery_share::Column::RecoveryId.eq(row.id))
        .order_by_asc(recovery_share::Column::Id)
        .all(&work.transaction)
        .await?;
    let owed: Vec<Owed> = rows
        .iter()
        .map(|row| Owed {
            receipt: ReceiptId(row.receipt_id),
            usd_minor: row.usd_minor - row.received_usd_minor - row.written_off_usd_minor,
        })
        .collect();
    let shares = divide(step.amount.minor, &owed)
        .ok_or_else(|| Error::Defect(format!("the parts of recovery {} do not add up to it", row.id)))?;
    for row in rows {
        let Some(part) = shares.iter().find(|share| share.receipt.0 == row.receipt_id) else { continue };
        let mut change: recovery_share::ActiveModel = row.clone().into();
        match step.kind {
            RecoveryStep::Received => change.received_usd_minor = Set(row.received_usd_minor + part.usd_minor),
            RecoveryStep::WrittenOff => change.written_off_usd_minor = Set(row.written_off_usd_minor + part.usd_minor),
        }
        change.update(&work.transaction).await?;
    }
    Ok(shares)
}

async fn write(work: &Work<'_>, before: &recovery::Model, step: &Step) -> Result<recovery::Model> {
    if let Some(reference) = &step.bank_reference
        && is_reference_used(work, reference).await?
    {
        return Err(AppError::field("bank_reference", "error-recovery-reference-used").into());
    }
    let inserted = recovery_step::ActiveModel {
        recovery_id: Set(before.id),
        kind: Set(step.kind.code().to_owned()),
        usd_minor: Set(step.amount.minor),
        date: Set(step.date),
        bank_reference: Set(step.bank_reference.clone()),
        reason: Set(step.reason.clone()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_name: Set(work.context.actor.name.clone()),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await;
    inserted.map_err(|cause| match is_duplicate(&cause) {
        true => AppError::field("bank_reference", "error-recovery-reference-used").into(),
        false => Error::from(cause),
    })?;
    let (received, written_off) = match step.kind {
        RecoveryStep::Received => (before.received_usd_minor + step.amount.minor, before.written_off_usd_minor),
        RecoveryStep::WrittenOff => (before.received_usd_minor, before.written_off_usd_minor + step.amount.minor),
    };
    let state = if received + written_off == before.usd_minor { RecoveryState::Settled } else { RecoveryState::Open };
    let mut row: recovery::ActiveModel = before.clone().into();
    row.received_usd_minor = Set(received);
    row.written_off_usd_minor = Set(written_off);
    row.state = Set(state.code().to_owned());
    Ok(row.update(&work.transaction).await?)
}
