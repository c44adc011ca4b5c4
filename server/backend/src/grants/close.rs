//! Closing a grant: everything reported and accepted. What was not needed goes back to the Fund.

use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{CLOSE, GrantEvent};
use domain::ids::GrantId;
use domain::ledger::Account;
use domain::message::Message;
use domain::reports::ReportState;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, Set,
};

use super::entity::{grant, instalment};
use super::step::{load, step};
use super::{amendments, books, end};
use crate::context::Context;
use crate::disbursements::entity::disbursement;
use crate::error::Result;
use crate::ledger::refuse_used;
use crate::mail::{self, MailKind};
use crate::reports::entity::report;
use crate::users::ties;

/// Closes a grant. A commitment that is not needed ends; what was paid and not spent becomes a recovery. The same
/// command again changes nothing.
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, something still open (which the message names), or the database's.
pub async fn close(context: &Context, id: GrantId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let answers = CLOSE.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    if before.end_command_id.as_deref() == Some(command_id) {
        return Ok(());
    }
    refuse_used(&work, command_id).await?;
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    if let Some(message) = obstacle(&work.transaction, &before).await? {
        return Err(AppError::Refused(message).into());
    }
    let after = step(&work, before, GrantEvent::Close, |row| {
        row.closed_at = Set(Some(context.now));
        row.end_command_id = Set(Some(command_id.to_owned()));
    })
    .await?;
    end::settle(&work, &after, command_id).await?;
    amendments::withdraw_open(&work, id).await?;
    let arguments = [("number", after.number.as_str().into()), ("title", after.title.as_str().into())];
    let link = format!("/grants/{id}");
    mail::queue_to_organisation(&work, after.organisation_id, MailKind::GrantClosed, &arguments, Some(&link)).await?;
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
    if let Some(message) = end::payment_under_way(database, GrantId(grant.id)).await? {
        return Ok(Some(message));
    }
    let accepted: Option<Option<i64>> = report::Entity::find()
        .select_only()
        .column_as(Expr::col(report::Column::SpentUsdMinor).sum().cast_as("BIGINT"), "sum")
        .filter(report::Column::GrantId.eq(grant.id))
        .into_tuple()
        .one(database)
        .await?;
    let recognised = books::total(database, grant.id, &[Account::GrantExpenditure]).await?;
    if accepted.flatten().unwrap_or(0) <= recognised {
        return Ok(None);
    }
    // The organisation laid out more than it was paid: what it waits for cannot be dropped.
    let planned = instalment::Entity::find().filter(instalment::Column::GrantId.eq(grant.id)).count(database).await?;
    let paid = disbursement::Entity::find()
        .filter(disbursement::Column::GrantId.eq(grant.id))
        .filter(disbursement::Column::State.eq(DisbursementState::Confirmed.code()))
        .count(database)
        .await?;
    let open = i64::try_from(planned.saturating_sub(paid)).unwrap_or(i64::MAX);
    Ok(Some(Message::new("refused-close-instalments").with("count", open)))
}
