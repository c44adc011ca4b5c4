//! Giving up a grant before its agreement is signed by both: the money is free again for others.

use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{GrantEvent, TERMINATE};
use domain::ids::GrantId;
use domain::ledger::{Account, Event, commitment_cancelled};
use domain::reports::ReportState;
use domain::roles::{Action, Role, Subject};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ModelTrait as _, QueryFilter as _, QueryOrder as _, Set};

use super::books;
use super::entity::{grant, grant_funding};
use super::step::{load, step};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::donor_sums;
use crate::error::Result;
use crate::ledger::{NewEntry, find_command, post};
use crate::mail::{self, MailKind};
use crate::reports::entity::report;
use crate::users::entity::user;

/// Terminates a grant that is being prepared or waits for the organisation's signature: its commitment is cancelled
/// in the books, and what it took from receipts is given back. The application stays as it was decided. The same
/// command again changes nothing.
///
/// # Errors
/// Not allowed, not found, signed by both already, no reason, or the database's.
pub async fn terminate(context: &Context, id: GrantId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let answers = TERMINATE.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    match find_command(&work, command_id).await? {
        None => {}
        Some((event, source)) if event == Event::CommitmentCancelled.code() && source == id.0 => return Ok(()),
        Some(_) => return Err(AppError::refused("refused-command-used").into()),
    }
    let before = load(&work, id).await?;
    let reason = answers.text("reason").to_owned();
    let after = step(&work, before, GrantEvent::Terminate, |row| {
        row.closed_at = Set(Some(context.now));
        row.ended_reason = Set(reason);
    })
    .await?;
    let open = books::balances(&work.transaction, id.0, &[Account::CommitmentsOpen]).await?;
    let amounts: Vec<(Earmark, i64)> = open.into_iter().collect();
    let entry = NewEntry {
        event: Event::CommitmentCancelled,
        date: context.today(),
        source_kind: "grant",
        source_id: id.0,
        donor: None,
        grant: Some(id),
        command_id,
        reverses: None,
        postings: commitment_cancelled(&amounts),
    };
    post(&work, entry).await?;
    give_back(&work, id).await?;
    donor_sums::renew(&work, id).await?;
    drop_reports(&work, id).await?;
    tell(&work, &after).await?;
    work.commit().await
}

/// Tells whoever would have signed.
async fn tell(work: &Work<'_>, grant: &grant::Model) -> Result<()> {
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("title", grant.title.as_str().into()),
        ("reason", grant.ended_reason.as_str().into()),
    ];
    let signatories = Condition::all()
        .add(user::Column::OrganisationId.eq(grant.organisation_id))
        .add(user::Column::Role.eq(Role::OrganisationSignatory.code()));
    let link = format!("/grants/{}", grant.id);
    mail::queue_to_users(work, signatories, MailKind::GrantTerminated, &arguments, Some(&link)).await
}

/// Removes what the grant took from receipts; the trail keeps each part.
async fn give_back(work: &Work<'_>, id: GrantId) -> Result<()> {
    let parts = grant_funding::Entity::find()
        .filter(grant_funding::Column::GrantId.eq(id.0))
        .order_by_asc(grant_funding::Column::Id)
        .all(&work.transaction)
        .await?;
    for part in parts {
        audit::record::<_, ()>(work, "audit-grant-funding-returned", audit::Kind::Grant, id.0, Some(&part), None)
            .await?;
        part.delete(&work.transaction).await?;
    }
    Ok(())
}

/// Nobody owes a report on a grant that never began, and nobody is to be reminded of one.
async fn drop_reports(work: &Work<'_>, id: GrantId) -> Result<()> {
    let rows = report::Entity::find()
        .filter(report::Column::GrantId.eq(id.0))
        .filter(report::Column::State.is_in([ReportState::Due, ReportState::Draft].map(ReportState::code)))
        .order_by_asc(report::Column::Id)
        .all(&work.transaction)
        .await?;
    for row in rows {
        audit::record::<_, ()>(work, "audit-report-dropped", audit::Kind::Report, row.id, Some(&row), None).await?;
        row.delete(&work.transaction).await?;
    }
    Ok(())
}
