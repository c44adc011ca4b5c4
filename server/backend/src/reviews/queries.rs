//! Reading reviews. A reviewer sees the own ones, and those of others on the same application once all are in.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, ReviewId, UserId};
use domain::message::Message;
use domain::reviews::{Assessment, Criterion, REVIEW, ReviewRecommendation, ReviewState, ScoreLine};
use domain::roles::{Action, Role, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, Select,
};

use super::complete::{all_in, assessment, lines_of, state_of, typed_of};
use super::entity::review;
use super::facts::{self, ApplicationFacts};
use crate::applications::entity::application;
use crate::calls::queries::criteria;
use crate::context::Context;
use crate::error::Result;
use crate::page::{Page, PageRequest, matches, page_of, page_of_both};
use crate::users::entity::user;
use crate::users::ties;

/// A reviewer's work in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// Identifier.
    pub id: ReviewId,
    /// The application.
    pub application: ApplicationFacts,
    /// How far it is.
    pub state: ReviewState,
    /// When it was given to the reviewer.
    pub assigned_at: DateTime<Utc>,
    /// Points in all, once submitted.
    pub total: Option<i64>,
}

/// One review, for its reviewer.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewView {
    /// Identifier.
    pub id: ReviewId,
    /// The application.
    pub application: ApplicationFacts,
    /// How far it is.
    pub state: ReviewState,
    /// The criteria of the call.
    pub criteria: Vec<Criterion>,
    /// What was typed so far.
    pub typed: Typed,
    /// Its version.
    pub version: i64,
    /// Points in all, once submitted.
    pub total: Option<i64>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Why its reviewer is asked to look at it again; empty while nobody asked.
    pub reopened_reason: String,
    /// Why nobody but another reviewer may go on: a tie with the organisation. Stepping aside remains possible.
    pub obstacle: Option<Message>,
}

/// One review beside others of the same application.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewScores {
    /// Identifier.
    pub id: ReviewId,
    /// Who reviews.
    pub reviewer: UserId,
    /// Their name.
    pub reviewer_name: String,
    /// How far it is.
    pub state: ReviewState,
    /// Submitted, but its record lacks scores: it counts for nothing.
    pub incomplete: bool,
    /// The scores with their comments; empty until submitted.
    pub lines: Vec<ScoreLine>,
    /// The opinion in all; empty until submitted.
    pub overall: String,
    /// What the reviewer would do, once submitted.
    pub recommendation: Option<ReviewRecommendation>,
    /// Points in all, once submitted.
    pub total: Option<i64>,
    /// Why the reviewer stepped aside.
    pub conflict_reason: String,
}

/// The reviews of an application side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The application.
    pub application: ApplicationFacts,
    /// The criteria of the call.
    pub criteria: Vec<Criterion>,
    /// The reviews that the reader may see.
    pub reviews: Vec<ReviewScores>,
    /// True when all reviews are in.
    pub all_in: bool,
    /// What they say together, once all are in.
    pub assessment: Option<Assessment>,
}

/// True where the application is in review: of any other nobody wants a review any more.
fn in_review() -> String {
    format!(
        "EXISTS (SELECT 1 FROM applications WHERE applications.id = reviews.application_id AND applications.state = '{}')",
        ApplicationState::InReview
    )
}

/// Reviews that their reviewers still have to hand in.
pub(crate) fn to_hand_in() -> Condition {
    let open = ReviewState::OPEN.map(ReviewState::code);
    Condition::all().add(review::Column::State.is_in(open)).add(Expr::cust(in_review()))
}

/// The actor's own reviews page by page, open ones first; searched by title and number, filtered by state: an open state
/// finds those that are still to be handed in. Those with a conflict of interest are left out.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn mine(context: &Context, request: &PageRequest) -> Result<Page<ReviewRow>> {
    context.permit(Action::WriteReviews, &Subject::NONE)?;
    let mut query = review::Entity::find()
        .filter(review::Column::ReviewerId.eq(context.actor.user.map_or(0, i64::from)))
        .filter(review::Column::State.ne(ReviewState::Conflict.code()));
    if let Some(state) = ReviewState::from_code(&request.filter) {
        query = query.filter(review::Column::State.eq(state.code()));
        if ReviewState::OPEN.contains(&state) {
            query = query.filter(to_hand_in());
        }
    }
    if let Some(words) = request.folded() {
        let found = application::Entity::find()
            .select_only()
            .column(application::Column::Id)
            .filter(matches(application::Column::Search, &words))
            .into_query();
        query = query.filter(review::Column::ApplicationId.in_subquery(found));
    }
    let in_order =
        |query: Select<review::Entity>| query.order_by_asc(review::Column::AssignedAt).order_by_asc(review::Column::Id);
    let Page { rows, total, more, page } = match request.sort.as_str() {
        "state" => page_of(context, in_order(query.order_by_asc(review::Column::State)), request).await?,
        "total" => page_of(context, in_order(query.order_by_desc(review::Column::Total)), request).await?,
        _ => {
            let parts = (query.clone().filter(to_hand_in()), query.clone().filter(to_hand_in().not()));
            page_of_both(context, query, (in_order(parts.0), in_order(parts.1)), request).await?
        }
    };
    let facts = facts::of_ids(context.database(), rows.iter().map(|row| row.application_id).collect()).await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(ReviewRow {
                id: ReviewId(row.id),
                application: facts.get(&row.application_id).cloned().ok_or(AppError::NotFound)?,
                state: state_of(&row)?,
                assigned_at: row.assigned_at,
                total: row.total,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// One review, for its reviewer; with a conflict of interest it is as if it were not there.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: ReviewId) -> Result<ReviewView> {
    context.permit(Action::WriteReviews, &Subject::NONE)?;
    let row = review::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    context.permit(Action::WriteReviews, &Subject::user(UserId(row.reviewer_id)))?;
    let state = state_of(&row)?;
    if state == ReviewState::Conflict {
        return Err(AppError::NotFound.into());
    }
    let application = facts::of_one(context.database(), ApplicationId(row.application_id)).await?;
    let obstacle =
        ties::obstacle(context.database(), application.organisation.0, context.actor.user.as_slice()).await?;
    Ok(ReviewView {
        id,
        obstacle,
        state,
        criteria: criteria(context.database(), application.call).await?,
        application,
        typed: typed_of(&row),
        version: row.version,
        total: row.total,
        submitted_at: row.submitted_at,
        reopened_reason: row.reopened_reason,
    })
}

/// The reviews of an application side by side. A reviewer must have one of them, without a conflict of interest,
/// and sees the others' only once all are in; staff see all, with scores once they are submitted.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn of_application(context: &Context, id: ApplicationId) -> Result<Comparison> {
    context.permit(Action::ReadReviews, &Subject::NONE)?;
    crate::applications::readable(context, id).await?;
    let application = facts::of_one(context.database(), id).await?;
    let rows = review::Entity::find()
        .filter(review::Column::ApplicationId.eq(id.0))
        .order_by_asc(review::Column::Id)
        .all(context.database())
        .await?;
    let criteria = criteria(context.database(), application.call).await?;
    let complete = all_in(&rows);
    let own = context.actor.user.map_or(0, i64::from);
    let is_reviewer = context.actor.is(Role::TechnicalReviewer);
    let unbiased = |row: &review::Model| row.state != ReviewState::Conflict.code();
    if is_reviewer && !rows.iter().any(|row| row.reviewer_id == own && unbiased(row)) {
        return Err(AppError::NotFound.into());
    }
    let assessment = complete.then(|| assessment(&rows, &criteria));
    let visible: Vec<review::Model> =
        rows.into_iter().filter(|row| !is_reviewer || row.reviewer_id == own || (complete && unbiased(row))).collect();
    let people: Vec<(i64, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Name)
        .filter(user::Column::Id.is_in(visible.iter().map(|row| row.reviewer_id)))
        .into_tuple()
        .all(context.database())
        .await?;
    let people: HashMap<i64, String> = people.into_iter().collect();
    let reviews = visible.iter().map(|row| scores(row, &criteria, &people)).collect::<Result<_>>()?;
    Ok(Comparison { application, criteria, reviews, all_in: complete, assessment })
}

fn scores(row: &review::Model, criteria: &[Criterion], people: &HashMap<i64, String>) -> Result<ReviewScores> {
    let state = state_of(row)?;
    let mut shown = ReviewScores {
        id: ReviewId(row.id),
        reviewer: UserId(row.reviewer_id),
        reviewer_name: people.get(&row.reviewer_id).cloned().unwrap_or_default(),
        state,
        incomplete: false,
        lines: Vec::new(),
        overall: String::new(),
        recommendation: None,
        total: row.total,
        conflict_reason: row.conflict_reason.clone(),
    };
    if state == ReviewState::Submitted {
        let (answers, _) = REVIEW.read_lenient(&typed_of(row));
        let lines = lines_of(row, criteria);
        shown.incomplete = lines.is_none();
        shown.lines = lines.unwrap_or_default();
        answers.text("overall").clone_into(&mut shown.overall);
        shown.recommendation = ReviewRecommendation::from_code(answers.text("recommendation"));
    }
    Ok(shown)
}
