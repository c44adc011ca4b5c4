//! Reading disbursements.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::disbursements::{DisbursementEvent, DisbursementState, Signatures, allowed, check_separation};
use domain::errors::AppError;
use domain::ids::{DisbursementId, GrantId, OrganisationId};
use domain::ledger::Event;
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::conditions::Conditions;
use super::entity::disbursement;
use super::take::{signatures, state_of};
use crate::context::Context;
use crate::error::{Error, Result, unknown_code};
use crate::grants::entity::{grant, instalment};
use crate::ledger::entity::journal_entry;
use crate::ledger::queries::{EntryRow, of_source};
use crate::organisations::entity::{bank_details, organisation};
use crate::organisations::queries::names as organisation_names;
use crate::page::{Page, PageRequest, matches, page_of};

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
    /// True when the reader's role takes the next step.
    pub waits_for_me: bool,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// What happened.
    pub event: Event,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; empty for the organisation's members, who need not know the officers.
    pub actor: String,
}

/// Where the money goes.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub events: Vec<DisbursementEvent>,
    /// Why the reader may not take the next step although the role fits, or why nobody may.
    pub obstacle: Option<Message>,
    /// Where the money goes; for those who may read it.
    pub payee: Option<Payee>,
    /// Entries in the books; for those who may read them.
    pub entries: Vec<EntryRow>,
}

/// The states in which a role takes the next step.
const fn waiting_for(role: Option<Role>) -> &'static [DisbursementState] {
    match role {
        Some(Role::CertifyingOfficer) => &[DisbursementState::Requested],
        Some(Role::ApprovingOfficer) => &[DisbursementState::Certified],
        Some(Role::FinanceOfficer) => &[DisbursementState::Approved, DisbursementState::Released],
        _ => &[],
    }
}

/// The permission that goes with an event in a state.
fn action_of(event: DisbursementEvent, state: DisbursementState) -> Action {
    match event {
        DisbursementEvent::Certify => Action::CertifyDisbursements,
        DisbursementEvent::Approve | DisbursementEvent::Void => Action::ApproveDisbursements,
        DisbursementEvent::Release | DisbursementEvent::Confirm | DisbursementEvent::Fail => {
            Action::ReleaseDisbursements
        }
        DisbursementEvent::Reject if state == DisbursementState::Certified => Action::ApproveDisbursements,
        DisbursementEvent::Reject => Action::CertifyDisbursements,
    }
}

/// Disbursements page by page, those that wait for the reader first; searched by the grant's number and the
/// organisation's name, filtered by state. An organisation's members see their own only.
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
    let mut query =
        disbursement::Entity::find().join(JoinType::InnerJoin, grant_of).join(JoinType::InnerJoin, organisation_of);
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
    if let Some(state) = DisbursementState::from_code(&request.filter) {
        query = query.filter(disbursement::Column::State.eq(state.code()));
    }
    let waiting = waiting_for(context.actor.role);
    if !waiting.is_empty() {
        let codes = waiting.iter().map(|state| state.code());
        query = query.order_by(disbursement::Column::State.is_in(codes), Order::Desc);
    }
    let query = match request.sort.as_str() {
        "amount" => query.order_by_desc(disbursement::Column::UsdMinor),
        "grant" => query.order_by_asc(grant::Column::Number),
        "organisation" => query.order_by_asc(organisation::Column::LegalName),
        _ => query,
    };
    let query = query.order_by_desc(disbursement::Column::RequestedAt).order_by_desc(disbursement::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    Ok(Page { rows: shown(context, rows).await?, total, more, page })
}

/// Adds the grant, the organisation and the instalment to rows, with one query for each.
async fn shown(context: &Context, rows: Vec<disbursement::Model>) -> Result<Vec<DisbursementRow>> {
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
    let waiting = waiting_for(context.actor.role);
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
                waits_for_me: waiting.contains(&state),
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
    let (events, obstacle) = events(context, &row, &grant).await?;
    let entries = match context.permit(Action::ReadLedger, &Subject::NONE) {
        Ok(()) => of_source(context, "disbursement", id.0).await?,
        Err(_) => Vec::new(),
    };
    Ok(DisbursementView {
        title: grant.title,
        organisation: owner,
        note: if of_organisation { String::new() } else { row.note.clone() },
        reason: row.reason.clone(),
        bank_reference: row.bank_reference.clone(),
        paid_on: row.paid_on,
        steps: steps(context, id, of_organisation).await?,
        events,
        obstacle,
        payee: payee(context, owner, &row).await?,
        entries,
        row: shown(context, vec![row]).await?.pop().ok_or(AppError::NotFound)?,
    })
}

async fn events(
    context: &Context,
    row: &disbursement::Model,
    grant: &grant::Model,
) -> Result<(Vec<DisbursementEvent>, Option<Message>)> {
    let state = state_of(row)?;
    let signatures: Signatures = signatures(row);
    let mut obstacle = None;
    let mut events = Vec::new();
    for event in allowed(state) {
        if context.permit(action_of(event, state), &Subject::NONE).is_err() {
            continue;
        }
        let separate = context.actor.user.map_or(Ok(()), |person| check_separation(event, person, &signatures));
        match separate {
            Err(AppError::Refused(message)) => obstacle = Some(message),
            _ => events.push(event),
        }
    }
    let paying = |event: &DisbursementEvent| {
        matches!(event, DisbursementEvent::Certify | DisbursementEvent::Approve | DisbursementEvent::Release)
    };
    if let Some(next) = events.iter().copied().find(paying) {
        let conditions = Conditions::load(context.database(), grant, context.today()).await?;
        if let Some(message) = conditions.step_obstacle(next, row) {
            events.retain(|event| !paying(event));
            obstacle = Some(message);
        }
    }
    Ok((events, obstacle))
}

async fn steps(context: &Context, id: DisbursementId, without_names: bool) -> Result<Vec<StepView>> {
    let entries = journal_entry::Entity::find()
        .filter(journal_entry::Column::SourceKind.eq("disbursement"))
        .filter(journal_entry::Column::SourceId.eq(id.0))
        .order_by_asc(journal_entry::Column::Id)
        .all(context.database())
        .await?;
    entries
        .into_iter()
        .map(|entry| {
            Ok(StepView {
                event: Event::from_code(&entry.event).ok_or_else(|| unknown_code("event", &entry.event))?,
                at: entry.created_at,
                actor: if without_names { String::new() } else { entry.actor },
            })
        })
        .collect()
}

/// The account that was approved; before that, the account as it is.
async fn payee(context: &Context, owner: OrganisationId, approved: &disbursement::Model) -> Result<Option<Payee>> {
    if context.permit(Action::ReadBankDetails, &Subject::organisation(owner)).is_err() {
        return Ok(None);
    }
    if let Some(account_number) = approved.payee_number.clone() {
        return Ok(Some(Payee {
            account_holder: approved.payee_holder.clone().unwrap_or_default(),
            bank_name: approved.payee_bank.clone().unwrap_or_default(),
            bank_country: approved.payee_country.clone().unwrap_or_default(),
            account_number,
            bic: approved.payee_bic.clone().unwrap_or_default(),
            updated_at: None,
        }));
    }
    let row = bank_details::Entity::find_by_id(owner.0).one(context.database()).await?;
    Ok(row.map(|row| Payee {
        account_holder: row.account_holder,
        bank_name: row.bank_name,
        bank_country: row.bank_country,
        account_number: row.account_number,
        bic: row.bic,
        updated_at: Some(row.updated_at),
    }))
}
