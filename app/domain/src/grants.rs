//! Grants: what an award becomes. Agreement, instalments, signature, end.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::applications::Counted;
use crate::forms::{Form, Kind, Options, optional, required};
use crate::money::split_in_proportion;

code_list! {
    /// How far a grant is.
    GrantState, "grant-state", {
        /// Money is committed; the agreement is being drawn up.
        Preparing = "preparing",
        /// The agreement waits for the organisation's signatory.
        ToSign = "to-sign",
        /// Signed by both: help is under way.
        Active = "active",
        /// Signed, but nothing is paid until it is resumed.
        Suspended = "suspended",
        /// All reports accepted, all money accounted for or to be paid back.
        Closed = "closed",
        /// Ended early; the open commitment went back to the Fund.
        Terminated = "terminated",
    }
}

code_list! {
    /// What is done with a grant.
    GrantEvent, "grant-event", {
        Offer = "offer",
        /// What was offered is wrong: it is drawn up once more.
        TakeBack = "take-back",
        Countersign = "countersign",
        Suspend = "suspend",
        Resume = "resume",
        Close = "close",
        Terminate = "terminate",
    }
}

state_machine!(
    GrantState,
    GrantEvent,
    "refused-grant-transition",
    [
        (Preparing, Offer, ToSign),
        (ToSign, TakeBack, Preparing),
        (ToSign, Countersign, Active),
        (Active, Suspend, Suspended),
        (Suspended, Resume, Active),
        (Active, Close, Closed),
        (Preparing, Terminate, Terminated),
        (ToSign, Terminate, Terminated),
        (Active, Terminate, Terminated),
        (Suspended, Terminate, Terminated),
    ]
);

impl GrantState {
    /// True while both have signed and the grant has not ended.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }

    /// True when nothing more is committed or paid.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Terminated)
    }
}

code_list! {
    /// What an instalment waits for.
    InstalmentCondition, "instalment-condition", {
        Signature = "signature",
        InterimReport = "interim-report",
        FinalReport = "final-report",
    }
}

/// Drawing up the agreement.
pub const AGREEMENT: Form = Form {
    name: "agreement",
    fields: &[required("start_date", Kind::Date), required("months", Kind::Count(MOST_MONTHS))],
    groups: &[],
};

/// The secretariat confirms what an indicator counts.
pub const INDICATOR: Form =
    Form { name: "indicator", fields: &[required("counted", Kind::Choice(Counted::OPTIONS))], groups: &[] };

/// The conditions of an award from the text in which the Board wrote them: one a line.
#[must_use]
pub fn award_conditions(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// A condition of the award that was met is not, after all.
pub const REOPEN_CONDITION: Form = Form {
    name: "award-condition",
    fields: &[required("condition", Kind::Choice(Options::Given)), required("why", Kind::Text(1000))],
    groups: &[],
};

/// An offered agreement is taken back. The page that has this form has another one that asks for a `reason`.
pub const TAKE_BACK: Form = Form { name: "take-back", fields: &[required("mistake", Kind::Text(1000))], groups: &[] };

/// The signatory countersigns the agreement of the offer that the page showed: `seen` is when that was offered.
pub const COUNTERSIGN: Form = Form {
    name: "countersign",
    fields: &[required("accept", Kind::Tick), required("full_name", Kind::Line(120)), optional("seen", Kind::Hidden)],
    groups: &[],
};

/// Longest that a grant may last, in months, its extensions among them.
pub const MOST_MONTHS: i64 = 60;

/// Closing a grant.
pub const CLOSE: Form = Form { name: "close", fields: &[required("command_id", Kind::Hidden)], groups: &[] };

/// Ending a grant early.
pub const TERMINATE: Form = Form {
    name: "terminate",
    fields: &[required("reason", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// One planned part of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedInstalment {
    /// From 1.
    pub number: i64,
    /// US cents.
    pub usd_minor: i64,
    /// What it waits for.
    pub condition: InstalmentCondition,
    /// The number of the report that must be accepted first; none for the first instalment.
    pub after_report: Option<i64>,
}

/// The default plan: 50 per cent at signature, 40 after the first interim report, 10 after the final report.
/// A grant with one report has no interim one: then 50 at signature and 50 after the final report.
#[must_use]
pub fn default_instalments(award_minor: i64, reports: i64) -> Vec<PlannedInstalment> {
    use InstalmentCondition::{FinalReport, InterimReport, Signature};
    let plan: &[(i64, InstalmentCondition, Option<i64>)] = if reports < 2 {
        &[(50, Signature, None), (50, FinalReport, Some(1))]
    } else {
        &[(50, Signature, None), (40, InterimReport, Some(1)), (10, FinalReport, Some(i64::MAX))]
    };
    let weights: Vec<i64> = plan.iter().map(|(weight, _, _)| *weight).collect();
    plan.iter()
        .zip(split_in_proportion(award_minor, &weights))
        .zip(1..)
        .map(|(((_, condition, after), usd_minor), number)| PlannedInstalment {
            number,
            usd_minor,
            condition: *condition,
            after_report: after.map(|report| report.min(reports)),
        })
        .collect()
}

/// The amounts of instalments that are not paid yet when they are to add up to a new total: in proportion to what
/// they were, and none below one cent. `None` when the total does not leave each of them a cent.
#[must_use]
pub fn replanned(unpaid: &[i64], total: i64) -> Option<Vec<i64>> {
    let number = i64::try_from(unpaid.len()).ok().filter(|number| *number > 0)?;
    let beyond = total.checked_sub(number).filter(|beyond| *beyond >= 0)?;
    Some(split_in_proportion(beyond, unpaid).into_iter().map(|part| part + 1).collect())
}

/// The last day of a grant.
#[must_use]
pub fn end_date(start: NaiveDate, months: u32) -> NaiveDate {
    crate::time::add_months(start, months).pred_opt().unwrap_or(start)
}
