//! The Board of Trustees: a session, the members' votes, and what follows from them.

use crate::applications::ApplicationState;
use crate::forms::{Form, Kind, Options, optional, required};

code_list! {
    /// How far a session is.
    SessionState, "session-state", {
        Planned = "planned",
        UnderWay = "under-way",
        Closed = "closed",
        /// The organisations are told what the Board decided about them.
        Released = "released",
    }
}

code_list! {
    /// What is done with a session.
    SessionEvent, "session-event", { Start = "start", Close = "close", Release = "release" }
}

state_machine!(
    SessionState,
    SessionEvent,
    "refused-session-transition",
    [(Planned, Start, UnderWay), (UnderWay, Close, Closed), (Closed, Release, Released),]
);

code_list! {
    /// A member's vote on one application.
    Vote, "vote", {
        Approve = "approve",
        Reserve = "reserve",
        Reject = "reject",
        Abstain = "abstain",
        /// A conflict of interest: the member takes no part.
        Recused = "recused",
    }
}

code_list! {
    /// What the Board recommends.
    Outcome, "outcome", { Approve = "approve", Reserve = "reserve", Reject = "reject" }
}

/// Members who must take part, of the five (recused ones do not count).
pub const QUORUM: usize = 3;

/// Planning a session for the applications of a call.
pub const SESSION: Form = Form {
    name: "session",
    fields: &[
        required("call", Kind::Choice(Options::Given)),
        required("title", Kind::Line(150)),
        required("date", Kind::Date),
    ],
    groups: &[],
};

/// A vote.
pub const VOTE: Form = Form {
    name: "vote",
    fields: &[required("vote", Kind::Choice(Vote::OPTIONS)), optional("note", Kind::Text(1000))],
    groups: &[],
};

/// Recording the recommendation after the votes: conditions go with an award and the reason to whoever is rejected; the
/// note stays in the Fund. `outcome` is what the page said would follow.
pub const RECOMMENDATION: Form = Form {
    name: "recommendation",
    fields: &[
        optional("amount", Kind::Amount),
        optional("conditions", Kind::Text(2000)),
        optional("reason", Kind::Text(2000)),
        optional("note", Kind::Text(2000)),
        optional("outcome", Kind::Hidden),
    ],
    groups: &[],
};

/// Correcting what was recorded.
pub const CORRECTION: Form = Form {
    name: "recommendation",
    fields: &[
        optional("amount", Kind::Amount),
        optional("conditions", Kind::Text(2000)),
        optional("reason", Kind::Text(2000)),
        optional("note", Kind::Text(2000)),
        required("why", Kind::Text(1000)),
    ],
    groups: &[],
};

/// Taking back what was recorded.
pub const TAKE_BACK: Form = Form { name: "recommendation", fields: &[required("why", Kind::Text(1000))], groups: &[] };

/// True while a recorded recommendation may be corrected or taken back: an approval until the executive director
/// decides, anything else until the session is released, as the organisation is told then.
#[must_use]
pub const fn may_correct(outcome: Outcome, session: SessionState, application: ApplicationState) -> bool {
    match outcome {
        Outcome::Approve => matches!(application, ApplicationState::Recommended),
        Outcome::Reserve | Outcome::Reject => {
            !matches!(session, SessionState::Released)
                && matches!(application, ApplicationState::Reviewed | ApplicationState::Reserved)
        }
    }
}

/// The executive director's decision.
pub const DECISION: Form = Form {
    name: "decision",
    fields: &[optional("note", Kind::Text(2000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// The votes on one application, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// For approval.
    pub approve: usize,
    /// For the reserve list.
    pub reserve: usize,
    /// Against.
    pub reject: usize,
    /// Present without an opinion.
    pub abstain: usize,
    /// Kept out by a conflict of interest.
    pub recused: usize,
}

impl Count {
    /// Counts votes.
    #[must_use]
    pub fn of(votes: &[Vote]) -> Self {
        let number = |wanted: Vote| votes.iter().filter(|vote| **vote == wanted).count();
        Self {
            approve: number(Vote::Approve),
            reserve: number(Vote::Reserve),
            reject: number(Vote::Reject),
            abstain: number(Vote::Abstain),
            recused: number(Vote::Recused),
        }
    }

    /// Members who took part; those who abstained did, the recused did not.
    #[must_use]
    pub const fn present(&self) -> usize {
        self.approve + self.reserve + self.reject + self.abstain
    }

    /// What the Board recommends: `None` without a quorum. Approval needs more votes than reserve and reject
    /// together; else reserve wins over reject unless fewer voted for it; a tie goes to the more careful side.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        if self.present() < QUORUM {
            return None;
        }
        if self.approve > self.reserve + self.reject {
            return Some(Outcome::Approve);
        }
        // Members who would approve prefer the reserve list to a rejection.
        if self.approve + self.reserve > self.reject { Some(Outcome::Reserve) } else { Some(Outcome::Reject) }
    }
}
