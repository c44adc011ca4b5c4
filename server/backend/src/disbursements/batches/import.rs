//! Importing the bank's files: each payment that they name is confirmed, recorded as failed, or bounced, once. A file
//! that was imported before changes nothing, and neither does a payment that another file told of already.

use chrono::{DateTime, Utc};
use domain::disbursements::{BankOutcome, DisbursementEvent, DisbursementState};
use domain::errors::AppError;
use domain::ids::{BankFileId, DisbursementId};
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::camt::{self, Transaction};
use crate::audit;
use crate::context::Context;
use crate::disbursements::entity::{bank_file as table, disbursement, payment_batch_item};
use crate::disbursements::officers::Desk;
use crate::disbursements::take::{Details, state_of, take_in};
use crate::error::{Error, Result, is_duplicate};
use crate::page::{Page, PageRequest, contains, page_of};
use crate::token::hex;

/// What became of one transaction of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The payment's identification.
    pub end_to_end_id: String,
    /// The disbursement.
    pub disbursement: DisbursementId,
    /// What was done.
    pub outcome: BankOutcome,
    /// Why nothing was done, where somebody has to look at it.
    pub why: Option<Message>,
}

/// An imported file.
#[derive(Clone, Debug, PartialEq)]
pub struct BankFileView {
    /// Identifier.
    pub id: BankFileId,
    /// The file's name.
    pub file_name: String,
    /// `camt.053` or `camt.054`.
    pub kind: String,
    /// Who imported it.
    pub imported_by: String,
    /// When.
    pub imported_at: DateTime<Utc>,
    /// What became of each payment that it names.
    pub outcomes: Vec<Outcome>,
}

/// Imports a file of the bank. Each payment is a transaction of its own, so that one that somebody has to look at does
/// not keep the others back; after an interruption the same file goes on where it stopped.
///
/// # Errors
/// Not allowed, a file that is no camt.053 or camt.054, or the database's.
pub async fn import_bank_file(context: &Context, file_name: &str, bytes: &[u8]) -> Result<BankFileId> {
    context.permit(Action::ReleaseDisbursements, &Subject::NONE)?;
    let sha256 = hex(&Sha256::digest(bytes));
    if let Some(id) = known(context, &sha256).await? {
        return Ok(id);
    }
    let file = camt::read(bytes)?;
    let mut outcomes = Vec::new();
    for transaction in &file.transactions {
        outcomes.extend(settle(context, transaction).await?);
    }
    let work = context.begin_money().await?;
    let row = table::ActiveModel {
        sha256: Set(sha256.clone()),
        file_name: Set(file_name.chars().take(200).collect()),
        kind: Set(file.kind.to_owned()),
        imported_by: Set(context.actor.name.clone()),
        imported_at: Set(context.now),
        outcomes: Set(serde_json::to_string(&outcomes)?),
        ..Default::default()
    };
    match row.insert(&work.transaction).await {
        Ok(row) => {
            audit::record::<(), _>(&work, "audit-bank-file-imported", audit::Kind::BankFile, row.id, None, Some(&row))
                .await?;
            work.commit().await?;
            Ok(BankFileId(row.id))
        }
        // Somebody imported the same file at the same moment.
        Err(cause) if is_duplicate(&cause) => {
            drop(work);
            known(context, &sha256).await?.ok_or_else(|| cause.into())
        }
        Err(cause) => Err(cause.into()),
    }
}

async fn known(context: &Context, sha256: &str) -> Result<Option<BankFileId>> {
    let found = table::Entity::find().filter(table::Column::Sha256.eq(sha256)).one(context.database()).await?;
    Ok(found.map(|row| BankFileId(row.id)))
}

/// Settles one transaction; none when it names no payment of ours.
async fn settle(context: &Context, transaction: &Transaction) -> Result<Option<Outcome>> {
    let item = payment_batch_item::Entity::find()
        .filter(payment_batch_item::Column::EndToEndId.eq(transaction.end_to_end_id.as_str()))
        .one(context.database())
        .await?;
    let Some(item) = item else { return Ok(None) };
    let (outcome, why) = match act(context, transaction, &item).await {
        Ok(outcome) => (outcome, None),
        Err(Error::App(AppError::Refused(message))) => (BankOutcome::Refused, Some(message)),
        Err(Error::App(AppError::Invalid(errors))) => {
            (BankOutcome::Refused, errors.0.into_iter().next().map(|error| error.message))
        }
        Err(other) => return Err(other),
    };
    let end_to_end_id = transaction.end_to_end_id.clone();
    Ok(Some(Outcome { end_to_end_id, disbursement: DisbursementId(item.disbursement_id), outcome, why }))
}

async fn act(context: &Context, transaction: &Transaction, item: &payment_batch_item::Model) -> Result<BankOutcome> {
    let id = DisbursementId(item.disbursement_id);
    let work = context.begin_money().await?;
    let row = disbursement::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let state = state_of(&row.ok_or(AppError::NotFound)?)?;
    use DisbursementState as S;
    let (event, outcome) = match (transaction.is_credit, state) {
        (false, S::Confirmed | S::Bounced) | (true, S::Bounced | S::Failed) => return Ok(BankOutcome::Known),
        (false, S::Released) => (DisbursementEvent::Confirm, BankOutcome::Confirmed),
        (true, S::Released) => (DisbursementEvent::Fail, BankOutcome::Failed),
        (true, S::Confirmed) => (DisbursementEvent::Bounce, BankOutcome::Bounced),
        (_, other) => {
            let state = domain::message::Argument::Key(other.label_key());
            return Err(AppError::Refused(Message::new("refused-bank-file-state").with("state", state)).into());
        }
    };
    if transaction.amount != Some(Money::usd(item.usd_minor)) {
        let message = Message::new("refused-bank-file-amount").with("amount", Money::usd(item.usd_minor));
        return Err(AppError::Refused(message).into());
    }
    // Paid from a batch that was cancelled: it may be in another one by now, and be paid twice.
    if !item.live {
        return Err(AppError::refused("refused-bank-file-cancelled").into());
    }
    let reason = match transaction.reason.as_str() {
        "" => transaction.reference.clone(),
        reason => reason.to_owned(),
    };
    let details = match event {
        DisbursementEvent::Confirm => Details {
            bank_reference: Some(transaction.reference.clone()),
            paid_on: transaction.booked_on,
            ..Details::default()
        },
        _ => Details { reason, bounced_on: transaction.booked_on, ..Details::default() },
    };
    let command_id = format!("system/bank/{}/{event}", transaction.end_to_end_id);
    take_in(&work, id, event, Desk::Own, &command_id, details).await?;
    work.commit().await?;
    Ok(outcome)
}

/// Imported files page by page, newest first; searched by name.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn bank_files(context: &Context, request: &PageRequest) -> Result<Page<BankFileView>> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    let mut query = table::Entity::find();
    if let Some(pattern) = request.pattern() {
        query = query.filter(contains(table::Column::FileName, &pattern));
    }
    let query = query.order_by_desc(table::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let rows = rows.into_iter().map(view).collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// One imported file with what became of its payments.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn bank_file(context: &Context, id: BankFileId) -> Result<BankFileView> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    view(table::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?)
}

fn view(row: table::Model) -> Result<BankFileView> {
    Ok(BankFileView {
        id: BankFileId(row.id),
        outcomes: serde_json::from_str(&row.outcomes)?,
        file_name: row.file_name,
        kind: row.kind,
        imported_by: row.imported_by,
        imported_at: row.imported_at,
    })
}
