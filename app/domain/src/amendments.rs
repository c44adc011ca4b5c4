//! Amendments: how the agreement of a running grant is changed, who has to agree, and what may be changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::budgets::{BudgetCategory, MOST_LINES};
use crate::forms::{Form, Group, Kind, optional, required};
use crate::grants::GrantState;

code_list! {
    /// What an amendment changes.
    AmendmentKind, "amendment-kind", {
        Increase = "increase",
        Decrease = "decrease",
        Reallocation = "reallocation",
        Extension = "extension",
        Suspension = "suspension",
        Resumption = "resumption",
    }
}

code_list! {
    /// How far an amendment is.
    AmendmentState, "amendment-state", {
        /// The programme officer proposed it.
        Proposed = "proposed",
        /// The organisation's signatory countersigned it.
        Countersigned = "countersigned",
        /// It is part of the agreement.
        InForce = "in-force",
        /// The executive director refused it.
        Refused = "refused",
        /// The programme officer took it back, or the grant ended first.
        Withdrawn = "withdrawn",
    }
}

code_list! {
    /// What is done with an amendment.
    AmendmentEvent, "amendment-event", {
        Countersign = "countersign",
        Approve = "approve",
        Refuse = "refuse",
        Withdraw = "withdraw",
    }
}

state_machine!(
    AmendmentState,
    AmendmentEvent,
    "refused-amendment-transition",
    [
        (Proposed, Countersign, Countersigned),
        (Proposed, Approve, InForce),
        (Countersigned, Approve, InForce),
        (Proposed, Refuse, Refused),
        (Countersigned, Refuse, Refused),
        (Proposed, Withdraw, Withdrawn),
        (Countersigned, Withdraw, Withdrawn),
    ]
);

impl AmendmentState {
    /// True while somebody still has to agree.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Countersigned)
    }
}

impl AmendmentKind {
    /// True when the organisation's signatory has to countersign before the executive director approves. Suspending
    /// and resuming are the Fund's own decisions.
    #[must_use]
    pub const fn needs_countersignature(self) -> bool {
        !matches!(self, Self::Suspension | Self::Resumption)
    }

    /// True when such an amendment makes sense for a grant in a state.
    #[must_use]
    pub const fn fits(self, state: GrantState) -> bool {
        match self {
            Self::Suspension => matches!(state, GrantState::Active),
            Self::Resumption => matches!(state, GrantState::Suspended),
            _ => state.is_running(),
        }
    }

    /// The form by which it is proposed.
    #[must_use]
    pub const fn form(self) -> &'static Form {
        match self {
            Self::Increase | Self::Decrease => &AMOUNT,
            Self::Reallocation => &BUDGET,
            Self::Extension => &EXTENSION,
            Self::Suspension | Self::Resumption => &PAUSE,
        }
    }
}

/// Increasing or decreasing the award.
pub const AMOUNT: Form = Form {
    name: "amendment-amount",
    fields: &[
        required("amount", Kind::Amount),
        required("reason", Kind::Text(2000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Moving money between budget lines; `line` holds the number of the line.
pub const BUDGET: Form = Form {
    name: "amendment-budget",
    fields: &[required("reason", Kind::Text(2000)), required("command_id", Kind::Hidden)],
    groups: &[Group {
        name: "lines",
        fields: &[required("line", Kind::Hidden), required("amount", Kind::Amount)],
        least: 1,
        most: MOST_LINES,
    }],
};

/// More time without more money.
pub const EXTENSION: Form = Form {
    name: "amendment-extension",
    fields: &[
        required("months", Kind::Count(MOST_EXTENSION_MONTHS)),
        required("reason", Kind::Text(2000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Suspending or resuming.
pub const PAUSE: Form = Form {
    name: "amendment-pause",
    fields: &[required("reason", Kind::Text(2000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// The organisation's signatory countersigns.
pub const COUNTERSIGN: Form = Form {
    name: "amendment-countersign",
    fields: &[required("accept", Kind::Tick), required("full_name", Kind::Line(120))],
    groups: &[],
};

/// The executive director approves or refuses.
pub const DECISION: Form = Form {
    name: "amendment-decision",
    fields: &[optional("note", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// Most months by which all extensions together may lengthen a grant.
pub const MOST_EXTENSION_MONTHS: i64 = 12;

/// Per cent of a category's budget that a programme officer may move without asking.
pub const MOVABLE_PER_CENT: i64 = 10;

/// A budget line with its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAmount {
    /// Number of the line.
    pub position: i64,
    /// Category.
    pub category: BudgetCategory,
    /// US cents.
    pub usd_minor: i64,
}

/// The budget by category, US cents.
#[must_use]
pub fn by_category(lines: &[LineAmount]) -> BTreeMap<BudgetCategory, i64> {
    let mut sums = BTreeMap::new();
    for line in lines {
        *sums.entry(line.category).or_default() += line.usd_minor;
    }
    sums
}

/// True when a category changes by more than the programme officer may move alone, compared with the budget that
/// was last approved: small steps do not add up to a large one without approval.
#[must_use]
pub fn needs_approval(approved: &[LineAmount], proposed: &[LineAmount]) -> bool {
    let (before, after) = (by_category(approved), by_category(proposed));
    before.keys().chain(after.keys()).any(|category| {
        let was = i128::from(before.get(category).copied().unwrap_or(0));
        let is = i128::from(after.get(category).copied().unwrap_or(0));
        (is - was).abs() * 100 > was * i128::from(MOVABLE_PER_CENT)
    })
}

/// What an amendment changes of a grant: kept with it as it was before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Award, US cents.
    pub award: i64,
    /// Months.
    pub months: i64,
    /// Last day.
    pub end_date: Option<NaiveDate>,
    /// State code of the grant.
    pub state: String,
    /// Instalments: number and US cents.
    pub instalments: Vec<(i64, i64)>,
    /// Budget.
    pub lines: Vec<LineAmount>,
    /// Reports: number and last day in time.
    pub reports: Vec<(i64, NaiveDate)>,
}
