//! What a call binds its applications to, and that each application of a call comes to an end.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::mails;
use crate::support::applications::{
    call_form, complete_draft, complete_sections, declaration, eligible, key, open_call, refusal, submitted,
};
use crate::support::room::{Room, ballot};
use crate::support::{World, decide, later, on_both};
use backend::applications::{self, queries};
use backend::page::PageRequest;
use backend::{Context, board, calls, reviews};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use domain::applications::{ApplicationState, ScreeningCriterion, Section};
use domain::board::Vote;
use domain::calls::CallState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::message::Argument;
use domain::reviews::ReviewState;
use domain::roles::Role;

#[tokio::test]
async fn an_application_outside_the_calls_themes_or_regions_is_kept_and_not_submitted() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let mut form = call_form();
        form.set("themes", "labour-migration");
        form.push("regions", "eastern-europe");
        form.push("regions", "asia-pacific");
        let call = calls::create(&officer, &form).await.unwrap();
        calls::publish(&officer, call).await.unwrap();
        // Written for Kenya, about what comes after trafficking.
        let (signatory, _, id) = complete_draft(&world, call).await;
        let points = queries::open_points(&signatory, id).await.unwrap();
        let found: Vec<_> = points.iter().map(|point| (point.field.as_str(), point.message.key.as_str())).collect();
        assert_eq!(found, [("theme", "error-theme-outside-call"), ("country", "error-country-outside-call")]);
        let regions = ["region-asia-pacific", "region-eastern-europe"].map(str::to_owned).to_vec();
        let (_, Argument::Keys(mut named)) = points[1].message.arguments[0].clone() else { panic!("{points:?}") };
        named.sort();
        assert_eq!(named, regions);
        assert_eq!(key(&refusal(applications::submit(&signatory, id, &declaration()).await)), "refused-open-points");
        let mut summary = complete_sections().swap_remove(0).1;
        assert_eq!(applications::sections(&signatory, id).await.unwrap()[0].typed, summary, "the draft is kept");
        summary.set("theme", "labour-migration");
        summary.set("country", "NP");
        applications::save_section(&signatory, id, Section::Summary, &summary, None).await.unwrap();
        applications::submit(&signatory, id, &declaration()).await.unwrap();
    })
    .await;
}

/// An application that was returned until the end of 15 July, Vienna time.
async fn returned(world: &World) -> (Context, Context, ApplicationId, DateTime<Utc>) {
    let call = open_call(world).await;
    let (signatory, _, id) = submitted(world, call).await;
    let officer = world.staff(Role::ProgrammeOfficer).await;
    applications::return_for_clarification(&officer, id, &question("2026-07-15")).await.unwrap();
    (signatory, officer, id, Utc.with_ymd_and_hms(2026, 7, 15, 21, 59, 59).unwrap())
}

fn question(day: &str) -> Typed {
    Typed::default().with("reason", "Please explain the rent.").with("resubmit_by", day)
}

/// A screening in which everything is met but the accounts.
fn without_accounts() -> Typed {
    without("audited-accounts")
}

/// A screening in which everything is met but one condition.
fn without(condition: &str) -> Typed {
    let met = ScreeningCriterion::CODES.iter().filter(|code| **code != condition);
    let texts =
        Typed::default().with("reasons", "Spoke to P. on the phone.").with("told", "The accounts were not sent.");
    met.fold(texts, |typed, code| typed.with("met", *code))
}

#[tokio::test]
async fn an_application_that_was_not_clarified_in_time_is_found_ineligible() {
    on_both(|world| async move {
        let (signatory, officer, id, due) = returned(&world).await;
        let early = later(&officer, due);
        assert!(!queries::get(&early, id).await.unwrap().is_unanswered);
        let refused = refusal(applications::screen(&early, id, &without_accounts()).await);
        assert_eq!(key(&refused), "refused-clarification-running");
        let late = later(&officer, due + TimeDelta::seconds(1));
        assert!(queries::get(&late, id).await.unwrap().is_unanswered);
        let refused = refusal(applications::screen(&late, id, &eligible()).await);
        assert_eq!(key(&refused), "error-screening-unanswered");
        assert_eq!(queries::get(&late, id).await.unwrap().state, ApplicationState::Returned);
        let reviewer = later(&world.staff(Role::TechnicalReviewer).await, late.now);
        assert!(applications::screen(&reviewer, id, &without_accounts()).await.is_err());
        assert!(!applications::screen(&late, id, &without_accounts()).await.unwrap());
        let view = queries::get(&late, id).await.unwrap();
        assert_eq!((view.state, view.is_unanswered), (ApplicationState::Ineligible, false));
        let told = mails(&world).await.into_iter().rfind(|mail| mail.kind == "application-ineligible").unwrap();
        assert!(told.text.contains("The accounts were not sent."), "{}", told.text);
        assert!(told.text.contains("Audited or certified accounts"), "the condition is named: {}", told.text);
        assert!(!told.text.contains("on the phone") && !told.text.contains("than it can pay for"), "{}", told.text);
        let screenings = applications::screenings(&signatory, id).await.unwrap();
        assert_eq!((screenings.len(), screenings[0].eligible), (1, false));
        assert_eq!(screenings[0].failed(), [ScreeningCriterion::AuditedAccounts]);
    })
    .await;
}

#[tokio::test]
async fn an_application_that_was_not_clarified_in_time_is_returned_once_more() {
    on_both(|world| async move {
        let (signatory, officer, id, due) = returned(&world).await;
        let again = refusal(applications::return_for_clarification(&officer, id, &question("2026-08-01")).await);
        assert_eq!(key(&again), "refused-clarification-running");
        let late = later(&officer, due + TimeDelta::days(2));
        assert_eq!(
            key(&refusal(applications::submit(&later(&signatory, late.now), id, &declaration()).await)),
            "refused-deadline-passed"
        );
        let past = refusal(applications::return_for_clarification(&late, id, &question("2026-07-17")).await);
        assert_eq!(key(&past), "error-date-not-future");
        applications::return_for_clarification(&late, id, &question("2026-08-01")).await.unwrap();
        let view = queries::get(&late, id).await.unwrap();
        assert_eq!((view.state, view.is_unanswered), (ApplicationState::Returned, false));
        assert_eq!(view.deadline, Utc.with_ymd_and_hms(2026, 8, 1, 21, 59, 59).unwrap());
        assert_eq!(mails(&world).await.iter().filter(|mail| mail.kind == "application-returned").count(), 2);
        assert_eq!(applications::submit(&later(&signatory, late.now), id, &declaration()).await.unwrap(), 2);
        assert!(applications::screen(&late, id, &eligible()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_call_is_decided_only_once_every_application_that_reached_the_fund_is() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let mut open = Vec::new();
        for state in ApplicationState::ALL {
            let id = decide::application(&world, call, organisation, state.code(), 2_500_000).await;
            // A draft that was never submitted did not reach the Fund.
            if !state.is_decided() && *state != ApplicationState::Draft {
                open.push(id);
            }
        }
        assert_eq!(open.len(), 7);
        while let Some(id) = open.first().copied() {
            let AppError::Refused(message) = refusal(calls::decide(&officer, call).await) else { panic!("decided") };
            assert_eq!(message.key, "refused-call-undecided");
            assert_eq!(message.arguments[0].1, Argument::from(open.len()));
            let Argument::Text(named) = &message.arguments[1].1 else { panic!("{message:?}") };
            assert_eq!(named.split(", ").count(), open.len().min(5));
            let number = queries::get(&officer, id).await.unwrap().number;
            assert!(named.starts_with(&number), "{named}");
            world.sql(&format!("UPDATE applications SET state = 'rejected' WHERE id = {id}")).await;
            open.remove(0);
        }
        calls::decide(&officer, call).await.unwrap();
        assert_eq!(calls::queries::get(&officer, call).await.unwrap().state, CallState::Decided);
    })
    .await;
}

/// The same screening with these notes of the Fund.
fn noted(mut screening: Typed, notes: &str) -> Typed {
    screening.set("reasons", notes);
    screening
}

#[tokio::test]
async fn notes_of_a_screening_and_who_screened_do_not_reach_the_organisation() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = submitted(&world, call).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        applications::screen(&officer, id, &noted(eligible(), "Weak, but formally fine.")).await.unwrap();
        let inside = applications::screenings(&officer, id).await.unwrap().remove(0);
        assert_eq!(
            (inside.reason.as_str(), inside.screened_by.as_str()),
            ("Weak, but formally fine.", "Test programme-officer")
        );
        let outside = applications::screenings(&signatory, id).await.unwrap().remove(0);
        assert!(
            outside.eligible && !format!("{outside:?}").contains("Weak") && outside.screened_by.is_empty(),
            "{outside:?}"
        );
        applications::screen(&officer, id, &noted(without("not-sanctioned"), "Entry 77 of the list")).await.unwrap();
        let outside = applications::screenings(&signatory, id).await.unwrap();
        assert!(!format!("{outside:?}").contains("Entry 77"), "{outside:?}");
        assert_eq!(outside[0].told, "The accounts were not sent.");
    })
    .await;
}

#[tokio::test]
async fn what_turns_out_not_to_be_eligible_is_taken_out_before_the_board_and_can_be_considered_again() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let listed = decide::reviewed(&world, call, organisation, 2_500_000, 80).await;
        let room = Room::of_call(&world, call).await;
        let item = room.items[0].1;
        room.vote(item, &[Vote::Approve; 2]).await;
        // Found on the list while the Board votes.
        assert!(!applications::screen(&officer, listed, &without("not-sanctioned")).await.unwrap());
        assert_eq!(decide::state(&world, listed).await, "ineligible");
        let vote = board::vote(&room.members[2], item, &ballot(Vote::Approve)).await;
        assert_eq!(key(&refusal(vote)), "refused-vote-application");
        assert_eq!(
            key(&refusal(board::record(&room.officer, item, &Typed::default()).await)),
            "refused-vote-application"
        );
        // It was somebody else of the same name.
        let again = Typed::default().with("reasons", "Another date of birth").with("told", "We looked once more.");
        let silent = Typed::default().with("told", "We looked once more.");
        assert!(matches!(refusal(applications::reconsider(&officer, listed, &silent).await), AppError::Invalid(_)));
        assert!(matches!(refusal(applications::reconsider(&signatory, listed, &again).await), AppError::Forbidden(_)));
        applications::reconsider(&officer, listed, &again).await.unwrap();
        assert_eq!(decide::state(&world, listed).await, "submitted");
        let told = mails(&world).await.into_iter().rfind(|mail| mail.kind == "application-reconsidered").unwrap();
        assert!(told.text.contains("once more") && !told.text.contains("date of birth"), "{}", told.text);
        assert!(applications::screen(&officer, listed, &eligible()).await.unwrap());
        assert_eq!(decide::state(&world, listed).await, "reviewed", "its reviews still count");
        board::vote(&room.members[2], item, &ballot(Vote::Approve)).await.unwrap();
        board::record(&room.officer, item, &Typed::default()).await.unwrap();
        // What the Board recommends is taken back first.
        let late = refusal(applications::screen(&officer, listed, &without("not-sanctioned")).await);
        assert_eq!(key(&late), "refused-application-transition");
        let why = Typed::default().with("why", "On the list after all");
        board::take_back(&room.officer, item, &why).await.unwrap();
        applications::screen(&officer, listed, &without("not-sanctioned")).await.unwrap();
        assert_eq!(decide::state(&world, listed).await, "ineligible");
    })
    .await;
}

#[tokio::test]
async fn an_application_is_not_considered_again_beside_another_or_after_the_call() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, first) = submitted(&world, call).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        applications::screen(&officer, first, &without_accounts()).await.unwrap();
        let second = applications::create(&signatory, call, &crate::support::applications::start()).await.unwrap();
        let again = Typed::default().with("reasons", "The accounts came").with("told", "The accounts came.");
        let refused = refusal(applications::reconsider(&officer, first, &again).await);
        assert_eq!(key(&refused), "refused-reconsider-other");
        applications::withdraw(&signatory, second, &Typed::default()).await.unwrap();
        let after = later(&officer, Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap());
        calls::decide(&after, call).await.unwrap();
        let refused = refusal(applications::reconsider(&after, first, &again).await);
        assert_eq!(key(&refused), "refused-reconsider-decided");
    })
    .await;
}

#[tokio::test]
async fn a_rejected_applicant_finds_the_reason_on_the_page_of_the_application() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let id = decide::reviewed(&world, call, organisation, 2_500_000, 80).await;
        let room = Room::of_call(&world, call).await;
        room.vote(room.items[0].1, &[Vote::Reject; 3]).await;
        let form = Typed::default().with("reason", "Too vague a plan").with("note", "Between us");
        board::record(&room.officer, room.items[0].1, &form).await.unwrap();
        let shown = queries::get(&signatory, id).await.unwrap();
        assert_eq!((shown.state, shown.rejection), (ApplicationState::Reviewed, None), "not before the release");
        room.release().await;
        let shown = queries::get(&signatory, id).await.unwrap();
        assert_eq!((shown.state, shown.rejection.as_deref()), (ApplicationState::Rejected, Some("Too vague a plan")));
    })
    .await;
}

/// An application whose two reviews give 100 and 40 points, in a session under way.
async fn disputed(world: &World) -> (Room, Context, ApplicationId) {
    let call = decide::call(world).await;
    let organisation = decide::organisation(world, "vetted").await;
    let application = decide::application(world, call, organisation, "eligible", 2_500_000).await;
    let officer = world.staff(Role::ProgrammeOfficer).await;
    let mut last = None;
    for per_cent in [100, 40] {
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        let id = reviews::assign(&officer, application, &decide::reviewer(&reviewer)).await.unwrap();
        decide::no_conflict(&reviewer, id).await;
        reviews::submit(&reviewer, id, &decide::review(per_cent)).await.unwrap();
        last = Some(reviewer);
    }
    assert_eq!(decide::state(world, application).await, "reviewed");
    (Room::of_call(world, call).await, last.unwrap(), application)
}

#[tokio::test]
async fn two_reviews_far_apart_are_settled_by_a_third() {
    on_both(|world| async move {
        let (room, _, application) = disputed(&world).await;
        let item = room.items[0].1;
        let seen = reviews::queries::of_application(&room.officer, application).await.unwrap().assessment.unwrap();
        assert_eq!((seen.dispute, seen.mean_hundredths, seen.recommendable), (Some(60), 7_000, false));
        let AppError::Invalid(errors) = refusal(board::vote(&room.members[0], item, &ballot(Vote::Approve)).await)
        else {
            panic!("approved")
        };
        assert_eq!(errors.of("vote").unwrap().key, "error-vote-disputed");
        assert_eq!(board::agenda::item(&room.officer, room.session, item).await.unwrap().dispute, Some(60));
        let third = world.staff(Role::TechnicalReviewer).await;
        let id = reviews::assign(&room.officer, application, &decide::reviewer(&third)).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "in-review");
        let meanwhile = refusal(board::vote(&room.members[0], item, &ballot(Vote::Reject)).await);
        assert_eq!(key(&meanwhile), "refused-vote-application");
        decide::no_conflict(&third, id).await;
        reviews::submit(&third, id, &decide::review(80)).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "reviewed");
        room.recommend(item).await;
        assert_eq!(decide::state(&world, application).await, "recommended");
    })
    .await;
}

#[tokio::test]
async fn a_review_is_reopened_with_a_reason_and_handed_in_again() {
    on_both(|world| async move {
        let (room, reviewer, application) = disputed(&world).await;
        let item = room.items[0].1;
        let own = reviews::queries::mine(&reviewer, &PageRequest::default()).await.unwrap().rows.remove(0).id;
        let form = Typed::default().with("review", own.to_string()).with("reason", "The budget was read wrongly");
        let silent = Typed::default().with("review", own.to_string());
        assert!(matches!(refusal(reviews::reopen(&room.officer, application, &silent).await), AppError::Invalid(_)));
        assert!(matches!(refusal(reviews::reopen(&reviewer, application, &form).await), AppError::Forbidden(_)));
        let foreign = Typed::default().with("review", "999").with("reason", "x");
        assert!(matches!(refusal(reviews::reopen(&room.officer, application, &foreign).await), AppError::Invalid(_)));
        // As long as the Board has recorded something, that comes first.
        room.vote(item, &[Vote::Reserve; 3]).await;
        board::record(&room.officer, item, &Typed::default()).await.unwrap();
        let recorded = refusal(reviews::reopen(&room.officer, application, &form).await);
        assert_eq!(key(&recorded), "refused-review-recorded");
        board::take_back(&room.officer, item, &Typed::default().with("why", "To be reviewed")).await.unwrap();
        reviews::reopen(&room.officer, application, &form).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "in-review");
        let view = reviews::queries::get(&reviewer, own).await.unwrap();
        assert_eq!(
            (view.state, view.reopened_reason.as_str()),
            (ReviewState::InProgress, "The budget was read wrongly")
        );
        assert_eq!((view.total, view.typed.get("overall")), (None, "Sound"), "what was written is the draft");
        let told = "SELECT count(*) FROM outbox WHERE kind = 'review-reopened' AND text_body LIKE '%read wrongly%'";
        assert_eq!(decide::number(&world, told).await, 1);
        let twice = refusal(reviews::reopen(&room.officer, application, &form).await);
        assert_eq!(key(&twice), "refused-review-transition");
        reviews::submit(&reviewer, own, &decide::review(80)).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "reviewed");
        let mean = format!("SELECT mean_score_hundredths FROM applications WHERE id = {application}");
        assert_eq!(decide::number(&world, &mean).await, 9_000);
        room.recommend(item).await;
    })
    .await;
}
