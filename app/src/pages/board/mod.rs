//! The Board of Trustees: sessions, votes, recommendations, and the executive director's decisions.

mod decisions;
mod item;
mod list;
mod new;
mod release;
mod scenario;
mod session;

use domain::board::{Outcome, SessionState};
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::status;
use crate::web::Routes;

/// The routes of the Board.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/board", Action::ReadBoard, list::page)
        .page("/board/new", Action::ManageBoard, new::page)
        .action("/board/create", Action::ManageBoard, new::create)
        .page("/board/decisions", Action::ReadBoard, decisions::list)
        .page("/board/decisions/{application}", Action::ReadBoard, decisions::page)
        .action("/board/decisions/{application}/approve", Action::DecideAwards, decisions::approve)
        .action("/board/decisions/{application}/send-back", Action::DecideAwards, decisions::send_back)
        .page("/board/{session}", Action::ReadBoard, session::page)
        .page("/board/{session}/scenario", Action::ReadBoard, scenario::of_session)
        .page("/calls/{call}/scenario", Action::ReadRanking, scenario::of_call)
        .action("/board/{session}/start", Action::ManageBoard, session::start)
        .action("/board/{session}/close", Action::ManageBoard, session::close)
        .page("/board/{session}/release", Action::ManageBoard, release::page)
        .action("/board/{session}/release", Action::ManageBoard, release::release)
        .page("/board/{session}/items/{item}", Action::ReadBoard, item::page)
        .action("/board/{session}/items/{item}/vote", Action::VoteOnBoard, item::vote)
        .action("/board/{session}/items/{item}/record", Action::ManageBoard, item::record)
        .action("/board/{session}/items/{item}/correct", Action::ManageBoard, item::correct)
        .action("/board/{session}/items/{item}/take-back", Action::ManageBoard, item::take_back)
}

/// The state of a session as a tag.
fn session_status(state: SessionState) -> AnyView {
    let tone = match state {
        SessionState::Planned => "neutral",
        SessionState::UnderWay => "info",
        SessionState::Closed => "warning",
        SessionState::Released => "good",
    };
    status(&state.label_key(), tone)
}

/// What the Board recommends, as a tag.
fn outcome_status(outcome: Outcome) -> AnyView {
    let tone = match outcome {
        Outcome::Approve => "good",
        Outcome::Reserve => "warning",
        Outcome::Reject => "bad",
    };
    status(&outcome.label_key(), tone)
}
