//! Recognising accepted expenditure in the books, as far as it was advanced, and letting it wait again when a payment
//! comes back.

use domain::contributions::Earmark;
use domain::funding::{MoneyStage, Standing};
use domain::ids::{DisbursementId, GrantId};
use domain::ledger::{Account, Event, expenditure_waiting, report_accepted};
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _};

use super::entity::report;
use crate::context::Work;
use crate::error::Result;
use crate::grants::books::{self, PAID_ADVANCES};
use crate::grants::entity::grant;
use crate::grants::uses;
use crate::ledger::{NewEntry, post};

/// Posts the expenditure of accepted reports that is not in the books yet, never more than the bank has paid and
/// is not accounted for. A final report may show money that the partner spent before the last instalment, which
/// waits for that very report: the rest is recognised when that instalment is confirmed.
pub(crate) async fn recognise(
    work: &Work<'_>,
    grant: &grant::Model,
    source_kind: &'static str,
    source_id: i64,
    command_id: &str,
) -> Result<()> {
    let accepted: Option<Option<i64>> = report::Entity::find()
        .select_only()
        .column_as(Expr::col(report::Column::SpentUsdMinor).sum().cast_as("BIGINT"), "sum")
        .filter(report::Column::GrantId.eq(grant.id))
        .filter(report::Column::State.eq(ReportState::Accepted.code()))
        .into_tuple()
        .one(&work.transaction)
        .await?;
    let recognised = books::total(&work.transaction, grant.id, &[Account::GrantExpenditure]).await?;
    let advances = books::balances(&work.transaction, grant.id, PAID_ADVANCES).await?;
    let open = accepted.flatten().unwrap_or(0) - recognised;
    let amount = std::cmp::min(open, books::sum(&advances));
    if amount <= 0 {
        return Ok(());
    }
    let amounts = books::split(amount, &advances);
    let shares = uses::shares(work, GrantId(grant.id), &amounts, Standing::unspent).await?;
    let entry = NewEntry {
        event: Event::ReportAccepted,
        date: work.context.today(),
        source_kind,
        source_id,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id,
        reverses: None,
        postings: report_accepted(&amounts),
    };
    let entry = post(work, entry).await?;
    uses::keep(work, GrantId(grant.id), entry, MoneyStage::Spent, &shares).await
}

/// Lets accepted expenditure wait for a payment again: what of a payment that comes back is no advance any more, because
/// the partner spent other money. False, and nothing posted, when less than that is recognised: then what was paid is
/// no advance for another reason, such as having to be paid back.
pub(crate) async fn wait_again(
    work: &Work<'_>,
    grant: &grant::Model,
    disbursement: DisbursementId,
    amounts: &[(Earmark, i64)],
) -> Result<bool> {
    let spent = books::balances(&work.transaction, grant.id, &[Account::GrantExpenditure]).await?;
    if amounts.iter().any(|(earmark, part)| spent.get(earmark).copied().unwrap_or(0) < *part) {
        return Ok(false);
    }
    let shares = uses::shares(work, GrantId(grant.id), amounts, Standing::accounted).await?;
    let entry = NewEntry {
        event: Event::ExpenditureWaiting,
        date: work.context.today(),
        source_kind: "disbursement",
        source_id: disbursement.0,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id: &format!("system/disbursement/{disbursement}/expenditure-waiting"),
        reverses: None,
        postings: expenditure_waiting(amounts),
    };
    let entry = post(work, entry).await?;
    uses::keep(work, GrantId(grant.id), entry, MoneyStage::Spent, &uses::negated(shares)).await?;
    Ok(true)
}
