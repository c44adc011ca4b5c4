//! Proofs that postings and receipts say the same of how far money got: each entry moved of receipts what it posted by
//! earmark, and of no receipt more is spent than paid, paid than approved, or approved than the grant has of it.

use std::collections::BTreeMap;

use domain::funding::MoneyStage;
use domain::ledger::{Account, Event};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
};

use super::entity::money_use;
use super::uses::standings;
use crate::contributions::entity::pledge;
use crate::error::Result;
use crate::ledger::entity::{journal_entry, posting};
use crate::ledger::queries::to_entry;

/// US cents by entry and earmark.
type Moved = BTreeMap<(i64, String), i64>;

/// What moves money to a stage: the account on which such an entry posts it, the sign of the posting, the events.
fn moves(stage: MoneyStage) -> &'static [(Account, i64, &'static [Event])] {
    use Event as E;
    match stage {
        MoneyStage::Advanced => &[
            (
                Account::AdvancesToPartners,
                1,
                &[E::DisbursementApproved, E::DisbursementFailed, E::DisbursementVoided, E::DisbursementBounced],
            ),
            (Account::RecoveriesReceivable, 1, &[E::RecoveryReceived]),
        ],
        MoneyStage::Paid => {
            &[(Account::Cash, -1, &[E::DisbursementConfirmed, E::DisbursementBounced, E::RecoveryReceived])]
        }
        MoneyStage::Spent => &[(Account::GrantExpenditure, 1, &[E::ReportAccepted, E::ExpenditureWaiting])],
    }
}

/// Everything in which the uses of receipts and the postings differ.
pub(super) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for stage in MoneyStage::ALL {
        let (kept, posted) = (kept(database, *stage).await?, posted(database, *stage).await?);
        let mut both: BTreeMap<(i64, String), (i64, i64)> = BTreeMap::new();
        for (key, minor) in kept {
            both.entry(key).or_default().0 += minor;
        }
        for (key, minor) in posted {
            both.entry(key).or_default().1 += minor;
        }
        findings.extend(both.into_iter().filter(|(_, (kept, posted))| kept != posted).map(
            |((entry, earmark), (kept, posted))| {
                format!(
                    "entry with id {entry}, earmark {earmark}: {kept} US cents of receipts {stage}, {posted} in the books"
                )
            },
        ));
    }
    for (grant, standings) in standings(database, None).await? {
        let wrong = standings.into_iter().filter(|standing| !standing.is_in_order());
        findings.extend(wrong.map(|standing| {
            format!(
                "grant {grant}, receipt {}: has {} US cents of it, {} approved, {} paid, {} spent",
                standing.receipt, standing.held, standing.advanced, standing.paid, standing.spent
            )
        }));
    }
    Ok(findings)
}

fn total(column: SimpleExpr) -> Expr {
    column.sum().cast_as("BIGINT")
}

async fn kept<C: ConnectionTrait>(database: &C, stage: MoneyStage) -> Result<Moved> {
    let [to_receipt, to_pledge] = super::uses::to_pledge();
    let rows: Vec<(i64, String, i64)> = money_use::Entity::find()
        .select_only()
        .column(money_use::Column::EntryId)
        .column(pledge::Column::Earmark)
        .column_as(total(Expr::col((money_use::Entity, money_use::Column::UsdMinor))), "moved")
        .join(JoinType::InnerJoin, to_receipt)
        .join(JoinType::InnerJoin, to_pledge)
        .filter(money_use::Column::Stage.eq(stage.code()))
        .group_by(money_use::Column::EntryId)
        .group_by(pledge::Column::Earmark)
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|(entry, earmark, moved)| ((entry, earmark), moved)).collect())
}

async fn posted<C: ConnectionTrait>(database: &C, stage: MoneyStage) -> Result<Moved> {
    let mut moved = Moved::new();
    for (account, sign, events) in moves(stage) {
        let rows: Vec<(i64, String, i64)> = posting::Entity::find()
            .select_only()
            .column(posting::Column::EntryId)
            .column(posting::Column::Earmark)
            .column_as(total(Expr::col((posting::Entity, posting::Column::UsdMinor))), "posted")
            .join(JoinType::InnerJoin, to_entry())
            .filter(posting::Column::Account.eq(account.code()))
            .filter(journal_entry::Column::Event.is_in(events.iter().map(|event| event.code())))
            .group_by(posting::Column::EntryId)
            .group_by(posting::Column::Earmark)
            .into_tuple()
            .all(database)
            .await?;
        for (entry, earmark, minor) in rows {
            *moved.entry((entry, earmark)).or_default() += sign * minor;
        }
    }
    Ok(moved)
}
