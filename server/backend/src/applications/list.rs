//! The list of applications: searched, sorted and cut so that a page costs the same however long the list is.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::applications::ApplicationState;
use domain::ids::ApplicationId;
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::awaited::Awaited;
use super::entity::{application, application_count};
use super::reading::reviewed_by;
use super::{search, state_of};
use crate::context::Context;
use crate::error::Result;
use crate::organisations::entity::organisation;
use crate::page::{More, PAGE_SIZE, Page, PageRequest, count_waiting, counted};

/// An application in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationRow {
    /// Identifier.
    pub id: ApplicationId,
    /// Number as people read it.
    pub number: String,
    /// Title of the project.
    pub title: String,
    /// Legal name of the organisation.
    pub organisation: String,
    /// Country, empty while it is not chosen.
    pub country: String,
    /// Asked from the Fund.
    pub requested: Money,
    /// State.
    pub state: ApplicationState,
    /// When something changed last.
    pub updated_at: DateTime<Utc>,
}

/// Applications page by page, searched by title, number, organisation and country, filtered by state or by what they wait
/// for ([`Awaited`]). Organisations see their own, reviewers those given to them, everybody else those that were submitted.
/// A search shows the newest of what it finds, and says when there are more.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<ApplicationRow>> {
    context.permit(Action::ReadApplications, &Subject::NONE)?;
    let state = ApplicationState::from_code(&request.filter);
    let awaited = Awaited::from_code(&request.filter);
    let query = match awaited {
        Some(awaited) => visible(context).filter(awaited.condition(context.now)),
        None => of_state(visible(context), state),
    };
    let (query, total, more) = match request.folded() {
        Some(words) => {
            let mut found = search::found(context.database(), query, &words, sees_submitted(context)).await?;
            let cut = u64::try_from(found.len()).is_ok_and(|number| number > search::MOST_FOUND);
            if cut {
                found.pop();
            }
            let more = if cut { More::NotShown } else { More::No };
            let total = u64::try_from(found.len()).unwrap_or(0);
            (application::Entity::find().filter(application::Column::Id.is_in(found)), total, more)
        }
        None if sees_submitted(context) && awaited.is_none() => (query, submitted(context, state).await?, More::No),
        None => {
            let (total, more) = counted(context.database(), query.clone()).await?;
            (query, total, more)
        }
    };
    // Identifiers first, by an index alone; then only the rows of the page.
    let ids = ids(context, request, query, (total, more)).await?;
    Ok(Page { rows: rows(context, &ids).await?, total, more, page: request.number() })
}

/// How many of the applications that the actor sees wait for something.
pub(crate) async fn count_awaited(context: &Context, awaited: Awaited) -> Result<u64> {
    count_waiting(context.database(), visible(context).filter(awaited.condition(context.now))).await
}

/// Whether the actor sees exactly what was submitted.
fn sees_submitted(context: &Context) -> bool {
    let narrower = |role: Role| role.of_organisation() || role == Role::TechnicalReviewer;
    !context.actor.system && !context.actor.role.is_some_and(narrower)
}

/// The applications that the actor finds: of others' drafts nobody learns that they exist.
pub(crate) fn visible(context: &Context) -> Select<application::Entity> {
    let query = application::Entity::find();
    if sees_submitted(context) {
        // The zero is written out, for SQLite finds the indexes of submitted applications by these words.
        let revision = Expr::col((application::Entity, application::Column::Revision));
        return query.filter(revision.gt(Expr::cust("0")));
    }
    match context.actor.role {
        Some(role) if role.of_organisation() => {
            query.filter(application::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)))
        }
        Some(Role::TechnicalReviewer) => {
            query.filter(application::Column::Id.in_subquery(reviewed_by(context.actor.user)))
        }
        _ => query,
    }
}

fn of_state(query: Select<application::Entity>, state: Option<ApplicationState>) -> Select<application::Entity> {
    match state {
        Some(state) => query.filter(application::Column::State.eq(state.code())),
        None => query,
    }
}

/// How many were submitted, in a state or in all.
async fn submitted(context: &Context, state: Option<ApplicationState>) -> Result<u64> {
    let mut query = application_count::Entity::find()
        .select_only()
        .column_as(Expr::col(application_count::Column::Number).sum().cast_as("BIGINT"), "number")
        .filter(application_count::Column::Submitted.eq(true))
        // The words of the index `application_counts_some`: most calls are decided, and most of their counts are zero.
        .filter(Expr::cust("number > 0"));
    if let Some(state) = state {
        query = query.filter(application_count::Column::State.eq(state.code()));
    }
    let number: Option<Option<i64>> = query.into_tuple().one(context.database()).await?;
    Ok(number.flatten().and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
}

async fn ids(
    context: &Context,
    request: &PageRequest,
    query: Select<application::Entity>,
    (total, more): (u64, More),
) -> Result<Vec<i64>> {
    use application::Column as C;
    let own = |column: C| Expr::col((application::Entity, column));
    let (mut keys, order) = match request.sort.as_str() {
        "number" => (vec![], Order::Asc),
        "title" => (vec![own(C::Title)], Order::Asc),
        "organisation" => {
            let name = |column: organisation::Column| Expr::col((organisation::Entity, column));
            (vec![name(organisation::Column::LegalName), name(organisation::Column::Id)], Order::Asc)
        }
        "state" => (vec![own(C::State)], Order::Asc),
        "country" => (vec![own(C::Country)], Order::Asc),
        "requested" => (vec![own(C::RequestedUsdMinor)], Order::Desc),
        _ => (vec![own(C::UpdatedAt)], Order::Desc),
    };
    keys.push(own(C::Id));
    let query = if request.sort == "organisation" { with_organisation(query) } else { query };
    // The second half is read from its end, so that the last page costs what the first does.
    let offset = request.offset();
    let whole = more != More::OnNextPages;
    let wanted = if whole { total.saturating_sub(offset).clamp(0, PAGE_SIZE) } else { PAGE_SIZE };
    let backwards = whole && offset > total / 2;
    let (order, offset) = match (backwards, order) {
        (false, order) => (order, offset),
        (true, Order::Asc) => (Order::Desc, total.saturating_sub(offset).saturating_sub(wanted)),
        (true, _) => (Order::Asc, total.saturating_sub(offset).saturating_sub(wanted)),
    };
    if wanted == 0 {
        return Ok(Vec::new());
    }
    let query =
        keys.into_iter().fold(query.select_only().column(C::Id), |query, key| query.order_by(key, order.clone()));
    let mut ids: Vec<i64> = query.offset(offset).limit(wanted).into_tuple().all(context.database()).await?;
    if backwards {
        ids.reverse();
    }
    Ok(ids)
}

fn with_organisation(query: Select<application::Entity>) -> Select<application::Entity> {
    let of = application::Entity::belongs_to(organisation::Entity)
        .from(application::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    query.join(JoinType::InnerJoin, of)
}

/// The applications with their organisations' names, in the order given.
async fn rows(context: &Context, ids: &[i64]) -> Result<Vec<ApplicationRow>> {
    let rows = application::Entity::find()
        .filter(application::Column::Id.is_in(ids.iter().copied()))
        .all(context.database())
        .await?;
    let names: HashMap<i64, String> = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .column(organisation::Column::LegalName)
        .filter(organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation_id)))
        .into_tuple::<(i64, String)>()
        .all(context.database())
        .await?
        .into_iter()
        .collect();
    let mut rows: HashMap<i64, application::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    ids.iter()
        .filter_map(|id| rows.remove(id))
        .map(|row| {
            Ok(ApplicationRow {
                id: ApplicationId(row.id),
                state: state_of(&row)?,
                organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
                number: row.number,
                title: row.title,
                country: row.country,
                requested: Money::usd(row.requested_usd_minor),
                updated_at: row.updated_at,
            })
        })
        .collect()
}
