# Technical review: criteria, scores, conflicts of interest.

criterion-relevance = Relevance to the call
criterion-design = Quality of design and results
criterion-rights = Rights, gender and age, safeguarding
criterion-capacity = Capacity and experience
criterion-sustainability = Sustainability
criterion-budget = Budget and value for money

review-state-assigned = Assigned
review-state-conflict = Conflict of interest
review-state-in-progress = In progress
review-state-submitted = Submitted

review-event-declare-none = Declare that there is no conflict
review-event-declare-conflict = Declare a conflict of interest
review-event-submit = Submit the review
review-event-reopen = Reopen the review

conflict-none = I have no conflict of interest
conflict-conflict = I have, or could seem to have, a conflict of interest

review-recommendation-recommend = Recommend
review-recommendation-with-conditions = Recommend with conditions
review-recommendation-do-not-recommend = Do not recommend

review-conflict-conflict = Conflict of interest
review-conflict-conflict-hint = A conflict is any tie to the organisation, its people or its partners that could make your judgement seem partial.
review-conflict-reason = What the conflict is
review-conflict-reason-hint = Needed only if you declare a conflict.
review-reopening-review = Whose review
review-reopening-reason = What to look at again
review-reopening-reason-hint = The reviewer reads this, by mail and beside the review.

review-scores = Scores
review-scores-row = Criterion { $number }
review-scores-criterion = Criterion
review-scores-score = Score
review-scores-score-hint = A whole number from 0 to the criterion’s weight.
review-scores-comment = Comment
review-scores-comment-hint = Say what the score rests on. Do not name or describe any one person.
review-overall = Overall assessment
review-overall-hint = Main strengths and weaknesses, for the Board. Do not name or describe any one person.
review-recommendation = Your recommendation

error-score-above-weight = { $most ->
    [one] Give at most { $most } point for this criterion.
   *[other] Give at most { $most } points for this criterion.
}
error-criterion-twice = This criterion stands here twice. Remove one.
error-criterion-missing = Give a score for “{ $criterion }”.
error-conflict-reason = Say in a few words what the conflict is.

refused-review-transition = “{ $event }” is not possible while the review is “{ $state }”. Reload the page to see how it stands.
