//! The conditions that the Board put on an award. An officer ticks each one once it is met, and no first instalment is
//! paid while one is open.

use chrono::{DateTime, Utc};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{REOPEN_CONDITION, award_conditions};
use domain::ids::GrantId;
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::{award_condition, grant};
use super::step::load;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::users::ties;

/// A condition of an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardCondition {
    /// Identifier.
    pub id: i64,
    /// What has to be met.
    pub condition: String,
    /// When it was ticked.
    pub met_at: Option<DateTime<Utc>>,
    /// By whom; empty for the organisation's members.
    pub met_by: String,
    /// Why its tick was taken away last; empty for the organisation's members.
    pub reopened_reason: String,
}

/// Writes the conditions of a new grant.
pub(super) async fn write(work: &Work<'_>, grant: &grant::Model) -> Result<()> {
    for (position, wording) in (1..).zip(award_conditions(&grant.conditions)) {
        award_condition::ActiveModel {
            grant_id: Set(grant.id),
            position: Set(position),
            wording: Set(wording.to_owned()),
            met_by_name: Set(String::new()),
            reopened_reason: Set(String::new()),
            ..Default::default()
        }
        .insert(&work.transaction)
        .await?;
    }
    Ok(())
}

/// The conditions of a grant in their order, as the actor may read them. The caller asked whether the grant may be read.
pub(super) async fn of_grant(context: &Context, id: GrantId) -> Result<Vec<AwardCondition>> {
    let rows = award_condition::Entity::find()
        .filter(award_condition::Column::GrantId.eq(id.0))
        .order_by_asc(award_condition::Column::Position)
        .all(context.database())
        .await?;
    let outside = context.actor.role.is_some_and(Role::of_organisation);
    let inside = |text: String| if outside { String::new() } else { text };
    let shown = |row: award_condition::Model| AwardCondition {
        id: row.id,
        condition: row.wording,
        met_at: row.met_at,
        met_by: inside(row.met_by_name),
        reopened_reason: inside(row.reopened_reason),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// How many conditions of a grant are open.
pub(crate) async fn open_conditions<C: ConnectionTrait>(database: &C, grant: i64) -> Result<i64> {
    let open = award_condition::Entity::find()
        .filter(award_condition::Column::GrantId.eq(grant))
        .filter(award_condition::Column::MetAt.is_null());
    Ok(i64::try_from(open.count(database).await?).unwrap_or(i64::MAX))
}

/// Ticks a condition as met. One that is ticked already stays as it is.
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, or the database's.
pub async fn meet_condition(context: &Context, grant: GrantId, id: i64) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    // Payments ask for it: none of their steps runs beside this.
    let work = context.begin_money().await?;
    let before = load_condition(&work, grant, id).await?;
    if before.met_at.is_some() {
        return Ok(());
    }
    let mut change: award_condition::ActiveModel = before.clone().into();
    change.met_by = Set(context.actor.user.map(Into::into));
    change.met_by_name = Set(context.actor.name.clone());
    change.met_at = Set(Some(context.now));
    change.reopened_reason = Set(String::new());
    let after = change.update(&work.transaction).await?;
    let kind = audit::Kind::Grant;
    audit::record(&work, "audit-award-condition-met", kind, grant.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// Takes the tick of a condition away, with a reason.
///
/// # Errors
/// Not allowed, not found, no reason, a condition that is open, a tie with the organisation, or the database's.
pub async fn reopen_condition(context: &Context, grant: GrantId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let answers = REOPEN_CONDITION.read(typed)?;
    let work = context.begin_money().await?;
    let before = load_condition(&work, grant, answers.id("condition").unwrap_or(0)).await?;
    if before.met_at.is_none() {
        return Err(AppError::field("condition", "error-award-condition-open").into());
    }
    let mut change: award_condition::ActiveModel = before.clone().into();
    change.met_by = Set(None);
    change.met_by_name = Set(String::new());
    change.met_at = Set(None);
    change.reopened_reason = Set(answers.text("why").to_owned());
    let after = change.update(&work.transaction).await?;
    let kind = audit::Kind::Grant;
    audit::record(&work, "audit-award-condition-reopened", kind, grant.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// Loads a condition for changing it, by somebody who may act on its grant.
async fn load_condition(work: &Work<'_>, grant: GrantId, id: i64) -> Result<award_condition::Model> {
    let row = load(work, grant).await?;
    ties::check(&work.transaction, row.organisation_id, work.context.actor.user.as_slice()).await?;
    let found = award_condition::Entity::find_by_id(id).lock_exclusive().one(&work.transaction).await?;
    Ok(found.filter(|condition| condition.grant_id == grant.0).ok_or(AppError::NotFound)?)
}
