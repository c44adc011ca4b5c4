//! What an indicator counts, confirmed by the secretariat. An organisation may call people things, and a donor would then
//! see how many they are: until somebody of the Fund has looked, donors see the target only.

use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::INDICATOR;
use domain::ids::{GrantId, IndicatorId};
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, QuerySelect as _, Set};

use super::entity::grant_indicator;
use super::step::load;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::users::ties;

/// The filter of the list that gives grants with an indicator of which nobody of the Fund has confirmed what it counts.
pub const INDICATORS_UNCONFIRMED: &str = "indicators-unconfirmed";

/// True for rows of `grants` that both have signed and that have such an indicator: until somebody looks, their donors
/// see targets only.
pub(crate) fn has_unconfirmed_indicator() -> Expr {
    Expr::cust(
        "grants.countersigned_at IS NOT NULL AND grants.id IN (SELECT grant_indicators.grant_id FROM grant_indicators \
         WHERE grant_indicators.confirmed_counted IS NULL)",
    )
}

/// Confirms whether an indicator counts people or anything else. It can be confirmed anew; the same again changes nothing.
///
/// # Errors
/// Not allowed, not found, wrong fields, a tie with the organisation, or the database's.
pub async fn confirm_indicator(context: &Context, grant: GrantId, id: IndicatorId, typed: &Typed) -> Result<()> {
    context.permit(Action::ConfirmIndicators, &Subject::NONE)?;
    let answers = INDICATOR.read(typed)?;
    let work = context.begin().await?;
    let organisation = load(&work, grant).await?.organisation_id;
    ties::check(&work.transaction, organisation, context.actor.user.as_slice()).await?;
    let found = grant_indicator::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.filter(|row| row.grant_id == grant.0).ok_or(AppError::NotFound)?;
    let counted = Some(answers.text("counted").to_owned());
    if before.confirmed_counted == counted {
        return Ok(());
    }
    let mut row: grant_indicator::ActiveModel = before.clone().into();
    row.confirmed_counted = Set(counted);
    row.confirmed_by = Set(context.actor.user.map(Into::into));
    row.confirmed_at = Set(Some(context.now));
    let after = row.update(&work.transaction).await?;
    audit::record(&work, "audit-grant-indicator", audit::Kind::Grant, grant.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
