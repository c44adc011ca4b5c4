//! Reviews: scores at their limits, means without rounding tricks, and a ranking that does not depend on chance.

use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::reviews::{
    CriterionCode, REVIEW, Scores, assess, check_conflict, default_criteria, dispute, ranking, recommendable,
    score_lines, total,
};
use proptest::prelude::*;

fn scores(points: [i64; 6]) -> Scores {
    CriterionCode::ALL.iter().copied().zip(points).collect()
}

#[test]
fn the_weights_of_a_new_call_add_up_to_a_hundred() {
    assert_eq!(default_criteria().iter().map(|criterion| criterion.weight).sum::<i64>(), 100);
}

#[test]
fn sixty_points_and_half_of_relevance_and_rights_are_needed() {
    let criteria = default_criteria();
    assert!(recommendable(&criteria, &scores([13, 20, 8, 10, 5, 4])), "60 points, 13 of 25, 8 of 15");
    assert!(!recommendable(&criteria, &scores([13, 20, 8, 10, 5, 3])), "59 points");
    assert!(!recommendable(&criteria, &scores([12, 20, 15, 15, 10, 15])), "12 of 25 in relevance");
    assert!(!recommendable(&criteria, &scores([25, 20, 7, 15, 10, 15])), "7 of 15 in rights");
    assert!(!assess(&criteria, &[]).recommendable, "no review at all");
}

#[test]
fn a_mean_that_rounds_up_to_sixty_is_still_below_it() {
    let criteria = default_criteria();
    let mut reviews = vec![scores([25, 20, 15, 0, 0, 0]); 299];
    reviews.push(scores([25, 20, 14, 0, 0, 0]));
    let assessment = assess(&criteria, &reviews);
    assert_eq!(assessment.mean_hundredths, 6000);
    assert!(!assessment.recommendable);
}

#[test]
fn two_reviews_far_apart_recommend_nothing_until_a_third_is_in() {
    let criteria = default_criteria();
    let (high, low) = (scores([25, 20, 15, 15, 10, 10]), scores([13, 10, 8, 10, 5, 18]));
    assert_eq!((total(&high), total(&low)), (95, 64));
    let two = assess(&criteria, &[high.clone(), low.clone()]);
    assert_eq!((two.dispute, two.recommendable, two.mean_hundredths), (Some(31), false, 7950));
    let nearer = scores([13, 10, 8, 10, 5, 19]);
    assert_eq!(assess(&criteria, &[high.clone(), nearer]).dispute, None, "30 points apart");
    let three = assess(&criteria, &[high.clone(), low.clone(), low]);
    assert!(three.dispute.is_none() && three.recommendable);
    assert_eq!(dispute(&[total(&high)]), None);
    assert_eq!(dispute(&[]), None);
}

#[test]
fn means_are_rounded_to_hundredths() {
    let criteria = default_criteria();
    let assessment = assess(
        &criteria,
        &[scores([25, 10, 10, 10, 5, 10]), scores([24, 10, 10, 10, 5, 10]), scores([24, 10, 10, 10, 5, 10])],
    );
    assert_eq!(assessment.criteria_hundredths[&CriterionCode::Relevance], 2433);
    assert_eq!(assessment.mean_hundredths, 6933);
    assert_eq!(assessment.reviews, 3);
}

fn typed_review(points: [i64; 6]) -> Typed {
    let mut typed = Typed::default().with("overall", "Good").with("recommendation", "recommend");
    for (row, (code, score)) in CriterionCode::ALL.iter().zip(points).enumerate() {
        typed.set(&format!("scores.{row}.criterion"), code.code());
        typed.set(&format!("scores.{row}.score"), score.to_string());
        typed.set(&format!("scores.{row}.comment"), "Because");
    }
    typed
}

#[test]
fn every_criterion_is_scored_once_within_its_weight() {
    let criteria = default_criteria();
    let lines = |typed: &Typed| score_lines(&REVIEW.read(typed).unwrap(), &criteria);
    assert_eq!(lines(&typed_review([25, 20, 15, 15, 10, 15])).unwrap().len(), 6);
    let errors = lines(&typed_review([26, 20, 15, 15, 11, 15])).unwrap_err();
    assert_eq!(
        errors.0.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(),
        ["scores.0.score", "scores.4.score"]
    );
    let mut twice = typed_review([25, 20, 15, 15, 10, 15]);
    twice.set("scores.1.criterion", "relevance");
    let errors = lines(&twice).unwrap_err();
    assert_eq!(errors.of("scores.1.criterion").unwrap().key, "error-criterion-twice");
    assert_eq!(errors.of("scores").unwrap().key, "error-criterion-missing");
    let mut unknown = typed_review([25, 20, 15, 15, 10, 15]);
    unknown.set("scores.2.criterion", "looks");
    assert_eq!(lines(&unknown).unwrap_err().of("scores.2.criterion").unwrap().key, "error-no-such-choice");
}

#[test]
fn a_conflict_needs_a_reason_and_its_absence_does_not() {
    let check = |typed: Typed| check_conflict(&domain::reviews::CONFLICT.read(&typed).unwrap());
    assert!(check(Typed::default().with("conflict", "none")).is_empty());
    assert!(!check(Typed::default().with("conflict", "conflict")).is_empty());
    assert!(check(Typed::default().with("conflict", "conflict").with("reason", "A cousin")).is_empty());
}

proptest! {
    #[test]
    fn a_ranking_is_the_same_in_whatever_order_applications_come(
        mut applications in prop::collection::btree_map(1_i64..500, (0_i64..=300, 1_i64..4), 0..30)
            .prop_map(|map| map.into_iter().map(|(id, (mean, units))| (ApplicationId(id), mean, units * 2_000_000)).collect::<Vec<_>>()),
        available in 0_i64..60_000_000,
        turn in any::<prop::sample::Index>(),
    ) {
        let rows = ranking(applications.clone(), available);
        if !applications.is_empty() {
            let by = turn.index(applications.len());
            applications.rotate_left(by);
            applications.reverse();
        }
        prop_assert_eq!(&rows, &ranking(applications.clone(), available));
        let mut sum = 0;
        for (row, position) in rows.iter().zip(1..) {
            sum += row.requested_minor;
            prop_assert_eq!(row.position, position);
            prop_assert_eq!(row.cumulative_minor, sum);
            prop_assert_eq!(row.within_available, sum <= available);
        }
        prop_assert!(rows.windows(2).all(|pair| pair[0].mean_hundredths >= pair[1].mean_hundredths));
        prop_assert_eq!(rows.len(), applications.len());
    }

    #[test]
    fn the_mean_lies_between_the_least_and_the_best_review(points in prop::collection::vec(prop::array::uniform6(0_i64..=10), 1..6)) {
        let reviews: Vec<Scores> = points.into_iter().map(scores).collect();
        let mean = assess(&default_criteria(), &reviews).mean_hundredths;
        let totals: Vec<i64> = reviews.iter().map(total).collect();
        prop_assert!(mean >= totals.iter().min().unwrap() * 100);
        prop_assert!(mean <= totals.iter().max().unwrap() * 100);
    }
}
