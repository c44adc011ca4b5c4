//! Calls: entering, publishing, opening and closing by the clock.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::mails;
use crate::support::applications::{call_form, complete_draft, declaration, key, open_call, refusal, submitted};
use crate::support::{later, noon, on_both};
use backend::applications;
use backend::calls::{self, queries};
use backend::page::PageRequest;
use chrono::{TimeZone as _, Utc};
use domain::calls::CallState;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::{Actor, Role};

#[tokio::test]
async fn a_call_starts_from_the_funds_defaults_and_keeps_what_was_entered() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let id = calls::create(&officer, &call_form()).await.unwrap();
        let call = queries::get(&officer, id).await.unwrap();
        assert_eq!(
            call.criteria.iter().map(|criterion| criterion.weight).collect::<Vec<_>>(),
            [25, 20, 15, 15, 10, 15]
        );
        assert_eq!((call.limits.smallest_award.minor, call.limits.largest_award.minor), (2_000_000, 6_000_000));
        assert_eq!(call.state, CallState::Draft);
        // The form of the stored call reads back to the same call.
        calls::update(&officer, id, &call.typed()).await.unwrap();
        assert_eq!(queries::get(&officer, id).await.unwrap(), call);
    })
    .await;
}

#[tokio::test]
async fn weights_that_do_not_add_up_to_100_are_refused() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let mut typed = call_form();
        typed.set("criteria.0.weight", "24");
        let AppError::Invalid(errors) = AppError::from(calls::create(&officer, &typed).await.unwrap_err()) else {
            panic!("accepted");
        };
        assert_eq!(errors.of("criteria").unwrap().key, "error-weights-sum");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_seen_by_programme_officers_and_not_by_the_public() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let id = calls::create(&officer, &call_form()).await.unwrap();
        let public = world.at(Actor::visitor(), noon());
        assert_eq!(AppError::from(queries::get(&public, id).await.unwrap_err()), AppError::NotFound);
        assert_eq!(queries::list(&public, &PageRequest::default()).await.unwrap().total, 0);
        calls::publish(&officer, id).await.unwrap();
        assert_eq!(queries::get(&public, id).await.unwrap().state, CallState::Open);
        assert_eq!(queries::list(&public, &PageRequest::default()).await.unwrap().rows[0].id, id);
    })
    .await;
}

#[tokio::test]
async fn the_deadline_holds_to_the_second_in_summer_and_in_winter() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        // Vienna is two hours ahead of UTC in June and one hour in December.
        let cases = [
            ("2026-06-30", Utc.with_ymd_and_hms(2026, 6, 30, 21, 59, 59).unwrap()),
            ("2026-12-31", Utc.with_ymd_and_hms(2026, 12, 31, 22, 59, 59).unwrap()),
            // The night in which the clock goes back, and the one in which it goes forward.
            ("2026-10-25", Utc.with_ymd_and_hms(2026, 10, 25, 22, 59, 59).unwrap()),
            ("2027-03-28", Utc.with_ymd_and_hms(2027, 3, 28, 21, 59, 59).unwrap()),
        ];
        for (day, deadline) in cases {
            let mut typed = call_form();
            typed.set("closes_on", day);
            let id = calls::create(&officer, &typed).await.unwrap();
            calls::publish(&officer, id).await.unwrap();
            let at = |now| later(&officer, now);
            assert_eq!(queries::get(&at(deadline), id).await.unwrap().state, CallState::Open, "{day}");
            let next = deadline + chrono::TimeDelta::seconds(1);
            assert_eq!(queries::get(&at(next), id).await.unwrap().state, CallState::Closed, "{day}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_call_is_changed_as_a_draft_only_and_taken_back_before_it_opens() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let mut typed = call_form();
        typed.set("opens_on", "2026-06-10");
        let id = calls::create(&officer, &typed).await.unwrap();
        calls::publish(&officer, id).await.unwrap();
        let refusal = AppError::from(calls::update(&officer, id, &typed).await.unwrap_err());
        assert_eq!(refusal, AppError::refused("refused-call-published"));
        calls::withdraw(&officer, id).await.unwrap();
        calls::update(&officer, id, &typed).await.unwrap();
        let open = open_call(&world).await;
        assert!(matches!(AppError::from(calls::withdraw(&officer, open).await.unwrap_err()), AppError::Refused(_)));
        assert!(matches!(AppError::from(calls::decide(&officer, open).await.unwrap_err()), AppError::Refused(_)));
        let after = later(&officer, Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap());
        calls::decide(&after, open).await.unwrap();
        assert_eq!(queries::get(&after, open).await.unwrap().state, CallState::Decided);
    })
    .await;
}

#[tokio::test]
async fn only_a_programme_officer_enters_a_call() {
    on_both(|world| async move {
        for role in Role::ALL.iter().filter(|role| **role != Role::ProgrammeOfficer) {
            let person = world.staff(*role).await;
            let error = AppError::from(calls::create(&person, &call_form()).await.unwrap_err());
            assert!(matches!(error, AppError::Forbidden(_)), "{role}");
        }
    })
    .await;
}

fn extension(day: &str) -> Typed {
    Typed::default().with("closes_on", day).with("closes_at", "23:59:59").with("reason", "Floods in the region.")
}

#[tokio::test]
async fn an_open_calls_deadline_is_extended_and_told_to_those_who_began() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let (writer, _, draft) = complete_draft(&world, call).await;
        submitted(&world, call).await;
        let before = queries::get(&officer, call).await.unwrap().closes_at;
        assert!(matches!(
            refusal(calls::extend(&writer, call, &extension("2026-07-10")).await),
            AppError::Forbidden(_)
        ));
        for (day, wrong) in [
            ("2026-06-30", "error-extension-earlier"),
            ("2026-06-29", "error-extension-earlier"),
            ("2036-07-10", "error-extension-too-long"),
        ] {
            assert_eq!(key(&refusal(calls::extend(&officer, call, &extension(day)).await)), wrong, "{day}");
        }
        // Over the night in which Vienna's clock goes back.
        let deadline = calls::extend(&officer, call, &extension("2026-10-25")).await.unwrap();
        assert_eq!(deadline, Utc.with_ymd_and_hms(2026, 10, 25, 22, 59, 59).unwrap());
        let public = world.at(Actor::visitor(), noon());
        let told = calls::extensions(&public, call).await.unwrap();
        assert_eq!((told.len(), told[0].before, told[0].after), (1, before, deadline));
        assert_eq!((told[0].reason.as_str(), told[0].at), ("Floods in the region.", noon()));
        let mails: Vec<_> = mails(&world).await.into_iter().filter(|mail| mail.kind == "call-extended").collect();
        assert_eq!(mails.len(), 1, "who has submitted has nothing to do");
        assert!(mails[0].text.contains("Floods in the region.") && mails[0].text.contains(&draft.to_string()));
        // The draft can be submitted after the old deadline, until the new one.
        let late = later(&writer, before + chrono::TimeDelta::days(30));
        applications::submit(&late, draft, &declaration()).await.unwrap();
        let closed = later(&officer, deadline + chrono::TimeDelta::seconds(1));
        let again = refusal(calls::extend(&closed, call, &extension("2026-12-01")).await);
        assert_eq!(key(&again), "refused-extension-not-open");
        let planned = calls::create(&officer, &call_form()).await.unwrap();
        let draft = refusal(calls::extend(&officer, planned, &extension("2026-12-01")).await);
        assert_eq!(key(&draft), "refused-extension-not-open");
        assert_eq!(refusal(calls::extensions(&public, planned).await), AppError::NotFound);
    })
    .await;
}
