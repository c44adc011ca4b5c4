//! Applications: their states, the sections that an organisation fills in, the documents it adds, and what is
//! still open before it can submit.

mod check;
mod documents;
mod sections;
mod summary;

pub use check::{
    CheckContext, OpenPoint, SectionStatus, budget_warnings, check, check_all, children_helped, section_status,
};
pub use documents::{DocumentKind, missing_documents};
pub use sections::{
    ACTIVITIES, BUDGET, CHILD_DECLARATIONS, CONTEXT, Counted, DECLARATION_VERSION, DECLARATIONS, DOCUMENTS,
    MOST_HELPED_CELLS, PEOPLE, RESULTS, SAFEGUARDING, SUMMARY, Section, SectionContent, Sections, declared,
};
pub use summary::{
    ApplicationSummary, PlannedResult, helped_cell, helped_cells, planned_results, read_budget, summarise,
};

use crate::forms::{Answers, Form, Kind, optional, required};

code_list! {
    /// How far an application is.
    ApplicationState, "application-state", {
        /// The organisation writes it.
        Draft = "draft",
        /// The secretariat has it.
        Submitted = "submitted",
        /// The secretariat asks the organisation for clarification.
        Returned = "returned",
        /// It passed eligibility screening.
        Eligible = "eligible",
        /// It did not pass eligibility screening.
        Ineligible = "ineligible",
        /// Reviewers have it.
        InReview = "in-review",
        /// All reviews are in; the Board comes next.
        Reviewed = "reviewed",
        /// The Board recommends it; the executive director decides.
        Recommended = "recommended",
        /// The Board keeps it for the case that money is left.
        Reserved = "reserved",
        Rejected = "rejected",
        Awarded = "awarded",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
    }
}

code_list! {
    /// What is done with an application.
    ApplicationEvent, "application-event", {
        Submit = "submit",
        Return = "return",
        Resubmit = "resubmit",
        FindEligible = "find-eligible",
        FindIneligible = "find-ineligible",
        Reconsider = "reconsider",
        StartReview = "start-review",
        CompleteReview = "complete-review",
        ReviewAgain = "review-again",
        Recommend = "recommend",
        Reserve = "reserve",
        Reject = "reject",
        Award = "award",
        SendBack = "send-back",
        TakeBack = "take-back",
        Withdraw = "withdraw",
    }
}

state_machine!(
    ApplicationState,
    ApplicationEvent,
    "refused-application-transition",
    [
        (Draft, Submit, Submitted),
        (Submitted, Return, Returned),
        (Returned, Resubmit, Submitted),
        // Once the date has passed without an answer.
        (Returned, Return, Returned),
        (Returned, FindIneligible, Ineligible),
        (Submitted, FindEligible, Eligible),
        (Submitted, FindIneligible, Ineligible),
        // Eligibility is the Fund's condition, not the Board's judgement: what turns out not to meet it is taken out at
        // any time before the Board recommends it, and a recommendation is taken back first.
        (Eligible, FindIneligible, Ineligible),
        (InReview, FindIneligible, Ineligible),
        (Reviewed, FindIneligible, Ineligible),
        (Reserved, FindIneligible, Ineligible),
        (Ineligible, Reconsider, Submitted),
        (Eligible, StartReview, InReview),
        (InReview, CompleteReview, Reviewed),
        (Reviewed, ReviewAgain, InReview),
        (Reserved, ReviewAgain, InReview),
        (Reviewed, Recommend, Recommended),
        (Reviewed, Reserve, Reserved),
        (Reviewed, Reject, Rejected),
        // The Board may take an application off the reserve list.
        (Reserved, Recommend, Recommended),
        (Reserved, Reject, Rejected),
        (Recommended, Award, Awarded),
        (Recommended, SendBack, Reviewed),
        // The recommendation was recorded wrongly.
        (Recommended, TakeBack, Reviewed),
        (Draft, Withdraw, Withdrawn),
        (Submitted, Withdraw, Withdrawn),
        (Returned, Withdraw, Withdrawn),
        (Eligible, Withdraw, Withdrawn),
        (InReview, Withdraw, Withdrawn),
        (Reviewed, Withdraw, Withdrawn),
        (Recommended, Withdraw, Withdrawn),
        (Reserved, Withdraw, Withdrawn),
    ]
);

impl ApplicationState {
    /// The states in which the Board votes on an application that is on its agenda.
    pub const BEFORE_BOARD: [Self; 2] = [Self::Reviewed, Self::Reserved];

    /// True while the organisation may write in it.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// True when nothing more comes: found not eligible, rejected, awarded or withdrawn. What is on the reserve list
    /// still waits for the Board.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Ineligible | Self::Rejected | Self::Awarded | Self::Withdrawn)
    }
}

code_list! {
    /// What eligibility screening asks (the Fund's published conditions).
    ScreeningCriterion, "screening", {
        NonProfit = "non-profit",
        RegisteredThreeYears = "registered-three-years",
        DirectHelpExperience = "direct-help-experience",
        AuditedAccounts = "audited-accounts",
        NoConviction = "no-conviction",
        NotSanctioned = "not-sanctioned",
        DocumentsComplete = "documents-complete",
        WithinCall = "within-call",
    }
}

/// Eligibility screening: which conditions are met, why, for the Fund, and what the organisation is told.
pub const SCREENING: Form = Form {
    name: "application-screening",
    fields: &[
        optional("met", Kind::Choices(ScreeningCriterion::OPTIONS)),
        required("reasons", Kind::Text(3000)),
        optional("told", Kind::Text(3000)),
    ],
    groups: &[],
};

/// Considering an application again that was found not eligible.
pub const RECONSIDER: Form = Form {
    name: "application-reconsider",
    fields: &[required("reasons", Kind::Text(3000)), required("told", Kind::Text(3000))],
    groups: &[],
};

/// True when every condition of the screening is met.
#[must_use]
pub fn screening_passed(answers: &Answers) -> bool {
    ScreeningCriterion::CODES.iter().all(|code| answers.codes("met").iter().any(|met| met == code))
}

/// Submitting: the signatory signs for the organisation.
pub const SUBMIT: Form = Form {
    name: "application-submit",
    fields: &[required("declaration", Kind::Tick), required("full_name", Kind::Line(120))],
    groups: &[],
};

/// Returning an application for clarification.
pub const RETURN: Form = Form {
    name: "application-return",
    fields: &[required("reason", Kind::Text(3000)), required("resubmit_by", Kind::Date)],
    groups: &[],
};

/// Withdrawing an application.
pub const WITHDRAW: Form =
    Form { name: "application-withdraw", fields: &[optional("reason", Kind::Text(1500))], groups: &[] };

/// Starting an application to a call.
pub const START: Form = Form { name: "application-start", fields: &[required("title", Kind::Line(150))], groups: &[] };
