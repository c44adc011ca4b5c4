# Reports of grantees.

report-state-due = Due
report-state-draft = Draft
report-state-submitted = Submitted
report-state-returned = Returned for revision
report-state-accepted = Accepted

report-event-start = Start the report
report-event-submit = Submit the report
report-event-return = Return the report
report-event-resubmit = Submit the report again
report-event-accept = Accept the report

report-kind-interim = Interim report
report-kind-final = Final report

report-privacy-warning = Never name or describe a person who was helped, not even without a name. Counts are enough.

report-achievements = What was achieved
report-achievements-hint = Activities carried out and what changed. Do not name or describe any one person.
report-challenges = Difficulties and how you met them
report-challenges-hint = Do not name or describe any one person.
report-lessons = What you learned
report-lessons-hint = What you would do again, and what differently. Do not name or describe any one person.
report-safeguarding_incidents = Number of safeguarding incidents
report-safeguarding_incidents-hint = Only how many; 0 if there were none. Do not say whom they concerned.
report-safeguarding_measures = What you did about them
report-safeguarding_measures-hint = Measures in general. Do not name or describe any one person.

report-expenditure = Expenditure
report-expenditure-row = Line { $number }
report-expenditure-line = Budget line
report-expenditure-spent = Spent in this period (USD)
report-expenditure-explanation = Reason for a deviation
report-expenditure-explanation-hint = Needed when the category deviates by more than { RULE("explain-per-cent") } per cent from its budget.

report-indicators = Results
report-indicators-row = Result { $number }
report-indicators-indicator = Indicator
report-indicators-achieved = Achieved in this period
report-indicators-comment = Comment

report-people = People helped
report-people-sex = Sex
report-people-age = Age
report-people-movement = Movement
report-people-returnee = Return
report-people-exploitation = Form of exploitation
report-people-help = Kind of help
report-people-count = Number of people

report-submit-declaration = I declare for the organisation that this report is true and complete and that its expenditure was made for the grant and is supported by vouchers.
report-submit-full_name = Your full name
report-return-comments = What is to be revised
report-return-comments-hint = The organisation reads this.
report-accept-comments = Remarks
report-accept-comments-hint = The organisation reads this.

error-line-twice = This budget line stands here twice. Put the whole expenditure into one row.
error-line-missing = A budget line is missing. Enter every line, with 0 where nothing was spent.
error-deviation-unexplained = “{ $category }”: { $spent } spent against a budget of { $budget }, a deviation of more than { $per_cent } per cent. Give the reason.
warning-deviation-amendment = “{ $category }”: { $spent } spent against a budget of { $budget }, a deviation of more than { $per_cent } per cent. The agreement must be amended; ask the secretariat.

refused-report-transition = “{ $event }” is not possible while the report is “{ $state }”. Reload the page to see how it stands.
