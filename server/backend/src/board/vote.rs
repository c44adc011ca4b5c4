//! A member's vote on one application: one a member and item, changeable until the recommendation is recorded.

use domain::board::{VOTE, Vote};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::BoardItemId;
use domain::message::Message;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde::Serialize;

use super::entity::board_vote;
use super::session::load_item;
use crate::applications::entity::application;
use crate::audit;
use crate::context::Context;
use crate::error::Result;
use crate::reviews;
use crate::users::ties;

/// What the audit trail keeps of a vote before the recommendation is recorded.
#[derive(Serialize)]
struct Trace {
    item_id: i64,
}

/// Casts or changes the actor's vote.
///
/// # Errors
/// Not allowed, not found, a session that is not under way, a recommendation already recorded, a vote to approve what
/// the reviews do not allow to recommend, or any vote but recused by a member with a tie with the organisation.
pub async fn vote(context: &Context, id: BoardItemId, typed: &Typed) -> Result<()> {
    context.permit(Action::VoteOnBoard, &Subject::NONE)?;
    let member = context.actor.user.ok_or(AppError::SignInNeeded)?;
    let answers = VOTE.read(typed)?;
    let work = context.begin().await?;
    let (application, session, item) = load_item(&work, id).await?;
    let tied = ties::obstacle(&work.transaction, application.organisation_id, &[member]).await?.is_some();
    if tied && answers.text("vote") != Vote::Recused.code() {
        return Err(FieldErrors::one("vote", Message::new("error-vote-tie")).into());
    }
    if answers.text("vote") == Vote::Approve.code() {
        let itself = application::Entity::find_by_id(application.id);
        if reviews::recommendable(&work.transaction, application.call_id, itself).await?.is_empty() {
            let disputes = reviews::disputes(&work.transaction, vec![application.id]).await?;
            let message = match disputes.get(&application.id) {
                Some(points) => Message::new("error-vote-disputed").with("points", *points),
                None => Message::new("error-vote-not-recommendable"),
            };
            return Err(FieldErrors::one("vote", message).into());
        }
    }
    let known = board_vote::Entity::find()
        .filter(board_vote::Column::ItemId.eq(item.id))
        .filter(board_vote::Column::MemberId.eq(member.0))
        .one(&work.transaction)
        .await?;
    let mut change = known.clone().map_or_else(Default::default, board_vote::ActiveModel::from);
    change.item_id = Set(item.id);
    change.member_id = Set(member.0);
    change.vote = Set(answers.text("vote").to_owned());
    change.note = Set(answers.text("note").to_owned());
    change.voted_at = Set(context.now);
    let after = match known {
        Some(_) => change.update(&work.transaction).await?,
        None => change.insert(&work.transaction).await?,
    };
    // Only that there is a vote: how it was cast is its member's alone until the recommendation is recorded.
    let trace = Trace { item_id: after.item_id };
    audit::record::<(), _>(&work, "audit-session-voted", audit::Kind::Session, session.id, None, Some(&trace)).await?;
    work.commit().await
}
