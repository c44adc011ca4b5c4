//! The most that an officer may certify or approve; without a limit that is nothing.

use domain::disbursements::LIMIT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::money::Money;
use domain::roles::{Action, Role, Subject, roles_for};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use crate::audit;
use crate::context::Context;
use crate::disbursements::entity::officer_limit;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::users::entity::user;
use crate::users::watchers;

/// True for roles that have a limit.
pub(super) fn is_limited(role: &str) -> bool {
    let limited = [Action::CertifyDisbursements, Action::ApproveDisbursements];
    Role::from_code(role).is_some_and(|role| limited.iter().any(|action| roles_for(*action).contains(&role)))
}

/// Sets the most, in USD, that an officer may certify or approve. Those who watch over payments are told.
///
/// # Errors
/// Not allowed, somebody who neither certifies nor approves, the own limit, wrong fields, or the database's.
pub async fn set_limit(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::LimitOfficers, &Subject::NONE)?;
    let answers = LIMIT.read(typed)?;
    let wrong = || AppError::field("officer", "error-choose");
    let id: i64 = answers.text("officer").parse().map_err(|_| wrong())?;
    let most = answers.money("most").ok_or_else(|| AppError::field("most", "error-required"))?;
    if context.actor.user == Some(UserId(id)) {
        return Err(AppError::refused("refused-own-limit").into());
    }
    let work = context.begin_money().await?;
    let officer = user::Entity::find_by_id(id).one(&work.transaction).await?.ok_or_else(wrong)?;
    if !is_limited(&officer.role) {
        return Err(wrong().into());
    }
    let before = officer_limit::Entity::find_by_id(id).one(&work.transaction).await?;
    let row = officer_limit::ActiveModel { user_id: Set(id), usd_minor: Set(most.minor), set_at: Set(context.now) };
    let after = match before {
        Some(_) => row.update(&work.transaction).await?,
        None => row.insert(&work.transaction).await?,
    };
    audit::record(&work, "audit-officer-limit", audit::Kind::User, id, before.as_ref(), Some(&after)).await?;
    let earlier = before.map_or(0, |row| row.usd_minor);
    if earlier != after.usd_minor {
        let arguments = [
            ("actor", context.actor.name.as_str().into()),
            ("person", officer.name.into()),
            ("earlier", Money::usd(earlier).into()),
            ("amount", most.into()),
        ];
        let (to, link) = (watchers(context.actor.user), Some("/disbursements/officers"));
        mail::queue_to_users(&work, to, MailKind::LimitChanged, &arguments, link).await?;
    }
    work.commit().await
}
