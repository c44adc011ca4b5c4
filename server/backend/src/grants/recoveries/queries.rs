//! Reading recoveries.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ids::{GrantId, OrganisationId, RecoveryId};
use domain::money::Money;
use domain::recoveries::{RecoveryState, RecoveryStep};
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::codes;
use crate::context::Context;
use crate::contributions::entity::{pledge, receipt};
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::grants::entity::{grant, recovery, recovery_share, recovery_step};
use crate::grants::queries::numbers;
use crate::organisations::entity::organisation;
use crate::organisations::queries::names as organisation_names;
use crate::page::{Page, PageRequest, contains, matches, page_of};

/// The filter of the list that gives recoveries that should have been paid back by now.
pub const LATE: &str = "late";

/// Recoveries that should have been paid back by now.
pub(crate) fn is_late(today: NaiveDate) -> Condition {
    Condition::all().add(recovery::Column::State.eq(RecoveryState::Open.code())).add(recovery::Column::Due.lt(today))
}

/// A recovery in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryRow {
    /// Identifier.
    pub id: RecoveryId,
    /// Number, such as `R-2026-0007`.
    pub number: String,
    /// The grant that ended.
    pub grant: GrantId,
    /// Its number.
    pub grant_number: String,
    /// Who owes.
    pub organisation: String,
    /// To be paid back.
    pub amount: Money,
    /// Paid back so far.
    pub received: Money,
    /// Written off so far.
    pub written_off: Money,
    /// Still owed.
    pub left: Money,
    /// Last day in time.
    pub due: NaiveDate,
    /// How far.
    pub state: RecoveryState,
    /// True when it should have been paid back by now.
    pub late: bool,
}

/// One step of a recovery.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// Received or written off.
    pub kind: RecoveryStep,
    /// How much.
    pub amount: Money,
    /// The day.
    pub date: NaiveDate,
    /// The bank's reference.
    pub bank_reference: Option<String>,
    /// Why it was written off.
    pub reason: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The part of one receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareView {
    /// The donor.
    pub donor: String,
    /// What the donor bound it to.
    pub earmark: Earmark,
    /// When it came in.
    pub received_on: NaiveDate,
    /// Owed to it.
    pub amount: Money,
    /// Came back to it.
    pub received: Money,
    /// Lost to it.
    pub written_off: Money,
}

/// One recovery.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryView {
    /// As in a list.
    pub row: RecoveryRow,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Steps, oldest first.
    pub steps: Vec<StepView>,
    /// Parts by receipt; for those who may read contributions.
    pub shares: Vec<ShareView>,
}

/// Recoveries page by page, open ones first by the day on which they are due; searched by number, grant and
/// organisation, filtered by state or [`LATE`]. An organisation's members see their own only.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<RecoveryRow>> {
    context.permit(Action::ReadRecoveries, &Subject::NONE)?;
    let mut query = joined();
    if context.actor.role.is_some_and(Role::of_organisation) {
        query = query.filter(recovery::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)));
    }
    if let Some(words) = request.folded() {
        let mut any = Condition::any()
            .add(matches(grant::Column::Search, &words))
            .add(matches(organisation::Column::Search, &words));
        if let Some(pattern) = request.pattern() {
            any = any.add(contains(recovery::Column::Number, &pattern));
        }
        query = query.filter(any);
    }
    if request.filter == LATE {
        query = query.filter(is_late(context.today()));
    } else if let Some(state) = RecoveryState::from_code(&request.filter) {
        query = query.filter(recovery::Column::State.eq(state.code()));
    }
    let query = query
        .order_by_asc(recovery::Column::State)
        .order_by_asc(recovery::Column::Due)
        .order_by_asc(recovery::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    Ok(Page { rows: shown(context, rows).await?, total, more, page })
}

fn joined() -> sea_orm::Select<recovery::Entity> {
    let to_grant =
        recovery::Entity::belongs_to(grant::Entity).from(recovery::Column::GrantId).to(grant::Column::Id).into();
    let to_organisation = recovery::Entity::belongs_to(organisation::Entity)
        .from(recovery::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    recovery::Entity::find().join(JoinType::InnerJoin, to_grant).join(JoinType::InnerJoin, to_organisation)
}

/// Rows with the numbers of their grants and the names of their organisations, in two queries.
async fn shown(context: &Context, rows: Vec<recovery::Model>) -> Result<Vec<RecoveryRow>> {
    let numbers = numbers(context.database(), rows.iter().map(|row| row.grant_id)).await?;
    let names = organisation_names(context.database(), rows.iter().map(|row| row.organisation_id)).await?;
    rows.into_iter()
        .map(|row| {
            let state =
                RecoveryState::from_code(&row.state).ok_or_else(|| unknown_code("recovery state", &row.state))?;
            Ok(RecoveryRow {
                id: RecoveryId(row.id),
                number: row.number,
                grant: GrantId(row.grant_id),
                grant_number: numbers.get(&row.grant_id).cloned().unwrap_or_default(),
                organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
                amount: Money::usd(row.usd_minor),
                received: Money::usd(row.received_usd_minor),
                written_off: Money::usd(row.written_off_usd_minor),
                left: Money::usd(row.usd_minor - row.received_usd_minor - row.written_off_usd_minor),
                due: row.due,
                state,
                late: state == RecoveryState::Open && context.today() > row.due,
            })
        })
        .collect()
}

/// The recovery of a grant that ended, if it has one.
pub(in crate::grants) async fn of_grant(context: &Context, id: GrantId) -> Result<Option<RecoveryRow>> {
    let rows = recovery::Entity::find().filter(recovery::Column::GrantId.eq(id.0)).all(context.database()).await?;
    Ok(shown(context, rows).await?.pop())
}

/// One recovery with its steps and parts.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: RecoveryId) -> Result<RecoveryView> {
    context.permit(Action::ReadRecoveries, &Subject::NONE)?;
    let database = context.database();
    let row = recovery::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::ReadRecoveries, &Subject::organisation(OrganisationId(row.organisation_id)))?;
    let steps = recovery_step::Entity::find()
        .filter(recovery_step::Column::RecoveryId.eq(id.0))
        .order_by_asc(recovery_step::Column::Id)
        .all(database)
        .await?;
    let steps = steps
        .into_iter()
        .map(|step| {
            Ok(StepView {
                kind: RecoveryStep::from_code(&step.kind).ok_or_else(|| unknown_code("recovery step", &step.kind))?,
                amount: Money::usd(step.usd_minor),
                date: step.date,
                bank_reference: step.bank_reference,
                reason: step.reason,
                by: step.created_name,
                at: step.created_at,
            })
        })
        .collect::<Result<_>>()?;
    Ok(RecoveryView {
        created_at: row.created_at,
        steps,
        shares: shares(context, id).await?,
        row: shown(context, vec![row]).await?.pop().ok_or(AppError::NotFound)?,
    })
}

async fn shares(context: &Context, id: RecoveryId) -> Result<Vec<ShareView>> {
    if context.permit(Action::ReadContributions, &Subject::NONE).is_err() {
        return Ok(Vec::new());
    }
    let to_receipt = recovery_share::Entity::belongs_to(receipt::Entity)
        .from(recovery_share::Column::ReceiptId)
        .to(receipt::Column::Id)
        .into();
    let to_pledge =
        receipt::Entity::belongs_to(pledge::Entity).from(receipt::Column::PledgeId).to(pledge::Column::Id).into();
    let to_donor = pledge::Entity::belongs_to(donor::Entity).from(pledge::Column::DonorId).to(donor::Column::Id).into();
    let rows: Vec<(String, String, NaiveDate, i64, i64, i64)> = recovery_share::Entity::find()
        .select_only()
        .column(donor::Column::Name)
        .column(pledge::Column::Earmark)
        .column(receipt::Column::Date)
        .column(recovery_share::Column::UsdMinor)
        .column(recovery_share::Column::ReceivedUsdMinor)
        .column(recovery_share::Column::WrittenOffUsdMinor)
        .join(JoinType::InnerJoin, to_receipt)
        .join(JoinType::InnerJoin, to_pledge)
        .join(JoinType::InnerJoin, to_donor)
        .filter(recovery_share::Column::RecoveryId.eq(id.0))
        .order_by_asc(recovery_share::Column::Id)
        .into_tuple()
        .all(context.database())
        .await?;
    rows.into_iter()
        .map(|(donor, earmark, received_on, due, received, written_off)| {
            Ok(ShareView {
                donor,
                earmark: codes::earmark(&earmark)?,
                received_on,
                amount: Money::usd(due),
                received: Money::usd(received),
                written_off: Money::usd(written_off),
            })
        })
        .collect()
}
