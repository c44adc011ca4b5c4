//! The most that an officer may certify or approve.

use domain::disbursements::LIMIT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::{Action, Role, Subject, roles_for};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use crate::audit;
use crate::context::Context;
use crate::disbursements::entity::officer_limit;
use crate::error::Result;
use crate::users::entity::user;

/// True for roles that have a limit.
pub(super) fn is_limited(role: &str) -> bool {
    let limited = [Action::CertifyDisbursements, Action::ApproveDisbursements];
    Role::from_code(role).is_some_and(|role| limited.iter().any(|action| roles_for(*action).contains(&role)))
}

/// Sets the most, in USD, that an officer may certify or approve; an empty field takes the limit away.
///
/// # Errors
/// Not allowed, somebody who neither certifies nor approves, wrong fields, or the database's.
pub async fn set_limit(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::LimitOfficers, &Subject::NONE)?;
    let answers = LIMIT.read(typed)?;
    let wrong = || AppError::field("officer", "error-choose");
    let id: i64 = answers.text("officer").parse().map_err(|_| wrong())?;
    let work = context.begin_money().await?;
    let officer = user::Entity::find_by_id(id).one(&work.transaction).await?.ok_or_else(wrong)?;
    if !is_limited(&officer.role) {
        return Err(wrong().into());
    }
    let before = officer_limit::Entity::find_by_id(id).one(&work.transaction).await?;
    let after = match answers.money("most") {
        Some(most) => {
            let row =
                officer_limit::ActiveModel { user_id: Set(id), usd_minor: Set(most.minor), set_at: Set(context.now) };
            Some(match before {
                Some(_) => row.update(&work.transaction).await?,
                None => row.insert(&work.transaction).await?,
            })
        }
        None => {
            officer_limit::Entity::delete_by_id(id).exec(&work.transaction).await?;
            None
        }
    };
    audit::record(&work, "audit-officer-limit", audit::Kind::User, id, before.as_ref(), after.as_ref()).await?;
    work.commit().await
}
