//! What became of one donor's money: received, committed, disbursed, on which grants, and whom those helped.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use domain::contributions::{FundingShare, PledgeStanding};
use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::funding::spread;
use domain::ids::{DonorId, GrantId, ReceiptId};
use domain::money::Money;
use domain::published::PublishedCell;
use domain::roles::{Action, Subject};
use domain::time::vienna_date;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::pledge;
use super::helped::Helped;
pub use super::helped::HelpedRow;
use super::queries::{Loaded, PledgeRow, rows};
use crate::context::Context;
use crate::disbursements::entity::disbursement;
use crate::donors::entity::donor;
use crate::error::Result;
use crate::grants::entity::{grant, grant_funding};
use crate::organisations::queries::names as organisation_names;

/// A donor's money in US cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DonorFigures {
    /// Pledged, at the rates of the pledges' months.
    pub pledged: i64,
    /// Received, at the rates of the receipts' months.
    pub received: i64,
    /// Pledged and not yet received, at the rates of the pledges' months.
    pub outstanding: i64,
    /// What of it should have come by now.
    pub overdue: i64,
    /// Programme support costs set aside.
    pub psc: i64,
    /// Committed to grants.
    pub committed: i64,
    /// Paid to grantees.
    pub disbursed: i64,
    /// Received, after PSC, and not yet committed.
    pub available: i64,
}

/// A grant that the donor's money pays for, in part or whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DonorGrant {
    /// Identifier.
    pub id: GrantId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Country.
    pub country: String,
    /// Organisation.
    pub organisation: String,
    /// The donor's share of the commitment, US cents.
    pub committed: i64,
    /// The donor's share of what was paid, US cents.
    pub disbursed: i64,
    /// People helped, by accepted reports.
    pub people: PublishedCell,
}

/// Everything that a donor sees of its money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DonorStatement {
    /// The donor.
    pub donor: DonorId,
    /// Its name.
    pub name: String,
    /// In US cents.
    pub figures: DonorFigures,
    /// The same in the currencies of the pledges, one row a currency.
    pub currencies: Vec<PledgeStanding>,
    /// Pledges, newest first.
    pub pledges: Vec<PledgeRow>,
    /// Grants, newest first.
    pub grants: Vec<DonorGrant>,
    /// People helped by kind of help and sex.
    pub helped: Vec<HelpedRow>,
    /// All people helped.
    pub people: PublishedCell,
    /// Received and disbursed in US cents by year, every year from the first to the last.
    pub years: Vec<(i32, i64, i64)>,
}

/// The statement of a donor.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn statement(context: &Context, id: DonorId) -> Result<DonorStatement> {
    context.permit(Action::ReadContributions, &Subject::donor(id))?;
    let donor = donor::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let pledges = pledge::Entity::find()
        .filter(pledge::Column::DonorId.eq(id.0))
        .order_by_desc(pledge::Column::Date)
        .order_by_desc(pledge::Column::Id)
        .all(context.database())
        .await?;
    let loaded = rows(context, pledges).await?;
    let mut figures = figures(&loaded)?;
    let receipts: HashSet<i64> =
        loaded.iter().flat_map(|(_, _, receipts)| receipts).map(|receipt| receipt.id).collect();
    let funded = funded(context.database(), &receipts).await?;
    figures.committed = funded.iter().map(|(_, share)| share.committed).sum();
    figures.disbursed = funded.iter().map(|(_, share)| share.disbursed).sum();
    figures.available = figures.received - figures.psc - figures.committed;
    let ids: Vec<i64> = funded.iter().map(|(grant, _)| grant.id).collect();
    let helped = Helped::load(context.database(), &ids).await?;
    let grants = grants(context.database(), &funded, &helped).await?;
    Ok(DonorStatement {
        donor: id,
        name: donor.name,
        figures,
        currencies: by_currency(&loaded)?,
        years: years(&loaded, &funded),
        pledges: loaded.into_iter().map(|(row, _, _)| row).collect(),
        grants,
        people: helped.total,
        helped: helped.rows,
    })
}

fn figures(loaded: &[Loaded]) -> Result<DonorFigures> {
    let mut figures = DonorFigures::default();
    for (row, _, receipts) in loaded {
        figures.pledged += row.usd_minor;
        figures.outstanding += row.usd_minor - receipts.iter().map(|receipt| receipt.settled_usd_minor).sum::<i64>();
        let overdue = Money::usd(row.usd_minor).share(row.standing.overdue.minor, row.standing.pledged.minor)?;
        figures.overdue += overdue.minor;
        figures.received += receipts.iter().map(|receipt| receipt.usd_minor).sum::<i64>();
        figures.psc += receipts.iter().map(|receipt| receipt.psc_usd_minor).sum::<i64>();
    }
    Ok(figures)
}

fn by_currency(loaded: &[Loaded]) -> Result<Vec<PledgeStanding>> {
    let mut sums: Vec<PledgeStanding> = Vec::new();
    for (row, _, _) in loaded {
        let one = row.standing;
        match sums.iter_mut().find(|sum| sum.pledged.currency == one.pledged.currency) {
            None => sums.push(one),
            Some(sum) => {
                *sum = PledgeStanding {
                    pledged: sum.pledged.plus(one.pledged)?,
                    received: sum.received.plus(one.received)?,
                    outstanding: sum.outstanding.plus(one.outstanding)?,
                    overdue: sum.overdue.plus(one.overdue)?,
                };
            }
        }
    }
    sums.sort_by_key(|sum| sum.pledged.currency);
    Ok(sums)
}

/// The donor's share of a grant.
struct Share {
    committed: i64,
    disbursed: i64,
    by_year: BTreeMap<i32, i64>,
}

/// The grants that the receipts pay for, newest first, with the donor's share of each.
async fn funded<C: ConnectionTrait>(database: &C, receipts: &HashSet<i64>) -> Result<Vec<(grant::Model, Share)>> {
    let own = grant_funding::Entity::find()
        .filter(grant_funding::Column::ReceiptId.is_in(receipts.iter().copied()))
        .all(database)
        .await?;
    let ids: HashSet<i64> = own.iter().map(|funding| funding.grant_id).collect();
    let grants = grant::Entity::find()
        .filter(grant::Column::Id.is_in(ids.iter().copied()))
        .order_by_desc(grant::Column::Id)
        .all(database)
        .await?;
    let mut funding: HashMap<i64, Vec<FundingShare>> = HashMap::new();
    let all = grant_funding::Entity::find()
        .filter(grant_funding::Column::GrantId.is_in(ids.iter().copied()))
        .order_by_asc(grant_funding::Column::Id)
        .all(database)
        .await?;
    for row in all {
        let share = FundingShare { receipt: ReceiptId(row.receipt_id), usd_minor: row.usd_minor };
        funding.entry(row.grant_id).or_default().push(share);
    }
    let mut paid: HashMap<i64, Vec<(NaiveDate, i64)>> = HashMap::new();
    let confirmed = disbursement::Entity::find()
        .filter(disbursement::Column::GrantId.is_in(ids))
        .filter(disbursement::Column::State.eq(DisbursementState::Confirmed.code()))
        .all(database)
        .await?;
    for row in confirmed {
        let day = row.paid_on.unwrap_or_else(|| vienna_date(row.confirmed_at.unwrap_or(row.requested_at)));
        paid.entry(row.grant_id).or_default().push((day, row.usd_minor));
    }
    Ok(grants
        .into_iter()
        .map(|grant| {
            let shares = funding.remove(&grant.id).unwrap_or_default();
            let share = share(receipts, &shares, &paid.remove(&grant.id).unwrap_or_default());
            (grant, share)
        })
        .collect())
}

/// Spreads what a grant was paid over all receipts that fund it, and adds up the donor's. A year's part is the
/// difference of the sums up to it and before it, so that the years add up to the whole, to the cent.
fn share(own: &HashSet<i64>, shares: &[FundingShare], paid: &[(NaiveDate, i64)]) -> Share {
    let of_donor = |shares: &[FundingShare]| -> i64 {
        shares.iter().filter(|share| own.contains(&share.receipt.0)).map(|share| share.usd_minor).sum()
    };
    let mut years: BTreeMap<i32, i64> = BTreeMap::new();
    for (day, usd_minor) in paid {
        *years.entry(day.year()).or_default() += usd_minor;
    }
    let (mut so_far, mut disbursed) = (0, 0);
    let mut by_year = BTreeMap::new();
    for (year, usd_minor) in years {
        so_far += usd_minor;
        let until_now = of_donor(&spread(so_far, shares));
        by_year.insert(year, until_now - disbursed);
        disbursed = until_now;
    }
    Share { committed: of_donor(shares), disbursed, by_year }
}

fn years(loaded: &[Loaded], funded: &[(grant::Model, Share)]) -> Vec<(i32, i64, i64)> {
    let mut years: BTreeMap<i32, (i64, i64)> = BTreeMap::new();
    for receipt in loaded.iter().flat_map(|(_, _, receipts)| receipts) {
        years.entry(receipt.date.year()).or_default().0 += receipt.usd_minor;
    }
    for (year, usd_minor) in funded.iter().flat_map(|(_, share)| &share.by_year) {
        years.entry(*year).or_default().1 += usd_minor;
    }
    let (Some(first), Some(last)) = (years.keys().next().copied(), years.keys().last().copied()) else {
        return Vec::new();
    };
    (first..=last)
        .map(|year| {
            let (received, disbursed) = years.get(&year).copied().unwrap_or_default();
            (year, received, disbursed)
        })
        .collect()
}

async fn grants<C: ConnectionTrait>(
    database: &C,
    funded: &[(grant::Model, Share)],
    helped: &Helped,
) -> Result<Vec<DonorGrant>> {
    let ids: HashSet<i64> = funded.iter().map(|(grant, _)| grant.organisation_id).collect();
    let names = organisation_names(database, ids).await?;
    Ok(funded
        .iter()
        .zip(&helped.by_grant)
        .map(|((grant, share), people)| DonorGrant {
            id: GrantId(grant.id),
            number: grant.number.clone(),
            title: grant.title.clone(),
            country: grant.country.clone(),
            organisation: names.get(&grant.organisation_id).cloned().unwrap_or_default(),
            committed: share.committed,
            disbursed: share.disbursed,
            people: *people,
        })
        .collect())
}
