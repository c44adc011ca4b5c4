# The books: chart of accounts, events, the Fund's position.

account-1000 = Cash at bank
account-1100 = Contributions receivable
account-1200 = Advances to partners
account-1210 = Recoveries receivable
account-2000 = Payments approved
account-2010 = Payments in transit
account-2100 = Programme support costs set aside
account-2200 = Receipts not yet identified
account-4000 = Contribution revenue
account-4900 = Exchange differences
account-5000 = Grant expenditure
account-5100 = Programme support costs
account-5200 = Pledges written down
account-5210 = Recoveries written off
account-5300 = Bank charges
account-9000 = Commitments open
account-9010 = Commitments, contra
account-9100 = Disbursements requested
account-9110 = Disbursements certified
account-9190 = Disbursements, contra

ledger-event = Event
ledger-event-pledge = Pledge
ledger-event-receipt = Receipt
ledger-event-commitment = Commitment
ledger-event-commitment-cancelled = Commitment cancelled
ledger-event-disbursement-requested = Disbursement requested
ledger-event-disbursement-certified = Disbursement certified
ledger-event-disbursement-approved = Disbursement approved
ledger-event-disbursement-released = Disbursement released
ledger-event-disbursement-confirmed = Disbursement confirmed
ledger-event-disbursement-rejected = Disbursement rejected
ledger-event-disbursement-failed = Disbursement failed
ledger-event-disbursement-voided = Disbursement voided
ledger-event-report-accepted = Report accepted
ledger-event-expenditure-waiting = Accepted expenditure waits for a payment again
ledger-event-pledge-amended = Pledge amended
ledger-event-pledge-written-down = Pledge written down
ledger-event-receipt-unidentified = Receipt not yet identified
ledger-event-receipt-identified = Receipt identified
ledger-event-receipt-returned = Receipt sent back
ledger-event-spent-before = Spent before the receipt was entered here
ledger-event-commitment-increased = Commitment increased
ledger-event-commitment-decreased = Commitment decreased
ledger-event-disbursement-returned = Disbursement returned
ledger-event-disbursement-bounced = Disbursement bounced
ledger-event-recovery-due = Recovery due
ledger-event-recovery-received = Recovery received
ledger-event-recovery-written-off = Recovery written off
ledger-event-reversal = Reversal

ledger-source-pledge = Pledge
ledger-source-receipt = Receipt
ledger-source-grant = Grant
ledger-source-disbursement = Disbursement
ledger-source-recovery = Recovery
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
ledger-rate = Rate
ledger-rate-month = Month of the rate
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

ledger-event-psc-transferred = Programme support costs paid over
ledger-source-psc-transfer = Transfer of programme support costs

refused-period-closed = The books are closed until { $to }, so nothing can be entered for { $date }. Use a later day, or ask an administrator to reopen the latest closed period.
refused-period-closed-meanwhile = The books of that day have just been closed, so nothing was entered. Use a day of an open period, or ask an administrator to reopen the period.
refused-period-closed-already = This period is closed already.
refused-period-open = This period is open: there is nothing to reopen.
refused-period-later-closed = The period from { $from } to { $to } is closed and builds on these figures. Reopen the later period first.
refused-period-books = The books do not hold: { $count ->
    [one] the check found one error
   *[other] the check found { $count } errors
}. Ask an administrator to run the command “fund check-books”, which names each.
refused-period-closing = { $name } has asked for the books from { $from } to { $to } to be closed, and they are being checked. One period is closed at a time: try again in a few minutes.
refused-period-asker = { $name } may not close periods any more. Somebody else has to ask for it.
refused-period-not-checked = The check of the books did not come to its end, and was begun several times. Ask for it again later, and tell an administrator if that does not help.
error-period-reason = Something of the checklist is open: write why the period is closed all the same.
refused-reversal-record = This entry goes with a record. Put the mistake right on the record’s own page, whose steps post what corrects it.
refused-reversal-never = A reversal is not reversed. Enter what should have been entered anew.
refused-entry-reversed = This entry has been reversed already.
error-psc-transfer-more = Only { $amount } is set aside.

period-check-over = The period is over
period-check-over-open = The period lasts until { $date }: it cannot be closed before.
period-check-earlier-closed = All earlier periods are closed
period-check-earlier-closed-open = The period from { $from } to { $to } is open: close it first.
period-check-identified = Every receipt is identified
period-check-identified-open = { $amount } came in of which nobody has said yet what it is.
period-check-bank-lines = Every line of a bank statement is decided
period-check-bank-lines-open = { $count ->
    [one] One line of a bank statement waits for somebody: its money is in no account of the books.
   *[other] { $count } lines of bank statements wait for somebody: their money is in no account of the books.
}
period-check-certified = Every requested disbursement is certified
period-check-certified-open = { $count ->
    [one] One disbursement was requested and is
   *[other] { $count } disbursements were requested and are
} not certified yet.
period-check-rates = The rates of exchange of the month are there
period-check-rates-open = No rate between { $from } and { $to } for: { $currencies }.

audit-period-closing-asked = Asked for the books of the period to be closed
audit-period-closed = Closed the books of the period
audit-period-reopened = Reopened the books of the period
audit-entry-reversed = Reversed the entry
audit-psc-transferred = Entered a transfer of programme support costs

ledger-source = Caused by
ledger-date = Date
ledger-actor = Entered by
ledger-donor = Donor
ledger-grant = Grant
ledger-from = From
ledger-to = Until
ledger-reverses = Takes back entry
ledger-reversed-by = Taken back by entry
ledger-entries-lead = The entries behind one figure, newest first.
ledger-entries-found = What was found
ledger-entry-lead = An entry is never changed or deleted. A mistake is put right by a further entry.
ledger-correct = Put a mistake right
ledger-correct-record = This entry goes with a record, whose own steps post what corrects it:
ledger-reverse-lead = A new entry, dated today, takes back exactly what entry { $number } posted and names it.
ledger-reverse = Reverse this entry
reversal-reason = Why it is reversed
done-entry-reversed = The entry was reversed. This is the entry that takes it back.

psc-transfer-title = Pay programme support costs over
psc-transfer-lead = Enter a transfer of what was set aside to the United Nations Secretariat. What is available for grants does not change.
psc-transfer-set-aside = Set aside and not yet paid over
psc-transfer-amount = Amount
psc-transfer-date = Day of the transfer
psc-transfer-bank_reference = Reference of the bank
psc-transfer-note = Note
done-psc-transferred = The transfer was entered.

periods-title = Periods
periods-lead = A closed month or year takes no more entries, nor does any day before it. Months are closed one after another, then the year. Only an administrator reopens one, and says why.
period = Period
period-whole-year = The whole year
period-state = State
period-state-open = Open
period-state-closing = Being closed
period-state-closed = Closed
period-state-closed-with-later = Closed with a later period
period-state-running = Not over
period-state-empty = No entries
period-closed = Closed
period-closed-reason = Closed all the same because
period-days = Days
period-lead = Before the books of a period are closed, everything on the checklist should be done.
period-checklist = Checklist
period-check = What is looked at
period-check-result = Result
period-check-note = What is open
period-check-done = Done
period-check-open = Open
period-check-needed = Must be done first
period-check-later = On closing
period-check-books = The books hold
period-check-books-note = Every balance is worked out anew from the postings when the period is closed. If one differs, it stays open.
period-close = Close the period
period-close-lead = From then on, nothing can be entered for a day of this period or any day before it.
period-close-reason = Why it is closed although something is open
period-close-send = Close
period-closing-lead = { $name } asked on { $at } for this period to be closed. The books are being checked; this page shows by itself how far that is.
period-closing-progress = Parts checked: { $checked } of { $parts }.
period-closing-refused = { $name } asked on { $at } for this period to be closed. It stays open:
period-close-not-yet = The period cannot be closed yet: see what the checklist says must be done first.
period-reopen = Reopen the period
period-reopen-lead = Entries can be made for its days again. Figures that were reported may change.
period-reopen-reason = Why it is reopened
period-reopen-send = Reopen
done-period-closing-asked = The period is closed as soon as the books are checked and found right.
done-period-reopened = The period is open again.
