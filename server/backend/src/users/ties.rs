//! Ties of members of staff with organisations, recorded by an administrator. Who has one takes no part in what the Fund
//! decides about that organisation or pays to it: every such use case asks [`check`].

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{OrganisationId, TieId, UserId};
use domain::message::Message;
use domain::roles::{Action, Role, Subject};
use domain::users::{TIE, check_no_tie};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::staff_tie;
use super::load;
use super::registrations::unconfirmed_organisations;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Error, Result};
use crate::organisations::entity::organisation;
use crate::organisations::queries::names as organisation_names;
use crate::page::{fold, matches};

/// A tie as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieView {
    /// Identifier.
    pub id: TieId,
    /// The organisation, with its name.
    pub organisation: (OrganisationId, String),
    /// Since when.
    pub since: NaiveDate,
    /// What the tie is.
    pub note: String,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Refuses what concerns an organisation to people of whom one has a tie with it.
///
/// # Errors
/// `refused-tie`, or the database's.
pub(crate) async fn check<C: ConnectionTrait>(database: &C, organisation: i64, people: &[UserId]) -> Result<()> {
    let ties: Vec<i64> = staff_tie::Entity::find()
        .select_only()
        .column(staff_tie::Column::OrganisationId)
        .filter(staff_tie::Column::UserId.is_in(people.iter().map(|person| person.0)))
        .filter(staff_tie::Column::EndedAt.is_null())
        .into_tuple()
        .all(database)
        .await?;
    let ties: Vec<OrganisationId> = ties.into_iter().map(OrganisationId).collect();
    Ok(check_no_tie(OrganisationId(organisation), &ties)?)
}

/// The same as what [`check`] would say, for screens.
pub(crate) async fn obstacle<C: ConnectionTrait>(
    database: &C,
    organisation: i64,
    people: &[UserId],
) -> Result<Option<Message>> {
    match check(database, organisation, people).await {
        Err(Error::App(AppError::Refused(message))) => Ok(Some(message)),
        Err(other) => Err(other),
        Ok(()) => Ok(None),
    }
}

/// The organisations with which a person has a tie, for lists that leave them out.
pub(crate) fn organisations_of(person: UserId) -> SelectStatement {
    Query::select()
        .column(staff_tie::Column::OrganisationId)
        .from(staff_tie::Entity)
        .and_where(staff_tie::Column::UserId.eq(person.0))
        .and_where(staff_tie::Column::EndedAt.is_null())
        .to_owned()
}

/// The people who have a tie with an organisation, for lists that leave them out.
pub(crate) fn people_of(organisation: OrganisationId) -> SelectStatement {
    Query::select()
        .column(staff_tie::Column::UserId)
        .from(staff_tie::Entity)
        .and_where(staff_tie::Column::OrganisationId.eq(organisation.0))
        .and_where(staff_tie::Column::EndedAt.is_null())
        .to_owned()
}

/// Of these people and organisations, who has a tie with which.
///
/// # Errors
/// The database's.
pub(crate) async fn between<C: ConnectionTrait>(
    database: &C,
    people: impl IntoIterator<Item = i64> + Send,
    organisations: impl IntoIterator<Item = i64> + Send,
) -> Result<HashSet<(UserId, OrganisationId)>> {
    let rows: Vec<(i64, i64)> = staff_tie::Entity::find()
        .select_only()
        .column(staff_tie::Column::UserId)
        .column(staff_tie::Column::OrganisationId)
        .filter(staff_tie::Column::UserId.is_in(people))
        .filter(staff_tie::Column::OrganisationId.is_in(organisations))
        .filter(staff_tie::Column::EndedAt.is_null())
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().map(|(person, organisation)| (UserId(person), OrganisationId(organisation))).collect())
}

/// The ties of a member of staff, running ones first and then the latest.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn ties(context: &Context, person: UserId) -> Result<Vec<TieView>> {
    context.permit(Action::ReadUsers, &Subject::NONE)?;
    let rows = staff_tie::Entity::find()
        .filter(staff_tie::Column::UserId.eq(person.0))
        .order_by_desc(staff_tie::Column::EndedAt.is_null())
        .order_by_desc(staff_tie::Column::Id)
        .all(context.database())
        .await?;
    let names = organisation_names(context.database(), rows.iter().map(|row| row.organisation_id)).await?;
    let view = |row: staff_tie::Model| TieView {
        id: TieId(row.id),
        organisation: (
            OrganisationId(row.organisation_id),
            names.get(&row.organisation_id).cloned().unwrap_or_default(),
        ),
        since: row.since,
        note: row.note,
        ended_at: row.ended_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Records that a member of staff has a tie with the one organisation that the words find.
///
/// # Errors
/// Not allowed, not found, nobody of the Fund, wrong fields, a tie that is recorded already, or the database's.
pub async fn record_tie(context: &Context, person: UserId, typed: &Typed) -> Result<TieId> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let answers = TIE.read(typed)?;
    let since = answers.date("since").filter(|since| *since <= context.today());
    let since = since.ok_or_else(|| AppError::field("since", "error-tie-future"))?;
    // Steps of payments ask for ties: none of them runs beside this.
    let work = context.begin_money().await?;
    let who = load(&work, person.0).await?;
    if !Role::from_code(&who.role).is_some_and(Role::is_staff) {
        return Err(AppError::refused("refused-tie-not-staff").into());
    }
    let organisation = named(&work, answers.text("organisation")).await?;
    let known = staff_tie::Entity::find()
        .filter(staff_tie::Column::UserId.eq(person.0))
        .filter(staff_tie::Column::OrganisationId.eq(organisation))
        .filter(staff_tie::Column::EndedAt.is_null());
    if known.count(&work.transaction).await? > 0 {
        return Err(AppError::field("organisation", "error-tie-known").into());
    }
    let row = staff_tie::ActiveModel {
        user_id: Set(person.0),
        organisation_id: Set(organisation),
        since: Set(since),
        note: Set(answers.text("note").to_owned()),
        recorded_by: Set(context.actor.user.map(Into::into)),
        recorded_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(&work, "audit-tie-recorded", audit::Kind::User, person.0, None, Some(&row)).await?;
    work.commit().await?;
    Ok(TieId(row.id))
}

/// The one organisation whose name or registration number holds the words.
async fn named(work: &Work<'_>, words: &str) -> Result<i64> {
    let found = organisation::Entity::find()
        .filter(matches(organisation::Column::Search, &fold(words)))
        .filter(organisation::Column::Id.not_in_subquery(unconfirmed_organisations()))
        .limit(2)
        .all(&work.transaction)
        .await?;
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(AppError::field("organisation", "error-tie-unknown").into()),
        _ => Err(AppError::field("organisation", "error-tie-several").into()),
    }
}

/// Ends a tie; from then on the person acts for the organisation like everybody else. One that has ended stays as it is.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn end_tie(context: &Context, person: UserId, id: TieId) -> Result<()> {
    context.permit(Action::ManageUsers, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let found = staff_tie::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.filter(|row| row.user_id == person.0).ok_or(AppError::NotFound)?;
    if before.ended_at.is_some() {
        return Ok(());
    }
    let mut row: staff_tie::ActiveModel = before.clone().into();
    row.ended_by = Set(context.actor.user.map(Into::into));
    row.ended_at = Set(Some(context.now));
    let after = row.update(&work.transaction).await?;
    audit::record(&work, "audit-tie-ended", audit::Kind::User, person.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
