//! What each donor's money did, kept by grant and in sum as it happens, so that a donor's page does not add up every
//! grant. [`renew`] is the only writer: it makes a grant's figures anew from its funding, payments and reports, so it
//! does not matter whether they grew, shrank or went to another donor. `check_books` proves them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate};
use domain::contributions::FundingShare;
use domain::disbursements::DisbursementState;
use domain::funding::spread;
use domain::help::{HelpKind, Sex};
use domain::ids::{GrantId, ReceiptId};
use domain::reports::ReportState;
use domain::time::vienna_date;
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationDef, Set,
};

use super::entity::{donor_figure, donor_grant_figure, pledge, receipt};
use crate::context::Work;
use crate::disbursements::entity::disbursement;
use crate::error::{Result, unknown_code};
use crate::grants::entity::grant_funding;
use crate::reports::entity::{report, report_people};

/// What is kept of a donor's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Figure {
    /// Grants that it pays for; one for each grant.
    Grants,
    /// US cents committed.
    Committed,
    /// US cents paid in a year.
    Paid(i32),
    /// People in accepted reports of its grants, whoever else pays for those.
    People(HelpKind, Sex),
}

impl Figure {
    /// As it is stored.
    pub(super) fn code(self) -> String {
        match self {
            Self::Grants => "grants".to_owned(),
            Self::Committed => "committed".to_owned(),
            Self::Paid(year) => format!("paid/{year}"),
            Self::People(help, sex) => format!("people/{help}/{sex}"),
        }
    }

    /// From what was stored.
    pub(super) fn from_code(code: &str) -> Result<Self> {
        let parts: Vec<&str> = code.split('/').collect();
        let found = match parts.as_slice() {
            ["grants"] => Some(Self::Grants),
            ["committed"] => Some(Self::Committed),
            ["paid", year] => year.parse().ok().map(Self::Paid),
            ["people", help, sex] => {
                HelpKind::from_code(help).zip(Sex::from_code(sex)).map(|(help, sex)| Self::People(help, sex))
            }
            _ => None,
        };
        found.ok_or_else(|| unknown_code("figure of a donor", code))
    }
}

/// Amounts by donor and figure; none of them is zero.
type Figures = BTreeMap<(i64, String), i64>;

/// Brings everything that is kept of a grant up to date. Whatever changes a grant's funding, its confirmed payments
/// or its accepted reports calls this afterwards, holding the money lock.
///
/// # Errors
/// The database's.
pub async fn renew(work: &Work<'_>, grant: GrantId) -> Result<()> {
    use donor_grant_figure::Column as G;
    let database = &work.transaction;
    let rows = donor_grant_figure::Entity::find().filter(G::GrantId.eq(grant.0)).all(database).await?;
    let before: Figures = rows.into_iter().map(|row| ((row.donor_id, row.figure), row.amount)).collect();
    let after = recompute(database, Some(grant)).await?.remove(&grant.0).unwrap_or_default();
    if before == after {
        return Ok(());
    }
    donor_grant_figure::Entity::delete_many().filter(G::GrantId.eq(grant.0)).exec(database).await?;
    let kept = after.iter().map(|((donor, figure), amount)| donor_grant_figure::ActiveModel {
        donor_id: Set(*donor),
        figure: Set(figure.clone()),
        grant_id: Set(grant.0),
        amount: Set(*amount),
    });
    if !after.is_empty() {
        donor_grant_figure::Entity::insert_many(kept).exec_without_returning(database).await?;
    }
    let mut change = after;
    for (key, amount) in before {
        *change.entry(key).or_default() -= amount;
    }
    change.retain(|_, amount| *amount != 0);
    if change.is_empty() {
        return Ok(());
    }
    let change = change.into_iter().map(|((donor, figure), amount)| donor_figure::ActiveModel {
        donor_id: Set(donor),
        figure: Set(figure),
        amount: Set(amount),
    });
    use donor_figure::Column as D;
    let sum = Expr::col((donor_figure::Entity, D::Amount)).add(Expr::col((Alias::new("excluded"), D::Amount)));
    let add = OnConflict::columns([D::DonorId, D::Figure]).value(D::Amount, sum).to_owned();
    donor_figure::Entity::insert_many(change).on_conflict(add).exec_without_returning(database).await?;
    Ok(())
}

/// What is kept of a donor in sum.
pub(super) async fn of_donor<C: ConnectionTrait>(database: &C, donor: i64) -> Result<HashMap<Figure, i64>> {
    let rows = donor_figure::Entity::find().filter(donor_figure::Column::DonorId.eq(donor)).all(database).await?;
    rows.into_iter().map(|row| Ok((Figure::from_code(&row.figure)?, row.amount))).collect()
}

/// Recomputes what is kept, of every grant and in sum, and names every difference.
pub(crate) async fn check<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut kept: BTreeMap<(i64, i64, String), i64> = BTreeMap::new();
    for row in donor_grant_figure::Entity::find().all(database).await? {
        kept.insert((row.donor_id, row.grant_id, row.figure), row.amount);
    }
    let (mut expected, mut sums) = (BTreeMap::new(), Figures::new());
    for (grant, figures) in recompute(database, None).await? {
        for ((donor, figure), amount) in figures {
            *sums.entry((donor, figure.clone())).or_default() += amount;
            expected.insert((donor, grant, figure), amount);
        }
    }
    let rows = donor_figure::Entity::find().all(database).await?;
    let kept_sums: Figures = rows.into_iter().map(|row| ((row.donor_id, row.figure), row.amount)).collect();
    let mut findings = Vec::new();
    differences(&kept, &expected, |(donor, grant, figure), kept, should| {
        findings.push(format!("donor {donor}, grant {grant}, {figure}: kept {kept}, the records say {should}"));
    });
    differences(&kept_sums, &sums, |(donor, figure), kept, should| {
        findings.push(format!("donor {donor}, {figure}: kept {kept} in sum, the records say {should}"));
    });
    Ok(findings)
}

/// Tells of each key whose amounts differ; what is missing is zero.
pub(crate) fn differences<K: Ord>(
    kept: &BTreeMap<K, i64>,
    expected: &BTreeMap<K, i64>,
    mut tell: impl FnMut(&K, i64, i64),
) {
    let of = |sums: &BTreeMap<K, i64>, key: &K| sums.get(key).copied().unwrap_or(0);
    for key in kept.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
        let (is, should) = (of(kept, key), of(expected, key));
        if is != should {
            tell(key, is, should);
        }
    }
}

/// The figures of one grant or of all, from the records.
async fn recompute<C: ConnectionTrait>(database: &C, grant: Option<GrantId>) -> Result<BTreeMap<i64, Figures>> {
    let paid = payments(database, grant).await?;
    let people = people(database, grant).await?;
    let mut figures = BTreeMap::new();
    for (id, shares) in funding(database, grant).await? {
        let by_year = paid.get(&id).map_or_else(BTreeMap::new, |paid| spread_over_years(&shares, paid));
        let of_grant: &mut Figures = figures.entry(id).or_default();
        let donors: BTreeSet<i64> = shares.iter().map(|(donor, _)| *donor).collect();
        let mut add = |donor: i64, figure: Figure, amount: i64| {
            *of_grant.entry((donor, figure.code())).or_default() += amount;
        };
        for (donor, share) in &shares {
            add(*donor, Figure::Committed, share.usd_minor);
        }
        for ((donor, year), amount) in by_year {
            add(donor, Figure::Paid(year), amount);
        }
        for donor in donors {
            add(donor, Figure::Grants, 1);
            for (help, sex, number) in people.get(&id).into_iter().flatten() {
                add(donor, Figure::People(*help, *sex), *number);
            }
        }
        of_grant.retain(|_, amount| *amount != 0);
    }
    Ok(figures)
}

/// Spreads what a grant was paid over all receipts that fund it, and adds up each donor's. A year's part is the
/// difference of the sums up to it and before it, so that the years add up to the whole, to the cent.
fn spread_over_years(shares: &[(i64, FundingShare)], paid: &BTreeMap<i32, i64>) -> BTreeMap<(i64, i32), i64> {
    let parts: Vec<FundingShare> = shares.iter().map(|(_, share)| *share).collect();
    let (mut so_far, mut before) = (0, BTreeMap::<i64, i64>::new());
    let mut by_year = BTreeMap::new();
    for (year, usd_minor) in paid {
        so_far += usd_minor;
        let mut until_now = BTreeMap::<i64, i64>::new();
        for ((donor, _), part) in shares.iter().zip(spread(so_far, &parts)) {
            *until_now.entry(*donor).or_default() += part.usd_minor;
        }
        for (donor, sum) in &until_now {
            by_year.insert((*donor, *year), sum - before.get(donor).copied().unwrap_or(0));
        }
        before = until_now;
    }
    by_year
}

/// By grant: what each receipt pays for it, with the donor who gave it.
async fn funding<C: ConnectionTrait>(
    database: &C,
    grant: Option<GrantId>,
) -> Result<BTreeMap<i64, Vec<(i64, FundingShare)>>> {
    let to_receipt: RelationDef = grant_funding::Entity::belongs_to(receipt::Entity)
        .from(grant_funding::Column::ReceiptId)
        .to(receipt::Column::Id)
        .into();
    let to_pledge: RelationDef =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    let mut query = grant_funding::Entity::find();
    if let Some(grant) = grant {
        query = query.filter(grant_funding::Column::GrantId.eq(grant.0));
    }
    let rows: Vec<(i64, i64, i64, i64)> = query
        .select_only()
        .column(grant_funding::Column::GrantId)
        .column(pledge::Column::DonorId)
        .column(grant_funding::Column::ReceiptId)
        .column(grant_funding::Column::UsdMinor)
        .join(JoinType::InnerJoin, to_receipt)
        .join(JoinType::InnerJoin, to_pledge)
        .order_by_asc(grant_funding::Column::Id)
        .into_tuple()
        .all(database)
        .await?;
    let mut shares: BTreeMap<i64, Vec<(i64, FundingShare)>> = BTreeMap::new();
    for (grant, donor, receipt, usd_minor) in rows {
        let share = FundingShare { receipt: ReceiptId(receipt), usd_minor };
        shares.entry(grant).or_default().push((donor, share));
    }
    Ok(shares)
}

/// By grant: what the bank confirmed as paid, by year.
async fn payments<C: ConnectionTrait>(
    database: &C,
    grant: Option<GrantId>,
) -> Result<HashMap<i64, BTreeMap<i32, i64>>> {
    let mut query =
        disbursement::Entity::find().filter(disbursement::Column::State.eq(DisbursementState::Confirmed.code()));
    if let Some(grant) = grant {
        query = query.filter(disbursement::Column::GrantId.eq(grant.0));
    }
    let mut paid: HashMap<i64, BTreeMap<i32, i64>> = HashMap::new();
    for row in query.all(database).await? {
        let confirmed = || vienna_date(row.confirmed_at.unwrap_or(row.requested_at));
        let day: NaiveDate = row.paid_on.unwrap_or_else(confirmed);
        *paid.entry(row.grant_id).or_default().entry(day.year()).or_default() += row.usd_minor;
    }
    Ok(paid)
}

/// By grant: people in accepted reports by kind of help and sex.
async fn people<C: ConnectionTrait>(
    database: &C,
    grant: Option<GrantId>,
) -> Result<HashMap<i64, Vec<(HelpKind, Sex, i64)>>> {
    let to_report: RelationDef = report_people::Entity::belongs_to(report::Entity)
        .from(report_people::Column::ReportId)
        .to(report::Column::Id)
        .into();
    let sum = Expr::col((report_people::Entity, report_people::Column::People)).sum().cast_as("BIGINT");
    let mut query = report_people::Entity::find()
        .join(JoinType::InnerJoin, to_report)
        .filter(report::Column::State.eq(ReportState::Accepted.code()));
    if let Some(grant) = grant {
        query = query.filter(report::Column::GrantId.eq(grant.0));
    }
    let rows: Vec<(i64, String, String, i64)> = query
        .select_only()
        .column(report::Column::GrantId)
        .column(report_people::Column::Help)
        .column(report_people::Column::Sex)
        .column_as(sum, "people")
        .group_by(report::Column::GrantId)
        .group_by(report_people::Column::Help)
        .group_by(report_people::Column::Sex)
        .into_tuple()
        .all(database)
        .await?;
    let mut people: HashMap<i64, Vec<(HelpKind, Sex, i64)>> = HashMap::new();
    for (grant, help, sex, number) in rows {
        let help = HelpKind::from_code(&help).ok_or_else(|| unknown_code("kind of help", &help))?;
        let sex = Sex::from_code(&sex).ok_or_else(|| unknown_code("sex", &sex))?;
        people.entry(grant).or_default().push((help, sex, number));
    }
    Ok(people)
}
