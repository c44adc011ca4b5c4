# Money that comes in: unidentified receipts, bank statements, changes of pledges, reminders, letters, the past.

standing-written-down = Written down
pledge-reference = Payment reference
receipt-bank_charge = Kept by banks
receipt-bank_charge-hint = What banks deducted on the way, if the statement shows it. It counts as paid by the donor, and is an expense of the Fund.
receipt-settled = Amount of the pledge that it pays
receipt-settled-hint = Only for money in another currency than the pledge, when the donor says how much of the pledge it pays. Otherwise the United Nations rates of its day decide.
receipt-credited = Counts for the pledge

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

send-back-lead = Only when the bank has sent the money back, or is told to on the day entered here.
send-back-date = Date
send-back-reason = Reason
send-back-send = It was sent back

match-why = Why
match-reason-names-pledge = names the pledge
match-reason-payer-is-donor = paid by the donor
match-reason-names-donor = names the donor
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
done-sent-back = The money is entered as sent back.
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
error-amendment-below = { $closed } of the pledge came in or was given up already. Enter that amount or more.
error-amendment-nothing = Amount and instalments are the same as before. Change one of them.
error-change-before-pledge = Enter the date of the pledge, { $from }, or a later day.
error-write-down-above = Only { $outstanding } is still to come. Enter that amount or less.
