//! Technical reviews: a reviewer's own, all of an application side by side, and the ranking of a call.

mod compare;
mod list;
mod ranking;
mod show;

use domain::forms::Typed;
use domain::reviews::ReviewState;
use domain::roles::Action;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::ui::{FormState, reader, status};
use crate::web::{Routes, Visit};

/// The routes of reviews.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/reviews", Action::WriteReviews, list::page)
        .page("/reviews/{review}", Action::WriteReviews, show::page)
        .action("/reviews/{review}/declare", Action::WriteReviews, show::declare)
        .action("/reviews/{review}/save", Action::WriteReviews, show::save)
        .action("/reviews/{review}/submit", Action::WriteReviews, show::submit)
        .page("/applications/{application}/reviews", Action::ReadReviews, compare::page)
        .action("/applications/{application}/reviews/assign", Action::AssignReviews, compare::assign)
        .action("/applications/{application}/reviews/reopen", Action::AssignReviews, compare::reopen)
        .action("/applications/{application}/reviews/{review}/take-back", Action::AssignReviews, compare::take_back)
        .page("/calls/{call}/ranking", Action::ReadRanking, ranking::page)
}

/// Hundredths of a point as points; empty where there are none yet.
pub fn points(hundredths: Option<i64>) -> String {
    hundredths.map_or_else(String::new, |hundredths| reader().decimal(Decimal::new(hundredths, 2).normalize()))
}

/// What stands in a form whose buttons post to different paths.
pub fn state_of_any(visit: &Visit, actions: &[&str], initial: Typed) -> FormState {
    let sent = visit.kept.as_ref().and_then(|kept| actions.iter().find(|action| **action == kept.path));
    visit.form_state(sent.or(actions.first()).copied().unwrap_or(""), initial)
}

/// The state of a review as a tag.
fn review_status(state: ReviewState) -> AnyView {
    let tone = match state {
        ReviewState::Assigned => "warning",
        ReviewState::Conflict => "neutral",
        ReviewState::InProgress => "info",
        ReviewState::Submitted => "good",
    };
    status(&state.label_key(), tone)
}
