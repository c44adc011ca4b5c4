//! Reading officers, their limits and delegations.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::ids::{DelegationId, UserId};
use domain::money::Money;
use domain::roles::{Action, Role, Subject, roles_for};
use domain::users::UserState;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::delegate::may_stand_in;
use super::limit::is_limited;
use super::sign::stand_ins;
use crate::context::Context;
use crate::disbursements::entity::{delegation, officer_limit};
use crate::error::Result;
use crate::users::entity::user;

/// An officer who signs disbursements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerRow {
    /// Identifier.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The most that the officer may sign for; none for a role that signs for no amount.
    pub most: Option<Money>,
}

/// A role given to another officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationRow {
    /// Identifier.
    pub id: DelegationId,
    /// Whose role.
    pub from: String,
    /// Who stands in.
    pub to: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// True when it counts today.
    pub is_running: bool,
    /// True when it is over, or was ended early.
    pub is_over: bool,
    /// True when the reader may end it.
    pub is_own: bool,
}

/// Officers and their delegations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officers {
    /// Officers by role and name.
    pub officers: Vec<OfficerRow>,
    /// The latest delegations, newest first.
    pub delegations: Vec<DelegationRow>,
    /// To whom the reader may give the own role.
    pub may_stand_in: Vec<(UserId, String)>,
}

/// Everybody who signs disbursements, with limits and delegations.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn officers(context: &Context) -> Result<Officers> {
    context.permit(Action::ReadOfficers, &Subject::NONE)?;
    let database = context.database();
    let roles = roles_for(Action::StandInDisbursements).iter().map(|role| role.code());
    let people = user::Entity::find()
        .filter(user::Column::Role.is_in(roles))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .order_by_asc(user::Column::Role)
        .order_by_asc(user::Column::Name)
        .all(database)
        .await?;
    let limits: HashMap<i64, i64> = officer_limit::Entity::find()
        .all(database)
        .await?
        .into_iter()
        .map(|row| (row.user_id, row.usd_minor))
        .collect();
    let rows = delegation::Entity::find().order_by_desc(delegation::Column::Id).limit(50).all(database).await?;
    let named: HashMap<i64, String> = user::Entity::find()
        .filter(user::Column::Id.is_in(rows.iter().flat_map(|row| [row.from_user, row.to_user])))
        .all(database)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let name = |id: i64| named.get(&id).cloned().unwrap_or_default();
    let today = context.today();
    let own = context.actor.user.map(i64::from);
    let may_stand_in = match (context.permit(Action::DelegateOfficers, &Subject::NONE), context.actor.role) {
        (Ok(()), Some(role)) => {
            people.iter().filter(|row| may_stand_in(role, row)).map(|row| (UserId(row.id), row.name.clone())).collect()
        }
        _ => Vec::new(),
    };
    Ok(Officers {
        delegations: rows
            .into_iter()
            .map(|row| DelegationRow {
                id: DelegationId(row.id),
                from: name(row.from_user),
                to: name(row.to_user),
                is_over: row.ended_at.is_some() || row.ends_on < today,
                is_running: row.ended_at.is_none() && row.starts_on <= today && today <= row.ends_on,
                is_own: Some(row.from_user) == own,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                reason: row.reason,
            })
            .collect(),
        officers: people
            .into_iter()
            .filter_map(|row| {
                Some(OfficerRow {
                    id: UserId(row.id),
                    role: Role::from_code(&row.role)?,
                    most: is_limited(&row.role).then(|| Money::usd(limits.get(&row.id).copied().unwrap_or(0))),
                    name: row.name,
                })
            })
            .collect(),
        may_stand_in,
    })
}

/// The roles in which the acting person takes steps today: the own, and those of absent officers.
pub(crate) async fn roles_now(context: &Context) -> Result<Vec<Role>> {
    let own = context.actor.role;
    let others = stand_ins(context.database(), context).await?.into_iter().map(|found| found.role);
    Ok(own.into_iter().chain(others).collect())
}
