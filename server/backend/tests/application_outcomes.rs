//! What a call binds its applications to, and that each application of a call comes to an end.
#![allow(clippy::unwrap_used)]

mod support;

use backend::applications::{self, queries};
use backend::{Context, calls};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use domain::applications::{ApplicationState, ScreeningCriterion, Section};
use domain::calls::CallState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::message::Argument;
use domain::roles::Role;
use support::accounts::mails;
use support::applications::{
    call_form, complete_draft, complete_sections, declaration, eligible, key, open_call, refusal, submitted,
};
use support::{World, decide, later, on_both};

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
    let met = ScreeningCriterion::CODES.iter().filter(|code| **code != "audited-accounts");
    met.fold(Typed::default().with("reasons", "The accounts were not sent."), |typed, code| typed.with("met", *code))
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
        let told = mails(&world).await.into_iter().rfind(|mail| mail.kind == "decision-rejected").unwrap();
        assert!(told.text.contains("The accounts were not sent."), "{}", told.text);
        let screenings = applications::screenings(&signatory, id).await.unwrap();
        assert_eq!((screenings.len(), screenings[0].eligible), (1, false));
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
