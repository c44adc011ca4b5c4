//! What applications wait for beyond their state. The list filters by it and the home pages count by it, so that the
//! number there is the number of the list.

use chrono::{DateTime, TimeDelta, Utc};
use domain::applications::ApplicationState;
use domain::reviews::LEAST_REVIEWS;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _};

use super::entity::application;
use crate::board;
use crate::calls::entity::call;

domain::code_list! {
    /// What an application waits for; filters of the list beside the states.
    Awaited, "applications-awaited", {
        /// Its organisation may still answer the secretariat's questions.
        Answer = "to-answer",
        /// Its organisation may still write and submit it.
        Submission = "to-submit",
        /// The questions were not answered in time: it is found ineligible, or returned once more.
        Decision = "unanswered",
        /// It is in review, and fewer people have it than have to review it.
        Reviewers = "lacks-reviewers",
        /// It is reviewed, and no session of the Board has it on its agenda.
        Session = "before-board",
    }
}

impl Awaited {
    /// True when the next step is the organisation's.
    #[must_use]
    pub const fn is_of_organisation(self) -> bool {
        matches!(self, Self::Answer | Self::Submission)
    }

    /// The applications that wait for it at an instant.
    pub(super) fn condition(self, now: DateTime<Utc>) -> Condition {
        use application::Column as C;
        // A deadline's own second still counts.
        let latest = now - TimeDelta::seconds(1);
        let of = |state: ApplicationState| Condition::all().add(C::State.eq(state.code()));
        match self {
            Self::Answer => of(ApplicationState::Returned).add(C::ClarificationDue.gt(latest)),
            // Whoever returns an application names the day.
            Self::Decision => of(ApplicationState::Returned).add(C::ClarificationDue.lte(latest)),
            Self::Submission => {
                let open = call::Entity::find().select_only().column(call::Column::Id);
                let open = open.filter(call::Column::ClosesAt.gt(latest));
                of(ApplicationState::Draft).add(C::CallId.in_subquery(open.into_query()))
            }
            // The database itself keeps how many there are, without those who stepped aside. The words are those of the
            // index `applications_reviewers`, which holds nothing but these applications.
            Self::Reviewers => Condition::all().add(Expr::cust(format!(
                "applications.revision > 0 AND applications.reviewers < {LEAST_REVIEWS} \
                 AND applications.state || '' = '{}'",
                ApplicationState::InReview
            ))),
            Self::Session => of(ApplicationState::Reviewed).add(board::on_no_agenda()),
        }
    }
}
