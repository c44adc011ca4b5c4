//! One review: the conflict of interest first, then the scores, then what was handed in.

use backend::reviews;
use backend::reviews::queries::{self, ReviewView};
use domain::errors::AppError;
use domain::forms::{Merged, Typed};
use domain::ids::ReviewId;
use domain::message::Message;
use domain::reviews::{CONFLICT, REVIEW, ReviewEvent, ReviewState, allowed};
use leptos::prelude::*;

use super::{review_status, state_of_any};
use crate::pages::applications::{form_view, state_tag};
use crate::ui::{
    DraftForm, FormState, Page, Shown, argument, both_texts, conflict_of, definition, field, form, form_fields, label,
    money, notice, page_head, row_fields, section, summary, t, tm, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/reviews/{review}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ReviewId = visit.id("review")?;
    let review = queries::get(&visit.context, id).await?;
    let conflict = visit.form_state(&format!("/reviews/{id}/declare"), Typed::default());
    let writing = Writing::of(&visit, &review).await?;
    Ok(Page::new(review.application.title.clone(), move || {
        let application = review.application.clone();
        let link = format!("/applications/{}", application.id);
        let overtaken = review.state.is_overtaken(application.state);
        let body = match (review.state, &review.obstacle) {
            _ if overtaken => notice("info", view! { <p>{t("review-overtaken")}</p> }),
            (ReviewState::Assigned | ReviewState::InProgress, Some(obstacle)) => step_aside(id, obstacle, &conflict),
            (ReviewState::Assigned, None) => declare_first(id, &conflict),
            (ReviewState::InProgress, None) => scoring(&review, &writing, &conflict),
            (ReviewState::Submitted, _) => handed_in(&review),
            (ReviewState::Conflict, _) => ().into_any(),
        };
        view! {
            {page_head(&application.title, Some(t("review-lead")), (review.state != ReviewState::Assigned).then(|| view! {
                <a class="button button-secondary" href=link>{t("review-read-application")}</a>
            }))}
            {summary(vec![
                definition("reviews-number", application.number.clone()),
                definition("reviews-organisation", application.organisation_name.clone()),
                definition("reviews-country", label("country", &application.country)),
                definition("reviews-requested", money(application.requested)),
                definition("reviews-state", if overtaken { state_tag(application.state) } else { review_status(review.state) }),
            ])}
            {(review.state == ReviewState::InProgress && !overtaken && !review.reopened_reason.is_empty()).then(|| notice("warning", view! {
                <p><strong>{t("review-reopened")}</strong></p>
                <div class="text">{review.reopened_reason.clone()}</div>
            }))}
            {body}
        }
        .into_any()
    })
    .under(visit.reader.text("reviews-title"), "/reviews"))
}

/// The sheet as it stands: what is stored, what was refused, or the texts of two windows put together.
struct Writing {
    form: DraftForm,
    state: FormState,
    merged: Option<Merged>,
}

impl Writing {
    async fn of(visit: &Visit, review: &ReviewView) -> Result<Self, AppError> {
        let id = review.id;
        let (save, submit) = (format!("/reviews/{id}/save"), format!("/reviews/{id}/submit"));
        let mut state = state_of_any(visit, &[&submit, &save], with_criteria(review, review.typed.clone()));
        let kept = visit.kept.as_ref().filter(|kept| kept.path == save || kept.path == submit);
        let (mut version, mut shown, mut merged) = (review.version, Shown::Stored, None);
        match (kept, conflict_of(visit, &[&save, &submit])) {
            (Some(kept), Some(written_on)) => {
                shown = Shown::Both(written_on.to_string());
                let both = reviews::together(&visit.context, id, written_on, &kept.typed).await?;
                state.typed = with_criteria(review, merged.insert(both).typed.clone());
            }
            // It was saved before it was judged.
            (Some(kept), None) if matches!(kept.error, AppError::Invalid(_)) => {
                state.typed = with_criteria(review, review.typed.clone());
            }
            (Some(kept), None) => {
                version = kept.typed.get("version").parse().unwrap_or(version);
                shown = Shown::Refused;
            }
            (None, _) => {}
        }
        let form =
            DraftForm { id: "review-form", action: submit, save, back: format!("/reviews/{id}"), version, shown };
        Ok(Self { form, state, merged })
    }
}

/// A draft, with the criterion of each row in its hidden field.
fn with_criteria(review: &ReviewView, mut typed: Typed) -> Typed {
    for (row, criterion) in review.criteria.iter().enumerate() {
        typed.set(&format!("scores.{row}.criterion"), criterion.code.code());
    }
    typed
}

fn conflict_form(id: ReviewId, state: &FormState) -> AnyView {
    form(
        &format!("/reviews/{id}/declare"),
        &format!("/reviews/{id}"),
        view! {
            {form_fields(&CONFLICT, state, &[])}
            <div class="button-row"><button class="button button-primary">{t("review-declare")}</button></div>
        },
    )
}

fn declare_first(id: ReviewId, state: &FormState) -> AnyView {
    section("review-conflict-title", view! { <p>{t("review-conflict-text")}</p>{conflict_form(id, state)} })
}

/// Who has a tie with the organisation can only step aside.
fn step_aside(id: ReviewId, obstacle: &Message, state: &FormState) -> AnyView {
    view! {
        {notice("warning", view! { <p>{tm(obstacle)}</p> })}
        {section("review-later-title", view! { <p>{t("review-later-text")}</p>{conflict_form(id, state)} })}
    }
    .into_any()
}

fn scoring(review: &ReviewView, writing: &Writing, conflict: &FormState) -> AnyView {
    let (id, state) = (review.id, &writing.state);
    let rows: Vec<AnyView> = review
        .criteria
        .iter()
        .enumerate()
        .map(|(row, criterion)| {
            let legend = tw(
                "review-criterion",
                &[("criterion", argument(t(&criterion.code.label_key()))), ("weight", argument(criterion.weight))],
            );
            let fields: Vec<AnyView> =
                REVIEW.groups.iter().map(|group| row_fields(&REVIEW, group, row, state, &[])).collect();
            view! { <fieldset class="row-item"><legend>{legend}</legend>{fields}</fieldset> }.into_any()
        })
        .collect();
    let later = allowed(ReviewState::InProgress).contains(&ReviewEvent::DeclareConflict);
    let save = format!("/reviews/{id}/save");
    let both = writing.merged.as_ref().and_then(|merged| {
        let of = |typed| form_view(&REVIEW, typed, Some(&merged.conflicts));
        both_texts(merged, t("draft-both-stored-own"), of(&merged.typed), of(&review.typed))
    });
    let sheet = writing.form.view(view! {
        <div class="warning-text"><p>{t("review-no-names")}</p></div>
        <div class="rows" id="scores">{rows}</div>
        {field(&REVIEW, "overall", state, &[])}
        {field(&REVIEW, "recommendation", state, &[])}
        // The first button answers the enter key: it must not hand in by accident.
        <div class="button-row">
            <button class="button button-secondary" formaction=save>{t("review-save")}</button>
            <button class="button button-primary">{t("review-submit")}</button>
        </div>
        <p class="hint">{t("review-submit-hint")}</p>
    });
    view! {
        {section("review-scores-title", view! { <p>{t("review-scores-text")}</p>{both}{sheet} })}
        {later.then(|| section("review-later-title", view! { <p>{t("review-later-text")}</p>{conflict_form(id, conflict)} }))}
    }
    .into_any()
}

fn handed_in(review: &ReviewView) -> AnyView {
    let total = review.total.unwrap_or(0);
    let link = format!("/applications/{}/reviews", review.application.id);
    view! {
        {notice("good", view! { <p>{tw("review-handed-in", &[("total", argument(total))])}</p> })}
        <p><a href=link>{t("review-compare")}</a></p>
    }
    .into_any()
}

/// `POST /reviews/{review}/declare`
pub async fn declare(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReviewId = visit.id("review")?;
    match reviews::declare(&visit.context, id, &sent.typed).await? {
        ReviewState::Conflict => Ok(Done::to("/reviews", "done-review-conflict")),
        _ => Ok(Done::to(format!("/reviews/{id}"), "done-review-no-conflict")),
    }
}

/// `POST /reviews/{review}/save`
pub async fn save(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReviewId = visit.id("review")?;
    let saved = reviews::save(&visit.context, id, &sent.typed).await?;
    Ok(Done::draft(format!("/reviews/{id}"), "done-saved", saved, visit.reader))
}

/// `POST /reviews/{review}/submit`: keeps the draft first, so that nothing is lost when it is not complete yet.
pub async fn submit(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReviewId = visit.id("review")?;
    let saved = reviews::save(&visit.context, id, &sent.typed).await?;
    let typed = saved.merged.as_ref().unwrap_or(&sent.typed);
    reviews::submit(&visit.context, id, typed).await?;
    Ok(Done::to(format!("/reviews/{id}"), "done-review-submitted"))
}
