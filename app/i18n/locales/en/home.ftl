home-title = Help for people who were trafficked
home-lead = The UN Voluntary Trust Fund gives small grants to organisations that help victims of trafficking in persons with shelter, health care, counselling, legal aid and a new start.
home-calls = See calls for proposals
home-results = See what the money did
home-figures = The Fund so far
home-received = Received from donors
home-disbursed = Paid to partners
home-grants = Grants
home-grants-note = { $countries ->
    [one] in one country
   *[other] in { $countries } countries
}
home-helped = People helped
home-helped-note = as reported by our partners
home-how = How an organisation applies
home-step-register = Register
home-step-register-text = Enter your organisation once. It takes ten minutes and works on an old phone.
home-step-apply = Apply
home-step-apply-text = Fill in the application section by section. Everything you type is saved.
home-step-review = Review and decision
home-step-review-text = Independent reviewers score it, the Board of Trustees recommends, the Executive Director decides.
home-step-help = Help people
home-step-help-text = Sign the agreement, receive the first instalment, report what it did.
home-all-results = All results
home-welcome = Welcome, { $name }
home-waits = What waits for you
home-nothing-waits = Nothing waits for you.
home-donor-statement = Your contributions and what they did
home-pipeline = Applications by call
home-state = State
home-being-written = Being written, not submitted
home-overdue = What is overdue
home-overdue-reports = The reports that are longest overdue
home-overdue-report = Report { $number } of { $grant }
home-report = Report
home-due = Due
status-late = Late
status-to-do = To do
position-title = Where the Fund stands
results-title = What the money did
results-lead = Money received and paid, and the people helped with it. Nobody can be recognised in these figures.
results-money = Money
results-people = People helped
results-by-year = Received and disbursed by year, USD
results-theme = Theme
results-country = Country
results-awarded = Awarded
results-by-theme = Awarded by theme, USD
results-by-country = Awarded by country, USD
results-received = Received
results-disbursed = Disbursed
results-suppression = Counts of fewer than { RULE("smallest-count") } people, and others from which they could be worked out, are not shown. Totals are true. People of a report in which a group is that small are counted from the next quarter on, together with those of others, and a figure that changed by fewer than { RULE("smallest-count") } people is not shown.
results-under-threshold = not shown
results-sex-age = People helped by sex and age
results-sex = Sex
results-total = Total
results-movement = By movement
results-returnee = By return
results-exploitation = By form of exploitation
results-help = By kind of help
results-group = Group
results-people-count = People
waits-decisions = { $count ->
    [one] { $count } recommendation to decide
   *[other] { $count } recommendations to decide
}
waits-certify = { $count ->
    [one] { $count } disbursement to certify
   *[other] { $count } disbursements to certify
}
waits-approve = { $count ->
    [one] { $count } disbursement to approve
   *[other] { $count } disbursements to approve
}
waits-release = { $count ->
    [one] { $count } disbursement to release
   *[other] { $count } disbursements to release
}
waits-confirm = { $count ->
    [one] { $count } payment to confirm
   *[other] { $count } payments to confirm
}
waits-donors = { $count ->
    [one] { $count } donor to confirm
   *[other] { $count } donors to confirm
}
waits-stuck-mail = { $count ->
    [one] { $count } mail that could not be sent
   *[other] { $count } mails that could not be sent
}
waits-invitations = { $count ->
    [one] { $count } invitation to confirm
   *[other] { $count } invitations to confirm
}
waits-late-reports = { $count ->
    [one] { $count } report overdue
   *[other] { $count } reports overdue
}
waits-screening = { $count ->
    [one] { $count } application to screen
   *[other] { $count } applications to screen
}
waits-reviewers = { $count ->
    [one] { $count } application that needs reviewers
   *[other] { $count } applications that need reviewers
}
waits-reports = { $count ->
    [one] { $count } report to assess
   *[other] { $count } reports to assess
}
waits-agreements = { $count ->
    [one] { $count } agreement to draw up
   *[other] { $count } agreements to draw up
}
waits-vetting = { $count ->
    [one] { $count } organisation to vet
   *[other] { $count } organisations to vet
}
waits-vetting-lapses = { $count ->
    [one] { $count } organisation whose vetting has lapsed or lapses within { RULE("vetting-renewed-days") } days
   *[other] { $count } organisations whose vetting has lapsed or lapses within { RULE("vetting-renewed-days") } days
}
waits-reviews = { $count ->
    [one] { $count } application to review
   *[other] { $count } applications to review
}
waits-votes = { $count ->
    [one] { $count } application to vote on
   *[other] { $count } applications to vote on
}
waits-returned = { $count ->
    [one] { $count } application returned with questions
   *[other] { $count } applications returned with questions
}
waits-drafts = { $count ->
    [one] { $count } application in draft
   *[other] { $count } applications in draft
}
waits-signature = { $count ->
    [one] { $count } grant agreement to sign
   *[other] { $count } grant agreements to sign
}
waits-own-late-reports = { $count ->
    [one] { $count } report overdue
   *[other] { $count } reports overdue
}
waits-own-reports = { $count ->
    [one] { $count } report due within { RULE("report-soon-days") } days
   *[other] { $count } reports due within { RULE("report-soon-days") } days
}
waits-profile = Complete the profile of your organisation
waits-unanswered = { $count ->
    [one] { $count } returned application was not answered in time
   *[other] { $count } returned applications were not answered in time
}
waits-more-reviewers = { $count ->
    [one] { $count } application in review that lacks a reviewer
   *[other] { $count } applications in review that lack a reviewer
}
waits-sessions = { $count ->
    [one] { $count } reviewed application to put before the Board
   *[other] { $count } reviewed applications to put before the Board
}
waits-unreleased = { $count ->
    [one] { $count } closed session whose decisions are not released
   *[other] { $count } closed sessions whose decisions are not released
}
waits-instalments = { $count ->
    [one] { $count } grant of which an instalment can be requested
   *[other] { $count } grants of which an instalment can be requested
}
waits-indicators = { $count ->
    [one] { $count } grant with an indicator to confirm
   *[other] { $count } grants with an indicator to confirm
}
waits-own-pledges = { $count ->
    [one] { $count } pledge of yours with an overdue instalment
   *[other] { $count } pledges of yours with an overdue instalment
}
waits-overdue-pledges = { $count ->
    [one] { $count } pledge with an overdue instalment
   *[other] { $count } pledges with an overdue instalment
}
waits-late-recoveries = { $count ->
    [one] { $count } recovery overdue
   *[other] { $count } recoveries overdue
}
