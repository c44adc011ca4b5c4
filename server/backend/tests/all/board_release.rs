//! What follows from a recommendation, and when: foretold before it is recorded, corrected until something follows from
//! it, and told to organisations once the closed session is released.
#![allow(clippy::unwrap_used)]

use crate::support::room::{Room, ballot};
use crate::support::{decide, on_both};
use backend::board::{self, agenda};
use backend::page::PageRequest;
use domain::board::{Outcome, Vote};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;

fn error<T: std::fmt::Debug>(result: backend::Result<T>) -> AppError {
    AppError::from(result.unwrap_err())
}

fn refused_key(error: &AppError) -> &str {
    match error {
        AppError::Refused(message) => &message.key,
        other => panic!("not refused: {other:?}"),
    }
}

fn decision(note: &str, command_id: &str) -> Typed {
    Typed::default().with("note", note).with("command_id", command_id)
}

#[tokio::test]
async fn a_rejection_is_mailed_with_its_reason_once_the_closed_session_is_released() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        decide::reviewed(&world, call, organisation, 2_500_000, 80).await;
        let room = Room::of_call(&world, call).await;
        let (application, item) = room.items[0];
        room.vote(item, &[Vote::Reject; 3]).await;
        let without = Typed::default().with("conditions", "Too vague").with("note", "Ask again next year");
        assert!(matches!(error(board::record(&room.officer, item, &without).await), AppError::Invalid(_)));
        board::record(&room.officer, item, &without.with("reason", "Too vague a plan")).await.unwrap();
        let told = "SELECT count(*) FROM outbox WHERE kind = 'decision-rejected'";
        assert_eq!(decide::number(&world, told).await, 0);
        assert_eq!(decide::state(&world, application).await, "reviewed", "nobody knows yet");
        let early = error(board::release(&room.officer, room.session).await);
        assert_eq!(refused_key(&early), "refused-session-transition");
        board::close(&room.officer, room.session).await.unwrap();
        assert_eq!(decide::number(&world, told).await, 0);
        let list = board::to_tell(&room.officer, room.session, &PageRequest::default()).await.unwrap();
        assert_eq!(
            (list.total, list.rows[0].outcome, list.rows[0].reason.as_str()),
            (1, Outcome::Reject, "Too vague a plan")
        );
        assert_eq!(list.rows[0].recipients.len(), 1);
        assert!(matches!(error(board::release(&room.director, room.session).await), AppError::Forbidden(_)));
        assert!(matches!(error(board::release(&signatory, room.session).await), AppError::Forbidden(_)));
        assert_eq!(board::release(&room.officer, room.session).await.unwrap(), 1);
        assert_eq!(decide::state(&world, application).await, "rejected");
        let sql = format!("{told} AND text_body LIKE '%Too vague a plan%' AND text_body NOT LIKE '%Ask again%'");
        assert_eq!(decide::number(&world, &sql).await, 1);
        assert_eq!(board::to_tell(&room.officer, room.session, &PageRequest::default()).await.unwrap().total, 0);
        assert!(board::release(&room.officer, room.session).await.is_err(), "once");
        assert_eq!(decide::number(&world, told).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_and_is_not_released_is_on_no_other_agenda() {
    on_both(|world| async move {
        let room = Room::open(&world, 3, 2_500_000).await;
        for (_, item) in &room.items[..2] {
            room.vote(*item, &[Vote::Reserve; 3]).await;
            board::record(&room.officer, *item, &Typed::default()).await.unwrap();
        }
        board::close(&room.officer, room.session).await.unwrap();
        assert_eq!(board::eligible_calls(&room.officer).await.unwrap()[0].2, 1, "only what was left open");
        // An organisation that takes its application back in the meantime has nothing to be told.
        world.sql(&format!("UPDATE applications SET state = 'withdrawn' WHERE id = {}", room.items[0].0)).await;
        assert_eq!(board::to_tell(&room.officer, room.session, &PageRequest::default()).await.unwrap().total, 1);
        assert_eq!(board::release(&room.officer, room.session).await.unwrap(), 1);
        assert_eq!(decide::state(&world, room.items[0].0).await, "withdrawn");
        assert_eq!(board::eligible_calls(&room.officer).await.unwrap()[0].2, 2, "with the one on the reserve list");
    })
    .await;
}

#[tokio::test]
async fn who_records_sees_what_follows_and_who_has_not_voted() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        let item = room.items[0].1;
        let seen = |context: backend::Context| async move { agenda::item(&context, room.session, item).await.unwrap() };
        room.vote(item, &[Vote::Reject, Vote::Reject]).await;
        assert_eq!(seen(room.officer.clone()).await.forecast, None, "no quorum");
        board::vote(&room.members[2], item, &ballot(Vote::Reject)).await.unwrap();
        let view = seen(room.officer.clone()).await;
        assert_eq!((view.forecast, view.votes.len(), view.count), (Some(Outcome::Reject), 0, None));
        assert_eq!(agenda::missing_voters(&room.officer, &view).await.unwrap().len(), 2);
        assert_eq!(seen(room.members[3].clone()).await.forecast, None, "members vote without knowing");
        // More vote while the officer reads the page.
        board::vote(&room.members[0], item, &ballot(Vote::Approve)).await.unwrap();
        board::vote(&room.members[3], item, &ballot(Vote::Approve)).await.unwrap();
        board::vote(&room.members[4], item, &ballot(Vote::Approve)).await.unwrap();
        let form = Typed::default().with("reason", "Too vague").with("outcome", "reject");
        assert_eq!(refused_key(&error(board::record(&room.officer, item, &form).await)), "refused-outcome-changed");
        assert_eq!(seen(room.officer.clone()).await.outcome, None);
    })
    .await;
}

#[tokio::test]
async fn a_recommendation_is_corrected_or_taken_back_until_something_follows_from_it() {
    on_both(|world| async move {
        decide::money(&world, 5_000_000).await;
        let room = Room::open(&world, 2, 2_500_000).await;
        let [(awarded, good), (rejected, bad)] = room.items[..] else { panic!("two items") };
        room.vote(bad, &[Vote::Reject; 3]).await;
        let correction = |text: &str| Typed::default().with("reason", text).with("why", "A slip of the pen");
        let early = error(board::correct(&room.officer, bad, &correction("New")).await);
        assert_eq!(refused_key(&early), "refused-item-not-recorded");
        board::record(&room.officer, bad, &Typed::default().with("reason", "Wrong")).await.unwrap();
        room.recommend(good).await;
        let silent = Typed::default().with("reason", "New");
        assert!(matches!(error(board::correct(&room.officer, bad, &silent).await), AppError::Invalid(_)));
        assert!(matches!(error(board::correct(&room.director, bad, &correction("New")).await), AppError::Forbidden(_)));
        board::correct(&room.officer, bad, &correction("Right")).await.unwrap();
        let more = Typed::default().with("amount", "20000").with("conditions", "A policy").with("why", "Forgotten");
        board::correct(&room.officer, good, &more).await.unwrap();
        let waiting = board::waiting_one(&room.director, awarded).await.unwrap();
        assert_eq!((waiting.amount.minor, waiting.conditions.as_str()), (2_000_000, "A policy"));
        // Taken back, its members vote again; the votes cast stay.
        let why = Typed::default().with("why", "Recorded before two had voted");
        board::take_back(&room.officer, good, &why).await.unwrap();
        assert_eq!(decide::state(&world, awarded).await, "reviewed");
        let view = agenda::item(&room.officer, room.session, good).await.unwrap();
        assert_eq!((view.outcome, view.cast, view.conditions.as_str()), (None, 3, ""));
        room.recommend(good).await;
        let kept = "SELECT count(*) FROM audit WHERE action = 'audit-session-correction-reason'";
        assert_eq!(decide::number(&world, kept).await, 3);

        assert_eq!(room.release().await, 1);
        let sql = "SELECT count(*) FROM outbox WHERE kind = 'decision-rejected' AND text_body LIKE '%Wrong%'";
        assert_eq!(decide::number(&world, sql).await, 0);
        assert_eq!(decide::state(&world, rejected).await, "rejected");
        let late = error(board::correct(&room.officer, bad, &correction("Too late")).await);
        assert_eq!(refused_key(&late), "refused-recommendation-final");
        board::correct(&room.officer, good, &more).await.unwrap();
        board::approve(&room.director, awarded, &decision("", "c1")).await.unwrap();
        for late in
            [board::correct(&room.officer, good, &more).await, board::take_back(&room.officer, good, &why).await]
        {
            assert_eq!(refused_key(&error(late)), "refused-recommendation-final");
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_told_once_that_its_application_is_on_the_reserve_list() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let french = signatory.actor.user.unwrap();
        world.sql(&format!("UPDATE users SET language = 'fr' WHERE id = {french}")).await;
        world.person(Role::OrganisationEditor, Some(organisation), None).await;
        decide::reviewed(&world, call, organisation, 2_500_000, 80).await;
        let room = Room::of_call(&world, call).await;
        room.vote(room.items[0].1, &[Vote::Reserve; 3]).await;
        board::record(&room.officer, room.items[0].1, &Typed::default()).await.unwrap();
        let told = "SELECT count(*) FROM outbox WHERE kind = 'decision-reserved'";
        assert_eq!(decide::number(&world, told).await, 0);
        assert_eq!(room.release().await, 1);
        assert_eq!(decide::number(&world, told).await, 2);
        for words in ["the reserve list", "la liste de réserve"] {
            let sql = format!("{told} AND text_body LIKE '%{words}%' AND html_body LIKE '%{words}%'");
            assert_eq!(decide::number(&world, &sql).await, 1, "{words}");
        }
        // It stays there after a second session: nothing new to tell.
        let again = Room::of_call(&world, call).await;
        again.vote(again.items[0].1, &[Vote::Reserve; 3]).await;
        board::record(&again.officer, again.items[0].1, &Typed::default()).await.unwrap();
        assert_eq!(again.release().await, 0);
        assert_eq!(decide::number(&world, told).await, 2);
    })
    .await;
}
