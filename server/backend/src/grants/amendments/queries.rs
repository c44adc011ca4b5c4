//! Reading amendments.

use chrono::{DateTime, Utc};
use domain::amendments::{AmendmentKind, AmendmentState, LineAmount, Terms};
use domain::errors::AppError;
use domain::funding::available_of;
use domain::ids::{AmendmentId, GrantId, OrganisationId};
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{budget, effect, kind_of, limits, state_of};
use crate::context::Context;
use crate::contributions::left_by_earmark;
use crate::error::Result;
use crate::grants::entity::{grant, grant_amendment};
use crate::grants::queries::numbers;
use crate::page::{Page, PageRequest, matches, page_of};

/// The filter of the list that gives what the executive director can decide now.
pub const TO_DECIDE: &str = "to-decide";
/// The filter of the list that gives what waits for an organisation's signature.
pub const TO_COUNTERSIGN: &str = "to-countersign";

/// True for amendments that the executive director can decide: countersigned ones, and proposed ones that need no
/// countersignature.
pub(crate) fn to_decide() -> Condition {
    use grant_amendment::Column as A;
    Condition::any().add(A::State.eq(AmendmentState::Countersigned.code())).add(proposed(false))
}

/// True for amendments that wait for an organisation's signature.
pub(crate) fn to_countersign() -> Condition {
    proposed(true)
}

fn proposed(to_countersign: bool) -> Condition {
    use grant_amendment::Column as A;
    let kinds = AmendmentKind::ALL.iter().filter(|kind| kind.needs_countersignature() == to_countersign);
    Condition::all().add(A::State.eq(AmendmentState::Proposed.code())).add(A::Kind.is_in(kinds.map(|kind| kind.code())))
}

/// An amendment in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct AmendmentRow {
    /// Identifier.
    pub id: AmendmentId,
    /// The grant.
    pub grant: GrantId,
    /// Its number.
    pub grant_number: String,
    /// Number of the amendment of this grant.
    pub number: i64,
    /// What it changes.
    pub kind: AmendmentKind,
    /// How far.
    pub state: AmendmentState,
    /// By how much the award changes; zero when it does not.
    pub amount: Money,
    /// By how many months the grant gets longer; zero when it does not.
    pub months: i64,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
}

/// One amendment.
#[derive(Clone, Debug, PartialEq)]
pub struct AmendmentView {
    /// As in a list.
    pub row: AmendmentRow,
    /// Why.
    pub reason: String,
    /// What the executive director wrote beside the decision.
    pub note: String,
    /// False for what a programme officer may record alone.
    pub needs_approval: bool,
    /// The budget that it proposes; for a reallocation only.
    pub lines: Vec<LineAmount>,
    /// The budget as it is now.
    pub budget: Vec<LineAmount>,
    /// Who proposed it.
    pub proposed_name: String,
    /// Who countersigned, as typed, and when.
    pub countersigned: Option<(String, DateTime<Utc>)>,
    /// Who approved or refused it, and when.
    pub decided: Option<(String, DateTime<Utc>)>,
    /// What was agreed before and after, once it is in force.
    pub terms: Option<(Terms, Terms)>,
    /// What can be committed to the grant's purpose now; for an increase that is open, to those who read the books.
    pub available: Option<Money>,
}

/// What a form for an amendment needs to know of the grant.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendable {
    /// The budget as it is now.
    pub budget: Vec<LineAmount>,
    /// What can be committed to its purpose now.
    pub available: Money,
    /// By how much the award can shrink.
    pub most_decrease: Money,
}

fn row_of(row: &grant_amendment::Model, grant_number: String) -> Result<AmendmentRow> {
    Ok(AmendmentRow {
        id: AmendmentId(row.id),
        grant: GrantId(row.grant_id),
        grant_number,
        number: row.number,
        kind: kind_of(row)?,
        state: state_of(row)?,
        amount: Money::usd(row.usd_minor),
        months: row.months,
        proposed_at: row.proposed_at,
    })
}

/// Amendments page by page, newest first; searched by the grant's number, filtered by state or by whom they wait for.
/// An organisation's members see their own only.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<AmendmentRow>> {
    context.permit(Action::ReadGrants, &Subject::NONE)?;
    let to_grant = grant_amendment::Entity::belongs_to(grant::Entity)
        .from(grant_amendment::Column::GrantId)
        .to(grant::Column::Id)
        .into();
    let mut query = grant_amendment::Entity::find().join(JoinType::InnerJoin, to_grant);
    if context.actor.role.is_some_and(Role::of_organisation) {
        query = query.filter(grant::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)));
    }
    if let Some(words) = request.folded() {
        query = query.filter(matches(grant::Column::Search, &words));
    }
    if request.filter == TO_DECIDE {
        query = query.filter(to_decide());
    } else if request.filter == TO_COUNTERSIGN {
        query = query.filter(to_countersign());
    } else if let Some(state) = AmendmentState::from_code(&request.filter) {
        query = query.filter(grant_amendment::Column::State.eq(state.code()));
    }
    let query = query.order_by_desc(grant_amendment::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let numbers = numbers(context.database(), rows.iter().map(|row| row.grant_id)).await?;
    let rows = rows
        .iter()
        .map(|row| row_of(row, numbers.get(&row.grant_id).cloned().unwrap_or_default()))
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// The amendments of a grant, oldest first. The caller has asked whether the grant may be read.
pub(in crate::grants) async fn of_grant(context: &Context, grant: &grant::Model) -> Result<Vec<AmendmentRow>> {
    let rows = grant_amendment::Entity::find()
        .filter(grant_amendment::Column::GrantId.eq(grant.id))
        .order_by_asc(grant_amendment::Column::Number)
        .all(context.database())
        .await?;
    rows.iter().map(|row| row_of(row, grant.number.clone())).collect()
}

/// One amendment of a grant.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, grant: GrantId, id: AmendmentId) -> Result<AmendmentView> {
    context.permit(Action::ReadGrants, &Subject::NONE)?;
    let database = context.database();
    let row = grant_amendment::Entity::find_by_id(id.0)
        .filter(grant_amendment::Column::GrantId.eq(grant.0))
        .one(database)
        .await?
        .ok_or(AppError::NotFound)?;
    let grant = grant::Entity::find_by_id(grant.0).one(database).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::ReadGrants, &Subject::organisation(OrganisationId(grant.organisation_id)))?;
    let terms = match (&row.before_terms, &row.after_terms) {
        (Some(before), Some(after)) => Some((serde_json::from_str(before)?, serde_json::from_str(after)?)),
        _ => None,
    };
    let wants_money = kind_of(&row)? == AmendmentKind::Increase && state_of(&row)?.is_open();
    let available = match wants_money && context.permit(Action::ReadLedger, &Subject::NONE).is_ok() {
        true => Some(Money::usd(available_of(effect::purpose(&grant)?, &left_by_earmark(database).await?))),
        false => None,
    };
    Ok(AmendmentView {
        reason: row.reason.clone(),
        note: row.note.clone(),
        needs_approval: row.needs_approval,
        lines: serde_json::from_str(&row.lines)?,
        budget: budget(database, GrantId(grant.id)).await?,
        proposed_name: row.proposed_name.clone(),
        countersigned: row.countersigned_name.clone().zip(row.countersigned_at),
        decided: row.decided_name.clone().zip(row.decided_at),
        terms,
        available,
        row: row_of(&row, grant.number)?,
    })
}

/// What a form for an amendment of a grant shows.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn amendable(context: &Context, id: GrantId) -> Result<Amendable> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let database = context.database();
    let grant = grant::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    Ok(Amendable {
        budget: budget(database, id).await?,
        available: Money::usd(available_of(effect::purpose(&grant)?, &left_by_earmark(database).await?)),
        most_decrease: Money::usd(limits::most_decrease(database, &grant).await?),
    })
}
