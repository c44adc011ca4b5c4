//! State machines of every noun: what is not allowed is refused with a message, and no path skips a step.

use domain::errors::AppError;
use proptest::prelude::*;

/// For each state and event: what the table allows leads on, anything else is refused and names state and event.
macro_rules! keeps_to_its_table {
    ($name:ident, $module:ident, $state:ident, $event:ident, $refusal:literal, $steps:literal, ends: [$($end:ident),*], unreached: [$($unreached:ident),*]) => {
        #[test]
        fn $name() {
            use domain::$module::{$event, $state, TRANSITIONS, allowed, transition};
            let mut steps = 0;
            for state in $state::ALL {
                for event in $event::ALL {
                    let permitted = allowed(*state).contains(event);
                    match transition(*state, *event) {
                        Ok(next) => {
                            assert!(permitted, "{state} {event}");
                            assert!(TRANSITIONS.contains(&(*state, *event, next)));
                            steps += 1;
                        }
                        Err(AppError::Refused(message)) => {
                            assert!(!permitted, "{state} {event}");
                            assert_eq!(message.key, $refusal);
                            let names: Vec<&str> = message.arguments.iter().map(|(name, _)| name.as_str()).collect();
                            assert_eq!(names, ["state", "event"]);
                        }
                        Err(other) => panic!("{state} {event}: {other}"),
                    }
                }
            }
            assert_eq!(steps, $steps, "a step was added or lost: is it meant?");
            assert_eq!(steps, TRANSITIONS.len(), "two rows for one state and event");
            let ends: Vec<$state> = $state::ALL.iter().copied().filter(|state| allowed(*state).is_empty()).collect();
            let expected: Vec<$state> = vec![$($state::$end),*];
            assert_eq!(ends, expected, "states that nothing leads out of");
            let unreached: Vec<$state> = $state::ALL[1..]
                .iter()
                .copied()
                .filter(|state| !TRANSITIONS.iter().any(|(_, _, to)| to == state))
                .collect();
            let expected: Vec<$state> = vec![$($state::$unreached),*];
            assert_eq!(unreached, expected, "states that nothing leads to");
        }
    };
}

keeps_to_its_table!(an_application_keeps_to_its_table, applications, ApplicationState, ApplicationEvent,
    "refused-application-transition", 32, ends: [Rejected, Awarded, Withdrawn], unreached: []);
keeps_to_its_table!(a_review_keeps_to_its_table, reviews, ReviewState, ReviewEvent,
    "refused-review-transition", 5, ends: [Conflict], unreached: []);
keeps_to_its_table!(a_report_keeps_to_its_table, reports, ReportState, ReportEvent,
    "refused-report-transition", 5, ends: [Accepted], unreached: []);
// Open and closed follow from the clock.
keeps_to_its_table!(a_call_keeps_to_its_table, calls, CallState, CallEvent,
    "refused-call-transition", 3, ends: [Open, Decided], unreached: [Open, Closed]);
keeps_to_its_table!(a_grant_keeps_to_its_table, grants, GrantState, GrantEvent,
    "refused-grant-transition", 10, ends: [Closed, Terminated], unreached: []);
keeps_to_its_table!(a_disbursement_keeps_to_its_table, disbursements, DisbursementState, DisbursementEvent,
    "refused-disbursement-transition", 12, ends: [Rejected, Failed, Voided, Bounced], unreached: []);
keeps_to_its_table!(a_board_session_keeps_to_its_table, board, SessionState, SessionEvent,
    "refused-session-transition", 3, ends: [Released], unreached: []);

keeps_to_its_table!(an_amendment_keeps_to_its_table, amendments, AmendmentState, AmendmentEvent,
    "refused-amendment-transition", 7, ends: [InForce, Refused, Withdrawn], unreached: []);

/// Follows events from the first state, ignoring refused ones, and gives the states that were passed.
macro_rules! walk {
    ($module:ident, $state:ident, $events:expr) => {{
        use domain::$module::{transition, $state};
        let mut path = vec![$state::ALL[0]];
        for event in $events {
            if let Ok(next) = transition(*path.last().unwrap(), event) {
                path.push(next);
            }
        }
        path
    }};
}

fn passes<T: PartialEq + Copy>(path: &[T], steps: &[T]) -> bool {
    let mut wanted = steps.iter();
    let mut next = wanted.next();
    for state in path {
        if next == Some(state) {
            next = wanted.next();
        }
    }
    next.is_none()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_is_awarded_without_screening_review_and_the_board(
        events in prop::collection::vec(proptest::sample::select(domain::applications::ApplicationEvent::ALL), 0..40),
    ) {
        use domain::applications::ApplicationState::{Awarded, Eligible, InReview, Recommended, Reviewed, Submitted, Withdrawn};
        let path = walk!(applications, ApplicationState, events);
        if path.contains(&Awarded) {
            prop_assert!(passes(&path, &[Submitted, Eligible, InReview, Reviewed, Recommended, Awarded]));
            prop_assert!(!path.contains(&Withdrawn));
        }
    }

    #[test]
    fn what_is_signed_was_offered_last_and_is_never_drawn_up_again(
        events in prop::collection::vec(proptest::sample::select(domain::grants::GrantEvent::ALL), 0..20),
    ) {
        use domain::grants::GrantState::{Preparing, ToSign};
        let path = walk!(grants, GrantState, events);
        if let Some(signed) = path.iter().position(|state| state.is_running()) {
            prop_assert_eq!(path[signed - 1], ToSign);
            prop_assert!(!path[signed..].iter().any(|state| [Preparing, ToSign].contains(state)));
        }
    }

    #[test]
    fn nothing_is_paid_without_certifying_and_approving(
        events in prop::collection::vec(proptest::sample::select(domain::disbursements::DisbursementEvent::ALL), 0..20),
    ) {
        use domain::disbursements::DisbursementState::{Approved, Certified, Confirmed, Released, Requested};
        let path = walk!(disbursements, DisbursementState, events);
        if let Some(end) = path.iter().position(|state| *state == Confirmed) {
            // However often it was returned before: the last five steps are these.
            prop_assert_eq!(&path[end - 4..=end], &[Requested, Certified, Approved, Released, Confirmed]);
        }
    }

    #[test]
    fn a_report_is_accepted_only_from_the_secretariats_desk(
        events in prop::collection::vec(proptest::sample::select(domain::reports::ReportEvent::ALL), 0..20),
    ) {
        use domain::reports::ReportState::{Accepted, Submitted};
        let path = walk!(reports, ReportState, events);
        if let Some(end) = path.iter().position(|state| *state == Accepted) {
            prop_assert_eq!(end + 1, path.len(), "an accepted report stays accepted");
            prop_assert_eq!(path[end - 1], Submitted);
        }
    }
}

#[test]
fn the_walks_reach_their_ends_so_that_the_properties_say_something() {
    use domain::applications::ApplicationEvent::{
        Award, CompleteReview, FindEligible, Recommend, Resubmit, Return, SendBack, StartReview, Submit,
    };
    use domain::applications::ApplicationState;
    let events =
        [Submit, Return, Resubmit, FindEligible, StartReview, CompleteReview, Recommend, SendBack, Recommend, Award];
    let path = walk!(applications, ApplicationState, events);
    assert_eq!(path.len(), events.len() + 1);
    assert_eq!(path.last(), Some(&ApplicationState::Awarded));
}

#[test]
fn an_application_can_be_withdrawn_until_it_is_decided() {
    use domain::applications::{ApplicationEvent, ApplicationState, allowed};
    for state in ApplicationState::ALL {
        // What was found not eligible can be considered again.
        let again: Vec<_> =
            allowed(*state).into_iter().filter(|event| *event != ApplicationEvent::Reconsider).collect();
        assert_eq!(again.is_empty(), state.is_decided(), "{state}");
        assert_eq!(allowed(*state).contains(&ApplicationEvent::Withdraw), !state.is_decided(), "{state}");
    }
}

#[test]
fn a_returned_application_is_never_stuck_and_becomes_eligible_only_after_an_answer() {
    use domain::applications::ApplicationEvent::{FindEligible, FindIneligible, Resubmit, Return, Withdraw};
    use domain::applications::{ApplicationState, allowed, transition};
    let returned = ApplicationState::Returned;
    assert_eq!(allowed(returned), [Resubmit, Return, FindIneligible, Withdraw]);
    assert_eq!(transition(returned, Return), Ok(returned));
    assert!(transition(returned, FindEligible).is_err());
}

#[test]
fn only_drafts_and_returned_applications_can_be_written_in() {
    use domain::applications::{ApplicationEvent, ApplicationState, allowed};
    for state in ApplicationState::ALL {
        let sendable =
            allowed(*state).iter().any(|event| matches!(event, ApplicationEvent::Submit | ApplicationEvent::Resubmit));
        assert_eq!(state.is_editable(), sendable, "{state}");
    }
}
