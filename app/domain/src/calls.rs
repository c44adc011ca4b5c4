//! Calls for proposals: what may be applied for, by whom, until when, and how applications are judged.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::countries::Region;
use crate::errors::FieldErrors;
use crate::forms::{Answers, Form, Group, Kind, optional, required};
use crate::help::{PriorityGroup, Theme};
use crate::message::Message;
use crate::money::Money;
use crate::reviews::CriterionCode;
use crate::time::vienna_instant;

code_list! {
    /// How far a call is. Open and closed follow from the clock; see [`state_at`].
    CallState, "call-state", {
        Draft = "draft",
        Published = "published",
        Open = "open",
        Closed = "closed",
        Decided = "decided",
    }
}

code_list! {
    /// What is done with a call.
    CallEvent, "call-event", { Publish = "publish", Decide = "decide", Withdraw = "withdraw" }
}

state_machine!(
    CallState,
    CallEvent,
    "refused-call-transition",
    [(Draft, Publish, Published), (Published, Withdraw, Draft), (Closed, Decide, Decided),]
);

/// Entering or changing a call. Times are Vienna time.
pub const CALL: Form = Form {
    name: "call",
    fields: &[
        required("title", Kind::Line(200)),
        required("objectives", Kind::Text(5000)),
        required("themes", Kind::Choices(Theme::OPTIONS)),
        required("priority_groups", Kind::Choices(PriorityGroup::OPTIONS)),
        optional("regions", Kind::Choices(Region::OPTIONS)),
        required("smallest_award", Kind::Amount),
        required("largest_award", Kind::Amount),
        required("shortest_months", Kind::Count(60)),
        required("longest_months", Kind::Count(60)),
        required("opens_on", Kind::Date),
        required("opens_at", Kind::Clock),
        required("closes_on", Kind::Date),
        required("closes_at", Kind::Clock),
    ],
    groups: &[Group {
        name: "criteria",
        fields: &[required("criterion", Kind::Choice(CriterionCode::OPTIONS)), required("weight", Kind::Count(100))],
        least: 1,
        most: 12,
    }],
};

/// Extending the deadline of an open call, with the reason that everybody reads. Times are Vienna time.
pub const EXTENSION: Form = Form {
    name: "call-extension",
    fields: &[
        required("closes_on", Kind::Date),
        required("closes_at", Kind::Clock),
        required("reason", Kind::Text(1000)),
    ],
    groups: &[],
};

/// An extension by more days than this is a slip of the pen.
pub const MOST_EXTENSION_DAYS: i64 = 365;

/// The deadline that an extension gives: later than the one there is, never earlier.
///
/// # Errors
/// A day or a time that is wrong beside the deadline there is.
pub fn extended(answers: &Answers, deadline: DateTime<Utc>) -> Result<DateTime<Utc>, FieldErrors> {
    let given = answers.date("closes_on").zip(answers.clock("closes_at"));
    let Some((day, time)) = given else {
        return Err(FieldErrors::one("closes_on", Message::new("error-required")));
    };
    let later = vienna_instant(day, time);
    if later <= deadline {
        return Err(FieldErrors::one("closes_on", Message::new("error-extension-earlier").with("deadline", deadline)));
    }
    if (later - deadline).num_days() > MOST_EXTENSION_DAYS {
        return Err(FieldErrors::one(
            "closes_on",
            Message::new("error-extension-too-long").with("most", MOST_EXTENSION_DAYS),
        ));
    }
    Ok(later)
}

/// The smallest award that any call may give, in US cents: anything less could not be paid in parts.
pub const LEAST_AWARD_USD_MINOR: i64 = 100;

/// What an application to a call must keep to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallTerms {
    /// Limits of awards and durations.
    pub limits: CallLimits,
    /// Themes; empty for all.
    pub themes: Vec<Theme>,
    /// Regions; empty for all.
    pub regions: Vec<Region>,
}

/// How much a call gives, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallLimits {
    /// Smallest award, USD.
    pub smallest_award: Money,
    /// Largest award, USD.
    pub largest_award: Money,
    /// Shortest duration in months.
    pub shortest_months: i64,
    /// Longest duration in months.
    pub longest_months: i64,
}

impl Default for CallLimits {
    /// The Fund's published practice: 20,000 to 60,000 USD, 12 to 24 months.
    fn default() -> Self {
        Self {
            smallest_award: Money::usd(2_000_000),
            largest_award: Money::usd(6_000_000),
            shortest_months: 12,
            longest_months: 24,
        }
    }
}

/// The state that a reader sees at an instant: a published call opens and closes by the clock, to the second.
/// At the deadline's own second it is still open.
#[must_use]
pub fn state_at(stored: CallState, opens: DateTime<Utc>, closes: DateTime<Utc>, now: DateTime<Utc>) -> CallState {
    match stored {
        CallState::Published | CallState::Open | CallState::Closed => {
            if now < opens {
                CallState::Published
            } else if now < closes + chrono::TimeDelta::seconds(1) {
                CallState::Open
            } else {
                CallState::Closed
            }
        }
        other => other,
    }
}

/// The opening and the deadline of a call's answers as instants.
#[must_use]
pub fn opening_and_deadline(answers: &Answers) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    Some((
        vienna_instant(answers.date("opens_on")?, answers.clock("opens_at")?),
        vienna_instant(answers.date("closes_on")?, answers.clock("closes_at")?),
    ))
}

/// Rules between the fields of a call.
#[must_use]
pub fn check(answers: &Answers) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if answers.minor("smallest_award") < LEAST_AWARD_USD_MINOR {
        let least = Money::usd(LEAST_AWARD_USD_MINOR);
        errors.add("smallest_award", Message::new("error-award-too-small").with("least", least));
    }
    if answers.minor("largest_award") < answers.minor("smallest_award") {
        errors.add("largest_award", Message::new("error-award-order"));
    }
    if answers.count("shortest_months") < 1 {
        errors.add("shortest_months", Message::new("error-months-zero"));
    }
    if answers.count("longest_months") < answers.count("shortest_months") {
        errors.add("longest_months", Message::new("error-months-order"));
    }
    if opening_and_deadline(answers).is_some_and(|(opens, closes)| closes <= opens) {
        errors.add("closes_on", Message::new("error-deadline-before-opening"));
    }
    let rows = answers.group("criteria");
    let sum: i64 = rows.iter().map(|(_, row)| row.count("weight")).sum();
    if sum != 100 {
        errors.add("criteria", Message::new("error-weights-sum").with("sum", sum));
    }
    for (position, (row, values)) in rows.iter().enumerate() {
        if rows[..position].iter().any(|(_, earlier)| earlier.text("criterion") == values.text("criterion")) {
            errors.add(&format!("criteria.{row}.criterion"), Message::new("error-criterion-twice"));
        }
    }
    errors
}
