//! What each donor's money did, kept by grant and in sum as it happens, so that a donor's page does not add up every
//! grant. [`renew`] is the only writer: it makes a grant's figures anew from its funding, payments and reports, so it
//! does not matter whether they grew, shrank or went to another donor. `check_books` proves them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::funding::MoneyStage;
use domain::help::{HelpKind, Sex};
use domain::ids::GrantId;
use domain::ledger::Event;
use domain::reports::ReportState;
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    RelationDef, Set,
};

use super::entity::{donor_figure, donor_grant_figure, pledge};
use crate::context::Work;
use crate::error::{Error, Result, unknown_code};
use crate::grants::entity::{grant_funding, money_use};
use crate::grants::funding::to_pledge;
use crate::grants::uses;
use crate::ledger::entity::journal_entry;
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
    /// People in accepted reports of its grants, whoever else pays for those, and the quarter from which they count.
    People(HelpKind, Sex, NaiveDate),
}

impl Figure {
    /// As it is stored.
    pub(super) fn code(self) -> String {
        match self {
            Self::Grants => "grants".to_owned(),
            Self::Committed => "committed".to_owned(),
            Self::Paid(year) => format!("paid/{year}"),
            Self::People(help, sex, from) => format!("people/{help}/{sex}/{from}"),
        }
    }

    /// From what was stored.
    pub(super) fn from_code(code: &str) -> Result<Self> {
        let parts: Vec<&str> = code.split('/').collect();
        let found = match parts.as_slice() {
            ["grants"] => Some(Self::Grants),
            ["committed"] => Some(Self::Committed),
            ["paid", year] => year.parse().ok().map(Self::Paid),
            ["people", help, sex, from] => HelpKind::from_code(help)
                .zip(Sex::from_code(sex))
                .zip(from.parse().ok())
                .map(|((help, sex), from)| Self::People(help, sex, from)),
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

/// How a donor funds a grant, US cents.
#[derive(Default)]
struct Part {
    /// What the grant has of the donor's receipts now.
    committed: i64,
    /// The same without what was paid back, which is what bore the payments.
    bore: i64,
}

/// The figures of one grant or of all, from the records.
async fn recompute<C: ConnectionTrait>(database: &C, grant: Option<GrantId>) -> Result<BTreeMap<i64, Figures>> {
    let paid = payments(database, grant).await?;
    let people = people(database, grant).await?;
    let mut figures = BTreeMap::new();
    for (id, parts) in funding(database, grant).await? {
        let of_grant: &mut Figures = figures.entry(id).or_default();
        let mut add = |donor: i64, figure: Figure, amount: i64| {
            *of_grant.entry((donor, figure.code())).or_default() += amount;
        };
        for (donor, year, amount) in paid.get(&id).into_iter().flatten() {
            add(*donor, Figure::Paid(*year), *amount);
        }
        for (donor, part) in parts {
            add(donor, Figure::Committed, part.committed);
            // Whoever gave all of it back never paid for the grant; whose money was paid did, also when it came back.
            if part.bore != 0 {
                add(donor, Figure::Grants, 1);
                for (help, sex, from, number) in people.get(&id).into_iter().flatten() {
                    add(donor, Figure::People(*help, *sex, *from), *number);
                }
            }
        }
        of_grant.retain(|_, amount| *amount != 0);
    }
    Ok(figures)
}

/// By grant and donor: what the donor's receipts pay for it.
async fn funding<C: ConnectionTrait>(
    database: &C,
    grant: Option<GrantId>,
) -> Result<BTreeMap<i64, BTreeMap<i64, Part>>> {
    let [to_receipt, to_pledge] = to_pledge();
    let to_entry: RelationDef = grant_funding::Entity::belongs_to(journal_entry::Entity)
        .from(grant_funding::Column::EntryId)
        .to(journal_entry::Column::Id)
        .into();
    let mut query = grant_funding::Entity::find();
    if let Some(grant) = grant {
        query = query.filter(grant_funding::Column::GrantId.eq(grant.0));
    }
    let sum = Expr::col((grant_funding::Entity, grant_funding::Column::UsdMinor)).sum().cast_as("BIGINT");
    let rows: Vec<(i64, i64, String, i64)> = query
        .select_only()
        .column(grant_funding::Column::GrantId)
        .column(pledge::Column::DonorId)
        .column(journal_entry::Column::Event)
        .column_as(sum, "moved")
        .join(JoinType::InnerJoin, to_receipt)
        .join(JoinType::InnerJoin, to_pledge)
        .join(JoinType::InnerJoin, to_entry)
        .group_by(grant_funding::Column::GrantId)
        .group_by(pledge::Column::DonorId)
        .group_by(journal_entry::Column::Event)
        .into_tuple()
        .all(database)
        .await?;
    let mut grants: BTreeMap<i64, BTreeMap<i64, Part>> = BTreeMap::new();
    for (grant, donor, event, moved) in rows {
        let part = grants.entry(grant).or_default().entry(donor).or_default();
        part.committed += moved;
        if event != Event::RecoveryReceived.code() {
            part.bore += moved;
        }
    }
    Ok(grants)
}

/// By grant: what was paid of each donor's receipts by year, less what bounced or was paid back.
async fn payments<C: ConnectionTrait>(
    database: &C,
    grant: Option<GrantId>,
) -> Result<HashMap<i64, Vec<(i64, i32, i64)>>> {
    let [to_receipt, to_pledge] = uses::to_pledge();
    let mut query = money_use::Entity::find().filter(money_use::Column::Stage.eq(MoneyStage::Paid.code()));
    if let Some(grant) = grant {
        query = query.filter(money_use::Column::GrantId.eq(grant.0));
    }
    let sum = Expr::col((money_use::Entity, money_use::Column::UsdMinor)).sum().cast_as("BIGINT");
    let rows: Vec<(i64, i64, i64, i64)> = query
        .select_only()
        .column(money_use::Column::GrantId)
        .column(pledge::Column::DonorId)
        .column(journal_entry::Column::FiscalYear)
        .column_as(sum, "paid")
        .join(JoinType::InnerJoin, to_receipt)
        .join(JoinType::InnerJoin, to_pledge)
        .join(JoinType::InnerJoin, uses::to_entry())
        .group_by(money_use::Column::GrantId)
        .group_by(pledge::Column::DonorId)
        .group_by(journal_entry::Column::FiscalYear)
        .into_tuple()
        .all(database)
        .await?;
    let mut paid: HashMap<i64, Vec<(i64, i32, i64)>> = HashMap::new();
    for (grant, donor, year, amount) in rows {
        paid.entry(grant).or_default().push((donor, i32::try_from(year).unwrap_or(0), amount));
    }
    Ok(paid)
}

/// People by kind of help and sex, with the day from which they count.
type People = Vec<(HelpKind, Sex, NaiveDate, i64)>;

/// By grant: people in accepted reports.
async fn people<C: ConnectionTrait>(database: &C, grant: Option<GrantId>) -> Result<HashMap<i64, People>> {
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
    let rows: Vec<(i64, String, String, Option<NaiveDate>, i64)> = query
        .select_only()
        .column(report::Column::GrantId)
        .column(report_people::Column::Help)
        .column(report_people::Column::Sex)
        .column(report::Column::PeopleFrom)
        .column_as(sum, "people")
        .group_by(report::Column::GrantId)
        .group_by(report_people::Column::Help)
        .group_by(report_people::Column::Sex)
        .group_by(report::Column::PeopleFrom)
        .into_tuple()
        .all(database)
        .await?;
    let mut people: HashMap<i64, People> = HashMap::new();
    for (grant, help, sex, from, number) in rows {
        let help = HelpKind::from_code(&help).ok_or_else(|| unknown_code("kind of help", &help))?;
        let sex = Sex::from_code(&sex).ok_or_else(|| unknown_code("sex", &sex))?;
        let from =
            from.ok_or_else(|| Error::Defect(format!("an accepted report of grant {grant} counts from no day")))?;
        people.entry(grant).or_default().push((help, sex, from, number));
    }
    Ok(people)
}
