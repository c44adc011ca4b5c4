//! Gathering payments into an order for the bank. What is only approved is released with it.

use chrono::{Days, NaiveDate};
use domain::disbursements::{BATCH, BatchState, DisbursementEvent, DisbursementState, LONGEST_AHEAD_DAYS, Signature};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{DisbursementId, OrganisationId, PaymentBatchId, UserId};
use domain::message::{Argument, Message};
use domain::roles::{Action, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::account::debtor;
use super::pain::{Order, Payment, file};
use super::{MESSAGE_PREFIX, batch_about};
use crate::audit;
use crate::context::{Context, Work};
use crate::disbursements::conditions::Conditions;
use crate::disbursements::entity::{disbursement, payment_batch, payment_batch_item};
use crate::disbursements::officers::{Desk, desk, sign};
use crate::disbursements::take::{Details, load, state_of, take_in};
use crate::error::{Error, Result, is_duplicate};
use crate::grants::entity::{grant, instalment};
use crate::ledger::check_command;
use crate::organisations::account::{Account, about_organisation};
use crate::organisations::queries::address_of;
use crate::users::ties;

/// Makes a batch of approved and released payments, at the own desk or at that of an absent officer. Each is looked at
/// as at its release; what is approved is released by the same person, under the same rules. A repeated command answers with the first batch.
///
/// # Errors
/// Not allowed, wrong fields, no account of the Fund, a payment that is in another live batch or may not be paid now
/// (named, and nothing is done), or the database's.
pub async fn create_batch(context: &Context, typed: &Typed) -> Result<PaymentBatchId> {
    context.permit(Action::StandInDisbursements, &Subject::NONE)?;
    let answers = BATCH.read(typed)?;
    let desk = desk(context, Action::ReleaseDisbursements).await?;
    let execution_date = answers.date("execution_date");
    let command_id = answers.text("command_id");
    check_command(command_id)?;
    let ids = answers.codes("payments").iter().map(|code| code.parse().map(DisbursementId));
    let mut ids =
        ids.collect::<std::result::Result<Vec<_>, _>>().map_err(|_| AppError::field("payments", "error-choose"))?;
    ids.sort_unstable();
    ids.dedup();
    let work = context.begin_money().await?;
    let known = payment_batch::Entity::find().filter(payment_batch::Column::CommandId.eq(command_id));
    if let Some(first) = known.one(&work.transaction).await? {
        return repeated(&work, &first, &ids).await;
    }
    in_time(context, execution_date)?;
    let message_id = next_message_id(&work).await?;
    let debtor = debtor(&work).await?;
    if let Some(key) = debtor.order_fault(&debtor.address.clone().unwrap_or_default()) {
        return Err(AppError::refused_with("refused-fund-account-faulty", "why", Argument::Key(key)).into());
    }
    let mut payments = Vec::new();
    for id in &ids {
        payments.push((*id, prepare(&work, desk, *id, &message_id).await?));
    }
    let sum = payments.iter().map(|(_, payment)| payment.usd_minor).sum();
    let (ids, payments): (Vec<_>, Vec<_>) = payments.into_iter().unzip();
    let order = Order {
        message_id: message_id.clone(),
        created_at: context.now,
        execution_date: execution_date.unwrap_or_else(|| context.today()),
        debtor,
        payments,
    };
    let sealed = context.services.bank_keys.seal(&batch_about(&message_id), &file(&order)?)?;
    let row = payment_batch::ActiveModel {
        message_id: Set(message_id),
        state: Set(BatchState::Live.code().to_owned()),
        execution_date: Set(order.execution_date),
        payments: Set(i64::try_from(ids.len()).unwrap_or(i64::MAX)),
        usd_minor: Set(sum),
        file_sealed: Set(sealed),
        created_by: Set(context.actor.name.clone()),
        created_at: Set(context.now),
        cancel_reason: Set(String::new()),
        command_id: Set(command_id.to_owned()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    for (id, payment) in ids.iter().zip(&order.payments) {
        add_item(&work, row.id, *id, payment).await?;
    }
    audit::record::<(), _>(&work, "audit-batch-created", audit::Kind::PaymentBatch, row.id, None, Some(&row)).await?;
    work.commit().await?;
    Ok(PaymentBatchId(row.id))
}

/// The day on which the bank is asked to pay is today or soon.
fn in_time(context: &Context, day: Option<NaiveDate>) -> Result<()> {
    let today = context.today();
    let last = today.checked_add_days(Days::new(LONGEST_AHEAD_DAYS)).unwrap_or(today);
    let message = match day {
        Some(day) if day < today => Message::new("error-execution-past"),
        Some(day) if day > last => Message::new("error-execution-far").with("last", last),
        _ => return Ok(()),
    };
    Err(AppError::Invalid(FieldErrors::one("execution_date", message)).into())
}

/// The batch that the same form made before, on whichever day it is sent again.
async fn repeated(work: &Work<'_>, first: &payment_batch::Model, ids: &[DisbursementId]) -> Result<PaymentBatchId> {
    let members: Vec<i64> = payment_batch_item::Entity::find()
        .select_only()
        .column(payment_batch_item::Column::DisbursementId)
        .filter(payment_batch_item::Column::BatchId.eq(first.id))
        .order_by_asc(payment_batch_item::Column::DisbursementId)
        .into_tuple()
        .all(&work.transaction)
        .await?;
    match members.iter().copied().eq(ids.iter().map(|id| id.0)) {
        true => Ok(PaymentBatchId(first.id)),
        false => Err(AppError::refused("refused-command-used").into()),
    }
}

/// Numbers follow each other within a year; the money lock keeps two batches from getting the same one.
async fn next_message_id(work: &Work<'_>) -> Result<String> {
    use chrono::Datelike as _;
    let prefix = format!("{MESSAGE_PREFIX}{}-", work.context.today().year());
    let known = payment_batch::Entity::find()
        .filter(payment_batch::Column::MessageId.starts_with(prefix.as_str()))
        .count(&work.transaction)
        .await?;
    Ok(format!("{prefix}{:04}", known + 1))
}

/// Looks at a payment as at its release, releases it where that is still to be done, and gives what the bank needs.
async fn prepare(work: &Work<'_>, desk: Desk, id: DisbursementId, message_id: &str) -> Result<Payment> {
    let (row, grant) = load(work, id).await?;
    let state = state_of(&row)?;
    let planned = instalment::Entity::find_by_id(row.instalment_id).one(&work.transaction).await?;
    let number = planned.map_or(0, |planned| planned.number);
    let refuse = |message: Message| {
        let message = Message::new("refused-batch-payment")
            .with("number", grant.number.as_str())
            .with("instalment", number)
            .with("why", Argument::Key(message.key));
        Error::from(AppError::Refused(message))
    };
    in_no_live_batch(work, &row, &grant, number).await?;
    match state {
        DisbursementState::Approved => {
            let command_id = format!("system/batch/{message_id}/{id}");
            take_in(work, id, DisbursementEvent::Release, desk, &command_id, Details::default()).await?;
        }
        DisbursementState::Released => {
            let signer = sign(work, desk, Action::ReleaseDisbursements).await?;
            let people: Vec<UserId> = signer.signature.into_iter().flat_map(Signature::people).collect();
            ties::check(&work.transaction, grant.organisation_id, &people).await?;
            let conditions = Conditions::load(&work.transaction, &grant, work.context.today()).await?;
            let keys = &work.context.services.bank_keys;
            if let Some(message) =
                conditions.step_obstacle(DisbursementEvent::Release, &row, grant.organisation_id, keys)?
            {
                return Err(AppError::Refused(message).into());
            }
        }
        other => return Err(refuse(Message::new(other.label_key()))),
    }
    let sealed = row.payee_sealed.as_deref();
    let sealed = sealed.ok_or_else(|| Error::Defect(format!("disbursement {id} was approved without an account")))?;
    let creditor = Account::open(&work.context.services.bank_keys, &about_organisation(grant.organisation_id), sealed)?;
    let organisation = crate::organisations::load(work, OrganisationId(grant.organisation_id)).await?;
    let purpose = format!("UN Voluntary Trust Fund, grant {}, instalment {number}", grant.number);
    Ok(Payment {
        end_to_end_id: format!("{message_id}-{id}"),
        usd_minor: row.usd_minor,
        creditor,
        creditor_address: address_of(&organisation),
        purpose: purpose.chars().take(140).collect(),
    })
}

async fn in_no_live_batch(work: &Work<'_>, row: &disbursement::Model, grant: &grant::Model, number: i64) -> Result<()> {
    let item = payment_batch_item::Entity::find()
        .filter(payment_batch_item::Column::DisbursementId.eq(row.id))
        .filter(payment_batch_item::Column::Live.eq(true))
        .one(&work.transaction)
        .await?;
    let Some(item) = item else { return Ok(()) };
    let batch = payment_batch::Entity::find_by_id(item.batch_id).one(&work.transaction).await?;
    let message = Message::new("refused-batch-taken")
        .with("number", grant.number.as_str())
        .with("instalment", number)
        .with("batch", batch.map(|batch| batch.message_id).unwrap_or_default().as_str());
    Err(AppError::Refused(message).into())
}

async fn add_item(work: &Work<'_>, batch: i64, id: DisbursementId, payment: &Payment) -> Result<()> {
    let item = payment_batch_item::ActiveModel {
        batch_id: Set(batch),
        disbursement_id: Set(id.0),
        end_to_end_id: Set(payment.end_to_end_id.clone()),
        usd_minor: Set(payment.usd_minor),
        live: Set(true),
        ..Default::default()
    };
    item.insert(&work.transaction).await.map(drop).map_err(|cause| match is_duplicate(&cause) {
        true => AppError::refused("refused-batch-taken-now").into(),
        false => cause.into(),
    })
}
