//! The executive director approves what the Board recommends: the application becomes a grant, or nothing changes.

use domain::applications::ApplicationEvent;
use domain::board::{DECISION, Outcome};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, GrantId};
use domain::money::Money;
use domain::organisations::{Vetting, VettingStatus};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};

use super::entity::{board_item, decision};
use crate::applications;
use crate::context::{Context, Work};
use crate::error::{Error, Result, unknown_code};
use crate::grants::{self, entity::grant};
use crate::ledger;
use crate::mail::{self, MailKind};
use crate::organisations::entity::organisation;
use crate::users::ties;

/// Approves a recommendation: commits the money and makes the grant. The same command again gives the same grant.
///
/// # Errors
/// Not allowed, not found, not recommended, an organisation that is not vetted, a tie with it, or not enough
/// money.
pub async fn approve(context: &Context, id: ApplicationId, typed: &Typed) -> Result<GrantId> {
    context.permit(Action::DecideAwards, &Subject::NONE)?;
    let answers = DECISION.read(typed)?;
    let command_id = answers.text("command_id");
    let work = context.begin_money().await?;
    if let Some(earlier) = earlier(&work, id, command_id, true).await? {
        return grant_of(&work, earlier.application_id).await;
    }
    if ledger::find_command(&work, command_id).await?.is_some() {
        return Err(AppError::refused("refused-command-reused").into());
    }
    let application = applications::load(&work, id).await?;
    ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
    let application = applications::step(&work, application, ApplicationEvent::Award, |_| {}).await?;
    must_be_vetted(&work, application.organisation_id).await?;
    let item = recommended_item(&work, id).await?;
    let amount = Money::usd(item.amount_usd_minor.unwrap_or(application.requested_usd_minor));
    decision::ActiveModel {
        application_id: Set(id.0),
        item_id: Set(item.id),
        approved: Set(true),
        note: Set(answers.text("note").to_owned()),
        decided_by: Set(context.actor.user.map(Into::into)),
        decided_at: Set(context.now),
        command_id: Set(command_id.to_owned()),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let grant = grants::award(&work, &application, amount, &item.conditions, command_id).await?;
    let arguments = [
        ("number", application.number.as_str().into()),
        ("title", application.title.as_str().into()),
        ("amount", amount.into()),
    ];
    let link = format!("/grants/{grant}");
    mail::queue_to_organisation(&work, application.organisation_id, MailKind::DecisionAwarded, &arguments, Some(&link))
        .await?;
    work.commit().await?;
    Ok(grant)
}

/// The decision that an earlier run of the command made. A command that decided something else is refused.
pub(super) async fn earlier(
    work: &Work<'_>,
    application: ApplicationId,
    command_id: &str,
    approved: bool,
) -> Result<Option<decision::Model>> {
    ledger::check_command(command_id)?;
    let found =
        decision::Entity::find().filter(decision::Column::CommandId.eq(command_id)).one(&work.transaction).await?;
    match found {
        Some(row) if row.application_id != application.0 || row.approved != approved => {
            Err(AppError::refused("refused-command-reused").into())
        }
        found => Ok(found),
    }
}

async fn grant_of(work: &Work<'_>, application: i64) -> Result<GrantId> {
    let row = grant::Entity::find().filter(grant::Column::ApplicationId.eq(application)).one(&work.transaction).await?;
    row.map(|row| GrantId(row.id))
        .ok_or_else(|| Error::Defect(format!("approved application {application} without a grant")))
}

/// The item on which the Board recommended the application.
pub(super) async fn recommended_item(work: &Work<'_>, application: ApplicationId) -> Result<board_item::Model> {
    let row = board_item::Entity::find()
        .filter(board_item::Column::ApplicationId.eq(application.0))
        .filter(board_item::Column::Outcome.eq(Outcome::Approve.code()))
        .order_by_desc(board_item::Column::RecordedAt)
        .order_by_desc(board_item::Column::Id)
        .one(&work.transaction)
        .await?;
    Ok(row.ok_or_else(|| AppError::refused("refused-no-recommendation"))?)
}

/// How an organisation stands in vetting.
pub(super) fn vetting_of(row: &organisation::Model) -> Result<Vetting> {
    Ok(Vetting {
        status: VettingStatus::from_code(&row.vetting_status)
            .ok_or_else(|| unknown_code("vetting", &row.vetting_status))?,
        valid_until: row.vetting_valid_until,
    })
}

async fn must_be_vetted(work: &Work<'_>, id: i64) -> Result<()> {
    let row = organisation::Entity::find_by_id(id).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if vetting_of(&row)?.holds_on(work.context.today()) {
        return Ok(());
    }
    Err(AppError::refused_with("refused-not-vetted", "organisation", row.legal_name).into())
}
