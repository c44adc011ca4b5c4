//! Reading accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::errors::AppError;
use domain::ids::{DonorId, OrganisationId, UserId};
use domain::roles::{Action, Role, Subject};
use domain::users::{Language, UserState};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::user;
use super::{role_of, state_of};
use crate::context::Context;
use crate::donors::entity::donor;
use crate::error::Result;
pub(super) use crate::organisations::queries::names as organisation_names;
use crate::page::{Page, PageRequest, matches, page_of};

/// An account as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserView {
    /// Identifier.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// State.
    pub state: UserState,
    /// Language of pages and mails.
    pub language: Language,
    /// The organisation that the person belongs to.
    pub organisation: Option<(OrganisationId, String)>,
    /// The donor that the person represents.
    pub donor: Option<(DonorId, String)>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Accounts page by page; searched by name and address, filtered by role.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<UserView>> {
    context.permit(Action::ReadUsers, &Subject::NONE)?;
    let mut query = user::Entity::find();
    if let Some(words) = request.folded() {
        query = query.filter(matches(user::Column::Search, &words));
    }
    if let Some(role) = Role::from_code(&request.filter) {
        query = query.filter(user::Column::Role.eq(role.code()));
    }
    let query = match request.sort.as_str() {
        "email" => query.order_by_asc(user::Column::Email),
        "role" => query.order_by_asc(user::Column::Role),
        "state" => query.order_by_asc(user::Column::State),
        _ => query,
    };
    let query = query.order_by_asc(user::Column::Name).order_by_asc(user::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let rows = shown(context, rows).await?;
    Ok(Page { rows, total, more, page })
}

/// One account.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: UserId) -> Result<UserView> {
    context.permit(Action::ReadUsers, &Subject::NONE)?;
    one(context, id).await
}

/// The account of whoever asks.
///
/// # Errors
/// Not signed in, or the database's.
pub async fn own(context: &Context) -> Result<UserView> {
    context.permit(Action::UseOwnAccount, &Subject::NONE)?;
    one(context, context.actor.user.ok_or(AppError::SignInNeeded)?).await
}

async fn one(context: &Context, id: UserId) -> Result<UserView> {
    let row = user::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    Ok(shown(context, vec![row]).await?.pop().ok_or(AppError::NotFound)?)
}

/// The names of the organisations and donors that people belong to, in two queries however many people.
pub(super) async fn names(
    context: &Context,
    rows: &[user::Model],
) -> Result<(HashMap<i64, String>, HashMap<i64, String>)> {
    let database = context.database();
    let organisations = organisation_names(database, rows.iter().filter_map(|row| row.organisation_id)).await?;
    let donors = donor_names(database, rows.iter().filter_map(|row| row.donor_id)).await?;
    Ok((organisations, donors))
}

/// The names of donors by their numbers.
pub(super) async fn donor_names<C: ConnectionTrait>(
    database: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>> {
    let names = donor::Entity::find()
        .select_only()
        .column(donor::Column::Id)
        .column(donor::Column::Name)
        .filter(donor::Column::Id.is_in(ids))
        .into_tuple::<(i64, String)>()
        .all(database)
        .await?;
    Ok(names.into_iter().collect())
}

async fn shown(context: &Context, rows: Vec<user::Model>) -> Result<Vec<UserView>> {
    let (organisations, donors) = names(context, &rows).await?;
    let view = |row: user::Model| -> Result<UserView> {
        Ok(UserView {
            id: UserId(row.id),
            role: role_of(&row)?,
            state: state_of(&row)?,
            language: Language::from_code(&row.language).unwrap_or(Language::English),
            organisation: row
                .organisation_id
                .and_then(|id| Some((OrganisationId(id), organisations.get(&id)?.clone()))),
            donor: row.donor_id.and_then(|id| Some((DonorId(id), donors.get(&id)?.clone()))),
            created_at: row.created_at,
            name: row.name,
            email: row.email,
        })
    };
    rows.into_iter().map(view).collect()
}
