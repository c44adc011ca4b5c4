//! Taking a batch back that the bank has not carried out. Its payments stay released, and can go into another one.

use domain::disbursements::{BATCH_CANCEL, BatchState, DisbursementState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::PaymentBatchId;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    Set,
};

use crate::audit;
use crate::context::Context;
use crate::disbursements::entity::{disbursement, payment_batch, payment_batch_item};
use crate::disbursements::officers::desk;
use crate::error::Result;

/// Cancels a batch, with a reason. A batch that is cancelled already stays as it is.
///
/// # Errors
/// Not allowed, not found, no reason, refused once the bank has answered for one of its payments, or the database's.
pub async fn cancel_batch(context: &Context, id: PaymentBatchId, typed: &Typed) -> Result<()> {
    context.permit(Action::StandInDisbursements, &Subject::NONE)?;
    let answers = BATCH_CANCEL.read(typed)?;
    desk(context, Action::ReleaseDisbursements).await?;
    let work = context.begin_money().await?;
    let found = payment_batch::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    if before.state == BatchState::Cancelled.code() {
        return Ok(());
    }
    let members: Vec<i64> = payment_batch_item::Entity::find()
        .select_only()
        .column(payment_batch_item::Column::DisbursementId)
        .filter(payment_batch_item::Column::BatchId.eq(id.0))
        .into_tuple()
        .all(&work.transaction)
        .await?;
    let answered = disbursement::Entity::find()
        .filter(disbursement::Column::Id.is_in(members))
        .filter(disbursement::Column::State.ne(DisbursementState::Released.code()))
        .count(&work.transaction)
        .await?;
    if answered > 0 {
        return Err(AppError::refused("refused-batch-answered").into());
    }
    payment_batch_item::Entity::update_many()
        .col_expr(payment_batch_item::Column::Live, Expr::value(false))
        .filter(payment_batch_item::Column::BatchId.eq(id.0))
        .exec(&work.transaction)
        .await?;
    let mut row: payment_batch::ActiveModel = before.clone().into();
    row.state = Set(BatchState::Cancelled.code().to_owned());
    row.cancelled_by = Set(Some(context.actor.name.clone()));
    row.cancelled_at = Set(Some(context.now));
    row.cancel_reason = Set(answers.text("reason").to_owned());
    let after = row.update(&work.transaction).await?;
    audit::record(&work, "audit-batch-cancelled", audit::Kind::PaymentBatch, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
