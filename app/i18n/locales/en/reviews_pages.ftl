# Pages of technical reviews and of the ranking.

reviews-title = My reviews
reviews-lead = Applications that were given to you to score.
reviews-application = Application
reviews-number = Number
reviews-organisation = Organisation
reviews-country = Country
reviews-requested = Asked from the Fund
reviews-assigned = Given to you
reviews-state = State
reviews-total = Points

review-lead = Your review of this application, from the declaration of interests to the scores.
review-read-application = Read the application
review-conflict-title = First: a conflict of interest?
review-conflict-text = Before you read the application, say whether you have a conflict of interest. With a conflict you see nothing more of it, and somebody else reviews it.
review-declare = Declare
review-scores-title = Your scores
review-scores-text = Score every criterion and say why. Save as often as you like; nobody sees your scores before you hand them in.
review-no-names = Do not name or describe a person who was trafficked.
review-criterion = { $criterion } (at most { $weight })
review-save = Save the draft
review-submit = Hand in the review
review-submit-hint = A review that was handed in can be changed only if the secretariat reopens it.
review-reopened = The secretariat asks you to look at your review again. Change what needs changing, and hand it in again.
review-later-title = A conflict of interest after all?
review-later-text = If you find one while reading, declare it here. What you wrote so far is thrown away.
review-handed-in = You handed in this review with { $total ->
    [one] { $total } point
   *[other] { $total } points
} in all. It can no longer be changed.
review-compare = See the reviews of this application
review-overtaken = This application is no longer in review. You have nothing more to do for it; what you wrote is kept.
review-assignment-reviewer = Reviewer

compare-title = Reviews
compare-lead = The technical reviews of this application side by side.
compare-waiting = Not all reviews are in yet. The application goes on to the Board when at least { $least } reviews are handed in and none is open.
compare-recommendable = All reviews are in, with { $mean } points on average. The application can be recommended.
compare-not-recommendable = All reviews are in, with { $mean } points on average. The application cannot be recommended: it takes { RULE("points") } points in all, and half of the points for relevance and for rights.
compare-incomplete = A review was handed in, but its record lacks scores; it counts for nothing, and the application cannot be recommended. Tell an administrator; the log of the server names the record.
review-incomplete = Incomplete
compare-reviewers = Reviewers
compare-reviewer = Reviewer
compare-recommendation = Recommendation
compare-take-back = Take it back from { $name }
compare-take-back-lead = { $name } has not handed in a review. If you take the application back, what { $name } has written so far is lost, and { $name } is told by mail. When all other reviews are in, and at least { RULE("reviews") } of them, the application goes on to the Board; else give it to another reviewer.
compare-take-back-button = Take it back
compare-assign = Give it to another reviewer
compare-assign-again = Ask for another review
compare-assign-again-text = The application goes back into review until the new review is in. Then the mean of all reviews counts.
compare-disputed = The reviews differ by { $points } points. As long as there are only two and they are more than { $most } points apart, the Board cannot approve the application: ask for a third review, or reopen one.
compare-reopen = Reopen a review
compare-reopen-text = The reviewer can change the review and hands it in again; until then the application is in review.
compare-reopen-button = Reopen
compare-assign-button = Assign
compare-nobody = Every active reviewer has this application already. An administrator can invite another one.
compare-scores = Scores by criterion
compare-criterion = Criterion
compare-mean = Mean
compare-opinion = What { $name } wrote

ranking-title = Ranking
ranking-lead = Applications to “{ $call }” whose reviews are in, the best first.
ranking-nothing = No application waits for money.
ranking-all = The { $available } available to commit covers all { $total } applications, which ask for { $asked } together.
ranking-none = The { $available } available to commit does not cover even the first application. All { $total } together ask for { $asked }; { $missing } is missing.
ranking-some = The { $available } available to commit covers the first { $covered } of { $total } applications. They end at the heavy line. All together ask for { $asked }; { $missing } is missing.
ranking-earmarks = Earmarked money is counted where it fits at least one of these applications; an application that it does not fit may have less.
ranking-place = Place
ranking-mean = Mean score
ranking-cumulative = Added up
ranking-money = Money
ranking-within = Covered
ranking-beyond = Not covered
ranking-not-its-purpose = Earmarked to other purposes
ranking-below = Cannot be recommended
ranking-below-link = { $number ->
    [one] One application cannot be recommended
   *[other] { $number } applications cannot be recommended
}
ranking-back = Back to the ranking
ranking-below-text = Below { RULE("points") } points in all, or below half of the points for relevance or for rights.

done-review-assigned = The reviewer has the application and is told by mail.
done-review-reopened = The review is open again, and its reviewer is told by mail.
done-review-taken-back = The reviewer no longer has the application and is told by mail.
done-review-conflict = Thank you. You see nothing more of that application.
done-review-no-conflict = Thank you. You can read the application and score it now.
done-review-submitted = Your review is handed in.

refused-review-assign = Reviewers are assigned to an application that is eligible, in review or reviewed. This one is at another stage.
refused-review-recorded = The Board has recorded what it recommends about this application. Take the recommendation back, or release the session’s decisions, before you have it reviewed again.
refused-review-take-back = This review is handed in, or the reviewer has stepped aside, so there is nothing to take back.
refused-review-closed = This application is no longer in review, so its reviews cannot be changed.
refused-review-not-in-progress = Scores are kept between the declaration that there is no conflict of interest and the handing in. This review is at another stage.
error-reviewer-unknown = Choose one of the active technical reviewers.
error-reviewer-twice = { $name } has this application already. Choose another reviewer.
error-reviewer-tie = { $name } has a tie with this organisation. Choose another reviewer.

audit-review-assigned = assigned a reviewer
audit-review-reopened = reopened a review
audit-application-review-again = put it back into review
audit-review-taken-back = took the application back from a reviewer
audit-review-conflict = declared a conflict of interest
audit-review-no-conflict = declared that there is no conflict of interest
audit-review-saved = saved a draft of a review
audit-review-submitted = handed in a review
audit-application-start-review = began the review
audit-application-complete-review = completed the review
conflict-review = You saved this review in another window in the meantime, and the same was changed there. This text was not saved yet: compare both below and save again.
