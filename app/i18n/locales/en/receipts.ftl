# Money that comes in: unidentified receipts, bank statements, changes of pledges, reminders, letters, the past.

standing-written-down = Written down
pledge-reference = Payment reference
receipt-bank_charge = Kept by banks
receipt-bank_charge-hint = What banks deducted on the way, if the statement shows it. It counts as paid by the donor, and is an expense of the Fund.
receipt-settled = Amount of the pledge that it pays
receipt-settled-hint = Only for money in another currency than the pledge, when the donor says how much of the pledge it pays. Otherwise the United Nations rates of its day decide.
receipt-credited = Counts for the pledge
receipt-pledge-rate = Rate of the pledge’s currency
receipt-stated = stated by finance

held-title = Unidentified receipts
held-lead = Money that came in and of which nobody has said yet what it is. It is in the books as held, and cannot be committed until somebody decides.
held-filter = Status
held-state-held = Held
held-state-identified = Identified
held-state-sent-back = Sent back
held-new = Enter money that nobody can identify yet
held-new-lead = Enter it as the bank statement shows it. Money for a known pledge is entered on the page of that pledge.
held-send = Hold this money
held-show = Unidentified receipt of { $amount }
held-show-lead = Came in on { $date }
held-payer = Paid by
held-remittance = Text of the payment
held-reason = Reason
held-decided = Decided on
held-pledge-link = Open the pledge
held-suggestions = Pledges that it may be for
held-no-suggestion = No pledge fits by amount, donor or reference. Choose one below, or enter the pledge first.
held-choose = Choose
held-identify = Say for which pledge it is
held-pledge-choice = { $donor }, { $date }: { $outstanding } to come
held-send-back = Send it back

unidentified-amount = Amount received
unidentified-currency = Currency
unidentified-date = Date of receipt
unidentified-bank_reference = Bank reference
unidentified-bank_reference-hint = As it stands on the bank statement; each one can be used once.
unidentified-payer = Paid by
unidentified-remittance = Text of the payment
unidentified-bank_charge = Kept by banks

identify-pledge = Pledge
identify-settled = Amount of the pledge that it pays
identify-settled-hint = Only for money in another currency than the pledge, when the donor says how much of the pledge it pays.
identify-reason = How you know
identify-reason-hint = Such as a letter or a call, with its date. It is kept with the receipt.
identify-send = It is for this pledge

send-back-lead = Only when the bank has sent the money back, is told to on the day entered here, or when the money never came and was entered by mistake.
send-back-date = Date
send-back-reason = Reason
send-back-send = It was sent back

match-why = Why
match-reason-names-pledge = names the pledge
match-reason-payer-is-donor = paid by the donor
match-reason-names-donor = payer or text holds the donor’s name
match-reason-instalment-amount = amount of an unpaid instalment
match-reason-outstanding-amount = whole amount outstanding
match-reason-same-currency = same currency
match-reason-due-near = due about then

change-title = Change the pledge
change-lead = { $pledged } pledged, { $received } received, { $outstanding } to come. Each change needs a reason, and is posted at the rate of the pledge.
change-date = Date
change-kind = What changed
change-amount = By how much
change-reason = Reason
change-actor = By whom
pledge-changes = Changes of the pledge
pledge-change-amended = Amended
pledge-change-written-down = Written down
pledge-amendment-title = Amend the amount or the instalments
pledge-amendment-lead = When the donor has agreed to another amount or to other days. Enter the whole pledge as it now stands.
pledge-amendment-amount = Amount of the whole pledge
pledge-amendment-date = Date of the amendment
pledge-amendment-reason = Reason
pledge-amendment-reason-hint = Such as the exchange of letters, with its date.
pledge-amendment-instalments = Instalments
pledge-amendment-instalments-hint = All of them, also those already paid. They must add up to the amount.
pledge-amendment-instalments-row = Instalment { $number }
pledge-amendment-instalments-due = Due on
pledge-amendment-instalments-amount = Amount
pledge-amendment-send = Amend the pledge
write-down-title = Give up what will not come
write-down-lead = Money that the donor still owes and will not pay. It becomes an expense; should it come after all, it is further revenue.
write-down-amount = Amount to give up
write-down-date = Date
write-down-reason = Reason
write-down-send = Write down

ledger-source-unidentified = Unidentified receipt

done-held = The money is held until somebody says what it is.
done-identified = The receipt is entered for the pledge, and its programme support costs are set aside.
done-receipt-sent-back = The money is entered as sent back.
done-amended = The pledge is amended, and the difference is posted.
done-written-down = The amount is written down.

audit-receipt-held = held money that nobody could identify
audit-receipt-identified = said for which pledge the money is
audit-receipt-sent-back = entered that the money was sent back
audit-pledge-amended = amended the pledge
audit-pledge-written-down = wrote down a part of the pledge

refused-receipt-decided = Somebody has decided already what becomes of this money. Nothing was changed. Open the page again to see what was decided.
error-settled-same-currency = Leave this empty: the money is in { $currency } like the pledge, so all of it counts.
error-settled-outstanding = Enter an amount above 0 and up to { $outstanding }, which is what is still to come of the pledge.
error-bank-charge-large = Banks keep less than what arrives. Check both amounts.
error-sent-back-before = Enter the day on which the money came, { $from }, or a later one.
error-amendment-surplus = { $surplus } more than was pledged came in already, and counts as a contribution of its own. This pledge cannot grow: enter what else is promised as a new pledge.
error-amendment-below = { $closed } of the pledge came in or was given up already. Enter that amount or more.
error-amendment-nothing = Amount and instalments are the same as before. Change one of them.
error-change-before-pledge = Enter the date of the pledge, { $from }, or a later day.
error-write-down-above = Only { $outstanding } is still to come. Enter that amount or less.

statements-title = Bank statements
statements-lead = Import what the bank sends, and say of each line what the money is. Importing moves no money; a statement imported twice changes nothing.
statements-list = Imported statements
statements-import = Import a statement
statements-imported = Imported
statements-lines = Lines
statements-columns = For tables (CSV): account and columns
statements-columns-lead = A camt.053 file needs nothing here. Of a table, say the account, and the heading of a column only where it is not found by itself. What works is remembered for the account.
statements-accounts = Remembered for:
statements-send = Import
bank-statement-file = File
bank-statement-file-hint = The bank’s camt.053 (versions 001.02 to 001.08), or its table as CSV.
bank-statement-account = Account
bank-statement-account-hint = One of the Fund’s accounts, by its ending.
bank-statement-currency = Currency of the account
bank-statement-currency-hint = Only where no column of the table says it.
bank-statement-column_date = Heading of the column with the date
bank-statement-column_amount = Heading of the column with the amount
bank-statement-column_amount-hint = With a minus for money that went out, or of money that came in only.
bank-statement-column_debit = Heading of the column with money that went out
bank-statement-column_debit-hint = Only where it has a column of its own.
bank-statement-column_direction = Heading of the column that says debit or credit
bank-statement-column_direction-hint = Where amounts have no minus, and a column says DB or CR, D or C, debit or credit.
bank-statement-column_currency = Heading of the column with the currency
bank-statement-column_payer = Heading of the column with the payer
bank-statement-column_text = Heading of the column with the text
bank-statement-column_reference = Heading of the column with the bank’s reference
bank-statement-date_order = Order of dates
bank-statement-decimal_sign = Sign before the cents
date-order-day-first = Day before month: 31/03/2026
date-order-month-first = Month before day: 03/31/2026
decimal-sign-point = Point: 1,234.50
decimal-sign-comma = Comma: 1.234,50
bank-statement-title = Statement of account { $account }
bank-statement-lead = Each line with what became of it. Lines that wait come first.
bank-statement-state-imported = Imported
bank-statement-state-discarded = Discarded
bank-statement-known = Of these, told by an earlier file
bank-statement-pending = Not yet booked by the bank, left out
bank-statement-all = All lines at once
bank-statement-all-lead = Sure are lines that name the pledge, or whose payer has the whole name of the donor, with an amount and a currency that fit one pledge better than any other. Lines that are perhaps entered already are left out. Held lines can be identified later.
bank-statement-match-sure = Enter all that are sure
bank-statement-hold-rest = Hold all that are left
bank-statement-lines = Lines
bank-statement-filter = What became of it
bank-statement-line = Line { $number }
bank-statement-nobody = No name given
bank-statement-in = came in
bank-statement-out = went out
bank-statement-held-link = Open the held receipt
bank-statement-match = Enter for this pledge
bank-statement-hold = Hold as unidentified
bank-statement-discard = Take the import back
bank-statement-discard-lead = For example because the columns were wrong. Lines that another statement told of stay; of the others none may be taken yet. The file can be imported again.
bank-statement-discard-send = Discard this statement
match-sure = Sure
match-pledge = Pledge
match-settled = Amount of the pledge that it pays, if the donor says so

done-statement-imported = The statement is imported. Say of each line what the money is.
done-statement-discarded = The statement is discarded.
done-line-matched = The receipt is entered for the pledge.
done-line-held = The money is held as unidentified.
done-lines-matched = Every line that was sure is entered for its pledge.
done-lines-held = Every line that was left is held as unidentified.
done-lines-none = There was no such line; nothing was changed.

audit-statement-imported = imported the bank statement
audit-statement-discarded = discarded the bank statement
audit-statement-matched = entered lines that were sure
audit-statement-held = held lines that were left

refused-statement-taken = Money of this statement is in the books already, so it cannot be discarded. Decide each line that is left.
error-statement-not-camt = This is XML, but no camt.053 statement.
error-statement-version = This is camt.053 in version { $version }; versions 001.02 to 001.08 can be read. Ask the bank for one of these.
error-statement-accounts = The file holds statements of several accounts. Import one file an account.
error-statement-no-account = The file does not say of which account it is.
error-statement-other-account = The file is of another account. Leave this empty, or correct it.
error-statement-account = Choose the account: a table does not say it.
error-statement-empty = The table holds no line with an amount.
error-statement-columns = Date, amount or currency were not found. The columns of the file are: { $columns }. Enter the headings below.
error-statement-decimal = It is not clear which sign stands before the cents. Choose one.
error-statement-line-currency = Line { $line }: “{ $value }” is not a currency of ISO 4217.
error-statement-line-amount = Line { $line }: “{ $value }” is not an amount of that currency.
error-statement-line-both = Line { $line }: money came in and went out at once, “{ $value }”. Make two lines of it, or leave one amount.
error-statement-line-direction = Line { $line }: “{ $value }” does not say whether the money came in or went out. Write D or C, or put a minus before what went out.
error-statement-direction = The column “{ $column }” seems to say which money went out, but not for every line. Enter its heading here, or the heading of the right column.
error-statement-direction-gone = The column “{ $column }” said for this account which money went out. It is not in this file, and no amount has a minus. Enter the heading of the right column.
error-statement-line-date = Line { $line }: “{ $value }” is not a date, or it is not clear which is the day. Choose the order of dates.
bank-statement-format-camt = camt.053
bank-statement-format-table = CSV

overdue-title = Overdue instalments
overdue-lead = What donors should have paid by now. The system drafts reminders after two weeks, two months and four months; each is sent only once a person approves it. Those of which a reminder waits for approval stand first, then the oldest.
overdue-days = Days late
overdue-open = Still to come
overdue-due = Was due on
overdue-level = { $level ->
    [1] First reminder
    [2] Second reminder
   *[other] Third reminder
}
overdue-reminded = { $level ->
    [1] First reminder sent on { $at }
    [2] Second reminder sent on { $at }
   *[other] Third reminder sent on { $at }
}
overdue-none-sent = No reminder sent
overdue-drafts = Reminders that wait for approval
overdue-drafts-none = No reminder waits for approval.
overdue-to = To
overdue-subject = Subject
overdue-approve = Approve and send
overdue-decline = Do not send
overdue-look = Look for overdue instalments now
done-reminder-sent = The reminder is on its way to the donor.
done-reminder-declined = The reminder is not sent.
done-reminders-drafted = Reminders that are due are drafted below.
audit-pledge-reminded = approved a reminder, which was sent
audit-pledge-not-reminded = decided not to send a reminder
audit-pledge-reminder-drafted = drafted a reminder of an overdue instalment
audit-pledge-reminder-overtaken = replaced a reminder that nobody had approved by the next one
refused-reminder-paid = This instalment was paid, amended or given up in the meantime. No reminder was sent.
refused-reminder-dropped = This reminder was dropped already. Nothing was sent.
refused-reminder-sent = This reminder was sent already.

letter-issue = Issue the letter
letter-column = Letter
letter-fund = United Nations Voluntary Trust Fund for Victims of Trafficking in Persons
letter-fund-place = Vienna
letter-dated = Vienna, { $date }
letter-subject = Your contribution of { $amount }
letter-greeting = Dear { $name },
letter-text-thanks = With gratitude we acknowledge the contribution of { $amount } from { $donor }, which the Fund received on { $date }. It was pledged on { $pledged }.
letter-text-pool = As it is not earmarked, it goes where the needs of victims are greatest.
letter-text-earmarked = It is earmarked and will only be used for that purpose: { $earmark }.
letter-text-use = Organisations that work directly with victims of trafficking in persons give shelter, medical and psychological care, legal aid and training with it. You can follow in your statement what your contribution did.
letter-closing = Yours sincerely,
letter-signature = The secretariat of the Fund
letter-receipt-title = Receipt { $number }
letter-row-number = Number
letter-row-donor = Received from
letter-row-amount = Arrived in the Fund’s account
letter-row-charge = Kept by banks on the way
letter-row-usd = In US dollars
letter-row-rate = Rate of the United Nations
letter-row-settled = Settled of the pledge with it
letter-row-date = Received on
letter-row-bank = Bank reference
letter-row-pledge = Pledge
letter-row-earmark = Earmark
letter-note-again = A receipt has one number. If it is issued again, it is the same, word for word.
done-letter-issued = The letter is issued.
audit-letter-issued = issued the letter of a receipt

past-title = Contributions of the past
past-lead = Import contributions of earlier years from a spreadsheet. First you see what each row would do; then all rows are entered or none.
past-upload = Look at a file
past-file = File
past-file-hint = CSV or XLSX with the columns: donor, date, currency, pledged, received, received on, spent, psc, bank reference, earmark, note, pledge. Days as 2019-03-31, amounts with a decimal point. “Spent” is what of the money was spent on grants before, in US dollars: what is not spent counts as available to commit, less programme support costs. “PSC” are these costs in per cent, { RULE("psc-per-cent") } where the cell is empty. “Pledge” is any name that you give a pledge whose money came in several parts: write a row for each part, with the same name and the same pledge in each. The last eight may be left out.
past-send = Look at it
past-files = Files
past-uploaded = Looked at
past-state-waiting = Not imported yet
past-state-imported = Imported
past-row = Row
past-outcome = Outcome
past-new = Will be entered
past-alike = Will be entered, look at it first: the donor has a pledge of this day and amount already, another row of this file has, or money of this amount came in about this day
past-further = Will be entered: more money for the pledge of row { $line }
past-known = Known already
past-wrong = Wrong
past-summary = { $new } to be entered, { $known } known already, { $wrong } wrong
past-wrong-lead = Mend the cells named below in your file and look at it again. As long as one is wrong, nothing is entered.
past-column-donor = Donor
past-column-date = Date
past-column-currency = Currency
past-column-pledged = Pledged
past-column-received = Received
past-column-received-on = Received on
past-cell = { $column }: { $wrong }
past-column-spent = Spent before (USD)
past-column-psc = PSC (%)
past-column-bank-reference = Bank reference
past-column-earmark = Earmark
past-column-note = Note
past-column-pledge = Pledge
past-confirm = Enter all rows
past-nothing = Every row of this file is entered already.
past-alike-lead = { $rows ->
    [one] One row is like a pledge that is entered already, or like money that came by another way: same donor or a line that waits, same amount, about the same day. Enter the file only if that is other money.
   *[other] { $rows } rows are like pledges that are entered already, or like money that came by another way: same donor or a line that waits, same amount, about the same day. Enter the file only if that is other money.
}
done-past-imported = The rows are entered.
done-past-known = Every row was entered before; nothing was changed.
audit-past-uploaded = looked at a file of past contributions
audit-past-imported = imported the file of past contributions
refused-past-wrong = { $rows ->
    [one] One row is wrong, so nothing was entered. It is named below.
   *[other] { $rows } rows are wrong, so nothing was entered. They are named below.
}
error-past-empty = The file holds no rows.
error-past-columns = These columns are missing: { $columns }.
error-past-donor = There is no donor “{ $value }”. Enter the donor first, or write its name as it is entered.
error-past-donor-twice = There are several donors “{ $value }”. Give them different names first.
error-past-currency = “{ $value }” is not a currency of ISO 4217.
error-past-date = “{ $value }” is not a date. Write it as 2019-03-31.
error-past-future = “{ $value }” has not come yet.
error-past-amount = “{ $value }” is not an amount above 0 of that currency. Write it as 1234.50.
error-past-earmark = “{ $value }” is not an earmark. Leave it empty, or write a code such as region-africa.
error-past-rate = There is no rate for { $currency } on { $date }. Enter it first, under “Rates of exchange”.
error-past-closed = The books of “{ $value }” are closed. An administrator can reopen them, under “Periods”.
error-past-worth = “{ $value }” is less than a cent in US dollars, or more than the books can hold.
error-past-not-received = “{ $value }” is said, but not how much was received.
error-past-before-pledge = “{ $value }” is before the pledge.
error-past-reference = A receipt with the reference “{ $value }” is entered already, or stands in this file twice.
error-past-spent = “{ $value }” is not an amount in US dollars. Write it as 1234.50.
error-past-psc = “{ $value }” is no percentage from 1 to 100, or 0, with at most two decimals. Write 13 or 7.5 in a cell that is not formatted as a percentage: 13 % there is stored as 0.13.
error-past-spent-more = “{ $value }” is more than what came in, in US dollars and less programme support costs.
error-past-pledge-differs = Row { $line } has the same name of a pledge, but another date, currency, amount, earmark or PSC. Write the same in all rows of one pledge, or give this one another name.
error-past-pledge-twice = An earlier row enters “{ $value }” already, and this one brings no money for it. Write what was received, or remove the row.

waits-bank-lines = { $count ->
    [one] One line of a bank statement to decide
   *[other] { $count } lines of bank statements to decide
}
waits-unidentified = { $count ->
    [one] One receipt to identify
   *[other] { $count } receipts to identify
}
waits-reminders = { $count ->
    [one] One reminder to a donor to approve
   *[other] { $count } reminders to donors to approve
}

# Taking a receipt back
undo-receipt-column = Mistake
undo-receipt-link = Take back
undo-receipt-undone = Taken back
undo-receipt-undoes = Takes another back
undo-receipt-title = Take a receipt back
undo-receipt-lead = For a receipt that was entered for the wrong pledge. Its entry in the books is reversed today, and the pledge is as if the money had not come for it.
undo-receipt-after = The money is then held, until somebody says for which pledge it is. If it never came, or came with another amount, say there that it went back; then enter it anew, with a mark after the bank’s reference. A letter that was issued stays as it is: tell the donor.
undo-receipt-reason = What was wrong
undo-receipt-send = Take it back
done-receipt-undone = The receipt is taken back. Its money is held here until somebody says for which pledge it is.
audit-receipt-undone = took a receipt back
audit-receipt-held-again = held the money again, because its receipt was taken back
refused-receipt-undone = This receipt was taken back already, or takes another one back. Nothing was changed.
refused-undo-committed = Money of this receipt pays for { $grants }, so it cannot be taken back. Decrease or end those grants first, or write to the donor about the difference. Nothing was changed.
refused-undo-spent = { $spent } of this receipt were spent before it was entered here, so it cannot be taken back.
refused-undo-psc = { $psc } of programme support costs were set aside from this receipt, and only { $set_aside } are there still, because they were paid over. Reverse that payment first. Nothing was changed.
refused-undo-beyond = The receipt { $reference } came when this pledge was paid, and went beyond it. Take that one back first; afterwards say again for which pledge its money is. Nothing was changed.
