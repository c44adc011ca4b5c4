//! Recognising accepted expenditure in the books, as far as it was advanced.

use domain::funding::{MoneyStage, Standing};
use domain::ids::GrantId;
use domain::ledger::{Account, Event, report_accepted};
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
