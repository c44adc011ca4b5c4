//! Reading disbursements.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::disbursements::{DisbursementState, DisbursementStep};
use domain::errors::AppError;
use domain::ids::{DisbursementId, GrantId, InstalmentId, OrganisationId, PaymentBatchId, UserId};
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};

use super::batches::batch_of;
use super::conditions::{ConditionView, Conditions};
use super::entity::{disbursement, disbursement_step};
use super::hold::may_resume;
pub use super::offers::Offer;
use super::offers::offers;
use super::officers::roles_now;
use super::take::state_of;
use super::tasks::DisbursementTask;
use crate::context::Context;
use crate::error::{Error, Result, unknown_code};
use crate::grants::entity::{grant, instalment};
use crate::ledger::queries::{EntryRow, of_source};
use crate::organisations::account::{Account, about_organisation};
use crate::organisations::entity::{bank_details, organisation};
use crate::organisations::queries::names as organisation_names;
use crate::page::{Page, PageRequest, matches, page_of, page_of_both};

/// A disbursement in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct DisbursementRow {
    /// Identifier.
    pub id: DisbursementId,
    /// The grant.
    pub grant: GrantId,
    /// The grant's number.
    pub grant_number: String,
    /// Who is paid.
    pub organisation: String,
    /// Number of the instalment.
    pub instalment: i64,
    /// How much.
    pub amount: Money,
    /// How far.
    pub state: DisbursementState,
    /// Since when it is on its way.
    pub requested_at: DateTime<Utc>,
    /// True while it is on hold.
    pub is_held: bool,
    /// True when the reader takes the next step, in the own role or in an absent officer's.
    pub waits_for_me: bool,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// What happened.
    pub step: DisbursementStep,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; empty for the organisation's members, who need not know the officers.
    pub actor: String,
    /// In whose place, empty for a person's own role and for the organisation's members.
    pub stands_for: String,
    /// The reason or note; empty for the organisation's members.
    pub reason: String,
}

/// A disbursement on hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Who holds it; empty for the organisation's members.
    pub by: String,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Why; empty for the organisation's members.
    pub reason: String,
}

/// Where the money goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Payee {
    /// Holder of the account.
    pub account_holder: String,
    /// Bank.
    pub bank_name: String,
    /// Country of the bank.
    pub bank_country: String,
    /// Account number or IBAN.
    pub account_number: String,
    /// BIC.
    pub bic: String,
    /// When the organisation last changed its details; none when this is the account as it was approved.
    pub updated_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Payee {
    /// Without the account: it does not belong into logs.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Payee").field("updated_at", &self.updated_at).finish_non_exhaustive()
    }
}

/// One disbursement.
#[derive(Clone, Debug, PartialEq)]
pub struct DisbursementView {
    /// As in a list.
    pub row: DisbursementRow,
    /// Title of the grant.
    pub title: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Notes of those who took the steps; empty for the organisation's members.
    pub note: String,
    /// Why it was rejected, failed or voided.
    pub reason: String,
    /// The bank's reference.
    pub bank_reference: Option<String>,
    /// When the bank paid.
    pub paid_on: Option<NaiveDate>,
    /// Steps so far, oldest first.
    pub steps: Vec<StepView>,
    /// What the reader may do now.
    pub offers: Vec<Offer>,
    /// Why the reader may not take the next step although the role fits, or why nobody may.
    pub obstacle: Option<Message>,
    /// The conditions of the instalment; while it is not with the bank.
    pub conditions: Vec<ConditionView>,
    /// The instalment.
    pub instalment: InstalmentId,
    /// True while an approving officer may waive a condition.
    pub may_waive: bool,
    /// Set while it is on hold.
    pub held: Option<Hold>,
    /// True when the reader may hold it.
    pub may_hold: bool,
    /// True when the reader may let it go on.
    pub may_resume: bool,
    /// The live batch that it is in.
    pub batch: Option<(PaymentBatchId, String)>,
    /// When it came back.
    pub bounced_on: Option<NaiveDate>,
    /// Where the money goes; for those who may read it.
    pub payee: Option<Payee>,
    /// Entries in the books; for those who may read them.
    pub entries: Vec<EntryRow>,
}

/// The states in which a role takes the next step.
const fn waiting_for(role: Role) -> &'static [DisbursementState] {
    match role {
        Role::ProgrammeOfficer => &[DisbursementState::Returned],
        Role::CertifyingOfficer => &[DisbursementState::Requested],
        Role::ApprovingOfficer => &[DisbursementState::Certified],
        Role::FinanceOfficer => &[DisbursementState::Approved, DisbursementState::Released],
        _ => &[],
    }
}

/// The states in which the reader takes the next step today.
async fn waiting(context: &Context) -> Result<Vec<DisbursementState>> {
    Ok(roles_now(context).await?.into_iter().flat_map(waiting_for).copied().collect())
}

/// Disbursements page by page, those that wait for the reader first; searched by the grant's number and the
/// organisation's name, filtered by state or [`DisbursementTask`]. An organisation's members see their own only.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<DisbursementRow>> {
    context.permit(Action::ReadDisbursements, &Subject::NONE)?;
    let grant_of = disbursement::Entity::belongs_to(grant::Entity)
        .from(disbursement::Column::GrantId)
        .to(grant::Column::Id)
        .into();
    let organisation_of = grant::Entity::belongs_to(organisation::Entity)
        .from(grant::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    let of_organisation = context.actor.role.is_some_and(Role::of_organisation);
    let mut query = disbursement::Entity::find();
    // Joined only where they decide something: counting a list reads none of them then.
    if of_organisation || request.folded().is_some() || ["grant", "organisation"].contains(&request.sort.as_str()) {
        query = query.join(JoinType::InnerJoin, grant_of).join(JoinType::InnerJoin, organisation_of);
    }
    if of_organisation {
        query = query.filter(grant::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)));
    }
    if let Some(words) = request.folded() {
        query = query.filter(
            Condition::any()
                .add(matches(grant::Column::Search, &words))
                .add(matches(organisation::Column::Search, &words)),
        );
    }
    if let Some(task) = DisbursementTask::from_code(&request.filter) {
        query = query.filter(task.condition());
    } else if let Some(state) = DisbursementState::from_code(&request.filter) {
        query = query.filter(disbursement::Column::State.eq(state.code()));
    }
    let query = match request.sort.as_str() {
        "amount" => query.order_by_desc(disbursement::Column::UsdMinor),
        "grant" => query.order_by_asc(grant::Column::Number),
        "organisation" => query.order_by_asc(organisation::Column::LegalName),
        _ => query,
    };
    // As they were requested.
    let query = query.order_by_desc(disbursement::Column::Id);
    // What waits comes first, unless the list shows one state or task anyway.
    let waiting = if request.filter.is_empty() { waiting(context).await? } else { Vec::new() };
    let waiting: Vec<&str> = waiting.iter().map(|state| state.code()).collect();
    let Page { rows, total, more, page } = if waiting.is_empty() {
        page_of(context, query, request).await?
    } else {
        // By their numbers, so that nothing else is read to find them: they are few, and the table grows.
        let numbers = disbursement::Entity::find()
            .select_only()
            .column(disbursement::Column::Id)
            .filter(disbursement::Column::State.is_in(waiting.iter().copied()));
        let waits = query.clone().filter(disbursement::Column::Id.in_subquery(numbers.into_query()));
        let others = query.clone().filter(disbursement::Column::State.is_not_in(waiting));
        page_of_both(context, query, (waits, others), request).await?
    };
    Ok(Page { rows: shown(context, rows).await?, total, more, page })
}

/// Adds the grant, the organisation and the instalment to rows, with one query for each.
pub(super) async fn shown(context: &Context, rows: Vec<disbursement::Model>) -> Result<Vec<DisbursementRow>> {
    let database = context.database();
    let grants: HashMap<i64, grant::Model> = grant::Entity::find()
        .filter(grant::Column::Id.is_in(rows.iter().map(|row| row.grant_id)))
        .all(database)
        .await?
        .into_iter()
        .map(|grant| (grant.id, grant))
        .collect();
    let organisations = organisation_names(database, grants.values().map(|grant| grant.organisation_id)).await?;
    let instalments: HashMap<i64, i64> = instalment::Entity::find()
        .filter(instalment::Column::Id.is_in(rows.iter().map(|row| row.instalment_id)))
        .all(database)
        .await?
        .into_iter()
        .map(|instalment| (instalment.id, instalment.number))
        .collect();
    let waiting = waiting(context).await?;
    rows.into_iter()
        .map(|row| {
            let grant = grants
                .get(&row.grant_id)
                .ok_or_else(|| Error::Defect(format!("disbursement {} without a grant", row.id)))?;
            let state = state_of(&row)?;
            Ok(DisbursementRow {
                id: DisbursementId(row.id),
                grant: GrantId(grant.id),
                grant_number: grant.number.clone(),
                organisation: organisations.get(&grant.organisation_id).cloned().unwrap_or_default(),
                instalment: instalments.get(&row.instalment_id).copied().unwrap_or(0),
                amount: Money::usd(row.usd_minor),
                state,
                requested_at: row.requested_at,
                is_held: row.held_at.is_some(),
                waits_for_me: waiting.contains(&state) && row.held_at.is_none(),
            })
        })
        .collect()
}

/// One disbursement with its steps, what the reader may do, the payee and the entries.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: DisbursementId) -> Result<DisbursementView> {
    context.permit(Action::ReadDisbursements, &Subject::NONE)?;
    let database = context.database();
    let row = disbursement::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let grant = grant::Entity::find_by_id(row.grant_id).one(database).await?.ok_or(AppError::NotFound)?;
    let owner = OrganisationId(grant.organisation_id);
    context.permit(Action::ReadDisbursements, &Subject::organisation(owner))?;
    let of_organisation = context.actor.role.is_some_and(Role::of_organisation);
    let conditions = Conditions::load(database, &grant, context.today()).await?;
    let (offers, obstacle) = offers(context, &row, &grant, &conditions).await?;
    let entries = match context.permit(Action::ReadLedger, &Subject::NONE) {
        Ok(()) => of_source(context, "disbursement", id.0).await?,
        Err(_) => Vec::new(),
    };
    let state = state_of(&row)?;
    let before_bank = state.may_be_held() || state == DisbursementState::Returned;
    let planned = conditions.instalments.iter().find(|planned| planned.id == row.instalment_id);
    let mut checks = planned.filter(|_| before_bank).map(|planned| conditions.checks(planned)).unwrap_or_default();
    if of_organisation {
        checks.iter_mut().for_each(ConditionView::hide_officer);
    }
    let may_hold = context.permit(Action::HoldDisbursements, &Subject::NONE).is_ok();
    Ok(DisbursementView {
        title: grant.title,
        organisation: owner,
        note: if of_organisation { String::new() } else { row.note.clone() },
        // The organisation is told why a payment did not reach it, not why officers sent it back to each other.
        reason: match of_organisation && !matches!(state, DisbursementState::Failed | DisbursementState::Bounced) {
            true => String::new(),
            false => row.reason.clone(),
        },
        bank_reference: row.bank_reference.clone(),
        paid_on: row.paid_on,
        bounced_on: row.bounced_on,
        steps: steps(context, id, of_organisation).await?,
        offers,
        obstacle,
        may_waive: context.permit(Action::WaiveConditions, &Subject::NONE).is_ok(),
        conditions: checks,
        instalment: InstalmentId(row.instalment_id),
        may_hold: may_hold && state.may_be_held() && row.held_at.is_none(),
        may_resume: may_hold && row.held_at.is_some() && may_resume(context, &row),
        held: held(context, &row, of_organisation).await?,
        batch: if of_organisation { None } else { batch_of(context, id).await? },
        payee: payee(context, owner, &row).await?,
        entries,
        row: shown(context, vec![row]).await?.pop().ok_or(AppError::NotFound)?,
    })
}

async fn held(context: &Context, row: &disbursement::Model, without_names: bool) -> Result<Option<Hold>> {
    let Some(at) = row.held_at else { return Ok(None) };
    let by = match row.held_by.filter(|_| !without_names) {
        Some(person) => crate::users::name_of(context.database(), UserId(person)).await?,
        None => String::new(),
    };
    let reason = row.held_reason.clone().filter(|_| !without_names).unwrap_or_default();
    Ok(Some(Hold { by, at, reason }))
}

async fn steps(context: &Context, id: DisbursementId, without_names: bool) -> Result<Vec<StepView>> {
    let rows = disbursement_step::Entity::find()
        .filter(disbursement_step::Column::DisbursementId.eq(id.0))
        .order_by_asc(disbursement_step::Column::Id)
        .all(context.database())
        .await?;
    let shown = |text: String| if without_names { String::new() } else { text };
    rows.into_iter()
        .map(|row| {
            Ok(StepView {
                step: DisbursementStep::from_code(&row.step).ok_or_else(|| unknown_code("step", &row.step))?,
                at: row.at,
                actor: shown(row.actor),
                stands_for: shown(row.stands_for),
                reason: shown(row.reason),
            })
        })
        .collect()
}

/// The account that was approved; before that, the account as it is.
async fn payee(context: &Context, owner: OrganisationId, row: &disbursement::Model) -> Result<Option<Payee>> {
    if context.permit(Action::ReadBankDetails, &Subject::organisation(owner)).is_err() {
        return Ok(None);
    }
    let (sealed, updated_at) = match row.payee_sealed.clone() {
        Some(sealed) => (sealed, None),
        None => match bank_details::Entity::find_by_id(owner.0).one(context.database()).await? {
            Some(details) => (details.sealed, Some(details.updated_at)),
            None => return Ok(None),
        },
    };
    let account = Account::open(&context.services.bank_keys, &about_organisation(owner.0), &sealed)?;
    Ok(Some(Payee {
        account_holder: account.account_holder,
        bank_name: account.bank_name,
        bank_country: account.bank_country,
        account_number: account.account_number,
        bic: account.bic,
        updated_at,
    }))
}
