//! Reading bank statements: the list, and the lines of one with the pledges that each may pay.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{BankLineId, DisbursementId, PledgeId, RecoveryId, StatementId, UnidentifiedId};
use domain::matching::Suggestion;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::account;
use super::alike::{Alike, alike};
use super::import::remembered;
use super::take::{ordered, to_line};
use super::{CAME_BACK, LineState, StatementFormat, StatementState, told};
use crate::codes;
use crate::context::Context;
use crate::contributions::bank_entity::{bank_columns, bank_line, statement, statement_line};
use crate::contributions::entity::receipt;
use crate::contributions::unidentified_queries::{OpenRow, candidates};
use crate::disbursements::entity::disbursement;
use crate::error::{Result, unknown_code};
use crate::grants::entity::{instalment, recovery};
use crate::grants::queries::numbers;
use crate::page::{More, Page, PageRequest, contains, page_of};

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Identifier.
    pub id: StatementId,
    /// The bank account, by its ending.
    pub account: String,
    /// How the file was written.
    pub format: StatementFormat,
    /// The file's name.
    pub file_name: String,
    /// Lines of the file.
    pub lines: i64,
    /// Lines that another file had brought before.
    pub known_lines: i64,
    /// Entries that the bank had not booked yet.
    pub pending_lines: i64,
    /// The numbers of the rows or entries that were left out, because they have no amount; empty where there are none.
    pub left_out: String,
    /// Whether it counts.
    pub state: StatementState,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// Identifier.
    pub id: BankLineId,
    /// Its place in the file, from 1.
    pub number: i64,
    /// True for money that came in.
    pub credit: bool,
    /// How much.
    pub amount: Money,
    /// What banks kept.
    pub charge: Money,
    /// On which day it was booked.
    pub date: NaiveDate,
    /// From which day the bank counts it, where that is another one.
    pub valued: Option<NaiveDate>,
    /// What the payer ordered, where the bank credited another currency.
    pub ordered: Option<Money>,
    /// Who paid, or was paid.
    pub payer: String,
    /// What was written on it.
    pub remittance: String,
    /// The reference under which it is entered.
    pub bank_reference: String,
    /// What became of it.
    pub state: LineState,
    /// The pledge for which it was entered.
    pub pledge: Option<PledgeId>,
    /// Where it is held.
    pub held: Option<UnidentifiedId>,
    /// The payment of ours that came back with it: grant number and instalment.
    pub payment: Option<(DisbursementId, String, i64)>,
    /// The recovery that was entered with it, and its number.
    pub recovery: Option<(RecoveryId, String)>,
    /// The line that takes it back, or that it takes back: its statement and its number there.
    pub counterpart: Option<(StatementId, i64)>,
    /// Why it was set aside; none unless it was.
    pub set_aside: Option<String>,
    /// The line that it is, as somebody said.
    pub same_as: Option<(StatementId, i64)>,
    /// Where another statement told of it first, and at which place.
    pub told_first: Option<(StatementId, i64)>,
    /// True where it waits for somebody.
    pub waits: bool,
    /// Money that may be the same; until somebody said whether it is, the line cannot be entered.
    pub perhaps: Vec<Alike>,
    /// Pledges that it may pay, best first.
    pub suggestions: Vec<Suggestion>,
}

/// Statements page by page, newest first; searched by account and file.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<StatementRow>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let mut query = statement::Entity::find();
    if let Some(pattern) = request.pattern() {
        let any = sea_orm::Condition::any()
            .add(contains(statement::Column::Account, &pattern))
            .add(contains(statement::Column::FileName, &pattern));
        query = query.filter(any);
    }
    let page = page_of(context, query.order_by_desc(statement::Column::Id), request).await?;
    let (total, number) = (page.total, page.page);
    let rows = page.rows.into_iter().map(view).collect::<Result<_>>()?;
    Ok(Page { rows, total, more: More::No, page: number })
}

/// One statement.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: StatementId) -> Result<StatementRow> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    view(statement::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?)
}

fn view(row: statement::Model) -> Result<StatementRow> {
    Ok(StatementRow {
        id: StatementId(row.id),
        account: row.account,
        format: StatementFormat::from_code(&row.format).ok_or_else(|| unknown_code("format", &row.format))?,
        file_name: row.file_name,
        lines: row.lines,
        known_lines: row.known_lines,
        pending_lines: row.pending_lines,
        left_out: row.left_out,
        state: StatementState::from_code(&row.state).ok_or_else(|| unknown_code("state", &row.state))?,
        imported_at: row.created_at,
    })
}

/// How many lines of a statement are in each state.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn counts(context: &Context, id: StatementId) -> Result<Vec<(LineState, i64)>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let rows: Vec<(String, i64)> = bank_line::Entity::find()
        .select_only()
        .column(bank_line::Column::State)
        .column_as(Expr::col(bank_line::Column::Id).count().cast_as("BIGINT"), "lines")
        .filter(bank_line::Column::Id.in_subquery(told::lines_of(id.0)))
        .group_by(bank_line::Column::State)
        .into_tuple()
        .all(context.database())
        .await?;
    let of = |state: LineState| rows.iter().find(|(code, _)| code == state.code()).map_or(0, |(_, lines)| *lines);
    Ok(LineState::ALL.iter().map(|state| (*state, of(*state))).collect())
}

/// The lines of a statement page by page, those that wait first; the filter is a [`LineState`], the search goes over
/// payer, text and reference. `open` are the pledges among which suggestions are looked for.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn lines(
    context: &Context,
    id: StatementId,
    request: &PageRequest,
    open: &[OpenRow],
) -> Result<Page<LineView>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let place = bank_line::Entity::belongs_to(statement_line::Entity)
        .from(bank_line::Column::Id)
        .to(statement_line::Column::LineId)
        .into();
    let mut query =
        bank_line::Entity::find().join(JoinType::InnerJoin, place).filter(statement_line::Column::StatementId.eq(id.0));
    if let Some(state) = LineState::from_code(&request.filter) {
        query = query.filter(bank_line::Column::State.eq(state.code()));
    }
    if let Some(pattern) = request.pattern() {
        let any = sea_orm::Condition::any()
            .add(contains(bank_line::Column::Payer, &pattern))
            .add(contains(bank_line::Column::Remittance, &pattern))
            .add(contains(bank_line::Column::BankReference, &pattern));
        query = query.filter(any);
    }
    let query = query
        .order_by_desc(bank_line::Column::State.is_in(LineState::WAITING.map(LineState::code)))
        .order_by_asc(statement_line::Column::Number);
    let Page { rows, total, page, .. } = page_of(context, query, request).await?;
    let pledges: Vec<(i64, i64)> = receipt::Entity::find()
        .select_only()
        .column(receipt::Column::Id)
        .column(receipt::Column::PledgeId)
        .filter(receipt::Column::Id.is_in(rows.iter().filter_map(|row| row.receipt_id)))
        .into_tuple()
        .all(context.database())
        .await?;
    let candidates = candidates(open);
    let links = Links::of(context, &rows).await?;
    let here = told::rows(context.database(), &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let here: HashMap<i64, i64> =
        here.into_iter().filter(|one| one.statement_id == id.0).map(|one| (one.line_id, one.number)).collect();
    let perhaps = alike(context.database(), &rows).await?;
    let rows = rows
        .into_iter()
        .zip(perhaps)
        .map(|(row, perhaps)| {
            let currency = codes::currency(&row.currency)?;
            let state = LineState::from_code(&row.state).ok_or_else(|| unknown_code("state", &row.state))?;
            let suggestions = match state {
                state if state.is_undecided() => candidates.suggest(&to_line(&row)?),
                _ => Vec::new(),
            };
            let pledge = pledges.iter().find(|(receipt, _)| Some(*receipt) == row.receipt_id);
            Ok(LineView {
                id: BankLineId(row.id),
                number: here.get(&row.id).copied().unwrap_or(row.number),
                credit: row.credit,
                amount: Money::new(row.amount_minor, currency),
                charge: Money::new(row.charge_minor, currency),
                date: row.date,
                valued: row.valued_on.filter(|valued| *valued != row.date),
                ordered: ordered(&row)?,
                payer: row.payer,
                remittance: row.remittance,
                bank_reference: row.bank_reference,
                state,
                pledge: pledge.map(|(_, pledge)| PledgeId(*pledge)),
                held: row.unidentified_id.map(UnidentifiedId),
                payment: row.disbursement_id.and_then(|id| links.payment(id)),
                recovery: row.recovery_id.and_then(|id| Some((RecoveryId(id), links.recoveries.get(&id)?.clone()))),
                counterpart: row.counterpart_id.and_then(|id| links.lines.get(&id).copied()),
                set_aside: row.set_aside_reason,
                same_as: (state == LineState::Known)
                    .then(|| row.alike_id.and_then(|id| links.lines.get(&id).copied()))
                    .flatten(),
                told_first: (row.statement_id != id.0).then_some((StatementId(row.statement_id), row.number)),
                waits: state.waits()
                    || (state == LineState::Returned
                        && row.disbursement_id.is_some_and(|id| !links.came_back.contains(&id))),
                perhaps: if state.is_undecided() { perhaps } else { Vec::new() },
                suggestions,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more: More::No, page })
}

/// What the lines of a page lead to besides pledges and held money.
struct Links {
    payments: HashMap<i64, (i64, i64)>,
    /// The payments of which it is recorded that they came back.
    came_back: HashSet<i64>,
    grants: HashMap<i64, String>,
    instalments: HashMap<i64, i64>,
    recoveries: HashMap<i64, String>,
    lines: HashMap<i64, (StatementId, i64)>,
}

impl Links {
    async fn of(context: &Context, rows: &[bank_line::Model]) -> Result<Self> {
        let database = context.database();
        let payments: Vec<(i64, i64, i64)> = disbursement::Entity::find()
            .select_only()
            .columns([disbursement::Column::Id, disbursement::Column::GrantId, disbursement::Column::InstalmentId])
            .filter(disbursement::Column::Id.is_in(rows.iter().filter_map(|row| row.disbursement_id)))
            .into_tuple()
            .all(database)
            .await?;
        let came_back: Vec<i64> = disbursement::Entity::find()
            .select_only()
            .column(disbursement::Column::Id)
            .filter(disbursement::Column::Id.is_in(payments.iter().map(|(id, ..)| *id)))
            .filter(disbursement::Column::State.is_in(CAME_BACK.map(DisbursementState::code)))
            .into_tuple()
            .all(database)
            .await?;
        let instalments: Vec<(i64, i64)> = instalment::Entity::find()
            .select_only()
            .columns([instalment::Column::Id, instalment::Column::Number])
            .filter(instalment::Column::Id.is_in(payments.iter().map(|(_, _, instalment)| *instalment)))
            .into_tuple()
            .all(database)
            .await?;
        let recoveries: Vec<(i64, String)> = recovery::Entity::find()
            .select_only()
            .columns([recovery::Column::Id, recovery::Column::Number])
            .filter(recovery::Column::Id.is_in(rows.iter().filter_map(|row| row.recovery_id)))
            .into_tuple()
            .all(database)
            .await?;
        let lines: Vec<(i64, i64, i64)> = bank_line::Entity::find()
            .select_only()
            .columns([bank_line::Column::Id, bank_line::Column::StatementId, bank_line::Column::Number])
            .filter(
                bank_line::Column::Id.is_in(rows.iter().flat_map(|row| [row.counterpart_id, row.alike_id]).flatten()),
            )
            .into_tuple()
            .all(database)
            .await?;
        Ok(Self {
            came_back: came_back.into_iter().collect(),
            grants: numbers(database, payments.iter().map(|(_, grant, _)| *grant)).await?,
            payments: payments.into_iter().map(|(id, grant, instalment)| (id, (grant, instalment))).collect(),
            instalments: instalments.into_iter().collect(),
            recoveries: recoveries.into_iter().collect(),
            lines: lines.into_iter().map(|(id, statement, number)| (id, (StatementId(statement), number))).collect(),
        })
    }

    fn payment(&self, id: i64) -> Option<(DisbursementId, String, i64)> {
        let (grant, instalment) = self.payments.get(&id)?;
        let number = self.instalments.get(instalment).copied().unwrap_or(0);
        Some((DisbursementId(id), self.grants.get(grant)?.clone(), number))
    }
}

/// Accounts of which tables were imported, and what is remembered of the one asked for, as it stands in the form.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn accounts(context: &Context, wanted: &str) -> Result<(Vec<String>, Typed)> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let accounts: Vec<String> = bank_columns::Entity::find()
        .select_only()
        .column(bank_columns::Column::Account)
        .order_by_asc(bank_columns::Column::Account)
        .into_tuple()
        .all(context.database())
        .await?;
    let mut typed = Typed::default();
    let code = account::find(context.database(), &context.services.bank_keys, wanted).await?;
    let columns = remembered(context, code.as_deref()).await?;
    if let Some((code, columns)) = code.zip(columns) {
        for (field, value) in [
            ("account", &code),
            ("currency", &columns.fixed_currency),
            ("column_date", &columns.date),
            ("column_amount", &columns.amount),
            ("column_debit", &columns.debit),
            ("column_direction", &columns.direction),
            ("column_currency", &columns.currency),
            ("column_payer", &columns.payer),
            ("column_text", &columns.text),
            ("column_reference", &columns.reference),
            ("date_order", &columns.date_order),
            ("decimal_sign", &columns.decimal_sign),
        ] {
            typed.set(field, value);
        }
    }
    Ok((accounts, typed))
}
