//! When all reviews of an application are in, it goes on to the Board with its mean score.

use std::collections::{HashMap, HashSet};

use domain::applications::{ApplicationEvent, ApplicationState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, CallId, ReviewId, UserId};
use domain::reviews::{
    Assessment, Criterion, LEAST_REVIEWS, REVIEW, ReviewState, ScoreLine, Scores, assess, dispute, score_lines,
    scores_of,
};
use domain::roles::{Action, Subject};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Select, Set,
};

use super::entity::review;
use crate::applications::{self, entity::application};
use crate::calls::queries::criteria;
use crate::context::Work;
use crate::error::{Result, unknown_code};

/// The state of a row.
pub(super) fn state_of(row: &review::Model) -> Result<ReviewState> {
    ReviewState::from_code(&row.state).ok_or_else(|| unknown_code("review state", &row.state))
}

/// What was typed into a review; nothing where the record is damaged.
pub(super) fn typed_of(row: &review::Model) -> Typed {
    serde_json::from_str(&row.typed).unwrap_or_default()
}

/// The score lines of a submitted review. None when the record does not hold a score for each criterion of the call:
/// such a review counts for nothing, and no page ends because of it.
pub(super) fn lines_of(row: &review::Model, criteria: &[Criterion]) -> Option<Vec<ScoreLine>> {
    let (answers, _) = REVIEW.read_lenient(&typed_of(row));
    let lines = score_lines(&answers, criteria).ok();
    if lines.is_none() {
        tracing::error!(review = row.id, application = row.application_id, "a review was submitted incomplete");
    }
    lines
}

/// What the submitted reviews among these rows say together. With one that is incomplete nothing can be recommended.
pub(super) fn assessment(rows: &[review::Model], criteria: &[Criterion]) -> Assessment {
    let submitted = rows.iter().filter(|row| row.state == ReviewState::Submitted.code());
    let scores: Vec<Option<Scores>> =
        submitted.map(|row| lines_of(row, criteria).map(|lines| scores_of(&lines))).collect();
    let whole = scores.iter().all(Option::is_some);
    let assessment = assess(criteria, &scores.into_iter().flatten().collect::<Vec<_>>());
    Assessment { recommendable: whole && assessment.recommendable, ..assessment }
}

/// True when no reviewer still has the application and enough reviews were submitted.
pub(super) fn all_in(rows: &[review::Model]) -> bool {
    let number =
        |states: &[ReviewState]| rows.iter().filter(|row| states.iter().any(|state| state.code() == row.state)).count();
    number(&[ReviewState::Assigned, ReviewState::InProgress]) == 0 && number(&[ReviewState::Submitted]) >= LEAST_REVIEWS
}

/// Loads a review for changing it, with its application: the application first, as every other step does, so
/// that two reviewers who are ready at the same time wait for each other instead of both missing the last step.
pub(super) async fn load(work: &Work<'_>, id: ReviewId) -> Result<(application::Model, review::Model)> {
    let found = review::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    work.context.permit(Action::WriteReviews, &Subject::user(UserId(found.reviewer_id)))?;
    let application = applications::load(work, ApplicationId(found.application_id)).await?;
    let row =
        review::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if row.state == ReviewState::Conflict.code() {
        return Err(AppError::NotFound.into());
    }
    if applications::state_of(&application)? != ApplicationState::InReview {
        return Err(AppError::refused("refused-review-closed").into());
    }
    Ok((application, row))
}

/// Takes the application on to the Board when its last open review is done.
pub(super) async fn complete(work: &Work<'_>, application: application::Model) -> Result<()> {
    let rows =
        review::Entity::find().filter(review::Column::ApplicationId.eq(application.id)).all(&work.transaction).await?;
    if !all_in(&rows) {
        return Ok(());
    }
    let criteria = criteria(&work.transaction, CallId(application.call_id)).await?;
    let assessment = assessment(&rows, &criteria);
    if assessment.reviews < LEAST_REVIEWS {
        // One of them is incomplete: another reviewer is needed.
        return Ok(());
    }
    let mean = assessment.mean_hundredths;
    applications::step(work, application, ApplicationEvent::CompleteReview, |row| {
        row.mean_score_hundredths = Set(Some(mean));
    })
    .await?;
    Ok(())
}

/// Goes on with the review of an application that is eligible once more: reviews that were begun or handed in count.
pub(crate) async fn resume(work: &Work<'_>, application: application::Model) -> Result<()> {
    let begun = review::Entity::find()
        .filter(review::Column::ApplicationId.eq(application.id))
        .filter(review::Column::State.ne(ReviewState::Conflict.code()));
    if begun.count(&work.transaction).await? == 0 {
        return Ok(());
    }
    let application = applications::step(work, application, ApplicationEvent::StartReview, |_| {}).await?;
    complete(work, application).await
}

/// Of these applications, those whose reviews differ too much, with the points by which they do; see
/// [`dispute`].
pub(crate) async fn disputes<C: ConnectionTrait>(database: &C, applications: Vec<i64>) -> Result<HashMap<i64, i64>> {
    let rows: Vec<(i64, Option<i64>)> = review::Entity::find()
        .select_only()
        .column(review::Column::ApplicationId)
        .column(review::Column::Total)
        .filter(review::Column::ApplicationId.is_in(applications))
        .filter(review::Column::State.eq(ReviewState::Submitted.code()))
        .into_tuple()
        .all(database)
        .await?;
    let mut totals: HashMap<i64, Vec<i64>> = HashMap::new();
    for (application, total) in rows {
        totals.entry(application).or_default().push(total.unwrap_or(0));
    }
    Ok(totals.into_iter().filter_map(|(application, totals)| Some((application, dispute(&totals)?))).collect())
}

/// Of these applications of a call, those whose reviews allow to recommend them. The applications are a query of their
/// identifiers: a call may have more of them than a statement may have values.
pub(crate) async fn recommendable<C: ConnectionTrait>(
    database: &C,
    call: i64,
    applications: Select<application::Entity>,
) -> Result<HashSet<i64>> {
    let criteria = criteria(database, CallId(call)).await?;
    let applications = applications.select_only().column(application::Column::Id).into_query();
    let rows = review::Entity::find()
        .filter(review::Column::ApplicationId.in_subquery(applications))
        .filter(review::Column::State.eq(ReviewState::Submitted.code()))
        .all(database)
        .await?;
    let mut by_application: HashMap<i64, Vec<review::Model>> = HashMap::new();
    for row in rows {
        by_application.entry(row.application_id).or_default().push(row);
    }
    let allowed = |rows: &[review::Model]| assessment(rows, &criteria).recommendable;
    Ok(by_application.into_iter().filter(|(_, rows)| allowed(rows)).map(|(application, _)| application).collect())
}
