//! Reading grants.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::applications::Counted;
use domain::budgets::BudgetCategory;
use domain::contributions::Earmark;
use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::grants::{GrantState, InstalmentCondition};
use domain::ids::{ApplicationId, DisbursementId, GrantId, IndicatorId, InstalmentId, OrganisationId, ReportId};
use domain::ledger::Account;
use domain::message::Message;
use domain::money::Money;
use domain::reports::{ReportKind, ReportState};
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::amendments::queries::AmendmentRow;
use super::award_conditions::{self, AwardCondition};
use super::entity::grant;
use super::indicators::{INDICATORS_UNCONFIRMED, has_unconfirmed_indicator};
use super::payable::{INSTALMENT_DUE, has_instalment_due};
use super::recoveries::queries::RecoveryRow;
use super::{amendments, books, close, parts, recoveries, state_of, terminate};
use crate::context::Context;
use crate::disbursements::Conditions;
use crate::error::Result;
use crate::organisations::entity::organisation;
use crate::organisations::queries::names as organisation_names;
use crate::page::{Page, PageRequest, matches, page_of, page_uncounted};

/// A grant in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantRow {
    /// Identifier.
    pub id: GrantId,
    /// Number, such as `G-2026-0007`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Country.
    pub country: String,
    /// How much.
    pub award: Money,
    /// How far.
    pub state: GrantState,
    /// Last day.
    pub end_date: Option<NaiveDate>,
}

/// An instalment and whether it can be paid now.
#[derive(Clone, Debug, PartialEq)]
pub struct InstalmentView {
    /// Identifier.
    pub id: InstalmentId,
    /// Number.
    pub number: i64,
    /// How much.
    pub amount: Money,
    /// What it waits for.
    pub condition: InstalmentCondition,
    /// The report that must be accepted first.
    pub after_report: Option<i64>,
    /// The last disbursement for it, and how far that is.
    pub disbursement: Option<(DisbursementId, DisbursementState)>,
    /// When the bank paid.
    pub paid_on: Option<NaiveDate>,
    /// Why it cannot be requested now; none when it can.
    pub obstacle: Option<Message>,
}

/// A report of the grant.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportBrief {
    /// Identifier.
    pub id: ReportId,
    /// Number.
    pub number: i64,
    /// Interim or final.
    pub kind: ReportKind,
    /// First day that it covers.
    pub period_start: NaiveDate,
    /// Last day that it covers.
    pub period_end: NaiveDate,
    /// Last day in time.
    pub due: NaiveDate,
    /// How far.
    pub state: ReportState,
    /// True when it should be here and is not.
    pub late: bool,
}

/// A line of the grant's budget.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLineView {
    /// Number of the line.
    pub position: i64,
    /// Category.
    pub category: BudgetCategory,
    /// What for.
    pub description: String,
    /// How much.
    pub budget: Money,
}

/// An indicator with its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorView {
    /// Identifier.
    pub id: IndicatorId,
    /// Number of the indicator.
    pub position: i64,
    /// What is measured.
    pub indicator: String,
    /// Of what the numbers are.
    pub unit: String,
    /// At the start.
    pub baseline: i64,
    /// At the end.
    pub target: i64,
    /// What the organisation says that it counts; people where it does not say.
    pub counted: Counted,
    /// What the secretariat has confirmed that it counts.
    pub confirmed: Option<Counted>,
}

/// Money of one receipt that pays for the grant.
#[derive(Clone, Debug, PartialEq)]
pub struct FundingView {
    /// The donor.
    pub donor: String,
    /// What the donor bound it to.
    pub earmark: Earmark,
    /// When it came in.
    pub received_on: NaiveDate,
    /// How much of it.
    pub amount: Money,
    /// Of that, what was approved for payment.
    pub advanced: Money,
    /// Of that, what the bank paid.
    pub paid: Money,
    /// Of that, what accepted reports say was spent.
    pub spent: Money,
}

/// One grant.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantView {
    /// As in a list.
    pub row: GrantRow,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The application that it came of.
    pub application: ApplicationId,
    /// Theme.
    pub theme: String,
    /// Conditions of the Board, as it wrote them.
    pub conditions: String,
    /// Each of them, and whether it is met.
    pub award_conditions: Vec<AwardCondition>,
    /// Months.
    pub months: i64,
    /// First day.
    pub start_date: Option<NaiveDate>,
    /// When the agreement was offered.
    pub offered_at: Option<DateTime<Utc>>,
    /// Why the agreement that was offered last was taken back; empty once it is offered again.
    pub taken_back_reason: String,
    /// Who countersigned, as typed.
    pub countersigned_name: Option<String>,
    /// When.
    pub countersigned_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was terminated; empty otherwise.
    pub ended_reason: String,
    /// Committed and not approved for payment yet.
    pub open: Money,
    /// Approved for payment and not yet paid by the bank.
    pub under_way: Money,
    /// Paid by the bank.
    pub paid: Money,
    /// Recognised as spent.
    pub spent: Money,
    /// Instalments by number.
    pub instalments: Vec<InstalmentView>,
    /// Reports by number.
    pub reports: Vec<ReportBrief>,
    /// Budget by line.
    pub budget: Vec<BudgetLineView>,
    /// Indicators.
    pub indicators: Vec<IndicatorView>,
    /// Where the money comes from; for those who may read contributions.
    pub funding: Vec<FundingView>,
    /// Why the grant cannot be closed now; none when it can.
    pub close_obstacle: Option<Message>,
    /// Why the grant cannot be terminated now; none when it can.
    pub terminate_obstacle: Option<Message>,
    /// Advanced and not accounted for; what would have to be paid back if the grant ended now.
    pub advance: Money,
    /// What has to be paid back after the grant ended.
    pub recovery: Option<RecoveryRow>,
    /// Amendments by number.
    pub amendments: Vec<AmendmentRow>,
}

/// Grants page by page; searched by number, title and organisation, filtered by state. An organisation's
/// members see their own only.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<GrantRow>> {
    context.permit(Action::ReadGrants, &Subject::NONE)?;
    let organisation_of = grant::Entity::belongs_to(organisation::Entity)
        .from(grant::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    let mut query = grant::Entity::find();
    // Joined only where it decides something: counting a list reads nothing of it then.
    if request.folded().is_some() || request.sort == "organisation" {
        query = query.join(JoinType::InnerJoin, organisation_of);
    }
    if context.actor.role.is_some_and(Role::of_organisation) {
        query = query.filter(grant::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)));
    }
    if let Some(words) = request.folded() {
        query = query.filter(
            Condition::any()
                .add(matches(grant::Column::Search, &words))
                .add(matches(organisation::Column::Search, &words)),
        );
    }
    if request.filter == INSTALMENT_DUE {
        query = query.filter(has_instalment_due(context.today()));
    } else if request.filter == INDICATORS_UNCONFIRMED {
        query = query.filter(has_unconfirmed_indicator());
    } else if let Some(state) = GrantState::from_code(&request.filter) {
        query = query.filter(grant::Column::State.eq(state.code()));
    }
    let query = match request.sort.as_str() {
        "title" => query.order_by_asc(grant::Column::Title),
        "organisation" => query.order_by_asc(organisation::Column::LegalName),
        "award" => query.order_by_desc(grant::Column::AwardUsdMinor),
        "end" => query.order_by_asc(grant::Column::EndDate),
        // As their numbers were given.
        _ => query,
    };
    let query = query.order_by_desc(grant::Column::Id);
    let Page { rows, total, more, page } = match request.filter.as_str() {
        // Of each one all conditions of payment are asked.
        INSTALMENT_DUE => page_uncounted(context, query, request).await?,
        _ => page_of(context, query, request).await?,
    };
    let names = organisation_names(context.database(), rows.iter().map(|row| row.organisation_id)).await?;
    let rows = rows
        .iter()
        .map(|row| grant_row(row, names.get(&row.organisation_id).cloned().unwrap_or_default()))
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// The numbers of grants, such as `G-2026-0007`.
pub(crate) async fn numbers<C: ConnectionTrait>(
    database: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>> {
    let numbers = grant::Entity::find()
        .select_only()
        .column(grant::Column::Id)
        .column(grant::Column::Number)
        .filter(grant::Column::Id.is_in(ids))
        .into_tuple::<(i64, String)>()
        .all(database)
        .await?;
    Ok(numbers.into_iter().collect())
}

fn grant_row(row: &grant::Model, organisation: String) -> Result<GrantRow> {
    Ok(GrantRow {
        id: GrantId(row.id),
        number: row.number.clone(),
        title: row.title.clone(),
        organisation,
        country: row.country.clone(),
        award: Money::usd(row.award_usd_minor),
        state: state_of(row)?,
        end_date: row.end_date,
    })
}

/// One grant with all that belongs to it.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: GrantId) -> Result<GrantView> {
    context.permit(Action::ReadGrants, &Subject::NONE)?;
    let database = context.database();
    let grant = grant::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let owner = OrganisationId(grant.organisation_id);
    context.permit(Action::ReadGrants, &Subject::organisation(owner))?;
    let organisation = organisation::Entity::find_by_id(owner.0).one(database).await?.ok_or(AppError::NotFound)?;
    let conditions = Conditions::load(database, &grant, context.today()).await?;
    let state = state_of(&grant)?;
    let close_obstacle = match state {
        GrantState::Active => close::obstacle(database, &grant).await?,
        _ => None,
    };
    let terminate_obstacle = match state.is_running() {
        true => terminate::obstacle(database, &grant, context.today()).await?,
        false => None,
    };
    Ok(GrantView {
        organisation: owner,
        application: ApplicationId(grant.application_id),
        theme: grant.theme.clone(),
        conditions: grant.conditions.clone(),
        award_conditions: award_conditions::of_grant(context, id).await?,
        months: grant.months,
        start_date: grant.start_date,
        offered_at: grant.offered_at,
        taken_back_reason: grant.taken_back_reason.clone(),
        countersigned_name: grant.countersigned_name.clone(),
        countersigned_at: grant.countersigned_at,
        closed_at: grant.closed_at,
        ended_reason: grant.ended_reason.clone(),
        open: Money::usd(books::total(database, id.0, &[Account::CommitmentsOpen]).await?),
        under_way: Money::usd(
            -books::total(database, id.0, &[Account::PaymentsApproved, Account::PaymentsInTransit]).await?,
        ),
        paid: Money::usd(-books::total(database, id.0, &[Account::Cash]).await?),
        spent: Money::usd(books::total(database, id.0, &[Account::GrantExpenditure]).await?),
        instalments: parts::instalments(&conditions)?,
        reports: parts::reports(context, id).await?,
        budget: parts::budget(context, id).await?,
        indicators: parts::indicators(context, id).await?,
        funding: parts::funding(context, id).await?,
        close_obstacle,
        terminate_obstacle,
        advance: Money::usd(books::total(database, id.0, &[Account::AdvancesToPartners]).await?),
        recovery: recoveries::queries::of_grant(context, id).await?,
        amendments: amendments::queries::of_grant(context, &grant).await?,
        row: grant_row(&grant, organisation.legal_name)?,
    })
}
