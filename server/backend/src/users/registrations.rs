//! Registrations that nobody has confirmed: staff do not see them, a newer one of the same address replaces them, and they
//! go once their link no longer works.

use domain::errors::AppError;
use domain::organisations::VettingStatus;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ModelTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Select,
};

use super::entity::{invitation, link, staff_tie, user};
use crate::applications::entity::application;
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::entity::pledge;
use crate::donors::entity::donor;
use crate::error::Result;
use crate::organisations::entity::{bank_details, organisation};

/// The accounts that registered themselves and whose address nobody has confirmed.
/// The words are written out, for SQLite finds the index of these accounts by them.
fn unconfirmed() -> Select<user::Entity> {
    user::Entity::find().filter(Expr::cust("users.state = 'unconfirmed' AND users.password_hash IS NOT NULL"))
}

/// The organisations that nobody but such an account belongs to, or is invited to.
pub(crate) fn unconfirmed_organisations() -> SelectStatement {
    let alone = "NOT EXISTS (SELECT 1 FROM users AS others WHERE others.organisation_id = users.organisation_id \
                 AND others.id <> users.id) \
                 AND NOT EXISTS (SELECT 1 FROM invitations WHERE invitations.organisation_id = users.organisation_id)";
    unconfirmed()
        .select_only()
        .column(user::Column::OrganisationId)
        .filter(user::Column::OrganisationId.is_not_null())
        .filter(Expr::cust(alone))
        .into_query()
}

/// The donors that nobody but such an account represents or is invited to represent, and that the Fund has not confirmed
/// itself.
pub(crate) fn unconfirmed_donors() -> SelectStatement {
    let alone = "NOT EXISTS (SELECT 1 FROM users AS others WHERE others.donor_id = users.donor_id \
                 AND others.id <> users.id) \
                 AND NOT EXISTS (SELECT 1 FROM invitations WHERE invitations.donor_id = users.donor_id) \
                 AND NOT EXISTS (SELECT 1 FROM donors WHERE donors.id = users.donor_id AND donors.confirmed_at IS NOT NULL)";
    unconfirmed()
        .select_only()
        .column(user::Column::DonorId)
        .filter(user::Column::DonorId.is_not_null())
        .filter(Expr::cust(alone))
        .into_query()
}

/// Drops the organisation or donor that came with a registration, unless somebody belongs to it or has begun to work with
/// it: `person` is the account as it was, which has left it. What it was stays in the trail.
pub(super) async fn drop_party(work: &Work<'_>, person: &user::Model) -> Result<()> {
    let transaction = &work.transaction;
    if let Some(id) = person.organisation_id
        && let Some(row) = organisation::Entity::find_by_id(id).lock_exclusive().one(transaction).await?
        && !is_organisation_needed(work, &row).await?
    {
        let (action, kind) = ("audit-registration-dropped", audit::Kind::Organisation);
        audit::record::<_, ()>(work, action, kind, id, Some(&row), None).await?;
        row.delete(transaction).await?;
    }
    if let Some(id) = person.donor_id
        && let Some(row) = donor::Entity::find_by_id(id).lock_exclusive().one(transaction).await?
        && !is_donor_needed(work, &row).await?
    {
        audit::record::<_, ()>(work, "audit-registration-dropped", audit::Kind::Donor, id, Some(&row), None).await?;
        row.delete(transaction).await?;
    }
    Ok(())
}

async fn is_organisation_needed(work: &Work<'_>, row: &organisation::Model) -> Result<bool> {
    let transaction = &work.transaction;
    let people = user::Entity::find().filter(user::Column::OrganisationId.eq(row.id)).count(transaction).await?;
    let invited =
        invitation::Entity::find().filter(invitation::Column::OrganisationId.eq(row.id)).count(transaction).await?;
    let ties =
        staff_tie::Entity::find().filter(staff_tie::Column::OrganisationId.eq(row.id)).count(transaction).await?;
    let applications =
        application::Entity::find().filter(application::Column::OrganisationId.eq(row.id)).count(transaction).await?;
    let accounts = bank_details::Entity::find_by_id(row.id).count(transaction).await?;
    let vetted = row.vetting_status != VettingStatus::NotVetted.code();
    Ok(vetted || people + invited + ties + applications + accounts > 0)
}

async fn is_donor_needed(work: &Work<'_>, row: &donor::Model) -> Result<bool> {
    let transaction = &work.transaction;
    let people = user::Entity::find().filter(user::Column::DonorId.eq(row.id)).count(transaction).await?;
    let invited = invitation::Entity::find().filter(invitation::Column::DonorId.eq(row.id)).count(transaction).await?;
    let pledges = pledge::Entity::find().filter(pledge::Column::DonorId.eq(row.id)).count(transaction).await?;
    Ok(row.confirmed_at.is_some() || people + invited + pledges > 0)
}

/// Takes away the registrations that nobody confirmed while a link to do so worked, each with its organisation or donor
/// where nobody works with that, and says how many. Whoever comes later registers anew.
///
/// # Errors
/// Not the system, or the database's.
pub async fn sweep_registrations(context: &Context) -> Result<usize> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let old: Vec<i64> = unconfirmed()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Demo.eq(false))
        .filter(user::Column::Id.not_in_subquery(working_links(context)))
        .into_tuple()
        .all(context.database())
        .await?;
    let mut swept = 0;
    for id in old {
        swept += usize::from(sweep_one(context, id).await?);
    }
    Ok(swept)
}

/// The people who can still use a link that was sent to them.
fn working_links(context: &Context) -> SelectStatement {
    link::Entity::find()
        .select_only()
        .column(link::Column::UserId)
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(context.now))
        .into_query()
}

/// Somebody may register anew or confirm at the same moment: the row is looked at once more while it is held.
async fn sweep_one(context: &Context, id: i64) -> Result<bool> {
    let work = context.begin().await?;
    user::Entity::find_by_id(id).lock_exclusive().one(&work.transaction).await?;
    let found = unconfirmed()
        .filter(user::Column::Id.eq(id))
        .filter(user::Column::Id.not_in_subquery(working_links(context)))
        .one(&work.transaction)
        .await?;
    let Some(person) = found else { return Ok(false) };
    link::Entity::delete_many().filter(link::Column::UserId.eq(id)).exec(&work.transaction).await?;
    audit::record::<_, ()>(&work, "audit-registration-swept", audit::Kind::User, id, Some(&person), None).await?;
    person.clone().delete(&work.transaction).await?;
    drop_party(&work, &person).await?;
    work.commit().await?;
    Ok(true)
}
