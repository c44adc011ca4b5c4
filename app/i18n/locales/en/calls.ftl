# Calls for proposals.

calls-title = Calls for proposals
calls-lead = What the Fund gives grants for, until when you can apply, and how.
calls-new = Enter a call
calls-edit = Change this call
calls-edit-lead = A draft is seen by the secretariat only. Times are Vienna time; the deadline holds to the second.
calls-save-draft = Save the draft
calls-open-title = Open now
calls-none-open = No call is open at the moment. New calls are announced on this page.
calls-others-title = Other calls
calls-opening = Opens
calls-deadline = Deadline
calls-deadline-at = Deadline: { $deadline }
calls-state = State
calls-award = Amount of a grant
calls-awards = Grants of
calls-duration = Duration of a project
calls-months = { $shortest } to { $longest } months
calls-all-regions = All regions
calls-languages = Languages
calls-languages-text = English or French
calls-criteria = How applications are judged
calls-criteria-text = At least { RULE("reviews") } reviewers score each application by these criteria, 100 points in all.
calls-points = Points
calls-pipeline = Applications by state
calls-applications = Applications
calls-closes-in-days = { $number ->
    [one] Closes in one day
   *[other] Closes in { $number } days
}
calls-closes-in-hours = { $number ->
    [one] Closes in one hour
   *[other] Closes in { $number } hours
}
calls-closes-in-minutes = { $number ->
    [one] Closes in one minute
   *[other] Closes in { $number } minutes
}
calls-opens-in-days = { $number ->
    [one] Opens in one day
   *[other] Opens in { $number } days
}
calls-opens-in-hours = { $number ->
    [one] Opens in one hour
   *[other] Opens in { $number } hours
}
calls-opens-in-minutes = { $number ->
    [one] Opens in one minute
   *[other] Opens in { $number } minutes
}
calls-how-title = How to apply
calls-how-register = Register
calls-how-register-text = Register your organisation and complete its profile: you need its registration, accounts and bank letter.
calls-how-write = Write
calls-how-write-text = Fill in eight short sections, alone or with colleagues. Everything is saved and can wait until the deadline.
calls-how-submit = Submit
calls-how-submit-text = The check page lists what is missing. Your authorised signatory then submits, before the deadline in Vienna time.
calls-how-decision = Decision
calls-how-decision-text = The secretariat checks eligibility, reviewers score, the Board recommends. We write to you about every step.
calls-register = Register to apply
calls-register-text = You need an account of your organisation to apply. Registering takes ten minutes.
calls-extend = Extend the deadline
calls-extend-lead = The deadline is { $deadline }. It can only become later. Organisations that have begun an application are told by mail.
calls-extend-button = Extend the deadline
calls-extend-back = Back to the call
calls-extended = On { $at } the deadline was extended from { $before } to { $after }.
calls-apply-title = Apply to this call
calls-apply = Apply
calls-apply-text = Give your project a title; you can change it later. Your organisation can have one application to this call.
calls-continue = Go to your application
calls-continue-text = Your organisation has an application to this call.

call-title = Title
call-objectives = Objectives
call-objectives-hint = What the call is to achieve, and what it pays for.
call-themes = Themes
call-priority_groups = Groups with priority
call-regions = Regions
call-regions-hint = None chosen means all regions.
call-smallest_award = Smallest grant
call-largest_award = Largest grant
call-shortest_months = Shortest duration in months
call-longest_months = Longest duration in months
call-opens_on = Opens on
call-opens_at = Opens at
call-opens_at-hint = Vienna time, such as 00:00:00
call-closes_on = Deadline, day
call-closes_at = Deadline, time
call-closes_at-hint = Vienna time, such as 23:59:59
call-criteria = Evaluation criteria
call-criteria-hint = The weights must add up to 100.
call-criteria-row = Criterion { $number }
call-criteria-criterion = Criterion
call-criteria-weight = Weight in points

call-extension-closes_on = New deadline, day
call-extension-closes_at = New deadline, time
call-extension-closes_at-hint = Vienna time, such as 23:59:59
call-extension-reason = Reason
call-extension-reason-hint = Everybody reads this on the page of the call, and whoever has begun an application gets it by mail.

call-state-draft = Draft
call-state-published = Published, not open yet
call-state-open = Open
call-state-closed = Closed, being assessed
call-state-decided = Decided

call-event-publish = Publish
call-event-decide = Mark as decided
call-event-withdraw = Take back to draft

done-call-published = The call is published. Everybody can read it now.
done-call-extended = The deadline is extended. Organisations that have begun an application are told by mail.
done-call-withdrawn = The call is a draft again. Only the secretariat sees it.
done-call-decided = The call is marked as decided.

refused-call-transition = “{ $event }” is not possible while the call is “{ $state }”. Reload the page to see how it stands.
refused-call-undecided = { $number ->
    [one] Application { $applications } is not decided yet. Decide on it before you end the call.
   *[other] { $number } applications are not decided yet, among them { $applications }. Decide on all of them before you end the call.
}
refused-call-published = A published call cannot be changed. Take it back to draft first, as long as it has not opened.
refused-call-deadline-past = The deadline, { $deadline }, has passed. Set a later one before you publish.
refused-extension-not-open = Only the deadline of an open call can be extended; this call is “{ $state }”.
refused-call-not-open-yet = This call opens on { $opens }. You can apply from then on.

error-award-too-small = Enter at least { $least }.
error-award-order = The largest grant must be at least the smallest.
error-months-zero = Enter at least one month.
error-months-order = The longest duration must be at least the shortest.
error-extension-earlier = The deadline is { $deadline }. Enter a later one: a deadline is never shortened.
error-extension-too-long = Extend the deadline by at most { $most } days.
error-deadline-before-opening = The deadline must come after the opening.
error-weights-sum = The weights add up to { $sum }. Change them so that they add up to 100.

audit-call-created = entered the call
audit-call-updated = changed the call
audit-call-publish = published the call
audit-call-extended = extended the deadline
audit-call-withdraw = took the call back to draft
audit-call-decide = marked the call as decided
