//! Reading pledges with their standing, receipts and rates.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::{Earmark, Instrument, PledgeInstalment, PledgeStanding, standing};
use domain::errors::AppError;
use domain::ids::{DonorId, PledgeId, RateId, ReceiptId};
use domain::money::{Currency, Money};
use domain::roles::{Action, Role, Subject};
use rust_decimal::Decimal;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::change::ChangeKind;
use super::entity::{pledge, pledge_change, pledge_instalment, rate, receipt};
use super::late::{OVERDUE, has_overdue};
use super::rates::to_decimal;
use crate::codes;
use crate::context::Context;
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::ledger::queries::{EntryRow, of_sources};
use crate::page::{Page, PageRequest, contains, matches, page_of};
use crate::users::registrations::unconfirmed_donors;

/// A pledge in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PledgeRow {
    /// Identifier.
    pub id: PledgeId,
    /// Who pledged.
    pub donor: DonorId,
    /// Their name.
    pub donor_name: String,
    /// The paper.
    pub instrument: Instrument,
    /// Day of the pledge.
    pub date: NaiveDate,
    /// What it is bound to.
    pub earmark: Earmark,
    /// US cents at the rate of the pledge's month.
    pub usd_minor: i64,
    /// What of it was given up, in US cents at the same rate.
    pub written_down_usd_minor: i64,
    /// Received, outstanding, overdue.
    pub standing: PledgeStanding,
}

/// Money that came in for a pledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptView {
    /// Identifier.
    pub id: ReceiptId,
    /// What came in.
    pub amount: Money,
    /// When.
    pub date: NaiveDate,
    /// The day of its entry in the books: later for money that was held first.
    pub booked_on: NaiveDate,
    /// The bank's reference.
    pub bank_reference: String,
    /// What the banks kept.
    pub charge: Money,
    /// What it counts for the pledge, in the pledge's currency.
    pub credited: Money,
    /// Units of the currency for one USD.
    pub rate: Decimal,
    /// Of money in another currency than the pledge: units of the pledge's for one USD; none where finance said what
    /// it settles.
    pub pledge_rate: Option<Decimal>,
    /// Whether finance said what it settles.
    pub stated: bool,
    /// US cents at the rate of its own currency.
    pub usd_minor: i64,
    /// Programme support costs set aside, in US cents.
    pub psc_usd_minor: i64,
    /// Of a receipt of the past: what was spent before it was entered here, in US cents.
    pub spent_before_usd_minor: i64,
    /// Whether it was taken back, or takes another one back.
    pub undone: bool,
    /// The receipt that this one takes back.
    pub undoes: Option<ReceiptId>,
}

/// A pledge on its own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PledgeView {
    /// What a list shows.
    pub row: PledgeRow,
    /// Units of the currency for one USD on the day of the pledge.
    pub rate: Decimal,
    /// Programme support costs in hundredths of a per cent.
    pub psc_basis_points: i64,
    /// Note.
    pub note: String,
    /// When it is due.
    pub instalments: Vec<PledgeInstalment>,
    /// What came in, oldest first.
    pub receipts: Vec<ReceiptView>,
    /// Amendments and write-downs, oldest first.
    pub changes: Vec<ChangeView>,
}

/// A change of a pledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeView {
    /// Amended or written down.
    pub kind: ChangeKind,
    /// The day it counts for.
    pub date: NaiveDate,
    /// By how much: below zero where the pledge became smaller, above zero for what was given up.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// By whom.
    pub actor: String,
}

/// A rate of exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// Identifier.
    pub id: RateId,
    /// ISO 4217 code.
    pub currency: String,
    /// First day on which it holds.
    pub from: NaiveDate,
    /// Units of the currency for one USD.
    pub units_per_usd: Decimal,
}

impl RateRow {
    pub(super) fn of(row: rate::Model) -> Result<Self> {
        let units_per_usd = to_decimal(&row.units_per_usd)?;
        Ok(Self { id: RateId(row.id), currency: row.currency, from: row.valid_from, units_per_usd })
    }
}

/// Pledges page by page; searched by the donor's name, filtered by earmark, by a donor's number or by [`OVERDUE`],
/// sorted by `date` (newest first), `donor` or `amount`. A representative sees the own donor's only.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<PledgeRow>> {
    context.permit(Action::ReadContributions, &Subject::NONE)?;
    let to_donor = pledge::Entity::belongs_to(donor::Entity).from(pledge::Column::DonorId).to(donor::Column::Id).into();
    let mut query = pledge::Entity::find();
    // Joined only where it decides something: counting a list reads nothing of it then.
    if request.folded().is_some() || request.sort == "donor" {
        query = query.join(JoinType::InnerJoin, to_donor);
    }
    if context.actor.is(Role::DonorRepresentative) {
        query = query.filter(pledge::Column::DonorId.eq(context.actor.donor.map_or(0, i64::from)));
    }
    if let Some(words) = request.folded() {
        query = query.filter(matches(donor::Column::Search, &words));
    }
    if request.filter == OVERDUE {
        query = query.filter(has_overdue(context.today()));
    } else if let Some(earmark) = Earmark::from_code(&request.filter) {
        query = query.filter(pledge::Column::Earmark.eq(earmark.code()));
    } else if let Ok(donor) = request.filter.parse::<DonorId>() {
        query = query.filter(pledge::Column::DonorId.eq(donor.0));
    }
    let query = match request.sort.as_str() {
        "donor" => query.order_by_asc(donor::Column::Name),
        "amount" => query.order_by_desc(pledge::Column::UsdMinor),
        _ => query,
    };
    let query = query.order_by_desc(pledge::Column::Date).order_by_desc(pledge::Column::Id);
    let Page { rows: pledges, total, more, page } = page_of(context, query, request).await?;
    let rows = rows(context, pledges).await?.into_iter().map(|(row, _, _)| row).collect();
    Ok(Page { rows, total, more, page })
}

/// One pledge with its instalments and receipts.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: PledgeId) -> Result<PledgeView> {
    context.permit(Action::ReadContributions, &Subject::NONE)?;
    let found = pledge::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::ReadContributions, &Subject::donor(DonorId(found.donor_id)))?;
    let (rate, psc_basis_points, note) = (to_decimal(&found.rate)?, found.psc_basis_points, found.note.clone());
    let (row, instalments, receipts) =
        rows(context, vec![found]).await?.into_iter().next().ok_or(AppError::NotFound)?;
    let currency = row.standing.pledged.currency;
    let receipts = receipts.into_iter().map(|receipt| receipt_view(receipt, currency)).collect::<Result<_>>()?;
    let changes = changes(context, id, currency).await?;
    Ok(PledgeView { row, rate, psc_basis_points, note, instalments, receipts, changes })
}

async fn changes(context: &Context, id: PledgeId, currency: Currency) -> Result<Vec<ChangeView>> {
    let rows = pledge_change::Entity::find()
        .filter(pledge_change::Column::PledgeId.eq(id.0))
        .order_by_asc(pledge_change::Column::Id)
        .all(context.database())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ChangeView {
                kind: ChangeKind::from_code(&row.kind).ok_or_else(|| unknown_code("change", &row.kind))?,
                date: row.date,
                amount: Money::new(row.amount_minor, currency),
                reason: row.reason,
                actor: row.actor,
            })
        })
        .collect()
}

/// The journal entries of a pledge and its receipts, for those who may read the books.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn entries(context: &Context, pledge: &PledgeView) -> Result<Vec<EntryRow>> {
    let receipts = pledge.receipts.iter().map(|receipt| receipt.id.0).collect();
    of_sources(context, &[("pledge", vec![pledge.row.id.0]), ("receipt", receipts)]).await
}

/// The donors for whom the actor may pledge, by name; none of which nobody has confirmed the address.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn donor_choices(context: &Context) -> Result<Vec<(DonorId, String)>> {
    context.permit(Action::WritePledges, &Subject::NONE)?;
    let mut query = donor::Entity::find().select_only().column(donor::Column::Id).column(donor::Column::Name);
    if context.actor.is(Role::DonorRepresentative) {
        query = query.filter(donor::Column::Id.eq(context.actor.donor.map_or(0, i64::from)));
    } else {
        query = query.filter(donor::Column::Id.not_in_subquery(unconfirmed_donors()));
    }
    let rows: Vec<(i64, String)> = query
        .order_by_asc(donor::Column::Name)
        .order_by_asc(donor::Column::Id)
        .into_tuple()
        .all(context.database())
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (DonorId(id), name)).collect())
}

/// Rates page by page, newest first; searched by currency.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn rates(context: &Context, request: &PageRequest) -> Result<Page<RateRow>> {
    context.permit(Action::ReadRates, &Subject::NONE)?;
    let mut query = rate::Entity::find();
    if let Some(pattern) = request.pattern() {
        query = query.filter(contains(rate::Column::Currency, &pattern));
    }
    let query = match request.sort.as_str() {
        "currency" => query.order_by_asc(rate::Column::Currency).order_by_desc(rate::Column::ValidFrom),
        _ => query.order_by_desc(rate::Column::ValidFrom).order_by_asc(rate::Column::Currency),
    };
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let rows = rows.into_iter().map(RateRow::of).collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// A pledge with what was loaded to work out its standing.
pub(super) type Loaded = (PledgeRow, Vec<PledgeInstalment>, Vec<receipt::Model>);

/// Pledges with their donors' names, instalments and receipts: three queries, however many pledges.
pub(super) async fn rows(context: &Context, pledges: Vec<pledge::Model>) -> Result<Vec<Loaded>> {
    let ids: Vec<i64> = pledges.iter().map(|pledge| pledge.id).collect();
    let names = names(context.database(), pledges.iter().map(|pledge| pledge.donor_id).collect()).await?;
    let mut due: HashMap<i64, Vec<pledge_instalment::Model>> = HashMap::new();
    let instalments = pledge_instalment::Entity::find()
        .filter(pledge_instalment::Column::PledgeId.is_in(ids.clone()))
        .filter(pledge_instalment::Column::WithdrawnAt.is_null())
        .order_by_asc(pledge_instalment::Column::Due)
        .order_by_asc(pledge_instalment::Column::Id)
        .all(context.database())
        .await?;
    for row in instalments {
        due.entry(row.pledge_id).or_default().push(row);
    }
    let mut received: HashMap<i64, Vec<receipt::Model>> = HashMap::new();
    let receipts = receipt::Entity::find()
        .filter(receipt::Column::PledgeId.is_in(ids))
        .order_by_asc(receipt::Column::Date)
        .order_by_asc(receipt::Column::Id)
        .all(context.database())
        .await?;
    for row in receipts {
        received.entry(row.pledge_id).or_default().push(row);
    }
    pledges
        .into_iter()
        .map(|pledge| {
            let due = due.remove(&pledge.id).unwrap_or_default();
            let receipts = received.remove(&pledge.id).unwrap_or_default();
            let name = names.get(&pledge.donor_id).cloned().unwrap_or_default();
            loaded(pledge, name, due, receipts, context.today())
        })
        .collect()
}

async fn names<C: ConnectionTrait>(database: &C, donors: Vec<i64>) -> Result<HashMap<i64, String>> {
    let names: Vec<(i64, String)> = donor::Entity::find()
        .select_only()
        .column(donor::Column::Id)
        .column(donor::Column::Name)
        .filter(donor::Column::Id.is_in(donors))
        .into_tuple()
        .all(database)
        .await?;
    Ok(names.into_iter().collect())
}

fn loaded(
    pledge: pledge::Model,
    donor_name: String,
    due: Vec<pledge_instalment::Model>,
    receipts: Vec<receipt::Model>,
    today: NaiveDate,
) -> Result<Loaded> {
    let currency = codes::currency(&pledge.currency)?;
    let instalments: Vec<PledgeInstalment> = due
        .into_iter()
        .map(|row| PledgeInstalment { due: row.due, amount: Money::new(row.amount_minor, currency) })
        .collect();
    let received: i64 = receipts.iter().map(|receipt| receipt.credited_minor).sum();
    let pledged = Money::new(pledge.amount_minor, currency);
    let row = PledgeRow {
        id: PledgeId(pledge.id),
        donor: DonorId(pledge.donor_id),
        donor_name,
        instrument: Instrument::from_code(&pledge.instrument)
            .ok_or_else(|| unknown_code("instrument", &pledge.instrument))?,
        date: pledge.date,
        earmark: codes::earmark(&pledge.earmark)?,
        usd_minor: pledge.usd_minor,
        written_down_usd_minor: pledge.written_down_usd_minor,
        standing: standing(pledged, &instalments, Money::new(received, currency), pledge.written_down_minor, today),
    };
    Ok((row, instalments, receipts))
}

fn receipt_view(row: receipt::Model, of_pledge: Currency) -> Result<ReceiptView> {
    let currency = codes::currency(&row.currency)?;
    Ok(ReceiptView {
        id: ReceiptId(row.id),
        amount: Money::new(row.amount_minor, currency),
        charge: Money::new(row.charge_minor, currency),
        credited: Money::new(row.credited_minor, of_pledge),
        date: row.date,
        booked_on: row.booked_on,
        rate: to_decimal(&row.rate)?,
        pledge_rate: row.pledge_rate.as_deref().map(to_decimal).transpose()?,
        stated: row.stated,
        bank_reference: row.bank_reference,
        usd_minor: row.usd_minor,
        psc_usd_minor: row.psc_usd_minor,
        spent_before_usd_minor: row.spent_before_usd_minor,
        undone: row.undone,
        undoes: row.undoes.map(ReceiptId),
    })
}
