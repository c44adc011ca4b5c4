//! The postings of each step, with the same split over earmarks as the request that it belongs to.

use domain::contributions::Earmark;
use domain::disbursements::{DisbursementEvent, DisbursementState};
use domain::errors::AppError;
use domain::grants::GrantState;
use domain::ids::DisbursementId;
use domain::ledger::{Account, Event, Posting, disbursement as postings_of, disbursement_rejected};
use domain::message::Message;
use domain::money::Money;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::disbursement;
use crate::codes;
use crate::context::Work;
use crate::error::{Error, Result};
use crate::grants::books;
use crate::grants::entity::grant;
use crate::ledger::entity::{journal_entry, posting};
use crate::reports;

/// The event and the record of a command that was carried out before.
pub(super) async fn of_command(work: &Work<'_>, command_id: &str) -> Result<Option<(String, i64)>> {
    let found = journal_entry::Entity::find()
        .filter(journal_entry::Column::CommandId.eq(command_id))
        .one(&work.transaction)
        .await?;
    Ok(found.map(|entry| (entry.event, entry.source_id)))
}

/// The postings of a step from a state.
pub(super) async fn postings(
    work: &Work<'_>,
    row: &disbursement::Model,
    event: DisbursementEvent,
    state: DisbursementState,
) -> Result<Vec<Posting>> {
    if event == DisbursementEvent::Resubmit {
        return requested(work, row.grant_id, row.usd_minor).await;
    }
    let amounts = amounts(work, row).await?;
    match event {
        DisbursementEvent::Reject | DisbursementEvent::Return => {
            Ok(disbursement_rejected(state == DisbursementState::Certified, &amounts))
        }
        _ => Ok(postings_of(event.ledger_event(), &amounts)),
    }
}

/// The postings of a request: the amount over the earmarks of what is committed and not called on.
pub(super) async fn requested(work: &Work<'_>, grant: i64, usd_minor: i64) -> Result<Vec<Posting>> {
    let uncalled = books::uncalled(&work.transaction, grant).await?;
    Ok(postings_of(Event::DisbursementRequested, &books::split(usd_minor, &uncalled)))
}

/// The split of the last request.
async fn amounts(work: &Work<'_>, row: &disbursement::Model) -> Result<Vec<(Earmark, i64)>> {
    let entry = journal_entry::Entity::find()
        .filter(journal_entry::Column::SourceKind.eq("disbursement"))
        .filter(journal_entry::Column::SourceId.eq(row.id))
        .filter(journal_entry::Column::Event.eq(Event::DisbursementRequested.code()))
        .order_by_desc(journal_entry::Column::Id)
        .one(&work.transaction)
        .await?
        .ok_or_else(|| Error::Defect(format!("disbursement {} without its entry", row.id)))?;
    let lines = posting::Entity::find()
        .filter(posting::Column::EntryId.eq(entry.id))
        .filter(posting::Column::Account.eq(Account::DisbursementsRequested.code()))
        .all(&work.transaction)
        .await?;
    lines
        .into_iter()
        .map(|line| {
            let earmark = codes::earmark(&line.earmark)?;
            Ok((earmark, line.usd_minor))
        })
        .collect()
}

/// What comes back was an advance, or waits for a payment again after what accounted for it. Of a grant that has ended
/// nothing waits any more: what was paid is settled, or has to be paid back.
pub(super) async fn make_advance_again(work: &Work<'_>, row: &disbursement::Model, grant: &grant::Model) -> Result<()> {
    let advances = books::balances(&work.transaction, grant.id, books::PAID_ADVANCES).await?;
    let left = |earmark| std::cmp::max(0, advances.get(&earmark).copied().unwrap_or(0));
    let missing = amounts(work, row).await?.into_iter().map(|(earmark, part)| (earmark, part - left(earmark)));
    let missing: Vec<(Earmark, i64)> = missing.filter(|(_, part)| *part > 0).collect();
    let running = GrantState::from_code(&grant.state).is_some_and(GrantState::is_running);
    if missing.is_empty() || (running && reports::wait_again(work, grant, DisbursementId(row.id), &missing).await?) {
        return Ok(());
    }
    let left: i64 = advances.values().sum();
    let message = Message::new("refused-bounce-spent")
        .with("amount", Money::usd(row.usd_minor))
        .with("left", Money::usd(left.max(0)));
    Err(AppError::Refused(message).into())
}
