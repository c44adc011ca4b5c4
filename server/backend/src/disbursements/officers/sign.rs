//! In whose name a step is signed: the own, or that of an absent officer who gave their role for these days.

use domain::disbursements::Signature;
use domain::errors::AppError;
use domain::ids::UserId;
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Role, Subject, roles_for};
use domain::users::UserState;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::limit::is_limited;
use crate::context::{Context, Work};
use crate::disbursements::entity::{delegation, officer_limit};
use crate::error::Result;
use crate::users::entity::user;

/// From which desk a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::disbursements) enum Desk {
    /// The person's own.
    Own,
    /// That of an officer who is absent.
    Absent,
}

/// Who signs.
#[derive(Clone, Debug, Default)]
pub(in crate::disbursements) struct Signer {
    /// None for the system's own steps.
    pub(in crate::disbursements) signature: Option<Signature>,
    /// Name of the officer whom the person stands for.
    pub(in crate::disbursements) stands_for: String,
}

/// An officer for whom a person may act today.
#[derive(Clone, Debug)]
pub(in crate::disbursements) struct StandIn {
    pub(in crate::disbursements) officer: UserId,
    pub(in crate::disbursements) name: String,
    pub(in crate::disbursements) role: Role,
}

/// The officers who gave the acting person their role for today, and still have it.
pub(in crate::disbursements) async fn stand_ins<C: ConnectionTrait>(
    database: &C,
    context: &Context,
) -> Result<Vec<StandIn>> {
    let Some(person) = context.actor.user else { return Ok(Vec::new()) };
    if context.permit(Action::StandInDisbursements, &Subject::NONE).is_err() {
        return Ok(Vec::new());
    }
    let rows = delegation::Entity::find()
        .filter(delegation::Column::ToUser.eq(person.0))
        .filter(runs(context))
        .order_by_asc(delegation::Column::Id)
        .all(database)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let officers = user::Entity::find()
        .filter(user::Column::Id.is_in(rows.iter().map(|row| row.from_user)))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .order_by_asc(user::Column::Id)
        .all(database)
        .await?;
    Ok(officers
        .into_iter()
        .filter_map(|row| Some(StandIn { officer: UserId(row.id), role: Role::from_code(&row.role)?, name: row.name }))
        .collect())
}

/// True for delegations that count today.
fn runs(context: &Context) -> Condition {
    Condition::all()
        .add(delegation::Column::StartsOn.lte(context.today()))
        .add(delegation::Column::EndsOn.gte(context.today()))
        .add(delegation::Column::EndedAt.is_null())
}

/// People whom an action waits for today: everybody with a role for it, and whoever stands in for one of them.
pub(in crate::disbursements) fn on_duty(context: &Context, action: Action) -> Condition {
    let having = |action| user::Column::Role.is_in(roles_for(action).iter().map(|role| role.code()));
    let absent = Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(having(action))
        .and_where(user::Column::State.eq(UserState::Active.code()))
        .to_owned();
    let delegates = Query::select()
        .column(delegation::Column::ToUser)
        .from(delegation::Entity)
        .cond_where(runs(context))
        .and_where(delegation::Column::FromUser.in_subquery(absent))
        .to_owned();
    let standing_in =
        Condition::all().add(user::Column::Id.in_subquery(delegates)).add(having(Action::StandInDisbursements));
    Condition::any().add(having(action)).add(standing_in)
}

/// The desk from which a person takes an action today: the own where the role allows it, else that of an absent officer
/// who gave theirs.
pub(in crate::disbursements) async fn desk(context: &Context, action: Action) -> Result<Desk> {
    let Err(refused) = context.permit(action, &Subject::NONE) else { return Ok(Desk::Own) };
    let others = stand_ins(context.database(), context).await?;
    match others.iter().any(|other| roles_for(action).contains(&other.role)) {
        true => Ok(Desk::Absent),
        false => Err(refused.into()),
    }
}

/// The signature for an action, or why there can be none.
pub(in crate::disbursements) async fn sign(work: &Work<'_>, desk: Desk, action: Action) -> Result<Signer> {
    let context = work.context;
    if desk == Desk::Own {
        context.permit(action, &Subject::NONE)?;
        return Ok(Signer { signature: context.actor.user.map(Signature::own), stands_for: String::new() });
    }
    context.permit(Action::StandInDisbursements, &Subject::NONE)?;
    let found = stand_ins(&work.transaction, context).await?;
    let found = found.into_iter().find(|found| roles_for(action).contains(&found.role));
    let (Some(found), Some(person)) = (found, context.actor.user) else {
        return Err(AppError::Forbidden(Message::new("forbidden-no-delegation")).into());
    };
    let signature = Signature { person, stands_for: Some(found.officer) };
    Ok(Signer { signature: Some(signature), stands_for: found.name })
}

/// Refuses an amount beyond what the officer may sign, and names those who may. An officer for whom nobody has set a limit
/// signs nothing. Who stands for somebody has the lower of both limits; a role without limits has none to lower it.
pub(in crate::disbursements) async fn check_limit<C: ConnectionTrait>(
    database: &C,
    signature: Signature,
    action: Action,
    usd_minor: i64,
) -> Result<()> {
    let people: Vec<i64> = signature.people().map(i64::from).collect();
    let limits = officer_limit::Entity::find().all(database).await?;
    let most_of = |person: i64| limits.iter().find(|row| row.user_id == person).map_or(0, |row| row.usd_minor);
    let signing = user::Entity::find().filter(user::Column::Id.is_in(people)).all(database).await?;
    let limited = signing.iter().filter(|row| is_limited(&row.role));
    let most = limited.map(|row| most_of(row.id)).min().unwrap_or(0);
    if usd_minor <= most {
        return Ok(());
    }
    if most == 0 {
        return Err(AppError::refused("refused-no-limit").into());
    }
    let roles = roles_for(action).iter().map(|role| role.code());
    let able: Vec<String> = user::Entity::find()
        .filter(user::Column::Role.is_in(roles))
        .filter(user::Column::State.eq(UserState::Active.code()))
        .order_by_asc(user::Column::Name)
        .all(database)
        .await?
        .into_iter()
        .filter(|row| most_of(row.id) >= usd_minor)
        .map(|row| row.name)
        .collect();
    let key = if able.is_empty() { "refused-beyond-limit-nobody" } else { "refused-beyond-limit" };
    let message = Message::new(key)
        .with("amount", Money::usd(usd_minor))
        .with("most", Money::usd(most))
        .with("names", able.join(", ").as_str());
    Err(AppError::Refused(message).into())
}
