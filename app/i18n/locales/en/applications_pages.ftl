# Pages of applications.

applications-title = Applications
applications-lead = Applications that organisations have submitted, the latest change first.
applications-lead-own = The applications of your organisation.
applications-find-call = Find a call to apply to
applications-project = Project
applications-number = Number
applications-organisation = Organisation
applications-country = Country
applications-requested = Asked from the Fund
applications-state = State
applications-updated = Last change
applications-call = Call
applications-theme = Theme
applications-duration = Duration
applications-months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
applications-submitted = Submitted
applications-content = What was submitted
applications-tasks = Sections
applications-progress = { $complete } of { $all } sections are complete.
applications-until = You can change and submit this application until { $deadline }.
applications-saved-by = Saved by { $name } on { $at }
applications-section-number = Section { $number } of { $all }
applications-back = Back to the application
applications-save-next = Save and continue
applications-save-rows = Save and add rows
applications-not-saved = What you typed was not saved
applications-open-here = Still open in this section
applications-yes = Yes
applications-no = No

applications-lead-summary = Title, theme, place and time of the project, and what it is about in a few lines.
applications-lead-context = Where people were trafficked, what they need, and why it happens there.
applications-lead-people = How many people the project will help, group by group. Add a row for each group.
applications-lead-activities = What you will do, and which kind of help it is.
applications-lead-results = What the project will achieve, with an indicator, where it starts from and what it aims at.
applications-lead-budget = What the project costs, line by line, in US dollars.
applications-lead-safeguarding = How you protect the people whom you help, and what your organisation declares.
applications-lead-documents = The papers that belong to the application.

conflict-section-changed = { $name } saved this section on { $at }, after you opened it, and changed the same as you. Your text was not saved yet: compare both below and save again.

applications-check = Check the application
applications-check-lead = Everything that must be mended before the application can be submitted.
applications-open-title = Still open
applications-open-points = { $number ->
    [one] One point is open. The link leads to its field.
   *[other] { $number } points are open. Each link leads to its field.
}
applications-warnings-title = To explain
applications-warnings-text = These do not stop you, but reviewers will ask. Say in the lines what they are for.
applications-ready = The application is complete.
applications-go-to-submit = Go on to submitting
applications-signatory-submits = Your organisation’s authorised signatory can submit it now.
applications-complete-profile = Complete the profile

applications-submit = Submit the application
applications-submit-lead = You sign for your organisation. What you submit is frozen; you receive a receipt by mail.
applications-submit-what = Application { $number }, revision { $revision }, asking for { $requested }.
applications-submit-declared = In the section on safeguarding your organisation has declared:
applications-declaration-version = Version of the declarations: { $version }

applications-facts = About the application
applications-assign = Assign reviewers
applications-reviews = Reviews
applications-withdraw = Withdraw the application
applications-withdraw-title = Withdraw
applications-withdraw-lead = The application is taken back for good. Nobody will assess it.
applications-return = Return for clarification
applications-return-lead = The organisation can change the application and submit it again until the end of the day that you set, Vienna time.
applications-screen = Screen for eligibility
applications-screen-again = No longer eligible
applications-reconsider = Consider it again
applications-reconsider-lead = The application goes back to eligibility screening. What was reviewed still counts if it is found eligible.
applications-rejected-title = Not awarded
applications-rejected-text = The Board of Trustees has decided not to recommend this application for a grant. Its reason:
applications-returned-title = The secretariat asks you to clarify
applications-returned-unanswered = The date has passed without an answer. Find the application not eligible, or return it once more with a new date.
applications-returned-due = Please submit again by { $due }.

applications-revisions = Submitted revisions
applications-revision = Revision { $number }
applications-revision-lead = As it was submitted. It can no longer be changed.
applications-declared-by = Declared by
applications-declaration = Version of the declarations

applications-budget-hint = Quantity × unit cost × times is the total of a line; what you ask for and what others pay must add up to it.

done-application-started = Your application is started. Fill in the sections in any order.
done-application-submitted = The application is submitted. A receipt is on its way by mail.
done-application-withdrawn = The application is withdrawn.
done-application-returned = The application is returned to the organisation, which is told by mail.

refused-deadline-passed = The deadline was { $deadline }. Nothing can be changed or submitted any more.
refused-clarification-running = The organisation can still answer until { $due }. Wait for its answer.
refused-application-exists = Your organisation already has the application { $number } to this call. Open it from the list of applications.
refused-application-not-editable = An application in the state “{ $state }” cannot be changed.
refused-section-too-large = This section is larger than { RULE("draft-megabytes") } MB and cannot be saved. Shorten its longest text.
refused-profile-incomplete = The profile of your organisation is not complete. Complete it before the application is submitted.
refused-open-points = { $number ->
    [one] One point is still open. The check page says which.
   *[other] { $number } points are still open. The check page says which.
}
error-date-not-future = Choose a day after today.

audit-application-created = started the application
audit-application-section-saved = saved a section
audit-application-submit = submitted the application
audit-application-return = returned it for clarification
audit-application-resubmit = submitted it again
audit-application-find-eligible = found it eligible
audit-application-find-ineligible = found it not eligible
audit-application-reconsider = put it back into eligibility screening
audit-application-reconsider-reason = gave a reason for considering it again
audit-application-withdraw = withdrew the application
audit-application-withdraw-reason = gave a reason for withdrawing

application-people-people-row = Group { $number }
application-activities-activities-row = Activity { $number }
application-results-results-row = Result { $number }
application-budget-lines-row = Line { $number }
applications-awaited-to-answer = Waiting for an answer
applications-awaited-to-submit = Draft that can still be submitted
applications-awaited-unanswered = Not answered in time
applications-awaited-lacks-reviewers = Lacks a reviewer
applications-awaited-before-board = To put before the Board
