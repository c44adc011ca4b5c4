# Eligibility screening.

screening-page-title = Eligibility screening
screening-page-lead = Check the application against the Fund’s published conditions, and say what your decision rests on.
screening-page-known = What the system knows
screening-page-registered = Registered on; three years at the deadline
screening-page-no-date = no date given
screening-page-documents = Required documents
screening-page-amount = Amount within the call’s limits
screening-page-rule = The application is eligible when every condition is ticked, and ineligible when one is not.
screening-page-unanswered = The organisation did not answer in time. The application can only be found not eligible: leave the condition unticked that could not be clarified, and say so.
screening-page-decide = Record the decision
screening-page-eligible = Eligible
screening-page-ineligible = Not eligible
screening-page-met = Conditions that are met
screening-page-reasons = Reasons
screening-page-by = Screened by
done-application-eligible = The application is eligible. Reviewers can be assigned now.
done-application-ineligible = The application is not eligible. The organisation is told why by mail.
error-screening-registration = The organisation’s profile does not show three years of registration at the deadline. Untick that condition, or have the profile corrected first.
error-screening-unanswered = The organisation did not answer in time, so not every condition can be met. Untick the one that could not be clarified.
