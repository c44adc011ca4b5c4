//! Reading batches and what could go into the next one.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::disbursements::{BatchProgress, BatchState, DisbursementState};
use domain::errors::AppError;
use domain::ids::{DisbursementId, PaymentBatchId, UserId};
use domain::money::Money;
use domain::roles::{Action, Subject, roles_for};
use sea_orm::sea_query::{ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, Select,
};

use super::batch_about;
use crate::audit;
use crate::context::Context;
use crate::disbursements::entity::{disbursement, payment_batch, payment_batch_item};
use crate::disbursements::officers::{desk, stand_ins};
use crate::disbursements::queries::{DisbursementRow, shown};
use crate::error::{Error, Result, unknown_code};
use crate::grants::entity::grant;
use crate::organisations::account::{Account, about_organisation};
use crate::page::{Page, PageRequest, contains, page_of};
use crate::users::ties;

/// Most payments offered for one batch.
const MOST_CANDIDATES: u64 = 200;

/// A batch in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchRow {
    /// Identifier.
    pub id: PaymentBatchId,
    /// The message's identification, under which the bank knows it.
    pub message_id: String,
    /// What it waits for.
    pub progress: BatchProgress,
    /// When the bank is asked to pay.
    pub execution_date: NaiveDate,
    /// Number of payments.
    pub payments: i64,
    /// Control sum.
    pub sum: Money,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}

/// A payment of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentRow {
    /// The disbursement as it is now.
    pub disbursement: DisbursementRow,
    /// The payment's identification from end to end.
    pub end_to_end_id: String,
    /// Where it goes, for those who pay.
    pub payee: Option<PayeeAccount>,
}

/// The account that a payment goes to, by its last characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeAccount {
    /// The last characters of its number.
    pub ending: String,
    /// Bank.
    pub bank_name: String,
    /// The bank's country.
    pub bank_country: String,
}

/// One batch.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchView {
    /// As in a list.
    pub row: BatchRow,
    /// Its payments.
    pub payments: Vec<PaymentRow>,
    /// Who cancelled it, when and why.
    pub cancelled: Option<(String, DateTime<Utc>, String)>,
    /// True while it can be cancelled.
    pub may_be_cancelled: bool,
}

/// Payments that can go into the next batch, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// Those that the reader may put into it.
    pub payable: Vec<DisbursementRow>,
    /// Those that a colleague has to pay, because the reader took another of their steps or has a tie with the payee.
    pub for_colleagues: Vec<DisbursementRow>,
    /// Where each goes, for those who pay.
    pub payees: HashMap<DisbursementId, PayeeAccount>,
}

/// Batches page by page, newest first; searched by message id, filtered by what they wait for.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn batches(context: &Context, request: &PageRequest) -> Result<Page<BatchRow>> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    let mut query = payment_batch::Entity::find();
    if let Some(pattern) = request.pattern() {
        query = query.filter(contains(payment_batch::Column::MessageId, &pattern));
    }
    use payment_batch::Column as C;
    query = match BatchProgress::from_code(&request.filter) {
        None => query,
        Some(BatchProgress::Cancelled) => query.filter(C::State.eq(BatchState::Cancelled.code())),
        Some(BatchProgress::Open) => query.filter(C::Id.in_subquery(with_payments(UNANSWERED).into_query())),
        Some(BatchProgress::NotAllPaid) => query
            .filter(C::Id.in_subquery(with_payments(UNPAID).into_query()))
            .filter(C::Id.not_in_subquery(with_payments(UNANSWERED).into_query())),
        Some(BatchProgress::Completed) => query
            .filter(C::State.eq(BatchState::Live.code()))
            .filter(C::Id.not_in_subquery(with_payments(UNANSWERED).into_query()))
            .filter(C::Id.not_in_subquery(with_payments(UNPAID).into_query())),
    };
    let query = query.order_by_desc(C::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let among =
        |states| with_payments(states).filter(payment_batch_item::Column::BatchId.is_in(rows.iter().map(|row| row.id)));
    let open: HashSet<i64> = among(UNANSWERED).into_tuple().all(context.database()).await?.into_iter().collect();
    let unpaid: HashSet<i64> = among(UNPAID).into_tuple().all(context.database()).await?.into_iter().collect();
    let shown = rows.iter().map(|row| row_of(row, open.contains(&row.id), unpaid.contains(&row.id)));
    let rows = shown.collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// A payment of which the bank has yet to say what became of it.
const UNANSWERED: &[DisbursementState] = &[DisbursementState::Released];

/// A payment that did not reach its payee, or did not stay there.
const UNPAID: &[DisbursementState] = &[DisbursementState::Failed, DisbursementState::Bounced];

/// The batches that count and have a payment in one of these states.
fn with_payments(states: &[DisbursementState]) -> Select<payment_batch_item::Entity> {
    let found = disbursement::Entity::find()
        .select_only()
        .column(disbursement::Column::Id)
        .filter(disbursement::Column::State.is_in(states.iter().map(|state| state.code())));
    payment_batch_item::Entity::find()
        .select_only()
        .column(payment_batch_item::Column::BatchId)
        .distinct()
        .filter(payment_batch_item::Column::Live.eq(true))
        .filter(payment_batch_item::Column::DisbursementId.in_subquery(found.into_query()))
}

fn row_of(row: &payment_batch::Model, is_open: bool, is_unpaid: bool) -> Result<BatchRow> {
    let state = BatchState::from_code(&row.state).ok_or_else(|| unknown_code("batch state", &row.state))?;
    Ok(BatchRow {
        id: PaymentBatchId(row.id),
        message_id: row.message_id.clone(),
        progress: match state {
            BatchState::Cancelled => BatchProgress::Cancelled,
            BatchState::Live if is_open => BatchProgress::Open,
            BatchState::Live if is_unpaid => BatchProgress::NotAllPaid,
            BatchState::Live => BatchProgress::Completed,
        },
        execution_date: row.execution_date,
        payments: row.payments,
        sum: Money::usd(row.usd_minor),
        created_at: row.created_at,
        created_by: row.created_by.clone(),
    })
}

/// One batch with its payments.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn batch(context: &Context, id: PaymentBatchId) -> Result<BatchView> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    let database = context.database();
    let row = payment_batch::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let items = payment_batch_item::Entity::find()
        .filter(payment_batch_item::Column::BatchId.eq(id.0))
        .order_by_asc(payment_batch_item::Column::Id)
        .all(database)
        .await?;
    let rows = disbursement::Entity::find()
        .filter(disbursement::Column::Id.is_in(items.iter().map(|item| item.disbursement_id)))
        .all(database)
        .await?;
    let mut payees = payees(context, &rows).await?;
    let rows = shown(context, rows).await?;
    let mut rows: HashMap<i64, DisbursementRow> = rows.into_iter().map(|row| (row.id.0, row)).collect();
    let payments: Vec<PaymentRow> = items
        .into_iter()
        .filter_map(|item| {
            let disbursement = rows.remove(&item.disbursement_id)?;
            let payee = payees.remove(&disbursement.id);
            Some(PaymentRow { disbursement, end_to_end_id: item.end_to_end_id, payee })
        })
        .collect();
    let waits = |payment: &PaymentRow| UNANSWERED.contains(&payment.disbursement.state);
    let failed = payments.iter().any(|payment| UNPAID.contains(&payment.disbursement.state));
    let shown = row_of(&row, payments.iter().any(waits), failed)?;
    Ok(BatchView {
        may_be_cancelled: shown.progress == BatchProgress::Open && payments.iter().all(waits),
        cancelled: row.cancelled_at.map(|at| (row.cancelled_by.unwrap_or_default(), at, row.cancel_reason)),
        row: shown,
        payments,
    })
}

/// The file for the bank, the same bytes each time, with its name. That it was taken goes to the audit trail.
///
/// # Errors
/// Not allowed, not found, cancelled, or the database's.
pub async fn batch_file(context: &Context, id: PaymentBatchId) -> Result<(String, String)> {
    context.permit(Action::StandInDisbursements, &Subject::NONE)?;
    let found = payment_batch::Entity::find_by_id(id.0).one(context.database()).await?;
    let row = found.ok_or(AppError::NotFound)?;
    desk(context, Action::ReleaseDisbursements).await?;
    let work = context.begin().await?;
    if row.state == BatchState::Cancelled.code() {
        return Err(AppError::refused("refused-batch-cancelled").into());
    }
    let file = context.services.bank_keys.open(&batch_about(&row.message_id), &row.file_sealed)?;
    audit::note(&work, "audit-batch-downloaded", audit::Kind::PaymentBatch, id.0).await?;
    work.commit().await?;
    Ok((format!("{}.xml", row.message_id), file))
}

/// Payments that are approved or released and in no live batch.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn candidates(context: &Context) -> Result<Candidates> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    let taken = payment_batch_item::Entity::find()
        .select_only()
        .column(payment_batch_item::Column::DisbursementId)
        .filter(payment_batch_item::Column::Live.eq(true));
    let waiting = disbursement::Entity::find()
        .filter(
            disbursement::Column::State.is_in([DisbursementState::Approved.code(), DisbursementState::Released.code()]),
        )
        .filter(disbursement::Column::HeldAt.is_null())
        .filter(disbursement::Column::PayeeSealed.is_not_null())
        .filter(disbursement::Column::Id.not_in_subquery(taken.into_query()))
        .order_by_asc(disbursement::Column::Id)
        .limit(MOST_CANDIDATES);
    let absent = stand_ins(context.database(), context).await?;
    let absent = absent.iter().find(|other| roles_for(Action::ReleaseDisbursements).contains(&other.role));
    // At the own desk nobody else signs.
    let own = context.permit(Action::ReleaseDisbursements, &Subject::NONE).is_ok();
    let absent = absent.filter(|_| !own).map(|other| other.officer);
    let signed = signed_by(context.actor.user.into_iter().chain(absent).collect());
    let payable = waiting.clone().filter(signed.clone().not()).all(context.database()).await?;
    let for_colleagues = waiting.filter(signed).all(context.database()).await?;
    let mut known = payees(context, &payable).await?;
    known.extend(payees(context, &for_colleagues).await?);
    let (payable, for_colleagues) = (shown(context, payable).await?, shown(context, for_colleagues).await?);
    Ok(Candidates { payable, for_colleagues, payees: known })
}

/// The accounts that approved payments go to; none for readers who may not know them.
async fn payees(context: &Context, rows: &[disbursement::Model]) -> Result<HashMap<DisbursementId, PayeeAccount>> {
    if context.permit(Action::ReadBankDetails, &Subject::NONE).is_err() {
        return Ok(HashMap::new());
    }
    let owners: HashMap<i64, i64> = grant::Entity::find()
        .select_only()
        .columns([grant::Column::Id, grant::Column::OrganisationId])
        .filter(grant::Column::Id.is_in(rows.iter().map(|row| row.grant_id)))
        .into_tuple::<(i64, i64)>()
        .all(context.database())
        .await?
        .into_iter()
        .collect();
    let mut found = HashMap::new();
    for row in rows {
        let (Some(owner), Some(sealed)) = (owners.get(&row.grant_id), &row.payee_sealed) else { continue };
        let account = Account::open(&context.services.bank_keys, &about_organisation(*owner), sealed)?;
        let (ending, bank_name, bank_country) = (account.ending(), account.bank_name, account.bank_country);
        found.insert(DisbursementId(row.id), PayeeAccount { ending, bank_name, bank_country });
    }
    Ok(found)
}

/// True for a reader who can pay today: by their own role, or in the place of an absent officer.
///
/// # Errors
/// The database's.
pub async fn may_pay(context: &Context) -> Result<bool> {
    match desk(context, Action::ReleaseDisbursements).await {
        Ok(_) => Ok(true),
        Err(Error::App(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Approved payments of which one of the people took another step, as `check_separation` would say at their release
/// (what is released already was paid by somebody who might), and payments to organisations with which one of them has
/// a tie. The people are the reader, and who is absent where the reader pays in their place.
fn signed_by(people: Vec<UserId>) -> Condition {
    use disbursement::Column as C;
    let numbers: Vec<i64> = people.iter().copied().map(i64::from).collect();
    let signatures = [C::RequestedBy, C::CertifiedBy, C::CertifiedFor, C::ApprovedBy, C::ApprovedFor];
    // A column without a value is nobody's: comparing it would be neither true nor false.
    let signed = signatures
        .into_iter()
        .fold(Condition::any(), |any, column| any.add(column.is_not_null().and(column.is_in(numbers.clone()))));
    let signed = Condition::all().add(C::State.eq(DisbursementState::Approved.code())).add(signed);
    people.into_iter().fold(Condition::any().add(signed), |any, person| {
        let tied = Query::select()
            .column(grant::Column::Id)
            .from(grant::Entity)
            .and_where(grant::Column::OrganisationId.in_subquery(ties::organisations_of(person)))
            .to_owned();
        any.add(C::GrantId.in_subquery(tied))
    })
}

/// The batch that a disbursement is in.
pub(in crate::disbursements) async fn batch_of(
    context: &Context,
    id: DisbursementId,
) -> Result<Option<(PaymentBatchId, String)>> {
    let item = payment_batch_item::Entity::find()
        .filter(payment_batch_item::Column::DisbursementId.eq(id.0))
        .filter(payment_batch_item::Column::Live.eq(true))
        .one(context.database())
        .await?;
    let Some(item) = item else { return Ok(None) };
    let row = payment_batch::Entity::find_by_id(item.batch_id).one(context.database()).await?;
    Ok(row.map(|row| (PaymentBatchId(row.id), row.message_id)))
}
