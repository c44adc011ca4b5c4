//! A recovery begins: a grant ended with money that the organisation was paid and did not spend.

use chrono::Datelike as _;
use domain::contributions::Earmark;
use domain::funding::Standing;
use domain::ids::GrantId;
use domain::ledger::{Event, recovery_due};
use domain::money::Money;
use domain::recoveries::{RECOVERY_DAYS, RecoveryState};
use domain::time::add_days;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Set};

use crate::audit;
use crate::context::Work;
use crate::error::Result;
use crate::grants::books::ByEarmark;
use crate::grants::entity::{grant, recovery, recovery_share};
use crate::grants::uses;
use crate::ledger::{NewEntry, post};
use crate::mail::{self, MailKind};

/// Makes a recovery of a grant's advances by earmark, and of it a part for each receipt that paid. Gives its amount;
/// zero when there is nothing to pay back.
pub(in crate::grants) async fn due(
    work: &Work<'_>,
    grant: &grant::Model,
    advances: ByEarmark,
    command_id: &str,
) -> Result<i64> {
    let amounts: Vec<(Earmark, i64)> = advances.into_iter().filter(|(_, amount)| *amount != 0).collect();
    let usd_minor: i64 = amounts.iter().map(|(_, amount)| amount).sum();
    if amounts.is_empty() {
        return Ok(0);
    }
    let today = work.context.today();
    let row = recovery::ActiveModel {
        number: Set(next_number(work).await?),
        grant_id: Set(grant.id),
        organisation_id: Set(grant.organisation_id),
        usd_minor: Set(usd_minor),
        received_usd_minor: Set(0),
        written_off_usd_minor: Set(0),
        state: Set(RecoveryState::Open.code().to_owned()),
        due: Set(add_days(today, RECOVERY_DAYS)),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let shares = uses::shares(work, GrantId(grant.id), &amounts, Standing::unspent).await?;
    let rows = shares.into_iter().map(|share| recovery_share::ActiveModel {
        recovery_id: Set(row.id),
        receipt_id: Set(share.receipt.into()),
        usd_minor: Set(share.usd_minor),
        received_usd_minor: Set(0),
        written_off_usd_minor: Set(0),
        ..Default::default()
    });
    recovery_share::Entity::insert_many(rows).exec_without_returning(&work.transaction).await?;
    let entry = NewEntry {
        event: Event::RecoveryDue,
        date: today,
        source_kind: "recovery",
        source_id: row.id,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id,
        reverses: None,
        postings: recovery_due(&amounts),
    };
    post(work, entry).await?;
    audit::record::<(), _>(work, "audit-recovery-due", audit::Kind::Grant, grant.id, None, Some(&row)).await?;
    let arguments = [
        ("number", grant.number.as_str().into()),
        ("amount", Money::usd(usd_minor).into()),
        ("due", row.due.into()),
        ("recovery", row.number.as_str().into()),
    ];
    let link = format!("/grants/recoveries/{}", row.id);
    mail::queue_to_organisation(work, grant.organisation_id, MailKind::RecoveryDue, &arguments, Some(&link)).await?;
    Ok(usd_minor)
}

/// The next number of the year, such as `R-2026-0007`.
async fn next_number(work: &Work<'_>) -> Result<String> {
    let prefix = format!("R-{}-", work.context.today().year());
    let known =
        recovery::Entity::find().filter(recovery::Column::Number.starts_with(&prefix)).count(&work.transaction).await?;
    Ok(format!("{prefix}{:04}", known + 1))
}
