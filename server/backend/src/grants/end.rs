//! What closing and terminating a signed grant have in common: what is not paid is no longer committed, and what was
//! paid and not spent has to be paid back.

use domain::contributions::Earmark;
use domain::disbursements::DisbursementState;
use domain::ids::GrantId;
use domain::ledger::{Account, Event, commitment_decreased};
use domain::message::{Argument, Message};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::grant;
use super::{books, funding, recoveries};
use crate::context::Work;
use crate::contributions::donor_sums;
use crate::disbursements::entity::disbursement;
use crate::error::{Result, unknown_code};
use crate::ledger::{NewEntry, post};

/// A disbursement that is under way, in words. A grant ends only once each is confirmed or undone.
pub(super) async fn payment_under_way<C: ConnectionTrait>(database: &C, grant: GrantId) -> Result<Option<Message>> {
    let rows = disbursement::Entity::find()
        .filter(disbursement::Column::GrantId.eq(grant.0))
        .order_by_asc(disbursement::Column::Id)
        .all(database)
        .await?;
    for row in rows {
        let state =
            DisbursementState::from_code(&row.state).ok_or_else(|| unknown_code("disbursement state", &row.state))?;
        if state.holds_instalment() && state != DisbursementState::Confirmed {
            let message = Message::new("refused-end-payment")
                .with("disbursement", row.id)
                .with("state", Argument::Key(state.label_key()));
            return Ok(Some(message));
        }
    }
    Ok(None)
}

/// Gives the open commitment back to the receipts that it came from, and makes a recovery of what was advanced and
/// not spent. Gives the amount of the recovery in US cents, zero when there is none.
pub(super) async fn settle(work: &Work<'_>, grant: &grant::Model, command_id: &str) -> Result<i64> {
    let id = GrantId(grant.id);
    let open = books::balances(&work.transaction, grant.id, &[Account::CommitmentsOpen]).await?;
    let amounts: Vec<(Earmark, i64)> = open.into_iter().filter(|(_, amount)| *amount != 0).collect();
    if !amounts.is_empty() {
        let entry = NewEntry {
            event: Event::CommitmentDecreased,
            date: work.context.today(),
            source_kind: "grant",
            source_id: grant.id,
            donor: None,
            grant: Some(id),
            command_id,
            reverses: None,
            postings: commitment_decreased(&amounts),
        };
        let entry = post(work, entry).await?;
        funding::give_back(work, id, entry, &amounts).await?;
        donor_sums::renew(work, id).await?;
    }
    let advances = books::balances(&work.transaction, grant.id, &[Account::AdvancesToPartners]).await?;
    recoveries::due(work, grant, advances, &format!("{command_id}/recovery")).await
}
