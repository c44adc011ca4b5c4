# The Board of Trustees and the executive director's decisions.

session-state-planned = Planned
session-state-under-way = Under way
session-state-closed = Closed, not released
session-state-released = Released
session-event-start = Open the session
session-event-close = Close the session
session-event-release = Send the mails
vote-approve = Approve
vote-reserve = Reserve list
vote-reject = Reject
vote-abstain = Abstain
vote-recused = I take no part (conflict of interest)
outcome-approve = Recommended
outcome-reserve = Reserve list
outcome-reject = Rejected

session-call = Call
session-title = Title
session-title-hint = For example “Thirteenth session, June 2026”.
session-date = Date
vote-vote = Your vote
vote-note = Note
vote-note-hint = People of the Fund read it once the recommendation is recorded. The organisation never does.
recommendation-amount = Recommended award
recommendation-amount-hint = Leave it empty for the amount that was asked.
recommendation-conditions = Conditions of the award
recommendation-conditions-hint = One a line. The organisation reads them with the award.
recommendation-reason = Reason for the applicant
recommendation-reason-hint = The organisation reads this, by mail and on the page of its application.
recommendation-note = Note for the Fund
recommendation-note-hint = Only people of the Fund read this.
recommendation-why = Why it is corrected or taken back
recommendation-why-hint = The audit trail keeps this. The organisation does not read it.
decision-note = Note
decision-note-hint = To send it back, say why: the Board reads this. The organisation does not.

board-title = Board of Trustees
board-lead = Sessions in which the five trustees vote on applications.
board-new = Plan a session
board-new-lead = Its agenda is every application of a call whose reviews are in, or that stands on the reserve list.
board-plan = Plan the session
board-nothing-ready = No application is ready for the Board. One is when all its reviews are in.
board-call-option = { $call } ({ $number ->
    [one] { $number } application
   *[other] { $number } applications
})
board-state = State
board-items = Applications
board-recorded = Recorded
board-waiting = { $number ->
    [one] { $number } recommendation waits for the executive director
   *[other] { $number } recommendations wait for the executive director
}

session-lead = The agenda: every application with its score, its votes and what the Board recommends.
session-largest = Largest award of the call
session-recommended = Recommended in all
session-agenda = Agenda
session-votes = Votes
session-votes-cast = { $cast ->
    [one] { $cast } answer
   *[other] { $cast } answers
}, { $present } taking part
session-own-vote = Your vote
session-no-vote = Not yet
session-outcome = Recommendation
session-open = Open
session-sent-back = Sent back
session-to-release = Release the decisions
session-unreleased = The session is closed. Nobody has been told yet that an application is rejected or on the reserve list. Release the decisions to send those mails.
session-not-recommendable = Cannot be recommended

item-lead = An application on the Board’s agenda.
item-not-started = The session has not been opened yet. Members can vote once it is.
item-withdrawn = The organisation has withdrawn this application. Nobody votes on it any more.
item-not-recommendable = The reviews do not allow to recommend this application: it takes { RULE("points") } points in all, and half of the points for relevance and for rights. It can be reserved or rejected.
item-disputed = The two reviews differ by { $points } points, so the Board cannot approve this application. The secretariat can ask for a third review, or reopen one; the application comes back before the Board when all reviews are in.
item-sent-back = The executive director sent an earlier recommendation back: { $reason }
item-vote = Vote
item-vote-text = You can change your vote until the recommendation is recorded. Until then nobody else sees it.
item-vote-button = Cast the vote
item-record = Record the recommendation
item-record-text = What the Board recommends follows from the votes: approval takes more votes than reserve and reject together; a tie goes to the more careful side. Recording ends the voting on this application. No mail goes out.
item-record-button = Record
item-no-quorum = { $present ->
    [one] { $present } member takes part so far
   *[other] { $present } members take part so far
}; a recommendation needs { $quorum }. Members who are recused do not count.
item-forecast = The votes give
item-quorum = Quorum
item-quorum-present = { $present } taking part; { $quorum } are needed
item-missing = Have not voted
item-nobody-missing = Everybody has voted
item-follows = What follows
item-follows-approve = The executive director decides on the award. The organisation is told once the award is approved.
item-follows-reserve = The application goes on the reserve list when the closed session is released; the organisation is told then.
item-follows-reject = The application is rejected when the closed session is released; the organisation is told then, with the reason.
item-correct = Correct what was recorded
item-correct-text = Possible until the executive director decides or, for a rejection or the reserve list, until the session is released. Take the recommendation back if the votes are to change: its members can vote again while the session is under way, and after that another session takes the application up.
item-correct-button = Correct
item-take-back-button = Take the recommendation back
item-recorded = What the Board recommends
item-votes = The votes
item-member = Member

release-title = Release the decisions
release-lead = The mails that tell organisations what the Board decided. Check outcomes and reasons before they go out.
release-confirm = Send them
release-number = { $number ->
    [0] No organisation has anything to be told. Releasing ends the session.
    [one] The organisation of { $number } application will be told, at the addresses below.
   *[other] The organisations of { $number } applications will be told, at the addresses below.
}
release-final = Once released, a rejection or a place on the reserve list can no longer be corrected. Awards are told when the executive director approves them.
release-not-yet = Not yet
release-done = The decisions of this session are released.
release-after-closing = Close the session first. This is what would go out now.
release-mails = Mails that will go out
release-recipients = To
release-nobody = Nobody: the organisation has no active account. Write to it.

decisions-title = Recommendations to decide
decisions-lead = What the Board recommends and the executive director approves or sends back, with the money available for each.
decisions-available = Available for its purpose
decisions-obstacles = Ready
decisions-no-money = Not enough money
decisions-not-vetted = Not vetted
decisions-ready = Ready
decision-lead = A recommendation of the Board that waits for the executive director.
decision-read-item = See the votes
decision-recorded = Recorded
decision-no-money = The award of { $amount } cannot be approved now: { $available } is available for its purpose. Wait for a contribution, or send it back for a smaller amount.
decision-not-vetted = { $organisation } is not vetted today, so the award cannot be approved. A programme officer can vet the organisation.
decision-title = Decision
decision-text = Approving commits the money at once and makes the grant. Sending back returns the application to the Board.
decision-approve = Approve the award
decision-send-back = Send back to the Board

done-session-planned = The session is planned.
done-session-started = The session is open: members can vote.
done-session-closed = The session is closed. Nobody has been told anything yet: release the decisions when they are right.
done-session-released = The decisions are released, and the organisations are told by mail.
done-voted = Your vote is cast.
done-recommended = The recommendation is recorded.
done-recommendation-corrected = The recommendation is corrected.
done-recommendation-taken-back = The recommendation is taken back.
done-awarded = The award is approved, the money is committed, and the organisation is told by mail.
done-sent-back = The application is back with the Board.

refused-session-transition = “{ $event }” is not possible while the session is “{ $state }”. Reload the page to see how it stands.
refused-session-empty = No application to “{ $call }” is ready for the Board, or all of them stand on the agenda of another session.
refused-session-not-under-way = Votes and recommendations are taken only while the session is under way.
refused-item-recorded = The recommendation on this application is recorded already. An officer can take it back until something has followed from it; then the members can vote again.
refused-item-not-recorded = No recommendation is recorded on this application. Record one first.
refused-recommendation-final = This recommendation can no longer be changed: the award is decided, the organisation has been told, or the application is no longer before the Board.
refused-outcome-changed = Somebody has voted since you opened the page: the votes now give “{ $outcome }”. Read what follows, and record it if it is right.
refused-vote-application = This application is no longer before the Board. It may have been withdrawn, found not eligible, or put back into review.
refused-no-quorum = { $present ->
    [one] Only { $present } member takes part
   *[other] Only { $present } members take part
}; a recommendation needs { $quorum }. Members who are recused do not count.
refused-disputed = The two reviews of this application differ by { $points } points, so it cannot be approved. Ask for a third review, or reopen one, on the page of its reviews.
refused-not-recommendable = The reviews of this application do not allow to recommend it.
refused-no-recommendation = The Board has not recommended this application.
refused-not-vetted = { $organisation } is not vetted today. A programme officer must vet it before it can be awarded.
refused-not-enough-money = The award of { $amount } is more than the { $available } available for its purpose. Nothing was changed. Wait for a contribution, or send it back for a smaller amount.
refused-command-reused = This form was used for another decision already. Open the page again and decide anew.
error-vote-not-recommendable = The reviews do not allow to recommend this application. Vote to reserve or reject it, or abstain.
error-vote-disputed = The two reviews of this application differ by { $points } points, so it cannot be approved until a third review is in or one is changed. Vote to reserve or reject it, abstain, or wait.
error-vote-tie = You have a tie with this organisation. Choose “{ vote-recused }”: nothing else can be recorded as your vote.
error-recommended-below-smallest = The smallest award of this call is { $least }. Recommend this or more.
error-recommended-above-requested = The organisation asked for { $most }. Recommend this or less.
error-recommended-above-largest = The largest award of this call is { $most }. Recommend this or less.
error-rejection-reason = Give the reason: the organisation reads it.
error-send-back-reason = Say why you send it back, so that the Board knows.

audit-session-planned = planned the session
audit-session-start = opened the session
audit-session-close = closed the session
audit-session-release = released the session’s decisions
audit-session-corrected = corrected a recommendation
audit-session-taken-back = took a recommendation back
audit-session-correction-reason = said why the recommendation was changed
audit-session-vote-counted = counted a vote
audit-session-voted = voted
audit-session-recommended = recorded a recommendation
audit-session-sent-back = sent a recommendation back
audit-application-recommend = recorded that the Board recommends it
audit-application-reserve = released that the Board puts it on the reserve list
audit-application-reject = released that the Board rejects it
audit-application-take-back = took the Board’s recommendation back
audit-application-award = approved the award
audit-application-send-back = sent it back to the Board
