//! What one donor's pledges and receipts add up to. The database adds them up; only pledges of which an instalment is late
//! are looked at one by one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::contributions::PledgeStanding;
use domain::ids::DonorId;
use domain::money::Money;
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _};

use super::donor_view::DonorFigures;
use super::entity::pledge;
use super::late::has_overdue;
use super::queries::rows;
use crate::codes;
use crate::context::Context;
use crate::database;
use crate::error::Result;

/// Pledges in one statement to the database.
const CHUNK: usize = 500;

/// Everything that a donor pledged and gave.
pub(super) struct Given {
    /// In US cents, without what became of it.
    pub(super) figures: DonorFigures,
    /// The same by currency.
    pub(super) currencies: Vec<PledgeStanding>,
    /// US cents that came in, by year.
    pub(super) years: BTreeMap<i32, i64>,
}

#[derive(FromQueryResult)]
struct Sums {
    currency: String,
    pledged: i64,
    written_down: i64,
    received: i64,
    outstanding: i64,
    kept_usd: i64,
    settled_usd: i64,
    received_usd: i64,
    psc_usd: i64,
}

/// One row for each currency. What is outstanding is so of each pledge: nobody makes good for another one.
const SUMS: &str = "SELECT p.currency, CAST(SUM(p.amount_minor) AS BIGINT) AS pledged, \
    CAST(SUM(p.written_down_minor) AS BIGINT) AS written_down, CAST(SUM(COALESCE(r.credited, 0)) AS BIGINT) AS received, \
    CAST(SUM(CASE WHEN p.amount_minor - p.written_down_minor > COALESCE(r.credited, 0) \
    THEN p.amount_minor - p.written_down_minor - COALESCE(r.credited, 0) ELSE 0 END) AS BIGINT) AS outstanding, \
    CAST(SUM(p.usd_minor - p.written_down_usd_minor) AS BIGINT) AS kept_usd, \
    CAST(SUM(COALESCE(r.settled_usd, 0)) AS BIGINT) AS settled_usd, \
    CAST(SUM(COALESCE(r.usd, 0)) AS BIGINT) AS received_usd, CAST(SUM(COALESCE(r.psc_usd, 0)) AS BIGINT) AS psc_usd \
    FROM pledges p LEFT JOIN (SELECT pledge_id, SUM(credited_minor) AS credited, SUM(settled_usd_minor) AS settled_usd, \
    SUM(usd_minor) AS usd, SUM(psc_usd_minor) AS psc_usd FROM receipts WHERE pledge_id IN (\
    SELECT id FROM pledges WHERE donor_id = $1) GROUP BY pledge_id) AS r ON r.pledge_id = p.id \
    WHERE p.donor_id = $2 GROUP BY p.currency";

#[derive(FromQueryResult)]
struct Year {
    year: i64,
    usd_minor: i64,
}

const YEARS: &str = "SELECT CAST(substr(CAST(r.date AS TEXT), 1, 4) AS BIGINT) AS year, \
    CAST(SUM(r.usd_minor) AS BIGINT) AS usd_minor FROM receipts r JOIN pledges p ON p.id = r.pledge_id \
    WHERE p.donor_id = $1 GROUP BY 1";

/// Adds up what a donor pledged and gave.
pub(super) async fn load(context: &Context, donor: DonorId) -> Result<Given> {
    let (database, id) = (context.database(), donor.0);
    let sums: Vec<Sums> = database::rows(database, SUMS, [id.into(), id.into()]).await?;
    let years: Vec<Year> = database::rows(database, YEARS, [id.into()]).await?;
    let years = years.into_iter().filter_map(|row| Some((i32::try_from(row.year).ok()?, row.usd_minor))).collect();
    let (overdue, overdue_usd) = overdue(context, id, context.today()).await?;
    let mut figures = DonorFigures { overdue: overdue_usd, ..DonorFigures::default() };
    let mut currencies = Vec::new();
    for row in sums {
        figures.pledged += row.kept_usd;
        figures.outstanding += row.kept_usd - row.settled_usd;
        figures.received += row.received_usd;
        figures.psc += row.psc_usd;
        let currency = codes::currency(&row.currency)?;
        let money = |minor: i64| Money::new(minor, currency);
        currencies.push(PledgeStanding {
            pledged: money(row.pledged),
            received: money(row.received),
            outstanding: money(row.outstanding),
            overdue: money(overdue.get(&row.currency).copied().unwrap_or(0)),
            written_down: money(row.written_down),
        });
    }
    currencies.sort_by_key(|sum| sum.pledged.currency);
    Ok(Given { figures, currencies, years })
}

/// What is overdue, by currency in its minor units, and in US cents.
async fn overdue(context: &Context, donor: i64, today: NaiveDate) -> Result<(BTreeMap<String, i64>, i64)> {
    let late = pledge::Entity::find()
        .filter(pledge::Column::DonorId.eq(donor))
        .filter(has_overdue(today))
        .all(context.database())
        .await?;
    let (mut by_currency, mut usd_minor) = (BTreeMap::<String, i64>::new(), 0);
    for chunk in late.chunks(CHUNK) {
        for (row, _, _) in rows(context, chunk.to_vec()).await? {
            let standing = row.standing;
            *by_currency.entry(standing.pledged.currency.code().to_owned()).or_default() += standing.overdue.minor;
            usd_minor += Money::usd(row.usd_minor).share(standing.overdue.minor, standing.pledged.minor)?.minor;
        }
    }
    Ok((by_currency, usd_minor))
}
