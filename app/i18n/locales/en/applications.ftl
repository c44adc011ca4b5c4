# Applications: states, sections, documents, and what is still open.

application-state-draft = Draft
application-state-submitted = Submitted
application-state-returned = Returned for clarification
application-state-eligible = Eligible
application-state-ineligible = Not eligible
application-state-in-review = In technical review
application-state-reviewed = Reviewed
application-state-recommended = Recommended by the Board
application-state-reserved = On the reserve list
application-state-rejected = Rejected
application-state-awarded = Awarded
application-state-withdrawn = Withdrawn

application-event-submit = Submit
application-event-return = Return for clarification
application-event-resubmit = Submit again
application-event-find-eligible = Find eligible
application-event-find-ineligible = Find not eligible
application-event-reconsider = Consider again
application-event-start-review = Start technical review
application-event-complete-review = Complete technical review
application-event-review-again = Review again
application-event-recommend = Recommend
application-event-reserve = Put on the reserve list
application-event-reject = Reject
application-event-award = Award
application-event-send-back = Send back to the Board
application-event-take-back = Take the recommendation back
application-event-withdraw = Withdraw

section-summary = Summary and theme
section-context = Context and needs
section-people = Who is helped
section-activities = Activities and kinds of help
section-results = Results
section-budget = Budget
section-safeguarding = Risks and safeguarding
section-documents = Documents

section-status-not-started = Not started
section-status-in-progress = In progress
section-status-complete = Complete

document-registration-certificate = Registration certificate
document-statutes = Statutes
document-audited-accounts = Latest audited accounts
document-activity-report = Latest activity report
document-bank-letter = Bank letter
document-signatory-authorisation = Authorisation of the signatory
document-support-letter = Letter of support (optional)

screening-non-profit = A non-profit civil society organisation
screening-registered-three-years = Registered in its country for at least { RULE("registered-years") } years
screening-direct-help-experience = Experience in direct help to victims
screening-audited-accounts = Audited or certified accounts
screening-no-conviction = No bankruptcy, and no conviction for fraud or trafficking
screening-not-sanctioned = Not on the Security Council’s consolidated list
screening-documents-complete = All documents are there and valid
screening-within-call = Within the call’s theme, countries, amounts and durations

application-privacy-warning = Never name or describe a victim, not even without a name. Write of groups and counts only.

application-start-title = Title of the project
application-start-title-hint = You can change it later.

application-summary-title = Title of the project
application-summary-theme = Theme
application-summary-sub_themes = Sub-themes
application-summary-country = Country in which help is given
application-summary-location = Towns, districts or regions
application-summary-location-hint = No addresses of shelters.
application-summary-duration_months = Duration in months
application-summary-start_date = First day of the project
application-summary-summary = Summary
application-summary-summary-hint = What you will do, for whom, and what will be better at the end. Do not name or describe any one person.

application-context-context = Situation in which you work
application-context-needs = Needs of the victims
application-context-needs-hint = What people lack, and how you know. Do not name or describe any one person.
application-context-root_causes = Root causes
application-context-root_causes-hint = Poverty, lack of power, labour migration and other causes, and how the project relates to them.
application-context-existing_services = Services that exist already
application-context-existing_services-hint = Who else helps, and what is missing.
application-context-sectors = Sectors that the project links to
application-context-partners = Partners and co-funders
application-context-partners-hint = Who they are, what they do, what they pay.

application-people-priority_groups = Priority groups
application-people-selection = How people are found and referred
application-people-selection-hint = How people come to you, who refers them, and how you choose. Do not name or describe any one person.
application-people-people = Number of people by group
application-people-people-sex = Sex
application-people-people-age = Age
application-people-people-movement = Movement
application-people-people-returnee = Return
application-people-people-exploitation = Form of exploitation
application-people-people-count = Number of people

application-activities-help_kinds = Kinds of help
application-activities-services = Services
application-activities-activities = Activities
application-activities-activities-title = Activity
application-activities-activities-kind = Kind of activity
application-activities-activities-help = Kind of help
application-activities-activities-help-hint = Leave empty if it is no direct help.
application-activities-activities-start_month = First month
application-activities-activities-start_month-hint = 1 is the project’s first month.
application-activities-activities-end_month = Last month
application-activities-activities-description = Description
application-activities-activities-description-hint = Do not name or describe any one person.

application-results-results = Expected results
application-results-results-indicator = Indicator
application-results-results-indicator-hint = What is counted, such as “persons who received legal aid”.
application-results-results-unit = Unit
application-results-results-unit-hint = Such as persons, cases, sessions.
application-results-results-counted = What it counts
application-results-results-counted-hint = People also when they are counted as cases, families or the like. The Fund confirms it. Donors see results of people only within the counts of all who were helped, where nobody can be recognised.
counted-people = People
counted-other = Anything else
application-results-results-baseline = Baseline
application-results-results-baseline-hint = The number at the start; 0 if there is nothing yet.
application-results-results-target = Target
application-results-results-target-hint = The number at the end of the project.
application-results-results-verification = How it is verified
application-results-sustainability = What lasts after the grant
application-results-sustainability-hint = How the help goes on, and who pays for it then.

application-budget-lines = Budget lines
application-budget-lines-category = Category
application-budget-lines-description = Description
application-budget-lines-unit = Unit
application-budget-lines-unit-hint = Such as month, person, piece.
application-budget-lines-quantity = Quantity
application-budget-lines-unit_cost = Unit cost (USD)
application-budget-lines-times = Months or times
application-budget-lines-requested = Asked from the Fund (USD)
application-budget-lines-other = From others (USD)
application-budget-lines-purpose = What for

application-safeguarding-risks = Risks
application-safeguarding-risks-hint = Risks to victims, to staff and to the project. Do not name or describe any one person.
application-safeguarding-mitigation = How you meet these risks
application-safeguarding-referral = Referral of those whom you cannot help yourself
application-safeguarding-confidentiality = How you keep data confidential
application-safeguarding-confidentiality-hint = Who can read case files, how they are kept, and when they are destroyed.
application-safeguarding-not_penalised = We declare that no victim is detained, charged or punished, or refused help, by us or with our cooperation, for acts that they were made to commit because they were trafficked.
application-safeguarding-not_stigmatised = We declare that our work does not stigmatise victims or expose them to renewed harm, in words, in pictures or in deeds.
application-safeguarding-informed_consent = We declare that victims are helped only with their free and informed consent, in a language that they understand, that they may withdraw it at any time, and that help does not depend on their cooperation with the authorities.
application-safeguarding-anonymity = We declare that victims stay anonymous, and that nothing we send to the Fund identifies a victim.
application-safeguarding-ohchr_principles = We declare that we work in line with the Recommended Principles and Guidelines on Human Rights and Human Trafficking of the Office of the United Nations High Commissioner for Human Rights.
application-safeguarding-child_best_interests = We declare that the best interests of the child come first in every decision, and that every child is heard according to age and maturity.
application-safeguarding-child_best_interests-hint = Needed because, or if, children are among those helped.
application-safeguarding-child_unicef_guidelines = We declare that we work in line with UNICEF’s Guidelines on the Protection of Child Victims of Trafficking.
application-safeguarding-child_unicef_guidelines-hint = Needed because, or if, children are among those helped.

application-submit-declaration = I declare as the organisation’s authorised signatory that this application is true and complete, and that the organisation keeps to the declarations made in it.
application-submit-full_name = Your full name

application-return-reason = What is to be clarified
application-return-reason-hint = The organisation reads this.
application-return-resubmit_by = To be submitted again by
application-return-resubmit_by-hint = Until 23:59:59 of that day, Vienna time.

application-withdraw-reason = Reason
application-withdraw-reason-hint = Only people of the Fund read this.

application-screening-met = Conditions that are met
application-screening-reasons = Notes for the Fund
application-screening-reasons-hint = What the decision rests on. Only people of the Fund read this.
application-screening-told = For the organisation
application-screening-told-hint = Needed if a condition is not met: say why. The organisation reads this by mail and on the page of its application, with the conditions that are not met, and without your name.

application-reconsider-reasons = Reason, for the Fund
application-reconsider-reasons-hint = Only people of the Fund read this, in the audit trail.
application-reconsider-told = For the organisation
application-reconsider-told-hint = The organisation reads this by mail.

error-section-not-started = The section “{ $section }” has not been started.
error-theme-outside-call = This call is for other themes: { $themes }. Choose one of them.
error-country-outside-call = This call is for countries of these regions only: { $regions }.
error-duration-outside-call = Enter a duration from { $shortest } to { $longest } months, as the call says.
error-people-twice = This group stands here twice. Put all its people into one row.
error-nobody-helped = Enter how many people are to be helped; all groups have 0.
error-service-without-kind = “{ $service }” belongs to “{ $kind }”, which is not chosen. Choose that kind of help too, or leave the service out.
error-kind-without-service = “{ $kind }” is chosen, but none of its services. Choose a service, or leave the kind of help out.
error-month-zero = Months count from 1, the project’s first month.
error-months-backwards = The last month comes before the first. Exchange or correct them.
error-month-beyond-end = { $months ->
    [one] The project lasts { $months } month. Enter a month within it, or change the duration in the summary.
   *[other] The project lasts { $months } months. Enter a month within them, or change the duration in the summary.
}
error-target-below-baseline = The target is below the baseline ({ $baseline }). Word the indicator so that more is better, or correct the numbers.
error-document-missing = Upload this document: { $document }.

refused-application-transition = “{ $event }” is not possible while the application is “{ $state }”. Reload the page to see how it stands.
