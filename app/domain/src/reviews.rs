//! Technical review: criteria with weights, scores, conflicts of interest, and the ranking of a call.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::applications::ApplicationState;
use crate::errors::FieldErrors;
use crate::forms::{Answers, Form, Group, Kind, Options, optional, required};
use crate::ids::ApplicationId;
use crate::message::{Argument, Message};

code_list! {
    /// What an application is judged by.
    CriterionCode, "criterion", {
        Relevance = "relevance",
        Design = "design",
        Rights = "rights",
        Capacity = "capacity",
        Sustainability = "sustainability",
        Budget = "budget",
    }
}

code_list! {
    /// How far one reviewer's review of one application is.
    ReviewState, "review-state", {
        /// The reviewer has not said yet whether there is a conflict of interest.
        Assigned = "assigned",
        /// The reviewer declared a conflict of interest and sees nothing more.
        Conflict = "conflict",
        InProgress = "in-progress",
        Submitted = "submitted",
    }
}

impl ReviewState {
    /// The states in which the reviewer may read the application: after saying that there is no conflict of interest.
    pub const READING: &'static [Self] = &[Self::InProgress, Self::Submitted];
    /// The states in which the reviewer still has something to do, as long as the application is in review.
    pub const OPEN: [Self; 2] = [Self::Assigned, Self::InProgress];

    /// True when the reviewer is past it without having handed it in, as the application is no longer in review: it was
    /// withdrawn, for example.
    #[must_use]
    pub fn is_overtaken(self, application: ApplicationState) -> bool {
        Self::OPEN.contains(&self) && application != ApplicationState::InReview
    }
}

code_list! {
    /// What is done with a review.
    ReviewEvent, "review-event", {
        DeclareNone = "declare-none",
        DeclareConflict = "declare-conflict",
        Submit = "submit",
        Reopen = "reopen",
    }
}

state_machine!(
    ReviewState,
    ReviewEvent,
    "refused-review-transition",
    [
        (Assigned, DeclareNone, InProgress),
        (Assigned, DeclareConflict, Conflict),
        (InProgress, DeclareConflict, Conflict),
        (InProgress, Submit, Submitted),
        // The secretariat asks its reviewer to look at it once more.
        (Submitted, Reopen, InProgress),
    ]
);

code_list! {
    /// Whether a reviewer has a conflict of interest.
    Conflict, "conflict", { None = "none", Conflict = "conflict" }
}

code_list! {
    /// What a reviewer would do with the application.
    ReviewRecommendation, "review-recommendation", {
        Recommend = "recommend",
        WithConditions = "with-conditions",
        DoNotRecommend = "do-not-recommend",
    }
}

/// Giving an application to a reviewer.
pub const ASSIGNMENT: Form =
    Form { name: "review-assignment", fields: &[required("reviewer", Kind::Choice(Options::Given))], groups: &[] };

/// Reopening a review that was handed in, with the reason that its reviewer reads.
pub const REOPENING: Form = Form {
    name: "review-reopening",
    fields: &[required("review", Kind::Choice(Options::Given)), required("reason", Kind::Text(1000))],
    groups: &[],
};

/// Declaring a conflict of interest or that there is none.
pub const CONFLICT: Form = Form {
    name: "review-conflict",
    fields: &[required("conflict", Kind::Choice(Conflict::OPTIONS)), optional("reason", Kind::Text(1500))],
    groups: &[],
};

/// A review: one row of `scores` for each criterion of the call, with the criterion's code in the hidden field.
pub const REVIEW: Form = Form {
    name: "review",
    fields: &[
        required("overall", Kind::Text(3000)),
        required("recommendation", Kind::Choice(ReviewRecommendation::OPTIONS)),
    ],
    groups: &[Group {
        name: "scores",
        fields: &[
            required("criterion", Kind::Hidden),
            required("score", Kind::Count(100)),
            required("comment", Kind::Text(1500)),
        ],
        least: 1,
        most: 12,
    }],
};

/// Fewest submitted reviews before an application can go to the Board.
pub const LEAST_REVIEWS: usize = 2;
/// Two reviews further apart than this say nothing together: a third is asked for, or one of them is looked at again.
pub const MOST_DIFFERENCE: i64 = 30;
/// Points in total below which an application cannot be recommended.
pub const LEAST_TOTAL: i64 = 60;
/// Criteria of which at least half of the points are needed.
pub const HALF_NEEDED: &[CriterionCode] = &[CriterionCode::Relevance, CriterionCode::Rights];

/// One criterion of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Which.
    pub code: CriterionCode,
    /// Most points; the weights of a call add up to 100.
    pub weight: i64,
}

/// The criteria that a new call starts from.
#[must_use]
pub fn default_criteria() -> Vec<Criterion> {
    const WEIGHTS: [i64; 6] = [25, 20, 15, 15, 10, 15];
    CriterionCode::ALL.iter().zip(WEIGHTS).map(|(code, weight)| Criterion { code: *code, weight }).collect()
}

/// Points by criterion.
pub type Scores = BTreeMap<CriterionCode, i64>;

/// The score of one criterion with the reviewer's comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreLine {
    /// Which criterion.
    pub criterion: CriterionCode,
    /// Points from 0 to the weight.
    pub score: i64,
    /// Why.
    pub comment: String,
}

/// The points of a review in all.
#[must_use]
pub fn total(scores: &Scores) -> i64 {
    scores.values().fold(0, |sum, score| sum.saturating_add(*score))
}

/// Points by criterion of some lines.
#[must_use]
pub fn scores_of(lines: &[ScoreLine]) -> Scores {
    lines.iter().map(|line| (line.criterion, line.score)).collect()
}

/// What all submitted reviews of an application say together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Number of reviews.
    pub reviews: usize,
    /// Mean of the totals in hundredths of a point, rounded half up.
    pub mean_hundredths: i64,
    /// Mean by criterion in hundredths of a point, rounded half up.
    pub criteria_hundredths: BTreeMap<CriterionCode, i64>,
    /// By how many points its two reviews differ, when that has to be settled first; see [`dispute`].
    pub dispute: Option<i64>,
    /// Whether the application can be recommended; compared without rounding.
    pub recommendable: bool,
}

/// By how many points reviews differ when that has to be settled before the application can be recommended. A third
/// review settles it: then the mean of all counts.
#[must_use]
pub fn dispute(totals: &[i64]) -> Option<i64> {
    let difference = totals.iter().max()?.saturating_sub(*totals.iter().min()?);
    (totals.len() <= LEAST_REVIEWS && difference > MOST_DIFFERENCE).then_some(difference)
}

/// Takes all submitted reviews of an application together. Without a review nothing can be recommended.
#[must_use]
pub fn assess(criteria: &[Criterion], reviews: &[Scores]) -> Assessment {
    let number = i64::try_from(reviews.len()).unwrap_or(i64::MAX);
    let sum = |code: CriterionCode| -> i64 {
        reviews.iter().filter_map(|scores| scores.get(&code)).fold(0, |sum, score| sum.saturating_add(*score))
    };
    let all = criteria.iter().fold(0_i64, |all, criterion| all.saturating_add(sum(criterion.code)));
    let halves = criteria
        .iter()
        .filter(|criterion| HALF_NEEDED.contains(&criterion.code))
        .all(|criterion| sum(criterion.code).saturating_mul(2) >= criterion.weight.saturating_mul(number));
    let dispute = dispute(&reviews.iter().map(total).collect::<Vec<_>>());
    Assessment {
        reviews: reviews.len(),
        mean_hundredths: mean_hundredths(all, number),
        criteria_hundredths: criteria
            .iter()
            .map(|criterion| (criterion.code, mean_hundredths(sum(criterion.code), number)))
            .collect(),
        dispute,
        recommendable: number > 0 && dispute.is_none() && halves && all >= LEAST_TOTAL.saturating_mul(number),
    }
}

/// Whether one review's scores are enough to be recommended.
#[must_use]
pub fn recommendable(criteria: &[Criterion], scores: &Scores) -> bool {
    assess(criteria, std::slice::from_ref(scores)).recommendable
}

fn mean_hundredths(sum: i64, number: i64) -> i64 {
    if number == 0 { 0 } else { (sum.saturating_mul(200).saturating_add(number)) / number.saturating_mul(2) }
}

/// The score lines of a review: every criterion of the call exactly once, none above its weight.
///
/// # Errors
/// Every wrong field at once.
pub fn score_lines(answers: &Answers, criteria: &[Criterion]) -> Result<Vec<ScoreLine>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut lines: Vec<ScoreLine> = Vec::new();
    for (row, values) in answers.group("scores") {
        let code = CriterionCode::from_code(values.text("criterion"));
        let Some(criterion) = criteria.iter().find(|criterion| Some(criterion.code) == code) else {
            let message = Message::new("error-no-such-choice").with("value", values.text("criterion"));
            errors.add(&format!("scores.{row}.criterion"), message);
            continue;
        };
        if lines.iter().any(|line| line.criterion == criterion.code) {
            errors.add(&format!("scores.{row}.criterion"), Message::new("error-criterion-twice"));
            continue;
        }
        let score = values.count("score");
        if score > criterion.weight {
            let message = Message::new("error-score-above-weight").with("most", criterion.weight);
            errors.add(&format!("scores.{row}.score"), message);
        }
        lines.push(ScoreLine { criterion: criterion.code, score, comment: values.text("comment").to_owned() });
    }
    for criterion in criteria.iter().filter(|criterion| !lines.iter().any(|line| line.criterion == criterion.code)) {
        let message =
            Message::new("error-criterion-missing").with("criterion", Argument::Key(criterion.code.label_key()));
        errors.add("scores", message);
    }
    if errors.is_empty() { Ok(lines) } else { Err(errors) }
}

/// A conflict needs a reason.
#[must_use]
pub fn check_conflict(answers: &Answers) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if answers.text("conflict") == Conflict::Conflict.code() && answers.text("reason").is_empty() {
        errors.add("reason", Message::new("error-conflict-reason"));
    }
    errors
}

/// One application's place in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingRow {
    /// The application.
    pub application: ApplicationId,
    /// From 1.
    pub position: i64,
    /// Mean score in hundredths of a point.
    pub mean_hundredths: i64,
    /// US cents asked.
    pub requested_minor: i64,
    /// US cents asked by this and all better applications.
    pub cumulative_minor: i64,
    /// True while the money covers this and all better applications.
    pub within_available: bool,
}

/// Ranks applications by mean score (hundredths of a point); of equal ones the one that asks for less comes
/// first, then the one entered earlier. Give it only those that can be recommended.
#[must_use]
pub fn ranking(applications: Vec<(ApplicationId, i64, i64)>, available_minor: i64) -> Vec<RankingRow> {
    let mut sorted = applications;
    sorted.sort_by_key(|(application, mean, requested)| (std::cmp::Reverse(*mean), *requested, *application));
    let mut cumulative = 0_i64;
    sorted
        .into_iter()
        .zip(1..)
        .map(|((application, mean_hundredths, requested_minor), position)| {
            cumulative = cumulative.saturating_add(requested_minor);
            RankingRow {
                application,
                position,
                mean_hundredths,
                requested_minor,
                cumulative_minor: cumulative,
                within_available: cumulative <= available_minor,
            }
        })
        .collect()
}
