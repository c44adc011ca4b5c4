//! Reviews: assigning, conflicts of interest, scores, what reviewers see of each other, the ranking.
#![allow(clippy::unwrap_used)]

use crate::support::{World, decide, on_both};
use backend::page::PageRequest;
use backend::reviews::{self, queries};
use backend::{Context, applications};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, ReviewId};
use domain::reviews::ReviewState;
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

/// An eligible application, given to some reviewers.
async fn assigned<const N: usize>(world: &World) -> (Context, ApplicationId, [(Context, ReviewId); N]) {
    let officer = world.staff(Role::ProgrammeOfficer).await;
    let call = decide::call(world).await;
    let organisation = decide::organisation(world, "vetted").await;
    let application = decide::application(world, call, organisation, "eligible", 3_000_000).await;
    let mut given = Vec::new();
    for _ in 0..N {
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        let id = reviews::assign(&officer, application, &decide::reviewer(&reviewer)).await.unwrap();
        given.push((reviewer, id));
    }
    (officer, application, given.try_into().map_err(|_| ()).unwrap())
}

#[tokio::test]
async fn the_first_assignment_begins_the_review_and_tells_the_reviewer() {
    on_both(|world| async move {
        let (officer, application, [(reviewer, id)]) = assigned::<1>(&world).await;
        assert_eq!(decide::state(&world, application).await, "in-review");
        let mails = decide::number(&world, "SELECT count(*) FROM outbox WHERE kind = 'review-assigned'").await;
        assert_eq!(mails, 1);
        let own = queries::mine(&reviewer, &PageRequest::default()).await.unwrap();
        assert_eq!((own.total, own.rows[0].id, own.rows[0].state), (1, id, ReviewState::Assigned));
        let again = error(reviews::assign(&officer, application, &decide::reviewer(&reviewer)).await);
        assert!(matches!(again, AppError::Invalid(_)), "{again:?}");
        let offered = reviews::reviewers(&officer, application).await.unwrap();
        assert!(!offered.iter().any(|(user, _)| Some(*user) == reviewer.actor.user));
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_no_reviewer_cannot_be_assigned() {
    on_both(|world| async move {
        let (officer, application, _) = assigned::<1>(&world).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        for given in [decide::reviewer(&finance), Typed::default().with("reviewer", "999999"), Typed::default()] {
            let error = error(reviews::assign(&officer, application, &given).await);
            assert!(matches!(error, AppError::Invalid(_)), "{error:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_with_a_conflict_of_interest_sees_nothing_more() {
    on_both(|world| async move {
        let (officer, application, [(reviewer, id), (other, other_id)]) = assigned::<2>(&world).await;
        let without_reason = Typed::default().with("conflict", "conflict");
        assert!(matches!(error(reviews::declare(&reviewer, id, &without_reason).await), AppError::Invalid(_)));
        let conflict = without_reason.with("reason", "My sister works there");
        assert_eq!(reviews::declare(&reviewer, id, &conflict).await.unwrap(), ReviewState::Conflict);
        assert_eq!(error(queries::get(&reviewer, id).await), AppError::NotFound);
        assert_eq!(error(queries::of_application(&reviewer, application).await), AppError::NotFound);
        assert_eq!(error(reviews::save(&reviewer, id, &decide::review(80)).await), AppError::NotFound);
        assert_eq!(queries::mine(&reviewer, &PageRequest::default()).await.unwrap().total, 0);
        assert_eq!(error(applications::queries::get(&reviewer, application).await), AppError::NotFound);
        // One review is not enough: another reviewer must be assigned.
        decide::no_conflict(&other, other_id).await;
        assert_eq!(applications::queries::get(&other, application).await.unwrap().id, application);
        reviews::submit(&other, other_id, &decide::review(80)).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "in-review");
        let third = world.staff(Role::TechnicalReviewer).await;
        let third_id = reviews::assign(&officer, application, &decide::reviewer(&third)).await.unwrap();
        decide::no_conflict(&third, third_id).await;
        reviews::submit(&third, third_id, &decide::review(80)).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "reviewed");
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_reads_nothing_but_the_gist_before_declaring() {
    on_both(|world| async move {
        let (_, application, [(reviewer, id), (colleague, colleague_id)]) = assigned::<2>(&world).await;
        decide::no_conflict(&colleague, colleague_id).await;
        let gist = queries::get(&reviewer, id).await.unwrap();
        assert_eq!((gist.state, gist.application.id), (ReviewState::Assigned, application));
        assert!(!gist.application.title.is_empty() && !gist.application.organisation_name.is_empty());
        assert_eq!(error(applications::queries::get(&reviewer, application).await), AppError::NotFound);
        assert_eq!(error(applications::content(&reviewer, application).await), AppError::NotFound);
        assert_eq!(error(applications::revision(&reviewer, application, 1).await), AppError::NotFound);
        assert_eq!(error(applications::revisions(&reviewer, application).await), AppError::NotFound);
        assert_eq!(error(applications::screenings(&reviewer, application).await), AppError::NotFound);
        assert_eq!(error(backend::documents::list(&reviewer, application).await), AppError::NotFound);
        assert_eq!(error(queries::of_application(&reviewer, application).await), AppError::NotFound);
        let list = applications::queries::list(&reviewer, &PageRequest::default()).await.unwrap();
        assert_eq!(list.total, 0);
        decide::no_conflict(&reviewer, id).await;
        assert_eq!(applications::queries::get(&reviewer, application).await.unwrap().id, application);
        assert_eq!(queries::of_application(&reviewer, application).await.unwrap().reviews.len(), 1);
        assert_eq!(applications::queries::list(&reviewer, &PageRequest::default()).await.unwrap().total, 1);
    })
    .await;
}

#[tokio::test]
async fn reviewers_see_each_others_scores_only_once_both_are_in() {
    on_both(|world| async move {
        let (officer, application, [(one, one_id), (two, two_id)]) = assigned::<2>(&world).await;
        decide::no_conflict(&one, one_id).await;
        decide::no_conflict(&two, two_id).await;
        reviews::submit(&one, one_id, &decide::review(100)).await.unwrap();
        let seen = queries::of_application(&two, application).await.unwrap();
        assert_eq!(seen.reviews.len(), 1, "only the own review");
        assert_eq!((seen.reviews[0].id, seen.reviews[0].lines.len(), seen.assessment), (two_id, 0, None));
        assert_eq!(queries::of_application(&officer, application).await.unwrap().reviews.len(), 2);
        assert_eq!(error(queries::get(&two, one_id).await), AppError::NotFound);
        reviews::submit(&two, two_id, &decide::review(60)).await.unwrap();
        let seen = queries::of_application(&one, application).await.unwrap();
        assert_eq!(seen.reviews.len(), 2);
        assert!(seen.reviews.iter().all(|review| review.lines.len() == 6));
        assert_eq!(decide::state(&world, application).await, "reviewed");
        let mean =
            decide::number(&world, &format!("SELECT mean_score_hundredths FROM applications WHERE id = {application}"))
                .await;
        assert_eq!(mean, 8_000);
        assert_eq!(
            refused_key(&error(reviews::submit(&two, two_id, &decide::review(10)).await)),
            "refused-review-closed"
        );
    })
    .await;
}

#[tokio::test]
async fn the_last_reviewer_may_be_the_one_who_steps_aside() {
    on_both(|world| async move {
        let (_, application, [(one, one_id), (two, two_id), (three, three_id)]) = assigned::<3>(&world).await;
        for (reviewer, id) in [(&one, one_id), (&two, two_id)] {
            decide::no_conflict(reviewer, id).await;
            reviews::submit(reviewer, id, &decide::review(70)).await.unwrap();
        }
        assert_eq!(decide::state(&world, application).await, "in-review");
        let conflict = Typed::default().with("conflict", "conflict").with("reason", "Former employer");
        reviews::declare(&three, three_id, &conflict).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "reviewed");
    })
    .await;
}

#[tokio::test]
async fn an_application_is_taken_back_from_a_reviewer_who_does_not_answer() {
    on_both(|world| async move {
        let (officer, application, [(one, one_id), (two, two_id), (silent, silent_id)]) = assigned::<3>(&world).await;
        for (reviewer, id) in [(&one, one_id), (&two, two_id)] {
            decide::no_conflict(reviewer, id).await;
            reviews::submit(reviewer, id, &decide::review(70)).await.unwrap();
        }
        decide::no_conflict(&silent, silent_id).await;
        reviews::save(&silent, silent_id, &decide::review(20)).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "in-review");
        assert!(matches!(error(reviews::take_back(&one, application, silent_id).await), AppError::Forbidden(_)));
        let other = ApplicationId(application.0 + 1);
        assert_eq!(error(reviews::take_back(&officer, other, silent_id).await), AppError::NotFound);
        let handed_in = error(reviews::take_back(&officer, application, one_id).await);
        assert_eq!(refused_key(&handed_in), "refused-review-take-back");
        reviews::take_back(&officer, application, silent_id).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "reviewed", "all others are in");
        assert_eq!(error(queries::get(&silent, silent_id).await), AppError::NotFound);
        assert_eq!(error(applications::queries::get(&silent, application).await), AppError::NotFound);
        let sql = "SELECT count(*) FROM outbox WHERE kind = 'review-taken-back'";
        assert_eq!(decide::number(&world, sql).await, 1);
        let sql = "SELECT count(*) FROM audit WHERE action = 'audit-review-taken-back' AND before LIKE '%scores%'";
        assert_eq!(decide::number(&world, sql).await, 1, "the trail keeps what was written");
        assert_eq!(error(reviews::take_back(&officer, application, silent_id).await), AppError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn after_the_only_reviewer_is_taken_off_the_application_waits_for_another_or_the_same() {
    on_both(|world| async move {
        let (officer, application, [(reviewer, id)]) = assigned::<1>(&world).await;
        reviews::take_back(&officer, application, id).await.unwrap();
        assert_eq!(decide::state(&world, application).await, "in-review");
        let again = reviews::assign(&officer, application, &decide::reviewer(&reviewer)).await.unwrap();
        let conflict = Typed::default().with("conflict", "conflict").with("reason", "My sister works there");
        reviews::declare(&reviewer, again, &conflict).await.unwrap();
        let aside = error(reviews::take_back(&officer, application, again).await);
        assert_eq!(refused_key(&aside), "refused-review-take-back", "a conflict of interest stays on record");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_whatever_it_holds_and_a_review_is_handed_in_complete() {
    on_both(|world| async move {
        let (_, _, [(reviewer, id)]) = assigned::<1>(&world).await;
        let before = error(reviews::save(&reviewer, id, &decide::review(50)).await);
        assert_eq!(refused_key(&before), "refused-review-not-in-progress");
        decide::no_conflict(&reviewer, id).await;
        let mut draft = decide::review(50);
        draft.set("scores.0.score", "many");
        draft.set("scores.1.comment", "");
        draft.set("foreign", "not kept");
        reviews::save(&reviewer, id, &draft).await.unwrap();
        let opened = queries::get(&reviewer, id).await.unwrap();
        let kept = opened.typed;
        assert_eq!((kept.get("scores.0.score"), kept.get("foreign")), ("many", ""));
        // Two windows: what was written in each is kept, and only the same field in both is in dispute.
        let written = |name: &str, text: &str| {
            let mut typed = kept.clone().with("version", opened.version.to_string());
            typed.set(name, text);
            typed
        };
        reviews::save(&reviewer, id, &written("overall", "Well thought out")).await.unwrap();
        let both = reviews::save(&reviewer, id, &written("scores.1.comment", "Costs are plain"))
            .await
            .unwrap()
            .merged
            .unwrap();
        assert_eq!((both.get("overall"), both.get("scores.1.comment")), ("Well thought out", "Costs are plain"));
        let late = written("overall", "Half thought out");
        assert!(matches!(error(reviews::save(&reviewer, id, &late).await), AppError::Conflict(_)));
        let shown = reviews::together(&reviewer, id, opened.version, &late).await.unwrap();
        assert_eq!(shown.conflicts, ["overall"]);
        let AppError::Invalid(errors) = error(reviews::submit(&reviewer, id, &draft).await) else {
            panic!("not invalid")
        };
        assert!(errors.of("scores.0.score").is_some() && errors.of("scores.1.comment").is_some(), "{errors:?}");
        let mut above = decide::review(100);
        above.set("scores.0.score", "26");
        let AppError::Invalid(errors) = error(reviews::submit(&reviewer, id, &above).await) else {
            panic!("not invalid")
        };
        assert!(errors.of("scores.0.score").is_some(), "{errors:?}");
        reviews::submit(&reviewer, id, &decide::review(100)).await.unwrap();
        assert_eq!(queries::get(&reviewer, id).await.unwrap().total, Some(100));
    })
    .await;
}

#[tokio::test]
async fn two_reviewers_who_hand_in_at_the_same_time_complete_the_review() {
    on_both(|world| async move {
        let (_, application, [(one, one_id), (two, two_id)]) = assigned::<2>(&world).await;
        decide::no_conflict(&one, one_id).await;
        decide::no_conflict(&two, two_id).await;
        let (scores, more) = (decide::review(90), decide::review(70));
        let (first, second) =
            tokio::join!(reviews::submit(&one, one_id, &scores), reviews::submit(&two, two_id, &more));
        first.unwrap();
        second.unwrap();
        assert_eq!(decide::state(&world, application).await, "reviewed");
    })
    .await;
}

#[tokio::test]
async fn the_ranking_shows_where_the_money_ends_and_who_cannot_be_recommended() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        decide::money(&world, 5_000_000).await;
        let second = decide::reviewed(&world, call, organisation, 3_000_000, 80).await;
        let first = decide::reviewed(&world, call, organisation, 2_000_000, 90).await;
        let third = decide::reviewed(&world, call, organisation, 2_000_000, 70).await;
        let weak = decide::reviewed(&world, call, organisation, 2_000_000, 40).await;
        let ranking = reviews::ranking(&officer, call, &PageRequest::default()).await.unwrap();
        let places: Vec<(ApplicationId, bool)> =
            ranking.ranked.rows.iter().map(|row| (row.application.id, row.place.within_available)).collect();
        assert_eq!(places, vec![(first, true), (second, true), (third, false)]);
        assert_eq!(ranking.available.minor, 5_000_000);
        assert_eq!((ranking.covered, ranking.asked.minor, ranking.not_recommendable.total), (2, 7_000_000, 1));
        let below = PageRequest { filter: reviews::BELOW.to_owned(), ..Default::default() };
        let ranking = reviews::ranking(&officer, call, &below).await.unwrap();
        assert_eq!(ranking.not_recommendable.rows.iter().map(|row| row.id).collect::<Vec<_>>(), vec![weak]);
        assert_eq!((ranking.ranked.rows.len(), ranking.ranked.total, ranking.covered), (0, 3, 2));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_review_that_is_incomplete_in_the_data_ends_no_page_and_counts_for_nothing() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        decide::money(&world, 5_000_000).await;
        let good = decide::reviewed(&world, call, organisation, 3_000_000, 80).await;
        let below = PageRequest { filter: reviews::BELOW.to_owned(), ..Default::default() };
        for (number, odd) in ["{}", "not JSON at all"].into_iter().enumerate() {
            let damaged = decide::reviewed(&world, call, organisation, 2_000_000, 90).await;
            let review =
                decide::number(&world, &format!("SELECT max(id) FROM reviews WHERE application_id = {damaged}")).await;
            world.sql(&format!("UPDATE reviews SET typed = '{odd}' WHERE id = {review}")).await;
            let ranking = reviews::ranking(&officer, call, &PageRequest::default()).await.unwrap();
            assert_eq!(ranking.ranked.rows.iter().map(|row| row.application.id).collect::<Vec<_>>(), [good]);
            let ranking = reviews::ranking(&officer, call, &below).await.unwrap();
            assert_eq!(ranking.not_recommendable.rows.len(), number + 1);
            assert!(ranking.not_recommendable.rows.iter().any(|row| row.id == damaged));
            let (all, both) = (PageRequest::default(), [good, damaged]);
            let scenario = backend::board::scenario::of_call(&officer, call, &all, &both).await.unwrap();
            assert_eq!(scenario.candidates.rows.len(), 1);
            let seen = queries::of_application(&officer, damaged).await.unwrap();
            let incomplete: Vec<i64> = seen.reviews.iter().filter(|one| one.incomplete).map(|one| one.id.0).collect();
            assert_eq!(incomplete, [review]);
            assert!(!seen.assessment.unwrap().recommendable);
        }
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_ranking_comes_in_pages_and_the_money_ends_at_the_same_place_on_each() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        decide::money(&world, 2_750_000).await;
        for _ in 0..30 {
            decide::reviewed(&world, call, organisation, 100_000, 80).await;
        }
        let best = decide::reviewed(&world, call, organisation, 150_000, 90).await;
        let page = |page| PageRequest { page, ..Default::default() };
        let first = reviews::ranking(&officer, call, &page(1)).await.unwrap();
        let second = reviews::ranking(&officer, call, &page(2)).await.unwrap();
        assert_eq!((first.ranked.rows.len(), second.ranked.rows.len()), (25, 6));
        assert_eq!(first.ranked.rows[0].application.id, best);
        for part in [&first, &second] {
            assert_eq!((part.covered, part.ranked.total, part.asked.minor), (27, 31, 3_150_000));
        }
        let places: Vec<(i64, i64, bool)> = second
            .ranked
            .rows
            .iter()
            .map(|row| (row.place.position, row.place.cumulative_minor, row.place.within_available))
            .collect();
        assert_eq!(places[..3], [(26, 2_650_000, true), (27, 2_750_000, true), (28, 2_850_000, false)]);
        assert!(reviews::ranking(&officer, call, &page(3)).await.unwrap().ranked.rows.is_empty());
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_reviews_of_a_draft_are_not_found() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let draft = decide::application(&world, call, organisation, "draft", 3_000_000).await;
        for role in [Role::Administrator, Role::ProgrammeOfficer, Role::BoardMember, Role::Auditor] {
            let person = world.staff(role).await;
            assert_eq!(error(queries::of_application(&person, draft).await), AppError::NotFound, "{role}");
        }
    })
    .await;
}
