# Pages of reports: list, form, assessment.

reports-title = Reports
reports-lead = What organisations did with their grants, spent, and achieved.
reports-grant = Grant
reports-report = Report
reports-name = { $number }. { $kind }
reports-name-of-grant = Report { $number } of grant { $grant }
reports-organisation = Organisation
reports-period = Period
reports-period-days = { $start } to { $end }
reports-due = Due
reports-state = State
reports-late = Late
reports-submitted = Submitted
reports-submitted-by = { $name }, { $at }
reports-assessed = Assessed
reports-comments = Comments of the secretariat
reports-points = What the rules say
reports-draft-hidden = The organisation is still writing this report. You can read it once it is submitted.
reports-nothing-yet = Nothing is written yet.

reports-narrative = Narrative
reports-expenditure = Expenditure
reports-expenditure-hint = Enter what you spent on each line in this period; 0 where you spent nothing. Where a category strays from its budget by more than 10 per cent, say why.
reports-line = Budget line
reports-category = Category
reports-budget = Budget
reports-before = Earlier reports
reports-spent = This report
reports-spent-usd = Spent in this period (USD)
reports-so-far = So far
reports-share = Share of budget
reports-no-budget = No budget
reports-explanation = Reason for a deviation
reports-total = Total
reports-results = Results
reports-results-hint = Enter what was achieved in this period for each indicator; 0 where nothing was.
reports-indicator = Indicator
reports-unit = Unit
reports-baseline = At the start
reports-target = Target
reports-achieved = Achieved in this period
reports-comment = Comment
reports-people = People helped
reports-group = Group
reports-exploitation = Form of exploitation
reports-help = Kind of help
reports-count = People
report-people-row = Group { $number }

reports-write = Write the report
reports-write-lead = Grant { $number }, from { $start } to { $end }; due on { $due }. Save as often as you like: nothing is checked until the report is sent.
reports-no-persons = Do not name or describe a person who was trafficked, in any field. People are only counted, by group.
reports-save = Save
reports-signatory-sends = Your organisation’s authorised signatory sends the report off. Save it and tell them that it is ready.
reports-send = Send the report
reports-send-lead = The report is saved first and then checked. If something is missing, you see all of it here at once.
reports-send-button = Save and send the report

reports-assess = Assess the report
reports-accept = Accept
reports-accept-lead = What was spent is recognised in the books and clears the advance. Instalments that wait for this report can be requested.
reports-accept-button = Accept the report
reports-return = Return to the organisation
reports-return-lead = The organisation can change the report and send it again. Say what is to be mended; never name or describe a person who was trafficked.
reports-return-button = Return the report
reports-not-to-assess = There is nothing to assess: the report is not submitted, or it is already accepted.

done-report-saved = The draft is saved.
done-report-submitted = The report is sent. The secretariat reads it next.
done-report-returned = The report is returned. The organisation has been told.
done-report-accepted = The report is accepted. The organisation has been told.

conflict-report = Somebody else saved this report in the meantime. Your text is still here and was not saved. Open the report in another window to compare; saving again replaces the other text with yours.
refused-report-not-editable = This report has been submitted and cannot be changed. If something is wrong in it, ask the secretariat to return it.
refused-report-beyond-award = The accepted reports would account for { $spent }, more than the award of { $award }. Return the report for correction.
error-report-beyond-award = With earlier reports, { $spent } are more than the award of { $award }. Enter only what was spent from the grant.
error-indicator-twice = This indicator stands here twice. Put the whole result into one row.
error-indicator-missing = An indicator is missing. Enter every indicator, with 0 where nothing was achieved.

audit-report-start = started the report
audit-report-saved = saved the draft
audit-report-submit = submitted the report
audit-report-resubmit = submitted the report again
audit-report-return = returned the report
audit-report-accept = accepted the report
refused-report-too-large = This report is larger than 3 MB and cannot be saved. Shorten its longest text.
