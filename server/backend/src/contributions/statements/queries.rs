//! Reading bank statements: the list, and the lines of one with the pledges that each may pay.

use chrono::{DateTime, NaiveDate, Utc};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{BankLineId, PledgeId, StatementId, UnidentifiedId};
use domain::matching::Suggestion;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::import::remembered;
use super::take::to_line;
use super::{LineState, StatementFormat, StatementState};
use crate::codes;
use crate::context::Context;
use crate::contributions::bank_entity::{bank_columns, bank_line, statement};
use crate::contributions::entity::receipt;
use crate::contributions::unidentified_queries::{OpenRow, candidates};
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, contains, page_of};

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Identifier.
    pub id: StatementId,
    /// The bank account.
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
    /// On which day.
    pub date: NaiveDate,
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
    Ok(Page { rows, total, more: false, page: number })
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
        .filter(bank_line::Column::StatementId.eq(id.0))
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
    let mut query = bank_line::Entity::find().filter(bank_line::Column::StatementId.eq(id.0));
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
        .order_by_asc(bank_line::Column::Number);
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
    let rows = rows
        .into_iter()
        .map(|row| {
            let currency = codes::currency(&row.currency)?;
            let state = LineState::from_code(&row.state).ok_or_else(|| unknown_code("state", &row.state))?;
            let suggestions = match state {
                state if state.waits() => candidates.suggest(&to_line(&row)?),
                _ => Vec::new(),
            };
            let pledge = pledges.iter().find(|(receipt, _)| Some(*receipt) == row.receipt_id);
            Ok(LineView {
                id: BankLineId(row.id),
                number: row.number,
                credit: row.credit,
                amount: Money::new(row.amount_minor, currency),
                charge: Money::new(row.charge_minor, currency),
                date: row.date,
                payer: row.payer,
                remittance: row.remittance,
                bank_reference: row.bank_reference,
                state,
                pledge: pledge.map(|(_, pledge)| PledgeId(*pledge)),
                held: row.unidentified_id.map(UnidentifiedId),
                suggestions,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more: false, page })
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
    if let Some(columns) = remembered(context, wanted).await? {
        for (field, value) in [
            ("account", wanted),
            ("currency", &columns.fixed_currency),
            ("column_date", &columns.date),
            ("column_amount", &columns.amount),
            ("column_debit", &columns.debit),
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
