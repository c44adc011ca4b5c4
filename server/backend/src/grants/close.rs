//! Closing a grant: everything reported, everything paid, everything accounted for.

use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::grants::GrantEvent;
use domain::ids::GrantId;
use domain::ledger::Account;
use domain::message::Message;
use domain::money::Money;
use domain::reports::ReportState;
use domain::roles::{Action, Subject};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Set};

use super::books;
use super::entity::{grant, instalment};
use super::step::{load, step};
use crate::context::Context;
use crate::disbursements::entity::disbursement;
use crate::error::Result;
use crate::reports::entity::report;

/// Closes a grant.
///
/// # Errors
/// Not allowed, not found, something still open (which the message names), or the database's.
pub async fn close(context: &Context, id: GrantId) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    if let Some(message) = obstacle(&work.transaction, &before).await? {
        return Err(AppError::Refused(message).into());
    }
    step(&work, before, GrantEvent::Close, |row| row.closed_at = Set(Some(context.now))).await?;
    work.commit().await
}

/// What keeps a grant from being closed, if anything.
pub(super) async fn obstacle<C: ConnectionTrait>(database: &C, grant: &grant::Model) -> Result<Option<Message>> {
    let reports = report::Entity::find()
        .filter(report::Column::GrantId.eq(grant.id))
        .filter(report::Column::State.ne(ReportState::Accepted.code()))
        .count(database)
        .await?;
    if reports > 0 {
        return Ok(Some(
            Message::new("refused-close-reports").with("count", i64::try_from(reports).unwrap_or(i64::MAX)),
        ));
    }
    let planned = instalment::Entity::find().filter(instalment::Column::GrantId.eq(grant.id)).count(database).await?;
    let paid = disbursement::Entity::find()
        .filter(disbursement::Column::GrantId.eq(grant.id))
        .filter(disbursement::Column::State.eq(DisbursementState::Confirmed.code()))
        .count(database)
        .await?;
    if paid < planned {
        let open = i64::try_from(planned - paid).unwrap_or(i64::MAX);
        return Ok(Some(Message::new("refused-close-instalments").with("count", open)));
    }
    let advance = books::total(database, grant.id, &[Account::AdvancesToPartners]).await?;
    Ok((advance != 0).then(|| Message::new("refused-close-advance").with("amount", Money::usd(advance))))
}
