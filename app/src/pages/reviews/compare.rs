//! The reviews of an application side by side, giving it to another reviewer, taking it back from one, and reopening.

use backend::audit::Kind;
use backend::reviews;
use backend::reviews::queries::{self, Comparison, ReviewScores};
use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::reviews::{ASSIGNMENT, LEAST_REVIEWS, MOST_DIFFERENCE, REOPENING, ReviewState};
use domain::roles::Action;
use leptos::prelude::*;

use super::{points, review_status};
use crate::ui::{
    Choice, FormState, Page, argument, audit_trail, button_form, column, count, definition, form, form_fields, label,
    money, notice, page_head, section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/applications/{application}/reviews`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let comparison = queries::of_application(&visit.context, id).await?;
    let application = comparison.application.state;
    let assigns = visit.may(Action::AssignReviews);
    let reviewed = matches!(application, ApplicationState::Reviewed | ApplicationState::Reserved);
    let in_review = application == ApplicationState::InReview;
    let offered = match assigns && (reviewed || in_review || application == ApplicationState::Eligible) {
        true => Some(reviews::reviewers(&visit.context, id).await?),
        false => None,
    };
    let (may_take_back, may_reopen) = (assigns && in_review, assigns && (in_review || reviewed));
    let reopening = visit.form_state(&format!("/applications/{id}/reviews/reopen"), Typed::default());
    let trail = visit.trail(Kind::Application, id.into()).await?;
    let state = visit.form_state(&format!("/applications/{id}/reviews/assign"), Typed::default());
    let number = comparison.application.number.clone();
    Ok(Page::new(visit.reader.text("compare-title"), move || {
        let application = &comparison.application;
        view! {
            {page_head(&t("compare-title"), Some(t("compare-lead")), ())}
            {summary(vec![
                definition("reviews-application", application.title.clone()),
                definition("reviews-organisation", application.organisation_name.clone()),
                definition("reviews-country", label("country", &application.country)),
                definition("reviews-requested", money(application.requested)),
            ])}
            {verdict(&comparison)}
            {reviewers(&comparison)}
            {may_take_back.then(|| taking_back(id, &comparison))}
            {offered.map(|offered| assignment(id, &state, offered, reviewed))}
            {may_reopen.then(|| reopen_form(id, &reopening, &comparison))}
            {comparison.reviews.iter().any(|review| !review.lines.is_empty()).then(|| scores(&comparison))}
            {comparison.reviews.iter().filter(|review| !review.lines.is_empty()).map(opinion).collect::<Vec<_>>()}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("nav-applications"), "/applications")
    .under(number, format!("/applications/{id}")))
}

fn verdict(comparison: &Comparison) -> AnyView {
    let Some(assessment) = &comparison.assessment else {
        let least = argument(LEAST_REVIEWS);
        return notice("info", view! { <p>{tw("compare-waiting", &[("least", least)])}</p> });
    };
    if comparison.reviews.iter().any(|review| review.incomplete) {
        return notice("warning", view! { <p>{t("compare-incomplete")}</p> });
    }
    let mean = argument(points(Some(assessment.mean_hundredths)));
    if let Some(difference) = assessment.dispute {
        let arguments = [("points", argument(difference)), ("most", argument(MOST_DIFFERENCE))];
        return notice("warning", view! { <p>{tw("compare-disputed", &arguments)}</p> });
    }
    match assessment.recommendable {
        true => notice("good", view! { <p>{tw("compare-recommendable", &[("mean", mean)])}</p> }),
        false => notice("warning", view! { <p>{tw("compare-not-recommendable", &[("mean", mean)])}</p> }),
    }
}

fn reviewers(comparison: &Comparison) -> AnyView {
    let heads = [
        column("compare-reviewer", false),
        column("reviews-state", false),
        column("compare-recommendation", false),
        column("reviews-total", true),
    ];
    let rows = comparison
        .reviews
        .iter()
        .map(|review| {
            let incomplete = review.incomplete.then(|| status("review-incomplete", "warning"));
            let state = view! { {review_status(review.state)} " " {incomplete} " " {review.conflict_reason.clone()} };
            vec![
                review.reviewer_name.clone().into_any(),
                state.into_any(),
                review.recommendation.map(|recommendation| t(&recommendation.label_key())).into_any(),
                review.total.map(count).into_any(),
            ]
        })
        .collect();
    section("compare-reviewers", table("compare-reviewers", &heads, rows))
}

/// Taking the application back from somebody who does not answer, one press further away than all else.
fn taking_back(id: ApplicationId, comparison: &Comparison) -> AnyView {
    let open = |review: &&ReviewScores| matches!(review.state, ReviewState::Assigned | ReviewState::InProgress);
    let parts: Vec<AnyView> = comparison
        .reviews
        .iter()
        .filter(open)
        .map(|review| {
            let back = format!("/applications/{id}/reviews");
            let action = format!("{back}/{}/take-back", review.id);
            let name = [("name", argument(review.reviewer_name.as_str()))];
            view! {
                <details>
                    <summary>{tw("compare-take-back", &name)}</summary>
                    <p>{tw("compare-take-back-lead", &name)}</p>
                    {button_form(&action, &back, "compare-take-back-button", "button-danger", &[])}
                </details>
            }
            .into_any()
        })
        .collect();
    view! { <div class="stack">{parts}</div> }.into_any()
}

/// Giving it to a reviewer; once it is reviewed, asking for one more review.
fn assignment(
    id: ApplicationId,
    state: &FormState,
    offered: Vec<(domain::ids::UserId, String)>,
    reviewed: bool,
) -> AnyView {
    let title = if reviewed { "compare-assign-again" } else { "compare-assign" };
    if offered.is_empty() {
        return section(title, view! { <p>{t("compare-nobody")}</p> });
    }
    let choices = offered.into_iter().map(|(user, name)| Choice::new(user, name)).collect();
    let action = format!("/applications/{id}/reviews/assign");
    section(
        title,
        form(
            &action,
            &format!("/applications/{id}/reviews"),
            view! {
                {reviewed.then(|| view! { <p>{t("compare-assign-again-text")}</p> })}
                {form_fields(&ASSIGNMENT, state, &[("reviewer", choices)])}
                <div class="button-row"><button class="button button-primary">{t("compare-assign-button")}</button></div>
            },
        ),
    )
}

/// Asking a reviewer to look at a review again that was handed in.
fn reopen_form(id: ApplicationId, state: &FormState, comparison: &Comparison) -> Option<AnyView> {
    let handed_in: Vec<Choice> = comparison
        .reviews
        .iter()
        .filter(|review| review.state == ReviewState::Submitted)
        .map(|review| Choice::new(review.id, review.reviewer_name.clone()))
        .collect();
    let here = format!("/applications/{id}/reviews");
    (!handed_in.is_empty()).then(|| {
        section(
            "compare-reopen",
            view! {
                <p>{t("compare-reopen-text")}</p>
                {form(&format!("{here}/reopen"), &here, view! {
                    {form_fields(&REOPENING, state, &[("review", handed_in)])}
                    <div class="button-row"><button class="button button-secondary">{t("compare-reopen-button")}</button></div>
                })}
            },
        )
    })
}

/// Criteria in rows, reviewers in columns.
fn scores(comparison: &Comparison) -> AnyView {
    let handed_in: Vec<&ReviewScores> =
        comparison.reviews.iter().filter(|review| review.state == ReviewState::Submitted).collect();
    let heads: Vec<AnyView> = handed_in
        .iter()
        .map(|review| view! { <th scope="col" class="num">{review.reviewer_name.clone()}</th> }.into_any())
        .collect();
    let mean_head =
        comparison.assessment.as_ref().map(|_| view! { <th scope="col" class="num">{t("compare-mean")}</th> });
    let rows: Vec<AnyView> = comparison
        .criteria
        .iter()
        .map(|criterion| {
            let cells: Vec<AnyView> = handed_in
                .iter()
                .map(|review| {
                    let line = review.lines.iter().find(|line| line.criterion == criterion.code);
                    let score = line.map(|line| count(line.score));
                    view! { <td class="num" data-label=review.reviewer_name.clone()>{score}</td> }.into_any()
                })
                .collect();
            let mean = comparison.assessment.as_ref().map(|assessment| {
                let mean = points(assessment.criteria_hundredths.get(&criterion.code).copied());
                view! { <td class="num" data-label=t("compare-mean")>{mean}</td> }
            });
            let name = tw(
                "review-criterion",
                &[("criterion", argument(t(&criterion.code.label_key()))), ("weight", argument(criterion.weight))],
            );
            view! { <tr><th scope="row">{name}</th>{cells}{mean}</tr> }.into_any()
        })
        .collect();
    section(
        "compare-scores",
        view! {
            <table class="data">
                <caption class="visually-hidden">{t("compare-scores")}</caption>
                <thead><tr><th scope="col">{t("compare-criterion")}</th>{heads}{mean_head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        },
    )
}

fn opinion(review: &ReviewScores) -> AnyView {
    let comments: Vec<AnyView> =
        review.lines.iter().map(|line| definition(&line.criterion.label_key(), line.comment.clone())).collect();
    view! {
        <section class="section">
            <h2>{tw("compare-opinion", &[("name", argument(review.reviewer_name.as_str()))])}</h2>
            <p>{review.overall.clone()}</p>
            {summary(comments)}
        </section>
    }
    .into_any()
}

/// `POST /applications/{application}/reviews/{review}/take-back`
pub async fn take_back(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    reviews::take_back(&visit.context, id, visit.id("review")?).await?;
    Ok(Done::to(format!("/applications/{id}/reviews"), "done-review-taken-back"))
}

/// `POST /applications/{application}/reviews/assign`
pub async fn assign(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    reviews::assign(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{id}/reviews"), "done-review-assigned"))
}

/// `POST /applications/{application}/reviews/reopen`
pub async fn reopen(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    reviews::reopen(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{id}/reviews"), "done-review-reopened"))
}
