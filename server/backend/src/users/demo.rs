//! Demo data only: the invented people, and signing in as one of them without a password.

use std::collections::HashMap;

use domain::errors::AppError;
use domain::ids::{DonorId, OrganisationId, UserId};
use domain::roles::{Action, Actor, Role, Subject};
use domain::users::{Language, UserState};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseConnection, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::entity::user;
use super::{as_person, load, queries, role_of, sessions, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::settings;

/// An invented person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// Identifier.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Organisation or donor.
    pub of: Option<String>,
}

/// Most people of each group; demo data has far fewer.
const MOST: u64 = 200;

/// Staff, organisations, donors.
const GROUPS: [&[Role]; 3] =
    [Role::STAFF, &[Role::OrganisationSignatory, Role::OrganisationEditor], &[Role::DonorRepresentative]];

/// The invented people of each group: staff, organisations, donors. Empty when the database is not a demo.
///
/// # Errors
/// The database's.
pub async fn demo_people(context: &Context) -> Result<[Vec<DemoPerson>; 3]> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let mut groups = [Vec::new(), Vec::new(), Vec::new()];
    if !settings::is_demo(context.database()).await? {
        return Ok(groups);
    }
    for (roles, group) in GROUPS.into_iter().zip(&mut groups) {
        let rows = user::Entity::find()
            .filter(user::Column::Demo.eq(true))
            .filter(user::Column::State.eq(UserState::Active.code()))
            .filter(user::Column::Role.is_in(roles.iter().map(|role| role.code())))
            .order_by_asc(user::Column::Id)
            .limit(MOST)
            .all(context.database())
            .await?;
        let (organisations, donors) = queries::names(context, &rows).await?;
        *group = rows.iter().map(|row| person(row, &organisations, &donors)).collect::<Result<_>>()?;
    }
    Ok(groups)
}

fn person(
    row: &user::Model,
    organisations: &HashMap<i64, String>,
    donors: &HashMap<i64, String>,
) -> Result<DemoPerson> {
    let organisation = row.organisation_id.and_then(|id| organisations.get(&id));
    let donor = row.donor_id.and_then(|id| donors.get(&id));
    Ok(DemoPerson {
        id: UserId(row.id),
        name: row.name.clone(),
        role: role_of(row)?,
        of: organisation.or(donor).cloned(),
    })
}

/// Signs in as an invented person and gives the session's token.
///
/// # Errors
/// Not found unless both the database and the person are a demo; or the database's.
pub async fn sign_in_as_demo(context: &Context, id: UserId, old_token: Option<&str>) -> Result<String> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    if !settings::is_demo(context.database()).await? {
        return Err(AppError::NotFound.into());
    }
    let found = user::Entity::find_by_id(id.0).filter(user::Column::Demo.eq(true)).one(context.database()).await?;
    let own = as_person(context, &found.ok_or(AppError::NotFound)?)?;
    let work = own.begin().await?;
    let row = load(&work, id.0).await?;
    if state_of(&row)? != UserState::Active {
        return Err(AppError::NotFound.into());
    }
    let token = sessions::start(&work, id, old_token).await?;
    audit::note(&work, "audit-user-signed-in", audit::Kind::User, id.0).await?;
    work.commit().await?;
    Ok(token)
}

/// An invented person to be entered; the sign-in page offers each.
#[derive(Clone, Copy, Debug)]
pub struct DemoEntry<'a> {
    /// Name.
    pub name: &'a str,
    /// Address, under a domain that is reserved for examples.
    pub email: &'a str,
    /// Role.
    pub role: Role,
    /// Organisation of a member.
    pub organisation: Option<OrganisationId>,
    /// Donor of a representative.
    pub donor: Option<DonorId>,
}

/// Enters an invented person with a password's hash. For the system only, while demo data is made.
///
/// # Errors
/// Not the system, the address is taken, or the database's.
pub async fn enter_demo_person(context: &Context, entry: &DemoEntry<'_>, hash: &str) -> Result<Actor> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let work = context.begin().await?;
    let row = user::ActiveModel {
        email: Set(entry.email.to_owned()),
        name: Set(entry.name.to_owned()),
        password_hash: Set(Some(hash.to_owned())),
        role: Set(entry.role.code().to_owned()),
        organisation_id: Set(entry.organisation.map(Into::into)),
        donor_id: Set(entry.donor.map(Into::into)),
        language: Set(Language::English.code().to_owned()),
        state: Set(UserState::Active.code().to_owned()),
        demo: Set(true),
        created_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(&work, "audit-user-demo", audit::Kind::User, row.id, None, Some(&row)).await?;
    work.commit().await?;
    sessions::actor(&row)
}

/// True when the database has any person at all.
///
/// # Errors
/// The database's.
pub async fn any(database: &DatabaseConnection) -> Result<bool> {
    Ok(user::Entity::find().one(database).await?.is_some())
}
