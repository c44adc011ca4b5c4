//! What became of one donor's money: received, committed, disbursed, on which grants, and whom those helped.

use std::collections::{BTreeMap, HashMap};

use domain::contributions::PledgeStanding;
use domain::errors::AppError;
use domain::ids::{DonorId, GrantId};
use domain::published::PublishedCell;
use domain::roles::{Action, Subject};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::donor_sums::{self, Figure};
use super::entity::{donor_grant_figure, pledge};
use super::given;
use super::helped::Helped;
pub use super::helped::HelpedRow;
use super::queries::{PledgeRow, rows};
use super::results;
pub use super::results::DonorResult;
use crate::context::Context;
use crate::donors::entity::donor;
use crate::error::Result;
use crate::grants::entity::grant;
use crate::organisations::queries::names as organisation_names;
use crate::page::{More, PAGE_SIZE, Page, PageRequest, page_of};

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
    /// People helped, by accepted reports; nothing for a donor of very many grants.
    pub people: Option<PublishedCell>,
    /// Its indicators, with what accepted reports give so far.
    pub results: Vec<DonorResult>,
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
    /// The newest pledges; the list of pledges has all of them.
    pub pledges: Page<PledgeRow>,
    /// Grants, newest first, page by page.
    pub grants: Page<DonorGrant>,
    /// Whether people are counted by grant.
    pub people_by_grant: bool,
    /// People helped by kind of help and sex.
    pub helped: Vec<HelpedRow>,
    /// All people helped.
    pub people: PublishedCell,
    /// Received and disbursed in US cents by year, every year from the first to the last.
    pub years: Vec<(i32, i64, i64)>,
}

/// The statement of a donor, with the page of its grants that is asked for. What it costs does not depend on how many
/// grants the donor pays for.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn statement(context: &Context, id: DonorId, request: &PageRequest) -> Result<DonorStatement> {
    context.permit(Action::ReadContributions, &Subject::donor(id))?;
    let database = context.database();
    let donor = donor::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let pledges = pledge::Entity::find()
        .filter(pledge::Column::DonorId.eq(id.0))
        .order_by_desc(pledge::Column::Date)
        .order_by_desc(pledge::Column::Id);
    let Page { rows: newest, total, more, page } = page_of(context, pledges, &PageRequest::default()).await?;
    let newest = rows(context, newest).await?.into_iter().map(|(row, _, _)| row).collect();
    let given = given::load(context, id).await?;
    let kept = donor_sums::of_donor(database, id.0).await?;
    let paid: BTreeMap<i32, i64> = kept
        .iter()
        .filter_map(|(figure, amount)| match figure {
            Figure::Paid(year) if *amount != 0 => Some((*year, *amount)),
            _ => None,
        })
        .collect();
    let mut figures = given.figures;
    figures.committed = kept.get(&Figure::Committed).copied().unwrap_or(0);
    figures.disbursed = paid.values().sum();
    figures.available = figures.received - figures.psc - figures.committed;
    let number = kept.get(&Figure::Grants).and_then(|number| u64::try_from(*number).ok()).unwrap_or(0);
    let helped = Helped::load(database, id.0, &kept, context.today()).await?;
    let grants = grants(database, id.0, &helped, request).await?;
    Ok(DonorStatement {
        donor: id,
        name: donor.name,
        figures,
        currencies: given.currencies,
        years: years(given.years, &paid),
        pledges: Page { rows: newest, total, more, page },
        people_by_grant: number <= super::helped::MOST_GRANTS,
        grants: Page { rows: grants, total: number, more: More::No, page: request.number() },
        people: helped.total,
        helped: helped.rows,
    })
}

fn years(received: BTreeMap<i32, i64>, paid: &BTreeMap<i32, i64>) -> Vec<(i32, i64, i64)> {
    let mut years: BTreeMap<i32, (i64, i64)> =
        received.into_iter().map(|(year, usd_minor)| (year, (usd_minor, 0))).collect();
    for (year, usd_minor) in paid {
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

/// A page of the donor's grants, newest first.
async fn grants<C: ConnectionTrait>(
    database: &C,
    donor: i64,
    helped: &Helped,
    request: &PageRequest,
) -> Result<Vec<DonorGrant>> {
    use donor_grant_figure::Column as G;
    let ids: Vec<i64> = donor_grant_figure::Entity::find()
        .select_only()
        .column(G::GrantId)
        .filter(G::DonorId.eq(donor))
        .filter(G::Figure.eq(Figure::Grants.code()))
        .order_by_desc(G::GrantId)
        .offset(request.offset())
        .limit(PAGE_SIZE)
        .into_tuple()
        .all(database)
        .await?;
    let shares = donor_grant_figure::Entity::find()
        .filter(G::DonorId.eq(donor))
        .filter(G::GrantId.is_in(ids.iter().copied()))
        .all(database)
        .await?;
    let (mut committed, mut disbursed) = (HashMap::<i64, i64>::new(), HashMap::<i64, i64>::new());
    for share in shares {
        match Figure::from_code(&share.figure)? {
            Figure::Committed => *committed.entry(share.grant_id).or_default() += share.amount,
            Figure::Paid(_) => *disbursed.entry(share.grant_id).or_default() += share.amount,
            Figure::Grants | Figure::People(..) => {}
        }
    }
    let rows = grant::Entity::find()
        .filter(grant::Column::Id.is_in(ids))
        .order_by_desc(grant::Column::Id)
        .all(database)
        .await?;
    let names = organisation_names(database, rows.iter().map(|grant| grant.organisation_id)).await?;
    let mut reported = results::load(database, rows.iter().map(|grant| GrantId(grant.id))).await?;
    Ok(rows
        .into_iter()
        .map(|grant| DonorGrant {
            id: GrantId(grant.id),
            committed: committed.get(&grant.id).copied().unwrap_or(0),
            disbursed: disbursed.get(&grant.id).copied().unwrap_or(0),
            people: helped.by_grant.get(&grant.id).copied(),
            results: reported.remove(&GrantId(grant.id)).unwrap_or_default(),
            organisation: names.get(&grant.organisation_id).cloned().unwrap_or_default(),
            number: grant.number,
            title: grant.title,
            country: grant.country,
        })
        .collect())
}
