//! Demo data only: the invented people, and signing in as one of them without a password.

use std::collections::HashMap;

use domain::errors::AppError;
use domain::ids::UserId;
use domain::roles::{Action, Role, Subject};
use domain::users::UserState;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::entity::user;
use super::{as_person, load, queries, sessions, state_of};
use crate::audit;
use crate::context::Context;
use crate::error::{Result, unknown_code};
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

/// Most people of each group, so that the page stays short: staff, organisations, donors.
const GROUPS: [(&[Role], u64); 3] = [
    (Role::STAFF, 14),
    (&[Role::OrganisationSignatory, Role::OrganisationEditor], 6),
    (&[Role::DonorRepresentative], 4),
];

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
    for ((roles, most), group) in GROUPS.into_iter().zip(&mut groups) {
        let rows = user::Entity::find()
            .filter(user::Column::Demo.eq(true))
            .filter(user::Column::State.eq(UserState::Active.code()))
            .filter(user::Column::Role.is_in(roles.iter().map(|role| role.code())))
            .order_by_asc(user::Column::Id)
            .limit(most)
            .all(context.database())
            .await?;
        let (organisations, donors) = queries::names(context, &rows).await?;
        *group = rows.iter().map(|row| person(row, &organisations, &donors)).collect::<Result<_>>()?;
    }
    Ok(groups)
}

fn person(row: &user::Model, organisations: &HashMap<i64, String>, donors: &HashMap<i64, String>) -> Result<DemoPerson> {
    let organisation = row.organisation_id.and_then(|id| organisations.get(&id));
    let donor = row.donor_id.and_then(|id| donors.get(&id));
    Ok(DemoPerson {
        id: UserId(row.id),
        name: row.name.clone(),
        role: Role::from_code(&row.role).ok_or_else(|| unknown_code("role", &row.role))?,
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
