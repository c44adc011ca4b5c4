# Grants: agreement, instalments, funding, end.

grants-title = Grants
grants-lead = What awards became: the agreements, what was paid, and what was reported.
grants-number = Number
grants-name = Title
grants-organisation = Organisation
grants-country = Country
grants-theme = Theme
grants-award = Award
grants-paid = Paid
grants-under-way = Approved for payment, on its way
grants-open = Committed, not paid yet
grants-spent = Accounted for by accepted reports
grants-state = State
grants-months = Months
grants-start = First day
grants-end = Last day
grants-offered = Agreement offered
grants-signature = Countersigned
grants-signed-by = { $name }, { $at }
grants-not-signed = Not countersigned yet
grants-not-set = Set with the agreement
grants-conditions = Conditions of the Board
grants-no-conditions = None
grants-instalments = Instalments
grants-instalment = Instalment
grants-instalment-number = Instalment { $number }
grants-amount = Amount
grants-waits-for = Waits for
grants-after-report = Acceptance of report { $report }
grants-payment = Payment
grants-not-requested = Not requested yet
grants-not-paid-any-more = Not paid: the grant has ended
grants-request = Request payment of instalment { $number }
grants-request-not-yet = Instalment { $number } cannot be requested yet.
grants-reports = Reports
grants-budget = Budget
grants-line = Line
grants-category = Category
grants-indicators = Indicators
grants-indicator = Indicator
grants-counted = What it counts
grants-indicator-confirmed = Checked by the Fund
grants-indicator-unconfirmed = Stated by the organisation
grants-indicator-confirm = Confirm
grants-counts-people = It counts people
grants-counts-other = It counts anything else
grants-indicators-lead = Say of each indicator what it counts: people also when they are called cases, families or visits. Donors see only the target until an indicator is confirmed to count anything else.
done-indicator-confirmed = What the indicator counts is confirmed.
audit-grant-indicator = confirmed what an indicator counts
grants-unit = Unit
grants-baseline = At the start
grants-target = Target
grants-funding = Where the money comes from
grants-funding-contributions = Contribution by contribution
grants-donor = Donor
grants-earmark = Earmark
grants-received = Received on

grants-offer = Draw up the agreement
grants-offer-lead = Set when the grant begins and how long it lasts. The reports that will be due follow from it, and the organisation is asked by mail to sign.
grants-offer-send = Offer the agreement
grants-countersign = Read and sign the agreement
grants-countersign-lead = Read what is agreed and sign for your organisation. The first instalment can be paid after that.
grants-countersign-duties = By signing, your organisation agrees to use the grant for the project as it was approved, to report on time, to keep everyone it helps anonymous, and to give back what it does not spend.
grants-countersign-send = Sign the agreement
grants-take-back = Take the agreement back
grants-take-back-lead = Something in the agreement is wrong, such as a date. It is drawn up once more, the reports that were planned with it are dropped, and the organisation’s signatories are told by mail. The money stays committed.
grants-taken-back-because = The agreement was taken back and is being drawn up again:
take-back-mistake = What is wrong
take-back-mistake-hint = The organisation’s signatories get it by mail, and it is shown on this page until the agreement is offered again.
grants-terminate = Terminate the grant
grants-terminate-lead = The grant ends before both have signed the agreement. The money that is committed to it is free again for other grants, and the reports that were planned are dropped. This cannot be undone.
grants-terminated-because = Terminated:
terminate-reason = Reason
terminate-reason-hint = The organisation’s signatory gets it by mail, and it is shown on this page.
grants-close = Close the grant
grants-close-ready = All reports are accepted and nothing that was spent waits for payment. The grant can be closed.
grants-close-released = { $amount } that are not paid go back to the contributions that they came from.
grants-close-recovery = { $amount } that are paid and not spent become a recovery: the organisation is asked to pay them back.
grants-end-early = Terminate the grant
grants-end-lead = Ends a running grant at once. What is not paid goes back to the contributions that it came from, and what is paid and not accounted for has to be paid back. Reports that are not sent are dropped. This cannot be undone.
grants-end-released = Goes back to the contributions
grants-end-owed = Has to be paid back
grants-recovery = { $amount } have to be paid back by { $due }, { $left } of it are still owed.

agreement-start_date = First day of the grant
agreement-months = Length in months
agreement-months-hint = A report is due every six months, and the final one 60 days after the end.
countersign-accept = I have read the agreement and I am authorised to sign it for the organisation.
countersign-full_name = Your full name
error-agreement-start = Enter a start within a year from today.
error-agreement-months = Enter from { $shortest } to { $longest } months, as the call says.

grant-state-preparing = In preparation
grant-state-to-sign = To be signed
grant-state-active = Active
grant-state-suspended = Suspended
grant-state-closed = Closed
grant-state-terminated = Terminated
grant-event-offer = Offer the agreement
grant-event-take-back = Take the agreement back
grant-event-countersign = Countersign
grant-event-suspend = Suspend
grant-event-resume = Resume
grant-event-close = Close
grant-event-terminate = Terminate
instalment-condition-signature = Signature of the agreement
instalment-condition-interim-report = Acceptance of the interim report
instalment-condition-final-report = Acceptance of the final report

done-agreement-offered = The agreement is offered. The organisation has been asked to sign it.
done-agreement-taken-back = The agreement is taken back. Draw it up again; the signatories have been told.
done-agreement-signed = You signed the agreement. The grant is active.
done-grant-terminated = The grant is terminated. What was not paid is free again.
done-grant-closed = The grant is closed.

refused-grant-transition = “{ $event }” is not possible while the grant is “{ $state }”. Reload the page to see how it stands.
refused-countersign-changed = The agreement was taken back and offered anew after you opened this page. Read it as it is now, and sign that.
refused-close-reports = { $count ->
    [one] The grant cannot be closed yet: one report is not accepted.
   *[other] The grant cannot be closed yet: { $count } reports are not accepted.
}
refused-close-instalments = { $count ->
    [one] The grant cannot be closed yet: one instalment is not paid.
   *[other] The grant cannot be closed yet: { $count } instalments are not paid.
}
refused-end-payment = Disbursement { $disbursement } is “{ $state }”. Reject, void, confirm or mark it as failed first; then the grant can end.
refused-end-report = A report waits to be assessed. Assess it first: what it accounts for need not be paid back.
refused-end-returned-report = Report { $number } was returned and may come again until { $due }: what it accounts for need not be paid back. Suspend the grant until then, so that nothing more is paid.
refused-end-not-running = Only a grant that both have signed and that has not ended can be terminated here.

audit-grant-awarded = made the grant of the award
audit-grant-offer = offered the agreement
audit-grant-take-back = took the agreement back
audit-grant-countersign = countersigned the agreement
audit-grant-close = closed the grant
audit-grant-suspend = suspended the grant
audit-grant-resume = resumed the grant
audit-report-dropped = dropped a planned report
audit-grant-terminate = terminated the grant
grants-indicators-unconfirmed = An indicator waits to be confirmed
grants-instalment-due = An instalment can be requested

money-stage-advanced = Approved for payment
money-stage-paid = Paid
money-stage-spent = Spent
