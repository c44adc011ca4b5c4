//! Recording what the Board recommends, as its votes say.

use domain::applications::ApplicationEvent;
use domain::board::{Count, Outcome, QUORUM, RECOMMENDATION, Vote};
use domain::errors::{AppError, FieldErrors};
use domain::forms::{Answers, Typed};
use domain::ids::{BoardItemId, OrganisationId, UserId};
use domain::message::{Argument, Message};
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};

use super::entity::{board_item, board_vote};
use super::session::load_item;
use crate::applications::{self, entity::application};
use crate::audit;
use crate::calls::{self, entity::call};
use crate::context::{Context, Work};
use crate::error::{Result, unknown_code};
use crate::reviews;
use crate::users::ties;

/// Records the recommendation that follows from the votes, with an amount (what was asked, unless another is given) and
/// the texts that go with it. Gives the outcome. The vote of a member who has got a tie since is kept as recused. Only
/// a recommendation to approve takes effect at once, as the executive director decides about it; the organisations of
/// all others are told when the session is [released](super::release).
///
/// # Errors
/// Not allowed, not found, a tie with the organisation, no quorum, recorded before, another outcome than the page said,
/// an amount outside what was asked or the call allows, or a rejection without a reason.
pub async fn record(context: &Context, id: BoardItemId, typed: &Typed) -> Result<Outcome> {
    context.permit(Action::ManageBoard, &Subject::NONE)?;
    let answers = RECOMMENDATION.read(typed)?;
    let work = context.begin().await?;
    let (application, session, before) = load_item(&work, id).await?;
    ties::check(&work.transaction, application.organisation_id, context.actor.user.as_slice()).await?;
    let rows = votes_of(&work, before.id, application.organisation_id).await?;
    let votes = rows
        .iter()
        .map(|row| Vote::from_code(&row.vote).ok_or_else(|| unknown_code("vote", &row.vote)))
        .collect::<Result<Vec<_>>>()?;
    let count = Count::of(&votes);
    let outcome = count.outcome().ok_or_else(|| {
        AppError::Refused(Message::new("refused-no-quorum").with("present", count.present()).with("quorum", QUORUM))
    })?;
    if answers.optional_text("outcome").is_some_and(|seen| seen != outcome.code()) {
        let outcome = Argument::Key(outcome.label_key());
        return Err(AppError::refused_with("refused-outcome-changed", "outcome", outcome).into());
    }
    let mut change = texts(&work, &application, &before, outcome, &answers).await?;
    change.outcome = Set(Some(outcome.code().to_owned()));
    change.recorded_by = Set(context.actor.user.map(Into::into));
    change.recorded_at = Set(Some(context.now));
    let after = change.update(&work.transaction).await?;
    for row in &rows {
        audit::record::<(), _>(&work, "audit-session-vote-counted", audit::Kind::Session, session.id, None, Some(row))
            .await?;
    }
    audit::record(&work, "audit-session-recommended", audit::Kind::Session, session.id, Some(&before), Some(&after))
        .await?;
    if outcome == Outcome::Approve {
        applications::step(&work, application, ApplicationEvent::Recommend, |_| {}).await?;
    }
    work.commit().await?;
    Ok(outcome)
}

/// The item with what goes with an outcome: amount and conditions with an approval, the reason with a rejection.
pub(super) async fn texts(
    work: &Work<'_>,
    application: &application::Model,
    item: &board_item::Model,
    outcome: Outcome,
    answers: &Answers,
) -> Result<board_item::ActiveModel> {
    let mut change: board_item::ActiveModel = item.clone().into();
    change.note = Set(answers.text("note").to_owned());
    match outcome {
        Outcome::Approve => {
            change.amount_usd_minor = Set(Some(amount(work, application, answers).await?.minor));
            change.conditions = Set(answers.text("conditions").to_owned());
        }
        Outcome::Reject if answers.text("reason").is_empty() => {
            return Err(AppError::field("reason", "error-rejection-reason").into());
        }
        Outcome::Reject => change.reason = Set(answers.text("reason").to_owned()),
        Outcome::Reserve => {}
    }
    Ok(change)
}

/// The votes on an item. One cast by a member who has a tie with the organisation by now becomes recused.
async fn votes_of(work: &Work<'_>, item: i64, organisation: i64) -> Result<Vec<board_vote::Model>> {
    let votes = board_vote::Entity::find().filter(board_vote::Column::ItemId.eq(item));
    let mut rows = votes.order_by_asc(board_vote::Column::Id).all(&work.transaction).await?;
    let tied = ties::between(&work.transaction, rows.iter().map(|row| row.member_id), [organisation]).await?;
    for row in &mut rows {
        if row.vote != Vote::Recused.code() && tied.contains(&(UserId(row.member_id), OrganisationId(organisation))) {
            let mut change: board_vote::ActiveModel = row.clone().into();
            change.vote = Set(Vote::Recused.code().to_owned());
            *row = change.update(&work.transaction).await?;
        }
    }
    Ok(rows)
}

/// The amount to recommend: within the call's awards, and not more than what was asked.
async fn amount(work: &Work<'_>, application: &application::Model, answers: &Answers) -> Result<Money> {
    let itself = application::Entity::find_by_id(application.id);
    if reviews::recommendable(&work.transaction, application.call_id, itself).await?.is_empty() {
        let disputes = reviews::disputes(&work.transaction, vec![application.id]).await?;
        return Err(match disputes.get(&application.id) {
            Some(points) => AppError::refused_with("refused-disputed", "points", *points),
            None => AppError::refused("refused-not-recommendable"),
        }
        .into());
    }
    let call = call::Entity::find_by_id(application.call_id).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let requested = Money::usd(application.requested_usd_minor);
    let limits = calls::limits_of(&call);
    let (least, largest) = (limits.smallest_award, limits.largest_award);
    let amount = answers.money("amount").unwrap_or_else(|| Money::usd(requested.minor.min(largest.minor)));
    let mut errors = FieldErrors::default();
    if amount.minor < least.minor {
        errors.add("amount", Message::new("error-recommended-below-smallest").with("least", least));
    } else if amount.minor > requested.minor {
        errors.add("amount", Message::new("error-recommended-above-requested").with("most", requested));
    } else if amount.minor > largest.minor {
        errors.add("amount", Message::new("error-recommended-above-largest").with("most", largest));
    }
    errors.into_result()?;
    Ok(amount)
}
