# Eligibility screening.

screening-page-title = Eligibility screening
screening-page-lead = Check the application against the Fund’s published conditions, and say what your decision rests on. What the Fund notes for itself and what the organisation reads are two fields.
screening-page-known = What the system knows
screening-page-registered = Registered on; { RULE("registered-years") } years at the deadline
screening-page-no-date = no date given
screening-page-documents = Required documents
screening-page-amount = Amount within the call’s limits
screening-page-rule = The application is eligible when every condition is ticked, and ineligible when one is not.
screening-page-unanswered = The organisation did not answer in time. The application can only be found not eligible: leave the condition unticked that could not be clarified, and say so.
screening-page-decide = Record the decision
screening-page-eligible = Eligible
screening-page-ineligible = Not eligible
screening-page-met = Conditions that are met
screening-page-failed = Conditions that are not met
screening-page-by = Screened by
screening-page-at = Screened on
screening-page-again = This application was found eligible. Untick the condition that turns out not to be met: the application is taken out at once, and neither reviewers nor the Board deal with it any more. Reviews and votes are kept, should it be considered again.
done-application-eligible = The application is eligible. Reviewers can be assigned now.
done-application-ineligible = The application is not eligible. The organisation is told by mail which conditions are not met.
done-application-reconsidered = The application is to be screened again. The organisation is told by mail.
error-screening-registration = The organisation’s profile does not show { RULE("registered-years") } years of registration at the deadline. Untick that condition, or have the profile corrected first.
error-screening-told = Say for the organisation why the condition is not met.
error-screening-unchanged = This application was found eligible. Untick the condition that turns out not to be met.
refused-reconsider-decided = “{ $call }” is decided: its applications can no longer be considered.
refused-reconsider-other = The organisation has another application to this call, { $number }. It has to be withdrawn or decided first.
error-screening-unanswered = The organisation did not answer in time, so not every condition can be met. Untick the one that could not be clarified.
