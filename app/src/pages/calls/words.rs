//! A call's state and time in words.

use backend::calls::queries::CallView;
use chrono::{DateTime, Utc};
use domain::calls::CallState;
use leptos::prelude::*;

use crate::ui::{argument, status, tw};

/// The state as a tag.
pub fn state_tag(state: CallState) -> AnyView {
    let tone = match state {
        CallState::Draft => "neutral",
        CallState::Published | CallState::Closed => "info",
        CallState::Open => "good",
        CallState::Decided => "neutral",
    };
    status(&state.label_key(), tone)
}

/// How long until a call opens or closes, for calls of which that is still to come.
pub fn countdown(call: &CallView, now: DateTime<Utc>) -> Option<String> {
    let (key, until) = match call.state {
        CallState::Published => ("calls-opens-in", call.opens_at),
        CallState::Open => ("calls-closes-in", call.closes_at),
        CallState::Draft | CallState::Closed | CallState::Decided => return None,
    };
    let left = until - now;
    let (unit, number) = match (left.num_days(), left.num_hours()) {
        (0, 0) => ("minutes", left.num_minutes().max(1)),
        (0, hours) => ("hours", hours),
        (days, _) => ("days", days),
    };
    Some(tw(&format!("{key}-{unit}"), &[("number", argument(number))]))
}
