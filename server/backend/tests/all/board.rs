//! The Board and the executive director: sessions, votes, recommendations, awards.
#![allow(clippy::unwrap_used)]

use crate::support::room::{Room, ballot};
use crate::support::{decide, on_both};
use backend::board::{self, agenda, queries};
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
async fn a_session_takes_what_is_ready_and_no_application_twice() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        decide::reviewed(&world, call, organisation, 2_500_000, 80).await;
        decide::application(&world, call, organisation, "in-review", 2_500_000).await;
        let room = Room::of_call(&world, call).await;
        assert_eq!(room.items.len(), 1);
        let again = Typed::default().with("call", call.to_string()).with("title", "July").with("date", "2026-07-01");
        assert_eq!(refused_key(&error(board::create(&room.officer, &again).await)), "refused-session-empty");
        let row = &queries::sessions(&room.officer, &PageRequest::default()).await.unwrap().rows[0];
        assert_eq!((row.items, row.recorded), (1, 0));
        board::close(&room.officer, room.session).await.unwrap();
        assert_eq!(board::eligible_calls(&room.officer).await.unwrap()[0].2, 1, "what was left can be taken up again");
        board::create(&room.officer, &again).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn without_a_quorum_nothing_is_recorded_and_the_recused_do_not_count() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        let item = room.items[0].1;
        room.vote(item, &[Vote::Approve, Vote::Approve, Vote::Recused, Vote::Recused]).await;
        let refused = error(board::record(&room.officer, item, &Typed::default()).await);
        assert_eq!(refused_key(&refused), "refused-no-quorum");
        board::vote(&room.members[4], item, &ballot(Vote::Abstain)).await.unwrap();
        assert_eq!(board::record(&room.officer, item, &Typed::default()).await.unwrap(), Outcome::Approve);
        assert_eq!(decide::state(&world, room.items[0].0).await, "recommended");
        let late = error(board::vote(&room.members[0], item, &ballot(Vote::Reject)).await);
        assert_eq!(refused_key(&late), "refused-item-recorded");
    })
    .await;
}

#[tokio::test]
async fn a_tie_goes_to_the_more_careful_side() {
    on_both(|world| async move {
        let room = Room::open(&world, 2, 2_500_000).await;
        room.vote(room.items[0].1, &[Vote::Approve, Vote::Approve, Vote::Reserve, Vote::Reserve]).await;
        assert_eq!(board::record(&room.officer, room.items[0].1, &Typed::default()).await.unwrap(), Outcome::Reserve);
        room.vote(room.items[1].1, &[Vote::Approve, Vote::Approve, Vote::Reject, Vote::Reject]).await;
        let reason = Typed::default().with("reason", "Too little detail");
        assert_eq!(board::record(&room.officer, room.items[1].1, &reason).await.unwrap(), Outcome::Reject);
        assert_eq!(room.release().await, 2);
        assert_eq!(decide::state(&world, room.items[0].0).await, "reserved");
        assert_eq!(decide::state(&world, room.items[1].0).await, "rejected");
    })
    .await;
}

#[tokio::test]
async fn a_member_has_one_vote_and_others_see_it_once_recorded() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        let item = room.items[0].1;
        room.vote(item, &[Vote::Reject, Vote::Approve, Vote::Approve]).await;
        board::vote(&room.members[0], item, &ballot(Vote::Approve)).await.unwrap();
        let seen =
            agenda::agenda(&room.members[1], room.session, &PageRequest::default()).await.unwrap().rows.remove(0);
        assert_eq!((seen.cast, seen.present, seen.votes.len(), seen.count), (3, 3, 0, None));
        assert_eq!(seen.own.map(|own| own.vote), Some(Vote::Approve));
        board::record(&room.officer, item, &Typed::default()).await.unwrap();
        let seen =
            agenda::agenda(&room.members[1], room.session, &PageRequest::default()).await.unwrap().rows.remove(0);
        assert_eq!((seen.votes.len(), seen.count.map(|count| count.approve)), (3, Some(3)));
    })
    .await;
}

#[tokio::test]
async fn members_vote_only_while_the_session_is_under_way() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        assert!(matches!(
            error(board::vote(&room.officer, room.items[0].1, &ballot(Vote::Approve)).await),
            AppError::Forbidden(_)
        ));
        board::close(&room.officer, room.session).await.unwrap();
        let late = error(board::vote(&room.members[0], room.items[0].1, &ballot(Vote::Approve)).await);
        assert_eq!(refused_key(&late), "refused-session-not-under-way");
        assert_eq!(refused_key(&error(board::start(&room.officer, room.session).await)), "refused-session-transition");
    })
    .await;
}

#[tokio::test]
async fn what_the_reviews_do_not_allow_cannot_be_approved() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        decide::reviewed(&world, call, organisation, 2_500_000, 50).await;
        let room = Room::of_call(&world, call).await;
        let error = error(board::vote(&room.members[0], room.items[0].1, &ballot(Vote::Approve)).await);
        assert!(matches!(error, AppError::Invalid(_)), "{error:?}");
        board::vote(&room.members[0], room.items[0].1, &ballot(Vote::Reserve)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_recommended_amount_is_within_the_calls_awards_and_what_was_asked() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        let item = room.items[0].1;
        room.vote(item, &[Vote::Approve; 3]).await;
        let too_small = "error-recommended-below-smallest";
        let too_much = "error-recommended-above-requested";
        for (wrong, key) in [
            ("25000.01", Some(too_much)),
            ("70000", Some(too_much)),
            ("0", Some(too_small)),
            ("1.00", Some(too_small)),
            ("19999.99", Some(too_small)),
            ("-5", None),
            ("1e9", None),
        ] {
            let given = Typed::default().with("amount", wrong);
            let AppError::Invalid(errors) = error(board::record(&room.officer, item, &given).await) else {
                panic!("{wrong}")
            };
            let found = errors.of("amount").map(|message| message.key.as_str());
            assert!(found.is_some() && key.is_none_or(|key| found == Some(key)), "{wrong}: {errors:?}");
        }
        let given =
            Typed::default().with("amount", "20000").with("conditions", "Hire a second counsellor\n\n A policy ");
        board::record(&room.officer, item, &given).await.unwrap();
        let waiting = board::waiting(&room.director, &PageRequest::default()).await.unwrap();
        assert_eq!((waiting.total, waiting.rows[0].amount.minor), (1, 2_000_000));
        assert_eq!(waiting.rows[0].conditions, "Hire a second counsellor\n\n A policy");
        decide::money(&world, 3_000_000).await;
        let grant = board::approve(&room.director, room.items[0].0, &decision("", "c1")).await.unwrap();
        let conditions = backend::grants::queries::get(&room.director, grant).await.unwrap().award_conditions;
        let conditions: Vec<_> = conditions.iter().map(|row| row.condition.as_str()).collect();
        assert_eq!(conditions, ["Hire a second counsellor", "A policy"], "one a line");
    })
    .await;
}

#[tokio::test]
async fn an_approval_makes_one_grant_however_often_it_is_sent() {
    on_both(|world| async move {
        decide::money(&world, 3_000_000).await;
        let room = Room::open(&world, 1, 2_500_000).await;
        let (application, item) = room.items[0];
        room.recommend(item).await;
        assert!(matches!(
            error(board::approve(&room.officer, application, &decision("", "c1")).await),
            AppError::Forbidden(_)
        ));
        let grant = board::approve(&room.director, application, &decision("Agreed", "c1")).await.unwrap();
        assert_eq!(board::approve(&room.director, application, &decision("Agreed", "c1")).await.unwrap(), grant);
        let other = error(board::approve(&room.director, application, &decision("Agreed", "c2")).await);
        assert_eq!(refused_key(&other), "refused-application-transition");
        assert_eq!(decide::state(&world, application).await, "awarded");
        assert_eq!(decide::number(&world, "SELECT count(*) FROM grants").await, 1);
        assert_eq!(decide::number(&world, "SELECT count(*) FROM decisions").await, 1);
        let position = backend::ledger::queries::position(&world.services.database).await.unwrap();
        assert_eq!((position.committed, position.available), (2_500_000, 500_000));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_approval_that_the_money_does_not_cover_changes_nothing() {
    on_both(|world| async move {
        decide::money(&world, 2_499_999).await;
        let room = Room::open(&world, 1, 2_500_000).await;
        let (application, item) = room.items[0];
        room.recommend(item).await;
        let before = decide::number(&world, "SELECT count(*) FROM audit").await;
        let refused = error(board::approve(&room.director, application, &decision("", "c1")).await);
        assert_eq!(refused_key(&refused), "refused-not-enough-money");
        assert_eq!(decide::state(&world, application).await, "recommended");
        for table in ["grants", "decisions", "grant_funding", "instalments"] {
            assert_eq!(decide::number(&world, &format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
        assert_eq!(decide::number(&world, "SELECT count(*) FROM audit").await, before);
        assert_eq!(decide::number(&world, "SELECT count(*) FROM outbox WHERE kind = 'decision-awarded'").await, 0);
        // With one more cent, the same command goes through.
        decide::money(&world, 1).await;
        board::approve(&room.director, application, &decision("", "c1")).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn of_twenty_approvals_at_once_exactly_those_that_the_money_covers_go_through() {
    on_both(|world| async move {
        decide::money(&world, 5 * 2_500_000).await;
        let room = Room::open(&world, 20, 2_500_000).await;
        for (_, item) in &room.items {
            room.recommend(*item).await;
        }
        let mut tries = tokio::task::JoinSet::new();
        for (application, _) in room.items.clone() {
            let director = room.director.clone();
            tries.spawn(async move {
                board::approve(&director, application, &decision("", &format!("c-{application}"))).await
            });
        }
        let (mut approved, mut refused) = (0, 0);
        while let Some(outcome) = tries.join_next().await {
            match outcome.unwrap() {
                Ok(_) => approved += 1,
                Err(error) => {
                    assert_eq!(refused_key(&AppError::from(error)), "refused-not-enough-money");
                    refused += 1;
                }
            }
        }
        assert_eq!((approved, refused), (5, 15));
        assert_eq!(decide::number(&world, "SELECT count(*) FROM grants").await, 5);
        let position = backend::ledger::queries::position(&world.services.database).await.unwrap();
        assert_eq!(position.available, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_command_at_the_same_time_makes_one_grant() {
    on_both(|world| async move {
        decide::money(&world, 10_000_000).await;
        let room = Room::open(&world, 1, 2_500_000).await;
        let (application, item) = room.items[0];
        room.recommend(item).await;
        let sent = decision("", "c1");
        let (one, two) = tokio::join!(
            board::approve(&room.director, application, &sent),
            board::approve(&room.director, application, &sent)
        );
        assert_eq!(one.unwrap(), two.unwrap());
        assert_eq!(decide::number(&world, "SELECT count(*) FROM grants").await, 1);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_that_is_not_vetted_is_not_awarded() {
    on_both(|world| async move {
        decide::money(&world, 10_000_000).await;
        let room = Room::open(&world, 1, 2_500_000).await;
        let (application, item) = room.items[0];
        room.recommend(item).await;
        for lapse in ["vetting_status = 'in-progress'", "vetting_status = 'vetted', vetting_valid_until = '2026-05-31'"]
        {
            world.sql(&format!("UPDATE organisations SET {lapse}")).await;
            let refused = error(board::approve(&room.director, application, &decision("", "c1")).await);
            assert_eq!(refused_key(&refused), "refused-not-vetted");
        }
        assert!(!board::waiting_one(&room.director, application).await.unwrap().vetted);
        assert_eq!(decide::state(&world, application).await, "recommended");
        world.sql("UPDATE organisations SET vetting_valid_until = '2026-06-01'").await;
        board::approve(&room.director, application, &decision("", "c1")).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_back_is_recommended_again() {
    on_both(|world| async move {
        decide::money(&world, 10_000_000).await;
        let room = Room::open(&world, 1, 2_500_000).await;
        let (application, item) = room.items[0];
        room.recommend(item).await;
        assert!(matches!(
            error(board::send_back(&room.director, application, &decision("", "c1")).await),
            AppError::Invalid(_)
        ));
        board::send_back(&room.director, application, &decision("Ask for less", "c1")).await.unwrap();
        board::send_back(&room.director, application, &decision("Ask for less", "c1")).await.unwrap();
        assert_eq!(decide::number(&world, "SELECT count(*) FROM decisions").await, 1);
        assert_eq!(decide::state(&world, application).await, "reviewed");
        let view = agenda::agenda(&room.officer, room.session, &PageRequest::default()).await.unwrap().rows.remove(0);
        assert_eq!((view.outcome, view.cast, view.sent_back.as_deref()), (None, 3, Some("Ask for less")));
        let reused = error(board::approve(&room.director, application, &decision("", "c1")).await);
        assert_eq!(refused_key(&reused), "refused-command-reused");
        board::vote(&room.members[3], item, &ballot(Vote::Approve)).await.unwrap();
        board::record(&room.officer, item, &Typed::default().with("amount", "20000")).await.unwrap();
        board::approve(&room.director, application, &decision("", "c2")).await.unwrap();
        assert_eq!(decide::number(&world, "SELECT award_usd_minor FROM grants").await, 2_000_000);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_trail_shows_a_vote_only_once_the_recommendation_is_recorded() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        let item = room.items[0].1;
        room.vote(item, &[Vote::Reject; 3]).await;
        let auditor = world.staff(Role::Auditor).await;
        let trail = || backend::audit::of(&auditor, backend::audit::Kind::Session, room.session.into());
        let before = trail().await.unwrap();
        assert_eq!(before.rows.iter().filter(|row| row.action == "audit-session-voted").count(), 3);
        assert!(!format!("{before:?}").contains("reject"), "{before:?}");
        let reason = Typed::default().with("reason", "Too little detail");
        board::record(&room.officer, item, &reason).await.unwrap();
        let after = trail().await.unwrap();
        let counted: Vec<_> = after.rows.iter().filter(|row| row.action == "audit-session-vote-counted").collect();
        assert_eq!(counted.len(), 3);
        assert!(
            counted.iter().all(|row| row.changes.iter().any(|(field, _, vote)| field == "vote" && vote == "reject"))
        );
    })
    .await;
}

#[tokio::test]
async fn two_sessions_planned_at_once_do_not_share_an_agenda() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        decide::reviewed(&world, call, organisation, 2_500_000, 80).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let form = Typed::default().with("call", call.to_string()).with("title", "June").with("date", "2026-06-20");
        let (one, two) = tokio::join!(board::create(&officer, &form), board::create(&officer, &form));
        assert_ne!(one.is_ok(), two.is_ok());
        assert_eq!(decide::number(&world, "SELECT count(*) FROM board_items").await, 1);
        let unknown = Typed::default().with("call", "999").with("title", "June").with("date", "2026-06-20");
        assert!(matches!(error(board::create(&officer, &unknown).await), AppError::Invalid(_)));
    })
    .await;
}
