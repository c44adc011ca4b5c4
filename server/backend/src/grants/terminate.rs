//! Ending a grant early. Before both have signed, its money is simply free again; afterwards, what is not paid is
//! free again and what was paid and not spent has to be paid back.

use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{GrantEvent, TERMINATE};
use domain::ids::GrantId;
use domain::ledger::{Account, Event, commitment_cancelled};
use domain::message::Message;
use domain::reports::ReportState;
use domain::roles::{Action, Subject};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::grant;
use super::step::{load, state_of, step};
use super::{amendments, books, end, funding};
use crate::context::{Context, Work};
use crate::contributions::donor_sums;
use crate::error::Result;
use crate::ledger::{NewEntry, post, refuse_used};
use crate::mail::{self, MailKind};
use crate::reports::drop_open;
use crate::reports::entity::report;
use crate::users::ties;

/// Terminates a grant: a programme officer while it is being prepared or waits for the organisation's signature, the
/// executive director once both have signed. The application stays as it was decided. The same command again changes
/// nothing.
///
/// # Errors
/// Not allowed, not found, over already, no reason, a tie with the organisation, a payment or a report under way, or the database's.
pub async fn terminate(context: &Context, id: GrantId, typed: &Typed) -> Result<()> {
    if context.permit(Action::ManageGrants, &Subject::NONE).is_err() {
        context.permit(Action::TerminateGrants, &Subject::NONE)?;
    }
    let answers = TERMINATE.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    if before.end_command_id.as_deref() == Some(command_id) {
        return Ok(());
    }
    refuse_used(&work, command_id).await?;
    let running = state_of(&before)?.is_running();
    let action = if running { Action::TerminateGrants } else { Action::ManageGrants };
    context.permit(action, &Subject::NONE)?;
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    if let Some(message) = obstacle(&work.transaction, &before, context.today()).await? {
        return Err(AppError::Refused(message).into());
    }
    let reason = answers.text("reason").to_owned();
    let after = step(&work, before, GrantEvent::Terminate, |row| {
        row.closed_at = Set(Some(context.now));
        row.ended_reason = Set(reason);
        row.end_command_id = Set(Some(command_id.to_owned()));
    })
    .await?;
    if running {
        end::settle(&work, &after, command_id).await?;
    } else {
        cancel(&work, id, command_id).await?;
    }
    amendments::withdraw_open(&work, id).await?;
    drop_open(&work, id).await?;
    tell(&work, &after, running).await?;
    work.commit().await
}

/// What keeps a running grant from being terminated, if anything.
pub(super) async fn obstacle<C: ConnectionTrait>(
    database: &C,
    grant: &grant::Model,
    today: NaiveDate,
) -> Result<Option<Message>> {
    if let Some(message) = end::payment_under_way(database, GrantId(grant.id)).await? {
        return Ok(Some(message));
    }
    let submitted = report::Entity::find()
        .filter(report::Column::GrantId.eq(grant.id))
        .filter(report::Column::State.eq(ReportState::Submitted.code()))
        .count(database)
        .await?;
    if submitted > 0 {
        return Ok(Some(Message::new("refused-end-report")));
    }
    returned(database, grant, today).await
}

/// A report that was returned says what was spent, and ending the grant would claim that back: it may come again until
/// it is late.
async fn returned<C: ConnectionTrait>(database: &C, grant: &grant::Model, today: NaiveDate) -> Result<Option<Message>> {
    let returned = report::Entity::find()
        .filter(report::Column::GrantId.eq(grant.id))
        .filter(report::Column::State.eq(ReportState::Returned.code()))
        .filter(report::Column::Due.gte(today))
        .order_by_asc(report::Column::Number)
        .one(database)
        .await?;
    Ok(returned.map(|report| {
        Message::new("refused-end-returned-report").with("number", report.number).with("due", report.due)
    }))
}

/// The commitment of a grant that never began is cancelled, and what it took from receipts is given back.
async fn cancel(work: &Work<'_>, id: GrantId, command_id: &str) -> Result<()> {
    let open = books::balances(&work.transaction, id.0, &[Account::CommitmentsOpen]).await?;
    let amounts: Vec<(Earmark, i64)> = open.into_iter().collect();
    let entry = NewEntry {
        event: Event::CommitmentCancelled,
        date: work.context.today(),
        source_kind: "grant",
        source_id: id.0,
        donor: None,
        grant: Some(id),
        command_id,
        reverses: None,
        postings: commitment_cancelled(&amounts),
    };
    let entry = post(work, entry).await?;
    funding::give_back(work, id, entry, &amounts).await?;
    donor_sums::renew(work, id).await
}

/// Tells the organisation; of a grant that never began, whoever would have signed.
async fn tell(work: &Work<'_>, grant: &grant::Model, running: bool) -> Result<()> {
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("title", grant.title.as_str().into()),
        ("reason", grant.ended_reason.as_str().into()),
    ];
    let link = format!("/grants/{}", grant.id);
    if running {
        return mail::queue_to_organisation(work, grant.organisation_id, MailKind::GrantEnded, &arguments, Some(&link))
            .await;
    }
    mail::queue_to_signatories(work, grant.organisation_id, MailKind::GrantTerminated, &arguments, Some(&link)).await
}
