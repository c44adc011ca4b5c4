//! Importing the bank's files: each payment that they name is confirmed, recorded as failed, or bounced, once. A payment
//! that another file told of already changes nothing. A file that was imported before tries again what was refused then,
//! and only that.

use std::collections::HashSet;

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
use crate::contributions::statements::open_accounts;
use crate::disbursements::entity::{bank_file as table, disbursement, payment_batch_item};
use crate::disbursements::officers::{Desk, desk};
use crate::disbursements::take::{Details, state_of, take_in};
use crate::error::{Error, Result, is_duplicate};
use crate::files;
use crate::page::{Page, PageRequest, contains, page_of};
use crate::token::hex;

/// Payments in one question to the database.
const CHUNK: usize = 500;

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

impl Outcome {
    /// True where somebody has to look at it, and where the same file tries again.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.outcome == BankOutcome::Refused
    }
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

/// Imports a file of the bank, at the own desk or at that of an absent officer. Each payment is a transaction of its own,
/// so that one that somebody has to look at does not keep the others back; after an interruption the same file goes on
/// where it stopped, and what was refused is tried again, because its reason may be gone.
///
/// # Errors
/// Not allowed, a file that is no camt.053 or camt.054, or of an account that is none of the Fund's, or the database's.
pub async fn import_bank_file(context: &Context, file_name: &str, bytes: &[u8]) -> Result<BankFileId> {
    context.permit(Action::StandInDisbursements, &Subject::NONE)?;
    let desk = desk(context, Action::ReleaseDisbursements).await?;
    let (file, sha256) = files::read(bytes, |bytes| Ok((camt::read(&bytes)?, hex(&Sha256::digest(&bytes))))).await?;
    if file.accounts.is_empty() {
        return Err(AppError::field("file", "error-statement-no-account").into());
    }
    let (database, keys) = (context.database(), &context.services.bank_keys);
    open_accounts(database, keys, "file", &file.accounts, file.currencies).await?;
    let before = known(context, &sha256).await?;
    let stored = before.as_ref().map(outcomes_of).transpose()?.unwrap_or_default();
    if let Some(before) = before.as_ref().filter(|_| !stored.iter().any(Outcome::is_refused)) {
        return Ok(BankFileId(before.id));
    }
    let outcomes = settle_all(context, desk, &file.transactions, stored).await?;
    if let Some(before) = before {
        return renew(context, before.id, outcomes).await;
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
            known(context, &sha256).await?.map(|row| BankFileId(row.id)).ok_or_else(|| cause.into())
        }
        Err(cause) => Err(cause.into()),
    }
}

async fn known(context: &Context, sha256: &str) -> Result<Option<table::Model>> {
    Ok(table::Entity::find().filter(table::Column::Sha256.eq(sha256)).one(context.database()).await?)
}

fn outcomes_of(row: &table::Model) -> Result<Vec<Outcome>> {
    Ok(serde_json::from_str(&row.outcomes)?)
}

/// Settles the transactions of a file in its order. What was settled when the file came first stays as it was.
async fn settle_all(
    context: &Context,
    desk: Desk,
    transactions: &[Transaction],
    stored: Vec<Outcome>,
) -> Result<Vec<Outcome>> {
    let (mut outcomes, mut stored) = (Vec::new(), stored.into_iter().peekable());
    let ours = ours(context, transactions).await?;
    for transaction in transactions.iter().filter(|transaction| ours.contains(&transaction.end_to_end_id)) {
        let earlier = stored.next_if(|earlier| earlier.end_to_end_id == transaction.end_to_end_id);
        match earlier.filter(|earlier| !earlier.is_refused()) {
            Some(earlier) => outcomes.push(earlier),
            None => outcomes.extend(settle(context, desk, transaction).await?),
        }
    }
    Ok(outcomes)
}

/// Which payments of a file are ours, asked for a few hundred at a time: a file may name thousands of others.
async fn ours(context: &Context, transactions: &[Transaction]) -> Result<HashSet<String>> {
    let mut ours = HashSet::new();
    for chunk in transactions.chunks(CHUNK) {
        let names = chunk.iter().map(|transaction| transaction.end_to_end_id.as_str());
        let found: Vec<String> = payment_batch_item::Entity::find()
            .select_only()
            .column(payment_batch_item::Column::EndToEndId)
            .filter(payment_batch_item::Column::EndToEndId.is_in(names))
            .into_tuple()
            .all(context.database())
            .await?;
        ours.extend(found);
    }
    Ok(ours)
}

/// Writes down what became of payments that were tried again. What somebody else settled at the same moment stays.
async fn renew(context: &Context, id: i64, retried: Vec<Outcome>) -> Result<BankFileId> {
    let work = context.begin_money().await?;
    let found = table::Entity::find_by_id(id).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    let mut outcomes = outcomes_of(&before)?;
    for (kept, retried) in outcomes.iter_mut().zip(retried) {
        if kept.is_refused() {
            *kept = retried;
        }
    }
    let outcomes = serde_json::to_string(&outcomes)?;
    if outcomes != before.outcomes {
        let change = table::ActiveModel { outcomes: Set(outcomes), ..before.clone().into() };
        let after = change.update(&work.transaction).await?;
        audit::record(&work, "audit-bank-file-retried", audit::Kind::BankFile, id, Some(&before), Some(&after)).await?;
        work.commit().await?;
    }
    Ok(BankFileId(id))
}

/// Settles one transaction; none when it names no payment of ours.
async fn settle(context: &Context, desk: Desk, transaction: &Transaction) -> Result<Option<Outcome>> {
    let item = payment_batch_item::Entity::find()
        .filter(payment_batch_item::Column::EndToEndId.eq(transaction.end_to_end_id.as_str()))
        .one(context.database())
        .await?;
    let Some(item) = item else { return Ok(None) };
    let (outcome, why) = match act(context, desk, transaction, &item).await {
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

async fn act(
    context: &Context,
    desk: Desk,
    transaction: &Transaction,
    item: &payment_batch_item::Model,
) -> Result<BankOutcome> {
    let id = DisbursementId(item.disbursement_id);
    let work = context.begin_money().await?;
    let row = disbursement::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let row = row.ok_or(AppError::NotFound)?;
    if let Some(fault) = &transaction.fault {
        return Err(AppError::Refused(fault.clone()).into());
    }
    use DisbursementState as S;
    let (event, outcome) = match (transaction.is_credit, state_of(&row)?) {
        (false, _) if transaction.is_reversal => return Err(AppError::refused("refused-bank-file-left-again").into()),
        (false, state @ (S::Confirmed | S::Bounced)) => {
            check_told_again(transaction, item, &row, state)?;
            return Ok(BankOutcome::Known);
        }
        (true, S::Bounced | S::Failed) => return Ok(BankOutcome::Known),
        (false, S::Released) => (DisbursementEvent::Confirm, BankOutcome::Confirmed),
        (true, S::Released) => (DisbursementEvent::Fail, BankOutcome::Failed),
        (true, S::Confirmed) => (DisbursementEvent::Bounce, BankOutcome::Bounced),
        (_, other) => {
            let state = domain::message::Argument::Key(other.label_key());
            return Err(AppError::Refused(Message::new("refused-bank-file-state").with("state", state)).into());
        }
    };
    check_amount(transaction, Money::usd(item.usd_minor))?;
    check_live(item)?;
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
    take_in(&work, id, event, desk, &command_id, details).await?;
    work.commit().await?;
    Ok(outcome)
}

/// Paid from a batch that was cancelled: it may be in another one by now, and be paid twice.
fn check_live(item: &payment_batch_item::Model) -> Result<()> {
    if item.live { Ok(()) } else { Err(AppError::refused("refused-bank-file-cancelled").into()) }
}

/// Money that went out for a payment that was made is that payment, told once more: of one that came back by
/// [`is_first_payment`], of one that is confirmed when the bank's reference is the same, or where the file has none.
/// Anything else may be a second payment.
fn check_told_again(
    transaction: &Transaction,
    item: &payment_batch_item::Model,
    row: &disbursement::Model,
    state: DisbursementState,
) -> Result<()> {
    let came_back = state == DisbursementState::Bounced;
    if came_back && !is_first_payment(transaction, row) {
        return Err(AppError::refused("refused-bank-file-left-again").into());
    }
    check_amount(transaction, Money::usd(item.usd_minor))?;
    check_live(item)?;
    let known = row.bank_reference.as_deref().unwrap_or_default();
    if came_back || transaction.reference == known || transaction.reference == transaction.end_to_end_id {
        return Ok(());
    }
    let message = Message::new("refused-bank-file-paid-again")
        .with("known", known)
        .with("reference", transaction.reference.as_str());
    Err(AppError::Refused(message).into())
}

/// True when money that went out is the payment itself, which has come back since, and not the same money leaving once
/// more: the bank's reference is the payment's, or it left before it came back.
fn is_first_payment(transaction: &Transaction, row: &disbursement::Model) -> bool {
    row.bank_reference.as_deref() == Some(transaction.reference.as_str())
        || transaction.booked_on.zip(row.bounced_on).is_some_and(|(booked, bounced)| booked < bounced)
}

/// The amount must be the payment's to the cent. Of what came back, less banks' fees, nothing is booked by itself: the
/// books know no fee of a payment that comes back, and the whole amount did not arrive.
fn check_amount(transaction: &Transaction, paid: Money) -> Result<()> {
    let message = match (transaction.is_credit, transaction.amount) {
        (_, Some(amount)) if amount == paid => return Ok(()),
        (true, Some(arrived)) => Message::new("refused-bank-file-less").with("arrived", arrived).with("paid", paid),
        (true, None) => Message::new("refused-bank-file-unclear").with("paid", paid),
        (false, _) => Message::new("refused-bank-file-amount").with("amount", paid),
    };
    Err(AppError::Refused(message).into())
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
        outcomes: outcomes_of(&row)?,
        file_name: row.file_name,
        kind: row.kind,
        imported_by: row.imported_by,
        imported_at: row.imported_at,
    })
}
