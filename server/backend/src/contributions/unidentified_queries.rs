//! Reading held money: the queue, one of it with the pledges it may be for, and its entries in the books.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::ids::{PledgeId, ReceiptId, UnidentifiedId};
use domain::matching::{Candidate, Candidates, Line, Suggestion};
use domain::money::Money;
use domain::receipts::OpenPledge;
use domain::roles::{Action, Subject};
use rust_decimal::Decimal;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::bank_entity::{bank_line, unidentified};
use super::entity::{pledge, pledge_reminder, receipt};
use super::planned;
use super::rates::to_decimal;
use super::statements::waiting as lines_waiting;
use super::unidentified::{HeldState, ordered_of};
use crate::codes;
use crate::context::Context;
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::ledger::queries::{EntryRow, of_sources};
use crate::page::{More, Page, PageRequest, contains, count_waiting, page_of};

/// Money that was or is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldView {
    /// Identifier.
    pub id: UnidentifiedId,
    /// What is on the account.
    pub amount: Money,
    /// What the banks kept.
    pub charge: Money,
    /// What the payer ordered, where the bank credited another currency.
    pub ordered: Option<Money>,
    /// When it came.
    pub date: NaiveDate,
    /// The bank's reference.
    pub bank_reference: String,
    /// Who paid, by the bank's word.
    pub payer: String,
    /// What was written on the payment.
    pub remittance: String,
    /// Units of the currency for one USD.
    pub rate: Decimal,
    /// US cents at that rate.
    pub usd_minor: i64,
    /// What became of it.
    pub state: HeldState,
    /// Why.
    pub reason: String,
    /// On which day.
    pub decided_on: Option<NaiveDate>,
    /// The pledge and the receipt that it became.
    pub receipt: Option<(PledgeId, ReceiptId)>,
}

/// Held money page by page, the oldest first; searched by payer, reference and text. The filter is a [`HeldState`];
/// without one what is still held.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<HeldView>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let state = HeldState::from_code(&request.filter).unwrap_or(HeldState::Held);
    let mut query = unidentified::Entity::find().filter(unidentified::Column::State.eq(state.code()));
    if let Some(pattern) = request.pattern() {
        let any = Condition::any()
            .add(contains(unidentified::Column::Payer, &pattern))
            .add(contains(unidentified::Column::BankReference, &pattern))
            .add(contains(unidentified::Column::Remittance, &pattern));
        query = query.filter(any);
    }
    let query = query.order_by_asc(unidentified::Column::Date).order_by_asc(unidentified::Column::Id);
    let page = page_of(context, query, request).await?;
    let (total, number) = (page.total, page.page);
    let rows = page.rows.into_iter().map(|row| view(row, None)).collect::<Result<_>>()?;
    Ok(Page { rows, total, more: More::No, page: number })
}

/// One of it.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: UnidentifiedId) -> Result<HeldView> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let row = unidentified::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let receipt = match row.receipt_id {
        Some(receipt) => receipt::Entity::find_by_id(receipt).one(context.database()).await?,
        None => None,
    };
    let ordered = ordered_of(context.database(), row.id).await?;
    Ok(HeldView { ordered, ..view(row, receipt.map(|receipt| PledgeId(receipt.pledge_id)))? })
}

/// Its entries in the books.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn entries(context: &Context, held: &HeldView) -> Result<Vec<EntryRow>> {
    let receipts = held.receipt.iter().map(|(_, receipt)| receipt.0).collect();
    of_sources(context, &[("unidentified", vec![held.id.0]), ("receipt", receipts)]).await
}

fn view(row: unidentified::Model, pledge: Option<PledgeId>) -> Result<HeldView> {
    let currency = codes::currency(&row.currency)?;
    Ok(HeldView {
        id: UnidentifiedId(row.id),
        amount: Money::new(row.amount_minor, currency),
        charge: Money::new(row.charge_minor, currency),
        ordered: None,
        date: row.date,
        bank_reference: row.bank_reference,
        payer: row.payer,
        remittance: row.remittance,
        rate: to_decimal(&row.rate)?,
        usd_minor: row.usd_minor,
        state: HeldState::from_code(&row.state).ok_or_else(|| unknown_code("state", &row.state))?,
        reason: row.reason,
        decided_on: row.decided_on,
        receipt: pledge.zip(row.receipt_id.map(ReceiptId)),
    })
}

/// What waits for somebody who keeps receipts.
pub(crate) struct Waiting {
    /// Lines of bank statements.
    pub(crate) lines: u64,
    /// Money that nobody has identified.
    pub(crate) held: u64,
    /// Reminders to approve.
    pub(crate) reminders: u64,
}

pub(crate) async fn waiting(context: &Context) -> Result<Waiting> {
    let lines = bank_line::Entity::find().filter(lines_waiting());
    let held = unidentified::Entity::find().filter(unidentified::Column::State.eq(HeldState::Held.code()));
    let reminders = pledge_reminder::Entity::find()
        .filter(pledge_reminder::Column::State.eq(super::reminders::ReminderState::Drafted.code()));
    Ok(Waiting {
        lines: count_waiting(context.database(), lines).await?,
        held: count_waiting(context.database(), held).await?,
        reminders: count_waiting(context.database(), reminders).await?,
    })
}

/// A pledge of which something is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRow {
    /// Identifier.
    pub pledge: PledgeId,
    /// Who pledged.
    pub donor_name: String,
    /// Day of the pledge.
    pub date: NaiveDate,
    /// What is still to come.
    pub outstanding: Money,
    /// What of each instalment is unpaid, by its day.
    pub unpaid: Vec<(NaiveDate, Money)>,
}

/// Every pledge of which something is still to come, by donor and day.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn open_pledges(context: &Context) -> Result<Vec<OpenRow>> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    Ok(load_open(context.database()).await?.into_iter().map(|payable| payable.row).collect())
}

/// An open pledge with what it takes to enter money for it.
pub(super) struct Payable {
    pub(super) row: OpenRow,
    pub(super) pledge: pledge::Model,
    /// What of it is closed in the books.
    pub(super) open: OpenPledge,
}

pub(super) async fn load_open<C: ConnectionTrait>(database: &C) -> Result<Vec<Payable>> {
    let names: Vec<(i64, String)> = donor::Entity::find()
        .select_only()
        .column(donor::Column::Id)
        .column(donor::Column::Name)
        .into_tuple()
        .all(database)
        .await?;
    let names: HashMap<i64, String> = names.into_iter().collect();
    let mut open = Vec::new();
    for planned in planned::load(database).await? {
        let row = OpenRow {
            pledge: PledgeId(planned.pledge.id),
            donor_name: names.get(&planned.pledge.donor_id).cloned().unwrap_or_default(),
            date: planned.pledge.date,
            outstanding: planned.outstanding,
            unpaid: planned.instalments.iter().map(|one| (one.due, one.unpaid)).collect(),
        };
        open.push(Payable { row, pledge: planned.pledge, open: planned.open });
    }
    open.sort_by(|Payable { row: one, .. }, Payable { row: other, .. }| {
        (&one.donor_name, one.date, one.pledge).cmp(&(&other.donor_name, other.date, other.pledge))
    });
    Ok(open)
}

pub(super) fn candidates(open: &[OpenRow]) -> Candidates {
    Candidates::new(open.iter().map(candidate))
}

pub(super) fn candidate(row: &OpenRow) -> Candidate {
    Candidate::new(row.pledge, &row.donor_name, row.outstanding, row.unpaid.clone())
}

/// The pledges that held money may be for, best first.
#[must_use]
pub fn suggestions(held: &HeldView, open: &[OpenRow]) -> Vec<Suggestion> {
    let line = Line {
        gross: held.ordered.unwrap_or(Money::new(held.amount.minor + held.charge.minor, held.amount.currency)),
        date: held.date,
        payer: held.payer.clone(),
        text: format!("{} {}", held.remittance, held.bank_reference),
    };
    candidates(open).suggest(&line)
}
