# The books: chart of accounts, events, the Fund's position.

account-1000 = Cash at bank
account-1100 = Contributions receivable
account-1200 = Advances to partners
account-2000 = Payments approved
account-2010 = Payments in transit
account-2100 = Programme support costs set aside
account-4000 = Contribution revenue
account-4900 = Exchange differences
account-5000 = Grant expenditure
account-5100 = Programme support costs
account-9000 = Commitments open
account-9010 = Commitments, contra
account-9100 = Disbursements requested
account-9110 = Disbursements certified
account-9190 = Disbursements, contra

ledger-event = Event
ledger-event-pledge = Pledge
ledger-event-receipt = Receipt
ledger-event-commitment = Commitment
ledger-event-disbursement-requested = Disbursement requested
ledger-event-disbursement-certified = Disbursement certified
ledger-event-disbursement-approved = Disbursement approved
ledger-event-disbursement-released = Disbursement released
ledger-event-disbursement-confirmed = Disbursement confirmed
ledger-event-disbursement-rejected = Disbursement rejected
ledger-event-disbursement-failed = Disbursement failed
ledger-event-disbursement-voided = Disbursement voided
ledger-event-report-accepted = Report accepted
ledger-event-reversal = Reversal

ledger-source-pledge = Pledge
ledger-source-receipt = Receipt
ledger-source-grant = Grant
ledger-source-disbursement = Disbursement
ledger-source-report = Report

ledger-title = Books
ledger-lead = Where the Fund stands, worked out from every entry since the beginning. All figures are in US dollars.
ledger-journal = Journal
ledger-journal-lead = Every entry of the books, newest first. Entries are never changed or deleted. Search for a number such as 2026/12 or for a person.
ledger-entries = Journal entries
ledger-entry-title = { $number }: { $event }
ledger-postings = Debits and credits
ledger-account = Account
ledger-earmark = Earmark
ledger-debit = Debit
ledger-credit = Credit
ledger-amount = In the currency of the transaction
ledger-total = Total
ledger-balances = Trial balance
ledger-balances-lead = Debits and credits must add up to the same. Accounts from 9000 keep what is promised or under way, not what is owned or owed.
ledger-available-by-earmark = Available to commit by earmark

position-available = Available to commit
position-available-note = Received, less programme support costs and commitments.
position-received = Received
position-psc = Programme support costs
position-committed = Committed to grants
position-disbursed = Disbursed
position-receivable = Receivable
position-receivable-note = Pledged and not yet received.
position-advances = Advances to partners
position-advances-note = Paid or approved for payment, and not yet accounted for.
position-spent = Grant expenditure
position-spent-note = Recognised from accepted reports.
